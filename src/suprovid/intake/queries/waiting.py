"""The list that waits for a yes, told row by row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from suprovid.clients.rules import may_import
from suprovid.intake.models import ListImport, SavedMatching
from suprovid.intake.queries.here import here, kit_ids
from suprovid.intake.rules import (
    FIELD_WORDS,
    Cell,
    Field,
    ListState,
    Matching,
    Mend,
    Outcome,
    ParsedSheet,
    Plan,
    Problem,
    Rows,
    SheetRow,
    digest_of,
    matching_of_json,
    may_tick,
    plan,
    read_rows,
    rows_of_json,
    ticked_unless_told,
)
from suprovid.lib.decision import Decision, Missing, Reason
from suprovid.people.rules import Viewer
from suprovid.web.parts import Page

PAGE = 50
CELLS_SHOWN = 3
_NEEDLESS = re.compile(r"^\s+|\s+$|\s{2,}|[^\S ]")


@dataclass(frozen=True)
class Waiting:
    rows: Rows
    matching: Matching
    answers: dict[tuple[int, str], str]


def waiting(entry: ListImport) -> Waiting:
    """The cells of a list that waits, how they are matched, what was typed."""
    answers = {}
    for key, text in entry.answers.items():
        row, _, field = key.partition(":")
        answers[int(row), field] = text
    return Waiting(
        rows_of_json(entry.cells or []), matching_of_json(entry.columns), answers
    )


def read_again(entry: ListImport, on: date) -> ParsedSheet:
    """The list as its file, its matching and its person's answers say."""
    return _read(waiting(entry), on)


def _read(kept: Waiting, on: date) -> ParsedSheet:
    return read_rows(
        kept.rows, kept.matching, answers=kept.answers, kits=kit_ids(), on=on
    )


def chosen_in(entry: ListImport) -> Callable[[Plan], bool]:
    """Which plans are ticked: what asks nothing, unless the person said otherwise."""

    def chosen(one: Plan) -> bool:
        said = entry.ticks.get(str(one.row.row))
        tick = ticked_unless_told(one.outcome) if said is None else said
        return bool(tick and may_tick(one.outcome))

    return chosen


# ---------------------------------------------------------------- the list that waits


@dataclass(frozen=True)
class ColumnView:
    """A column of the sheet: its heading, a few of its values, what it is taken for."""

    place: int
    heading: str
    values: tuple[str, ...]
    field: Field | None

    @property
    def word(self) -> str:
        return FIELD_WORDS[self.field] if self.field else ""

    @property
    def letter(self) -> str:
        """How a sheet calls the column: A, B, …, AA."""
        name, left = "", self.place + 1
        while left:
            left, place = divmod(left - 1, 26)
            name = chr(ord("A") + place) + name
        return name


@dataclass(frozen=True)
class ChangeView:
    """A value put right by the list's mending, or changed here by the list."""

    word: str
    was: str
    now: str
    why: Reason | None = None


@dataclass(frozen=True)
class QuestionView:
    """What a person decides about a row."""

    field: str
    word: str
    reason: Reason
    suggestions: tuple[str, ...]


@dataclass(frozen=True)
class RowView:
    """A row as it would go in: its mends, changes and questions."""

    row: int
    name: str
    code: str
    contract: str
    outcome: Outcome
    ticked: bool
    tickable: Decision
    mends: tuple[ChangeView, ...]
    changes: tuple[ChangeView, ...]
    questions: tuple[QuestionView, ...]
    client_id: int | None = None
    read: SheetRow | None = None


@dataclass(frozen=True)
class ListPage:
    id: int
    version: int
    file_name: str
    sheet: str
    sheets: tuple[str, ...]
    heading_rows: tuple[int, ...]
    columns: tuple[ColumnView, ...]
    matchings: tuple[str, ...]
    of: dict[str, int]
    count: int
    ticked: int
    mended: int
    kits: tuple[str, ...]
    left_out: tuple[tuple[int, Reason], ...]
    show: str
    rows: tuple[RowView, ...]
    page: Page
    seen: str


def waiting_list(viewer: Viewer, import_id: int, on: date, **asked: Any) -> ListPage:
    """The list that waits for this person's yes, told row by row.

    Args:
        asked: show (an Outcome's value, "mended" or ""), number of the page.

    Raises:
        Missing: not there, not theirs, or decided already.
    """
    entry = own(viewer, import_id)
    kept = waiting(entry)
    sheet = _read(kept, on)
    plans = plan(sheet, here(sheet))
    chosen = chosen_in(entry)
    taken = [one for one in plans if chosen(one)]
    views = _views(sheet, plans, chosen)
    return _page(entry, kept, sheet, taken, views, seen=digest_of(plans), **asked)


def own(viewer: Viewer, import_id: int) -> ListImport:
    """The list that waits for this very person.

    Raises:
        Missing: not there, not theirs, or decided already.
    """
    rows = ListImport.objects.filter(person=viewer.id, state=ListState.WAITING)
    entry = rows.filter(pk=import_id).first()
    if entry is None or not may_import(viewer):
        raise Missing(f"There is no list {import_id} that waits for you.")
    return entry


