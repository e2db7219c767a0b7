"""One row of a sheet: its fields read, and what they say together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from suprovid.clients.rules.folding import fold_number
from suprovid.intake.rules.codes import Code
from suprovid.intake.rules.dates import Bounds, read_day
from suprovid.intake.rules.fields import Cell, Field, Kind, Mend, Problem, SheetRow
from suprovid.intake.rules.numbers import bare
from suprovid.intake.rules.told import Told, error, shown
from suprovid.lib.decision import Reason
from suprovid.lib.words import word

NO_NAME = Reason(word("Write the client’s name."))
NO_DAY = Reason(word("The contract has no date: write it."))
NO_NUMBER = Reason(
    word("The row has a date, a kit or a price and no contract: write its number.")
)
NUMBER_TWICE = word("This contract number stands in row {row} already.")
ENDS_FIRST = Reason(word("The end stands before the beginning."))
DAY_BESIDE = Reason(word("The day stood beside the contract’s number."))
BROKEN = word("The spreadsheet has an error here, {text}: write the value.")
_DASHES = frozenset("-–—")
_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#Н/Д"}
)
OF_CONTRACT = (
    Field.CONTRACT,
    Field.SIGNED_ON,
    Field.VALID_TO,
    Field.KIT,
    Field.PERIODICITY,
    Field.PRICE,
    Field.SEATS,
)
_BEGUN = (Field.SIGNED_ON, Field.KIT, Field.PRICE)
LONGEST_WAS, LONGEST_SIGN = 2000, 20

Reader = Callable[[Cell], Told[Any]]
Line = dict[Field, Told[Any]]


@dataclass(frozen=True)
class Desk:
    """What a row is read with: how each field is read, which numbers were met."""

    readers: Mapping[Field, Reader]
    signed: Bounds
    numbers: dict[str, int]


def read_line(number: int, cells: Mapping[Field, Cell], desk: Desk) -> Line:
    """The fields of a row; those of a contract only where there is one."""
    line = {field: _told(desk.readers[field], cell) for field, cell in cells.items()}
    if not line[Field.NAME].value and not line[Field.NAME].asked:
        line[Field.NAME] = _asking(line[Field.NAME], NO_NAME)
    contract = line.get(Field.CONTRACT)
    if contract and (contract.value or contract.asked):
        _read_contract(number, cells, line, desk)
        return line
    begun = contract and any(line[field].shown for field in _BEGUN if field in line)
    alone = {field: told for field, told in line.items() if field not in OF_CONTRACT}
    if begun:
        alone[Field.CONTRACT] = _asking(Told("", ""), NO_NUMBER)
    return alone


def _told(reader: Reader, cell: Cell) -> Told[Any]:
    """A dash is an empty cell; an error of the spreadsheet is asked about."""
    if not isinstance(cell, str) or len(cell) > LONGEST_SIGN:
        return reader(cell)
    text = cell.strip()
    if text in _DASHES:
        return reader(None)
    if text in _ERRORS:
        reason = Reason(BROKEN, (("text", text),))
        return replace(reader(None), asked=(error(reason),))
    return reader(cell)


def _asking(told: Told[Any], reason: Reason) -> Told[Any]:
    return replace(told, asked=(*told.asked, error(reason)))


def _read_contract(
    number: int, cells: Mapping[Field, Cell], line: Line, desk: Desk
) -> None:
    signed: Told[date | None] = line.get(Field.SIGNED_ON, Told(None, ""))
    if signed.value is None and not signed.asked:
        line[Field.SIGNED_ON] = signed = _beside(cells[Field.CONTRACT], desk.signed)
    until = line.get(Field.VALID_TO)
    if until and until.value and signed.value and until.value < signed.value:
        line[Field.VALID_TO] = _asking(until, ENDS_FIRST)
    key = fold_number(line[Field.CONTRACT].value)
    if key and (first := desk.numbers.setdefault(key, number)) != number:
        twice = Reason(NUMBER_TWICE, (("row", str(first)),))
        line[Field.CONTRACT] = _asking(line[Field.CONTRACT], twice)


def _beside(cell: Cell, bounds: Bounds) -> Told[date | None]:
    """The day of «№ 4/25 від 12.05.2025», or the question for it."""
    _, behind = bare(cell) if isinstance(cell, str) else ("", "")
    told = read_day(behind, bounds)
    if told.value is None:
        return _asking(Told(None, ""), NO_DAY)
    return replace(told, why=(DAY_BESIDE,))


def problems(number: int, line: Line) -> list[Problem]:
    return [
        Problem(number, field, asked.kind, asked.reason, asked.suggestions)
        for field, told in line.items()
        for asked in told.asked
    ]


def mends(number: int, cells: Mapping[Field, Cell], line: Line) -> list[Mend]:
    """What was put right; what became nothing is not told."""
    found = []
    for field, told in line.items():
        if told.why and told.shown:
            was = shown(cells.get(field))[:LONGEST_WAS]
            found += [
                Mend(number, field, was, told.shown, why)
                for why in told.why
                if was != told.shown
            ]
    return found


def can_be_taken(line: Line) -> bool:
    return not any(
        asked.kind is Kind.ERROR for told in line.values() for asked in told.asked
    )


def as_row(number: int, line: Line) -> SheetRow:
    code: Code = line[Field.CODE].value
    rest = {
        field.value: told.value
        for field, told in line.items()
        if field is not Field.CODE and told.value is not None
    }
    return SheetRow(number, code.code, code.kind, code.odd, **rest)
