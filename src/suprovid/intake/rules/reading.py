"""A sheet of clients and contracts read into rows: good, mended, asked about."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from suprovid.intake.rules.codes import read_code
from suprovid.intake.rules.columns import Matching
from suprovid.intake.rules.dates import Bounds, never, order_of, read_day
from suprovid.intake.rules.fields import (
    ROOM,
    Cell,
    Field,
    Kind,
    Mend,
    ParsedSheet,
    Problem,
    Row,
    SheetRow,
)
from suprovid.intake.rules.leaving_out import why_left_out
from suprovid.intake.rules.legal_forms import read_form
from suprovid.intake.rules.line import (
    Desk,
    Line,
    Reader,
    as_row,
    can_be_taken,
    mends,
    problems,
    read_line,
)
from suprovid.intake.rules.numbers import pattern_of, read_number
from suprovid.intake.rules.places import (
    read_address,
    read_city,
    read_postcode,
    read_region,
)
from suprovid.intake.rules.prices import read_price
from suprovid.intake.rules.terms import (
    read_kit,
    read_periodicity,
    read_seats,
    spellings,
)
from suprovid.intake.rules.texts import as_meant, tidy
from suprovid.intake.rules.told import Told, error, shown
from suprovid.intake.rules.twins import Known, twins_told
from suprovid.lib.decision import Reason
from suprovid.lib.words import word

TOO_LONG = word("The text is longer than {room} characters.")
AHEAD, VALID_AHEAD = 2, 15
"""Years after which a day of signing, of an end, is asked about."""
OFTEN = 80
_ORDER = {one: place for place, one in enumerate(Field)}
_NO_ANSWERS: Mapping[tuple[int, str], str] = {}


@dataclass
class _Read:
    """What the rows have given so far."""

    rows: list[SheetRow] = field(default_factory=list)
    mends: list[Mend] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left_out: list[tuple[int, Reason]] = field(default_factory=list)
    known: list[Known] = field(default_factory=list)
    contracts: set[int] = field(default_factory=set)


def read_rows(
    rows: Sequence[Row],
    matching: Matching,
    *,
    answers: Mapping[tuple[int, str], str] = _NO_ANSWERS,
    kits: Collection[str] = (),
    on: date,
) -> ParsedSheet:
    """Read the rows under the heading.

    `answers` are what a person typed for a row and a field: they stand in place of the
    cell and are no mends. `kits` are the names of the catalogue, `on` is today in Kyiv.
    """
    last = max(matching.heading_rows, default=0)
    body = [row for row in rows if row[0] > last and any(map(shown, row[1]))]
    desk = _desk(body, matching, kits, on)
    read = _Read()
    for number, row in body:
        cells = _cells(number, row, matching, answers)
        if reason := why_left_out(row, cells, matching):
            read.left_out.append((number, reason))
        else:
            _keep(read, number, cells, desk, answers)
    return _parsed(read)


def _keep(
    read: _Read,
    number: int,
    cells: Mapping[Field, Cell],
    desk: Desk,
    answers: Mapping[tuple[int, str], str],
) -> None:
    line = read_line(number, cells, desk)
    read.problems += problems(number, line)
    read.mends += [
        mend
        for mend in mends(number, cells, line)
        if (number, mend.field.value) not in answers
    ]
    read.known.append(_known(number, line))
    if can_be_taken(line):
        read.rows.append(as_row(number, line))
    if Field.CONTRACT in line:
        read.contracts.add(number)


def _known(number: int, line: Line) -> Known:
    code, name = line[Field.CODE], line[Field.NAME].value
    wrong = any(asked.kind is Kind.ERROR for asked in code.asked)
    city, address = (
        line[field].value if field in line else ""
        for field in (Field.CITY, Field.ADDRESS)
    )
    return Known(number, "" if wrong else code.value.code, name, city, address)


def _parsed(read: _Read) -> ParsedSheet:
    read.problems += twins_told(read.known, read.contracts)
    read.problems.sort(key=lambda problem: (problem.row, _ORDER[problem.field]))
    read.mends.sort(key=lambda mend: (mend.row, _ORDER[mend.field]))
    return ParsedSheet(
        len(read.known),
        tuple(read.rows),
        tuple(read.mends),
        tuple(read.problems),
        tuple(read.left_out),
    )


def _cells(
    number: int,
    row: Sequence[Cell],
    matching: Matching,
    answers: Mapping[tuple[int, str], str],
) -> dict[Field, Cell]:
    """The cells of a row by their fields, answers in place of them."""
    cells = {
        field: _cell(row[place]) if place < len(row) else None
        for field, place in matching.columns.items()
    }
    if answers:
        for field in Field:
            if (answer := answers.get((number, field.value))) is not None:
                cells[field] = answer
    return cells


def _cell(cell: object) -> Cell:
    """Times and spans and whatever else a reader gives are taken as texts."""
    if cell is None or isinstance(cell, str | int | float | date):
        return cell
    return shown(cell)


# ------------------------------------------------------------------- the whole sheet


def _desk(
    body: Sequence[Row], matching: Matching, kits: Collection[str], on: date
) -> Desk:
    """What the columns say as a whole: the order of days, the numbers, the kits."""

    def column(field: Field) -> Iterable[Cell]:
        place = matching.columns.get(field, -1)
        return (row[place] for _, row in body if 0 <= place < len(row))

    signed = Bounds(order_of(column(Field.SIGNED_ON)), _years_after(on, AHEAD))
    until = Bounds(order_of(column(Field.VALID_TO)), _years_after(on, VALID_AHEAD))
    pattern = pattern_of(column(Field.CONTRACT))
    known = spellings(kits, map(shown, column(Field.KIT)))
    return Desk(
        _OF_CLIENT
        | {
            Field.CONTRACT: lambda cell: _fitting(
                Field.CONTRACT, read_number(cell, pattern)
            ),
            Field.SIGNED_ON: _often(lambda cell: read_day(cell, signed)),
            Field.VALID_TO: _often(lambda cell: _until(cell, until)),
            Field.KIT: _often(_text(Field.KIT, lambda text: read_kit(text, known))),
            Field.PERIODICITY: _often(read_periodicity),
            Field.PRICE: _often(read_price),
            Field.SEATS: read_seats,
        },
        signed,
        {},
    )


def _years_after(on: date, years: int) -> date:
    """The last day of February for the 29th."""
    day = 28 if (on.month, on.day) == (2, 29) else on.day
    return on.replace(year=on.year + years, day=day)


def _until(cell: Cell, bounds: Bounds) -> Told[date | None]:
    return Told(None, "") if never(shown(cell)) else read_day(cell, bounds)


# ----------------------------------------------------------------------------- texts


def _text(field: Field, reader: Callable[[str], Told[str]]) -> Reader:
    def read(cell: Cell) -> Told[str]:
        text = shown(cell)
        # What does not fit is asked about before anything is looked for in it.
        if len(text) > ROOM[field] and len(tidy(text)) > ROOM[field]:
            return _fitting(field, Told(text, text))
        return _fitting(field, reader(text))

    return read


def _often(reader: Reader) -> Reader:
    """What stands in a column again and again is read once."""
    remembered = lru_cache(maxsize=1024, typed=True)(reader)

    def read(cell: Cell) -> Told[Any]:
        long = isinstance(cell, str) and len(cell) > OFTEN
        return reader(cell) if long else remembered(cell)

    return read


def _fitting(field: Field, told: Told[str]) -> Told[str]:
    if len(told.value) <= ROOM[field]:
        return told
    reason = Reason(TOO_LONG, (("room", str(ROOM[field])),))
    return Told("", "", asked=(error(reason),))


def _as_written(text: str) -> Told[str]:
    return as_meant(text, letters=False, quotes=False)


_OF_CLIENT: dict[Field, Reader] = {
    Field.CODE: read_code,
    Field.NAME: _text(Field.NAME, as_meant),
    Field.SHORT_NAME: _text(Field.SHORT_NAME, as_meant),
    Field.LEGAL_FORM: _often(_text(Field.LEGAL_FORM, read_form)),
    Field.REGION: _often(_text(Field.REGION, read_region)),
    Field.CITY: _often(_text(Field.CITY, read_city)),
    Field.POSTCODE: _often(read_postcode),
    Field.ADDRESS: _text(Field.ADDRESS, read_address),
    Field.SOURCE: _often(_text(Field.SOURCE, _as_written)),
    Field.NOTE: _text(Field.NOTE, _as_written),
}
