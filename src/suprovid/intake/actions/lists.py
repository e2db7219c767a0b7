"""A list of clients and contracts: read, matched, decided upon, brought in, undone.

The file is opened before any transaction (queries.sheets); nothing here parses bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from suprovid.clients.rules import clean, may_import
from suprovid.documents.actions import keep_file
from suprovid.intake.actions.bringing import Brought, bring_in, foreseen
from suprovid.intake.models import ListImport, SavedMatching
from suprovid.intake.queries.here import kit_ids
from suprovid.intake.queries.lists import chosen_in, read_again, waiting
from suprovid.intake.rules import (
    Field,
    ListState,
    Matching,
    Outcome,
    ParsedSheet,
    Plan,
    Problem,
    Rows,
    apply_saved,
    digest_of,
    find,
    left_out,
    matching_to_json,
    may_tick,
    read_rows,
    rematch,
    report_of,
    rows_to_json,
    saved,
    ticked_unless_told,
)
from suprovid.journal.actions import record
from suprovid.journal.rules import Actor
from suprovid.lib.decision import (
    Forbidden,
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


@dataclass(frozen=True)
class ListReport:
    """What a list is and what came, or in a dry run would come, of it."""

    file_name: str
    sheet_name: str
    sheet: ParsedSheet
    brought: Brought
    dry_run: bool
    import_id: int | None = None

    @property
    def good(self) -> int:
        """Rows that nobody has to decide upon."""
        asked = {Outcome.QUESTION, Outcome.WRONG}
        return sum(one.outcome not in asked for one in self.brought.plans)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong or to be decided, by the rows of the sheet."""
        planned = {one.row.row for one in self.brought.plans}
        unread = (one for one in self.sheet.problems if one.row not in planned)
        asked = (one for row in self.brought.plans for one in row.problems)
        return tuple(sorted((*unread, *asked), key=lambda one: one.row))


# ---------------------------------------------------------------- in one go


@transaction.atomic
def import_list(
    *,
    actor: Actor,
    data: bytes,
    name: str,
    opened: Sheet,
    matching_name: str = "",
    confirm_warnings: bool = False,
    dry_run: bool = False,
) -> ListReport:
    """Bring an opened file in at once, as programs and the console do.

    Args:
        matching_name: a saved matching of columns; without it they are found.
        confirm_warnings: take rows that ask for a decision too.
        dry_run: tell what would come of it and write nothing.

    Raises:
        Forbidden: not the head of department.
        NotAList: no column of codes or of names.
        Invalid: no matching has this name.
    """
    _require_right(actor)
    matching = _matching(opened, matching_name)
    sheet = _read(actor, opened.rows, matching, {})

    def chosen(one: Plan) -> bool:
        asked = confirm_warnings and one.outcome is Outcome.QUESTION
        return asked or ticked_unless_told(one.outcome)

    report = foreseen(sheet, chosen)
    entry = None
    if report.did_anything and not dry_run:
        entry = _entry(actor, data, name, opened, matching)
        report = bring_in(actor, entry, sheet, chosen)
        _close(entry, sheet, report, opened.rows)
    return ListReport(
        file_name=clean(name)[:255],
        sheet_name=opened.name,
        sheet=sheet,
        brought=report,
        dry_run=dry_run,
        import_id=entry.pk if entry else None,
    )


def _require_right(actor: Actor) -> int | None:
    viewer = people.viewer(actor)
    require(may_import(viewer), Forbidden)
    return viewer.for_whom(may_import)


def _matching(opened: Sheet, name: str) -> Matching:
    if not name:
        return find(opened.rows, merges=opened.merges)
    kept = SavedMatching.objects.filter(name=name).first()
    if kept is None:
        names = ", ".join(SavedMatching.objects.values_list("name", flat=True)) or "—"
        raise invalid(
            "mapping",
            "There is no matching “{name}”. Saved are: {names}.",
            name=name,
            names=names,
        )
    return apply_saved(opened.rows, kept.columns)


def _read(
    actor: Actor, rows: Rows, matching: Matching, answers: Mapping[tuple[int, str], str]
) -> ParsedSheet:
    return read_rows(
        rows, matching, answers=answers, kits=kit_ids(), on=people.today(actor.now)
    )


def _entry(
    actor: Actor, data: bytes, name: str, opened: Sheet, matching: Matching
) -> ListImport:
    return ListImport(
        content=keep_file(actor=actor, data=data),
        file_name=clean(name)[:255],
        sheet=opened.name[:255],
        state=ListState.BROUGHT,
        brought_by=actor.name,
        brought_at=actor.now,
        columns=matching_to_json(matching),
    )


def _close(entry: ListImport, sheet: ParsedSheet, report: Brought, rows: Rows) -> None:
    """What was left out stays to be downloaded, with what is wrong with it."""
    left = left_out(sheet, report.plans, report.taken)
    entry.cells = None
    entry.report = {
        **report_of(rows, entry.columns["heading_rows"], left),
        "count": sheet.count,
        "created": report.created,
        "contracts": report.contracts,
        "changed": report.changed,
        "known": report.known,
        "joined": report.joined,
    }
    entry.save()


# ---------------------------------------------------------------- step by step


@transaction.atomic
def begin_list(*, actor: Actor, data: bytes, name: str, opened: Sheet) -> ListImport:
    """Keep an opened file until its person decides; the last one counts.

    Raises:
        Forbidden, NotAList.
    """
    _require_right(actor)
    if actor.person_id is None:
        raise invalid("file", "A person looks a list through.")
    matching = find(opened.rows, merges=opened.merges)
    Person.objects.select_for_update().get(pk=actor.person_id)  # one list at a time
    ListImport.objects.filter(person=actor.person_id, state=ListState.WAITING).update(
        state=ListState.DROPPED, cells=None
    )
    entry = _entry(actor, data, name, opened, matching)
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
    _require_right(actor)
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
    head = _require_right(actor)
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
    report = bring_in(actor, entry, sheet, chosen)
    if not report.did_anything:
        raise Refused(Reason("No row is ticked: there is nothing to bring in."))
    _close(entry, sheet, report, rows)
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
    _require_right(actor)
    rows = ListImport.objects.filter(
        pk=import_id, person=actor.person_id, state=ListState.WAITING
    )
    if not rows.update(state=ListState.DROPPED, cells=None):
        raise Missing(f"There is no list {import_id} that waits for you.")
