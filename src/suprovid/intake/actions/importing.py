"""A list brought in at one go, as programs and the console do.

The file is opened before any transaction (queries.sheets); nothing here parses bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from suprovid.clients.rules import clean, may_import
from suprovid.documents.actions import keep_file
from suprovid.intake.actions.bringing import Brought, bring_in, foreseen
from suprovid.intake.models import ListImport, SavedMatching
from suprovid.intake.queries.here import kit_ids
from suprovid.intake.rules import (
    ListState,
    Matching,
    Outcome,
    ParsedSheet,
    Plan,
    Problem,
    Rows,
    apply_saved,
    find,
    left_out,
    matching_to_json,
    read_rows,
    report_of,
    ticked_unless_told,
)
from suprovid.journal.rules import Actor
from suprovid.lib.decision import Forbidden, invalid, require
from suprovid.lib.sheets import Sheet
from suprovid.people import queries as people


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
    require_right(actor)
    matching = _matching(opened, matching_name)
    sheet = _read(actor, opened.rows, matching, {})

    def chosen(one: Plan) -> bool:
        asked = confirm_warnings and one.outcome is Outcome.QUESTION
        return asked or ticked_unless_told(one.outcome)

    if dry_run:
        report, entry = foreseen(sheet, chosen), None
    else:
        report, entry = bring_in(
            actor, lambda: begun(actor, data, name, opened, matching), sheet, chosen
        )
    if entry is not None:
        close(entry, sheet, report, opened.rows)
    return ListReport(
        file_name=clean(name)[:255],
        sheet_name=opened.name,
        sheet=sheet,
        brought=report,
        dry_run=dry_run,
        import_id=entry.pk if entry else None,
    )


def require_right(actor: Actor) -> int | None:
    """For whom one brings lists in; Forbidden to all but the head of department."""
    viewer = people.viewer(actor)
    require(may_import(viewer), Forbidden)
    return viewer.for_whom(may_import)


def _matching(opened: Sheet, name: str) -> Matching:
    if not name:
        return found_columns(opened)
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


def found_columns(opened: Sheet) -> Matching:
    """Which column means what, by the headings and the look of the values.

    Raises:
        NotAList: no column of codes or of names.
    """
    # The library numbers rows as people do; the rules count both from 0.
    merges = [
        ((one.first_row - 1, one.first_column), (one.last_row - 1, one.last_column))
        for one in opened.merges
    ]
    return find(opened.rows, merges=merges)


def _read(
    actor: Actor, rows: Rows, matching: Matching, answers: Mapping[tuple[int, str], str]
) -> ParsedSheet:
    return read_rows(
        rows, matching, answers=answers, kits=kit_ids(), on=people.today(actor.now)
    )


def begun(
    actor: Actor, data: bytes, name: str, opened: Sheet, matching: Matching
) -> ListImport:
    """The entry of a list, with its very file kept."""
    return ListImport(
        content=keep_file(actor=actor, data=data),
        file_name=clean(name)[:255],
        sheet=opened.name[:255],
        state=ListState.BROUGHT,
        brought_by=actor.name,
        brought_at=actor.now,
        columns=matching_to_json(matching),
    )


def close(entry: ListImport, sheet: ParsedSheet, report: Brought, rows: Rows) -> None:
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