def _views(
    sheet: ParsedSheet, plans: Iterable[Plan], chosen: Callable[[Plan], bool]
) -> list[RowView]:
    mends: dict[int, list[Mend]] = {}
    for mend in sheet.mends:
        mends.setdefault(mend.row, []).append(mend)
    views = [_planned(one, mends.get(one.row.row, []), chosen(one)) for one in plans]
    planned = {view.row for view in views}
    wrong: dict[int, list[Problem]] = {}
    for problem in sheet.problems:
        if problem.row not in planned:
            wrong.setdefault(problem.row, []).append(problem)
    views += [_wrong(row, mends.get(row, []), found) for row, found in wrong.items()]
    return sorted(views, key=lambda view: view.row)


def _planned(one: Plan, mends: list[Mend], ticked: bool) -> RowView:  # noqa: FBT001
    return RowView(
        row=one.row.row,
        name=one.row.short_name or one.row.name,
        code=one.row.code,
        contract=one.row.contract,
        outcome=one.outcome,
        ticked=ticked,
        tickable=may_tick(one.outcome),
        mends=_mended(mends),
        changes=tuple(
            ChangeView(
                FIELD_WORDS[change.field],
                as_people_write(change.field, change.was),
                as_people_write(change.field, change.now),
            )
            for change in one.changes
        ),
        questions=_asked(one.problems),
        client_id=one.client_id,
        read=one.row,
    )


def _wrong(row: int, mends: list[Mend], problems: list[Problem]) -> RowView:
    return RowView(
        row=row,
        name="",
        code="",
        contract="",
        outcome=Outcome.WRONG,
        ticked=False,
        tickable=may_tick(Outcome.WRONG),
        mends=_mended(mends),
        changes=(),
        questions=_asked(problems),
    )


def _mended(mends: Iterable[Mend]) -> tuple[ChangeView, ...]:
    """A day written as people write it is read as one, and there is nothing to see."""
    told = [(one, as_people_write(one.field, one.now)) for one in mends]
    return tuple(
        ChangeView(FIELD_WORDS[one.field], with_blanks(one.was), now, one.why)
        for one, now in told
        if one.was != now
    )


def with_blanks(text: str) -> str:
    """Blanks that are seen only by their absence afterwards are drawn."""
    return _NEEDLESS.sub(lambda found: "␣" * len(found[0]), text)


def as_people_write(field: Field, text: str) -> str:
    """A day and a sum as they are written in the country."""
    if field in (Field.SIGNED_ON, Field.VALID_TO) and text:
        return f"{date.fromisoformat(text):%d.%m.%Y}"
    return text.replace(".", ",") if field is Field.PRICE else text


def _asked(problems: Iterable[Problem]) -> tuple[QuestionView, ...]:
    return tuple(
        QuestionView(
            one.field.value,
            FIELD_WORDS[one.field],
            one.reason,
            one.suggestions,
        )
        for one in problems
    )


def _page(
    entry: ListImport,
    kept: Waiting,
    sheet: ParsedSheet,
    taken: list[Plan],
    views: list[RowView],
    *,
    seen: str,
    show: str = "",
    number: int = 1,
) -> ListPage:
    shown = [view for view in views if _shown(view, show)]
    first = (number - 1) * PAGE
    named = _named(kept, shown[first : first + PAGE])
    kits = {one.row.kit for one in taken if one.row.kit} - set(kit_ids())
    counted = Counter(view.outcome for view in views)
    return ListPage(
        id=entry.pk,
        version=entry.version,
        file_name=entry.file_name,
        sheet=entry.sheet,
        sheets=tuple(entry.report.get("sheets", ())),
        heading_rows=tuple(entry.columns["heading_rows"]),
        columns=tuple(_columns(kept)),
        matchings=tuple(
            SavedMatching.objects.order_by("name").values_list("name", flat=True)
        ),
        of={one.value: counted[one] for one in Outcome},
        count=sheet.count,
        ticked=len(taken),
        mended=sum(bool(view.mends) for view in views),
        kits=tuple(sorted(kits)),
        left_out=sheet.left_out,
        show=show,
        rows=tuple(named),
        page=Page(number=number, has_next=len(shown) > first + PAGE),
        seen=seen,
    )


def _shown(view: RowView, show: str) -> bool:
    if show == "mended":
        return bool(view.mends)
    if show == "ticked":
        return view.ticked
    return not show or view.outcome == show


def _named(kept: Waiting, views: list[RowView]) -> list[RowView]:
    """A row that could not be read is called by its cells."""
    if all(view.read for view in views):
        return views
    cells = dict(kept.rows)

    def text(view: RowView, field: Field) -> str:
        place = kept.matching.columns.get(field)
        row = cells.get(view.row, ())
        told = kept.answers.get((view.row, field.value))
        return told or _text(
            row[place] if place is not None and place < len(row) else ""
        )

    return [
        view
        if view.read
        else replace(
            view,
            name=text(view, Field.NAME),
            code=text(view, Field.CODE),
            contract=text(view, Field.CONTRACT),
        )
        for view in views
    ]


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _columns(kept: Waiting) -> Iterable[ColumnView]:
    taken = {place: field for field, place in kept.matching.columns.items()}
    body = [cells for row, cells in kept.rows if row not in kept.matching.heading_rows]
    for place, heading in enumerate(kept.matching.headings):
        values = (_text(cells[place]) for cells in body if place < len(cells))
        filled = [text for text in values if text.strip()]
        yield ColumnView(place, heading, tuple(filled[:CELLS_SHOWN]), taken.get(place))
