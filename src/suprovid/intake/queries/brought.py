"""Lists that were brought in or undone, and what of them is given out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from suprovid.clients.rules import may_import
from suprovid.documents.queries import KeptFile
from suprovid.intake.models import BroughtRow, ListImport
from suprovid.intake.queries.here import here
from suprovid.intake.queries.waiting import (
    as_people_write,
    chosen_in,
    own,
    read_again,
    waiting,
)
from suprovid.intake.rules import (
    FIELD_WORDS,
    Did,
    Field,
    ListState,
    Problem,
    Rows,
    left_out,
    may_undo,
    plan,
    rows_of_json,
)
from suprovid.journal.rules import person_of
from suprovid.lib.decision import Decision, Forbidden, Missing, Reason, require
from suprovid.people import queries as people
from suprovid.people.rules import Viewer
from suprovid.web.parts import Page

PAGE = 50
HISTORY = 50


@dataclass(frozen=True)
class ListRow:
    """A list in the history of what came in."""

    id: int
    file_name: str
    sheet: str
    state: ListState
    who: str
    by_console: bool
    at: datetime
    count: int
    created: int
    contracts: int
    changed: int
    left: int
    mine: bool
    undone_at: datetime | None
    undone_by: str
    undone_why: str


@dataclass(frozen=True)
class BroughtLine:
    """What a row of a list did."""

    row: int
    did: Did
    client_id: int | None
    client: str
    contract_id: int | None
    contract: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class BroughtPage:
    list: ListRow
    rows: tuple[BroughtLine, ...]
    page: Page
    show: str
    undoing: Decision


def lists(viewer: Viewer) -> tuple[ListRow, ...]:
    """Lists brought in, and this person's own that waits, the newest first.

    Raises:
        Forbidden: not the head of department.
    """
    require(may_import(viewer), Forbidden)
    rows = ListImport.objects.exclude(state=ListState.DROPPED)
    others = rows.exclude(state=ListState.WAITING) | rows.filter(person=viewer.id)
    found = list(others.order_by("-brought_at", "-pk")[:HISTORY])
    return tuple(_list_rows(viewer, found))


def brought_list(
    viewer: Viewer, import_id: int, *, show: str = "", number: int = 1
) -> BroughtPage:
    """What became of a list, row by row.

    Raises:
        Missing: not there, or not the head of department.
    """
    entry = _decided(viewer, import_id)
    rows = entry.rows.order_by("row").select_related("client", "contract")
    if show:
        rows = rows.filter(did=show)
    first = (number - 1) * PAGE
    found = list(rows[first : first + PAGE + 1])
    return BroughtPage(
        list=_list_rows(viewer, [entry])[0],
        rows=tuple(_brought(row) for row in found[:PAGE]),
        page=Page(number=number, has_next=len(found) > PAGE),
        show=show,
        undoing=may_undo(state=ListState(entry.state), why="-"),
    )


def _decided(viewer: Viewer, import_id: int) -> ListImport:
    decided = [ListState.BROUGHT, ListState.UNDONE]
    entry = ListImport.objects.filter(pk=import_id, state__in=decided).first()
    if entry is None or not may_import(viewer):
        raise Missing(f"There is no list {import_id}.")
    return entry


def _list_rows(viewer: Viewer, entries: list[ListImport]) -> list[ListRow]:
    names = people.names(
        {number for one in entries for number in _people(one) if number}
    )
    return [_list_row(viewer, one, names) for one in entries]


def _people(entry: ListImport) -> tuple[int | None, int | None]:
    return person_of(entry.brought_by), person_of(entry.undone_by)


def _list_row(viewer: Viewer, entry: ListImport, names: dict[int, str]) -> ListRow:
    brought, undone = _people(entry)
    told = entry.report
    return ListRow(
        id=entry.pk,
        file_name=entry.file_name,
        sheet=entry.sheet,
        state=ListState(entry.state),
        who=names.get(brought or 0, ""),
        by_console=brought is None,
        at=entry.brought_at,
        count=told.get("count", 0),
        created=told.get("created", 0),
        contracts=told.get("contracts", 0),
        changed=told.get("changed", 0),
        left=len(told.get("left", ())),
        mine=entry.person_id is not None and entry.person_id == viewer.id,
        undone_at=entry.undone_at,
        undone_by=names.get(undone or 0, ""),
        undone_why=entry.undone_why,
    )


def _brought(row: BroughtRow) -> BroughtLine:
    return BroughtLine(
        row=row.row,
        did=Did(row.did),
        client_id=row.client_id,
        client=str(row.client) if row.client else row.values.get("name", ""),
        contract_id=row.contract_id,
        contract=row.contract.number if row.contract else "",
        changes=tuple(
            (
                FIELD_WORDS[Field(name)],
                as_people_write(Field(name), was),
                as_people_write(Field(name), row.values.get(name, "")),
            )
            for name, was in row.before.items()
        ),
    )


# ---------------------------------------------------------------- what is given out


def kept_file(viewer: Viewer, import_id: int) -> KeptFile:
    """The file of a list, byte for byte as it came.

    Raises:
        Missing: not there, or not the head of department.
    """
    entry = _own_or_decided(viewer, import_id)
    return KeptFile(entry.file_name, entry.content_id)


def _own_or_decided(viewer: Viewer, import_id: int) -> ListImport:
    try:
        return _decided(viewer, import_id)
    except Missing:
        return own(viewer, import_id)


@dataclass(frozen=True)
class LeftRows:
    """Rows that did not go in, under their heading, with what is wrong with each."""

    file_name: str
    sheet: str
    heading: Rows
    rows: Rows
    why: dict[int, tuple[tuple[str, Reason], ...]]


def left_rows(viewer: Viewer, import_id: int, on: date) -> LeftRows:
    """The rows of a list that are not in, to be put right and brought again.

    Raises:
        Missing: not there, not theirs.
    """
    entry = _own_or_decided(viewer, import_id)
    if entry.state == ListState.WAITING:
        return _left_now(entry, on)
    told = entry.report
    return LeftRows(
        entry.file_name,
        entry.sheet,
        rows_of_json(told.get("heading", ())),
        rows_of_json(told.get("left", ())),
        {
            int(row): tuple(
                (field, Reason(msgid, tuple(map(tuple, params))))
                for field, msgid, params in why
            )
            for row, why in told.get("why", {}).items()
        },
    )


def _left_now(entry: ListImport, on: date) -> LeftRows:
    kept, sheet = waiting(entry), read_again(entry, on)
    plans, chosen = plan(sheet, here(sheet)), chosen_in(entry)
    left = left_out(sheet, plans, [one for one in plans if chosen(one)])
    heading = set(kept.matching.heading_rows)
    return LeftRows(
        entry.file_name,
        entry.sheet,
        [row for row in kept.rows if row[0] in heading],
        [row for row in kept.rows if row[0] in left],
        {
            row: tuple(
                (one.field.value, one.reason) if isinstance(one, Problem) else ("", one)
                for one in why
            )
            for row, why in left.items()
        },
    )
