"""A list that a person looks through: matched, answered, ticked, brought in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction

from suprovid.intake.actions.bringing import bring_in, foreseen
from suprovid.intake.actions.importing import (
    ListReport,
    begun,
    close,
    found_columns,
    require_right,
)
from suprovid.intake.models import ListImport, SavedMatching
from suprovid.intake.queries.waiting import chosen_in, read_again, waiting
from suprovid.intake.rules import (
    Field,
    ListState,
    Matching,
    Outcome,
    Plan,
    apply_saved,
    digest_of,
    matching_to_json,
    may_tick,
    rematch,
    rows_to_json,
    saved,
    ticked_unless_told,
)
from suprovid.journal.actions import record
from suprovid.journal.rules import Actor
from suprovid.lib.decision import (
    Missing,
    Reason,
    Refused,
    Stale,
    invalid,
    require,
)
from suprovid.lib.sheets import Sheet
from suprovid.people import queries as people
from suprovid.people.models import Person


@transaction.atomic
def begin_list(*, actor: Actor, data: bytes, name: str, opened: Sheet) -> ListImport:
    """Keep an opened file until its person decides; the last one counts.

    Raises:
        Forbidden, NotAList.
    """
    require_right(actor)
    if actor.person_id is None:
        raise invalid("file", "A person looks a list through.")
    matching = found_columns(opened)
    Person.objects.select_for_update().get(pk=actor.person_id)  # one list at a time
    ListImport.objects.filter(person=actor.person_id, state=ListState.WAITING).update(
        state=ListState.DROPPED, cells=None
    )
    entry = begun(actor, data, name, opened, matching)
    entry.person_id = actor.person_id
    entry.state = ListState.WAITING
    entry.cells = rows_to_json(opened.rows)
    entry.report = {"sheets": list(opened.names)}
    entry.save()
    return entry


def _locked(actor: Actor, import_id: int, version: int) -> ListImport:
    """The person's own list, as it was seen.

    Raises:
        Missing, Forbidden, Stale.
    """
    require_right(actor)
    entry = (
        ListImport.objects.select_for_update()
        .filter(pk=import_id, person=actor.person_id, state=ListState.WAITING)
        .first()
    )
    if entry is None:
        raise Missing(f"There is no list {import_id} that waits for you.")
    if entry.version != version:
        raise Stale(Reason("The list was changed in another window. Look at it again."))
    entry.version += 1
    return entry


@transaction.atomic
def match_columns(
    *,
    actor: Actor,
    import_id: int,
    version: int,
    columns: Mapping[Field, int | None],
    save_as: str = "",
) -> ListImport:
    """Say by hand which column means what; keep it under a name for the next file.

    Raises:
        Missing, Forbidden, Stale.
        NotAList: nothing says the code or the name any more.
    """
    head = require_right(actor)
    entry = _locked(actor, import_id, version)
    matching = rematch(waiting(entry).matching, columns)
    entry.columns = matching_to_json(matching)
    entry.save()
    if save_as.strip():
        _save_matching(actor, head, matching, save_as.strip())
    return entry


def _save_matching(
    actor: Actor, head: int | None, matching: Matching, name: str
) -> None:
    kept, _new = SavedMatching.objects.update_or_create(
        name=name,
        defaults={
            "columns": saved(matching),
            "saved_by": actor.name,
            "saved_at": actor.now,
        },
    )
    record(
        kind="intake.matching.saved",
        actor=actor,
        for_whom=head,
        subject=kept,
        details={"name": name},
    )


@transaction.atomic
def use_matching(
    *, actor: Actor, import_id: int, version: int, name: str
) -> ListImport:
    """Match the columns as a saved matching says.

    Raises:
        Missing, Forbidden, Stale, NotAList, Invalid.
    """
    entry = _locked(actor, import_id, version)
    kept = SavedMatching.objects.filter(name=name).first()
    if kept is None:
        raise invalid("name", "There is no such matching any more.")
    matching = apply_saved(waiting(entry).rows, kept.columns)
    entry.columns = matching_to_json(matching)
    entry.save()
    return entry


@transaction.atomic
def answer_row(
    *, actor: Actor, import_id: int, version: int, row: int, answers: Mapping[str, str]
) -> ListImport:
    """Write values in place of cells of a row; an empty one gives the cell back.

    Raises:
        Missing, Forbidden, Stale.
    """
    entry = _locked(actor, import_id, version)
    for field, text in answers.items():
        key = f"{row}:{Field(field).value}"
        entry.answers.pop(key, None)
        if text.strip():
            entry.answers[key] = text.strip()
    entry.ticks.pop(str(row), None)
    entry.save()
    return entry


@transaction.atomic
def tick_rows(
    *, actor: Actor, import_id: int, version: int, ticks: Mapping[int, bool]
) -> ListImport:
    """Choose which rows go in; a tick at a row that asks is the person's yes.

    Raises:
        Missing, Forbidden, Stale.
        Refused: a row that cannot go in.
    """
    entry = _locked(actor, import_id, version)
    sheet = read_again(entry, people.today(actor.now))
    _tick(entry, foreseen(sheet, chosen_in(entry)).plans, ticks)
    entry.save()
    return entry


def _tick(entry: ListImport, plans: Iterable[Plan], ticks: Mapping[int, bool]) -> None:
    """Only what differs from the proposal is kept."""
    outcomes = {one.row.row: one.outcome for one in plans}
    for row, tick in ticks.items():
        outcome = outcomes.get(row, Outcome.WRONG)
        if tick:
            require(may_tick(outcome))
        entry.ticks.pop(str(row), None)
        if tick is not ticked_unless_told(outcome) and may_tick(outcome):
            entry.ticks[str(row)] = tick


@transaction.atomic
def bring_list_in(
    *, actor: Actor, import_id: int, version: int, seen: str, ticks: Mapping[int, bool]
) -> ListReport:
    """Bring in the ticked rows of the list that was shown, all or none.

    Args:
        seen: digest of the plans that the page showed.
        ticks: of the rows that the page showed; the others are as they were kept.

    Raises:
        Missing, Forbidden.
        Stale: what is here has changed, so the plans are others now.
        Refused: a ticked row cannot go in, or none is ticked.
    """
    entry = _locked(actor, import_id, version)
    rows = waiting(entry).rows
    sheet = read_again(entry, people.today(actor.now))
    chosen = chosen_in(entry)
    plans = foreseen(sheet, chosen).plans
    if digest_of(plans) != seen:
        raise Stale(
            Reason("Something the list speaks of was changed. Look at it again.")
        )
    _tick(entry, plans, ticks)
    entry.state, entry.brought_at = ListState.BROUGHT, actor.now
    report, done = bring_in(actor, lambda: entry, sheet, chosen)
    if done is None:
        raise Refused(Reason("No row is ticked: there is nothing to bring in."))
    close(entry, sheet, report, rows)
    return ListReport(
        file_name=entry.file_name,
        sheet_name=entry.sheet,
        sheet=sheet,
        brought=report,
        dry_run=False,
        import_id=entry.pk,
    )


@transaction.atomic
def drop_list(*, actor: Actor, import_id: int) -> None:
    """The list is not wanted after all: its cells go, the file stays as it came.

    Raises:
        Missing, Forbidden.
    """
    require_right(actor)
    rows = ListImport.objects.filter(
        pk=import_id, person=actor.person_id, state=ListState.WAITING
    )
    if not rows.update(state=ListState.DROPPED, cells=None):
        raise Missing(f"There is no list {import_id} that waits for you.")
