"""A worksheet as a stream of rows: what is far apart takes no more than what is near.

Formulas are not looked at: a cell is the value that was kept beside its formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from suprovid.lib.sheets import limits, values
from suprovid.lib.sheets.causes import Cause, NotASheet
from suprovid.lib.sheets.shape import Cell, Merge, Row
from suprovid.lib.sheets.texts import Texts
from suprovid.lib.sheets.xml import Attributes, Reader, known

_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})", re.ASCII)
_LAST_ROW = 1_048_576
_SPREAD = 10
"""A row so many times further than filled rows is a stray, not one row too many."""


@dataclass(frozen=True)
class Book:
    """What cells refer to: shared texts, what the styles mean, the first day."""

    texts: Texts
    styles: list[str]
    since_1904: bool


class Grid:
    """One pass over a sheet; `merges` are there when the rows have ended."""

    def __init__(self, part: str, book: Book) -> None:
        self.merges: list[Merge] = []
        self._book = book
        self._found: list[Row] = []
        self._number = 0
        self._last = 0
        self._width = 0
        self._filled = 0
        self._cells: dict[int, Cell] = {}
        self._column = -1
        self._type = ""
        self._style = ""
        self._listening = False
        self._spoken = False
        self._told: list[str] = []
        self._size = 0
        names = known("row", "c", "v", "t", "rPh", "mergeCell")
        self._reader = Reader(part, names, self._begins, self._ends, self._hears)

    def rows(self, pieces: Iterable[bytes]) -> Iterator[Row]:
        for _ in self._reader.read(pieces):
            yield from self._found
            self._found.clear()

    # ------------------------------------------------------------------ its elements

    def _begins(self, element: str, attributes: Attributes) -> None:
        if element == "c":
            self._begin_cell(attributes)
        elif element in {"v", "t"}:
            self._listening = not self._spoken
        elif element == "row":
            self._begin_row(attributes.get("r", ""))
        elif element == "rPh":
            self._spoken = True
        else:
            self._merge(attributes.get("ref", ""))

    def _ends(self, element: str) -> None:
        if element == "c":
            self._end_cell()
        elif element == "row":
            self._end_row()
        elif element == "rPh":
            self._spoken = False
        else:
            self._listening = False

    def _hears(self, text: str) -> None:
        if not self._listening:
            return
        self._size += len(text)
        if self._size > limits.RAW_TEXT:
            raise self._too_long()
        self._told.append(text)

    def _too_long(self) -> NotASheet:
        figures = {"row": self._number, "characters": limits.CELL_TEXT}
        return NotASheet(Cause.LONG_TEXT, {**figures})

    # ----------------------------------------------------------------- rows and cells

    def _begin_row(self, told: str) -> None:
        self._number = int(told) if told.isdecimal() and len(told) < 8 else 0
        self._column = -1
        self._cells = {}

    def _begin_cell(self, attributes: Attributes) -> None:
        self._told = []
        self._size = 0
        self._type = attributes.get("t", "n")
        self._style = attributes.get("s", "")
        place = attributes.get("r")
        if not place:
            self._column += 1
            return
        row, self._column = _place(place)
        if self._number == 0:
            self._number = row
        if row != self._number:
            raise NotASheet(Cause.BROKEN)

    def _end_cell(self) -> None:
        value = self._value("".join(self._told)) if self._told else None
        if value is None:
            return
        if isinstance(value, str) and len(value) > limits.CELL_TEXT:
            raise self._too_long()
        if self._column >= limits.COLUMNS:
            figures = {"row": self._number, "columns": limits.COLUMNS}
            raise NotASheet(Cause.TOO_WIDE, {**figures})
        self._cells[self._column] = value

    def _end_row(self) -> None:
        number = self._number or self._last + 1
        if number > _LAST_ROW or (self._cells and number <= self._last):
            raise NotASheet(Cause.BROKEN)
        if not self._cells:
            self._last = max(self._last, number)
            return
        width = max(self._cells) + 1
        self._check_area(number, width)
        self._last = number
        cells = self._cells
        self._found.append(Row(number, tuple(cells.get(c) for c in range(width))))

    def _check_area(self, number: int, width: int) -> None:
        self._filled += 1
        self._width = max(self._width, width)
        far = number > limits.ROWS or number * self._width > limits.CELLS
        if far and number > _SPREAD * self._filled:
            raise NotASheet(Cause.TOO_SPREAD, {"cell": f"A{number}"})
        if number > limits.ROWS:
            raise NotASheet(Cause.TOO_MANY_ROWS, {"rows": limits.ROWS})
        if far:
            rows = limits.CELLS // self._width
            raise NotASheet(Cause.TOO_MANY_ROWS, {"rows": rows})

    # -------------------------------------------------------------------- its values

    def _value(self, text: str) -> Cell:
        kind = self._type
        if kind == "s":
            text = text.strip()
            number = int(text) if text.isdecimal() and len(text) < 9 else -1
            return self._book.texts[number] or None
        if kind == "n":
            return self._number_of(text)
        if kind == "b":
            return text.strip() in {"1", "true"}
        if kind == "d":
            return values.iso(text)
        return values.unescaped(text) or None

    def _number_of(self, text: str) -> Cell:
        value = values.number(text)
        if not self._style:
            return value
        meaning = _meaning(self._book.styles, self._style)
        return values.dated(value, meaning, since_1904=self._book.since_1904)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        top, left = _place(first)
        bottom, right = _place(last or first)
        if (bottom - top + 1) * (right - left + 1) > limits.CELLS:
            raise NotASheet(Cause.TOO_SPREAD, {"cell": reference})
        if top <= limits.MERGED_ROWS and len(self.merges) < limits.MERGES:
            self.merges.append(Merge(top, left, bottom, right))


def _meaning(styles: list[str], number: str) -> str:
    if number.isdecimal() and len(number) < 9 and int(number) < len(styles):
        return styles[int(number)]
    return ""


def _place(reference: str) -> tuple[int, int]:
    """Row from 1 and column from 0 of a reference such as B7."""
    found = _PLACE.fullmatch(reference)
    if not found:
        raise NotASheet(Cause.BROKEN)
    return int(found[2]), _column(found[1])


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
