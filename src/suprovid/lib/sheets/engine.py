"""Calamine, which reads workbooks old and new, and what its answers mean here.

Formulas are not looked at: a cell is the value that was kept beside its formula.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import Any, NamedTuple

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError

from suprovid.lib.sheets import limits
from suprovid.lib.sheets.causes import Cause, NotASheet
from suprovid.lib.sheets.shape import Cell, Merge, Reading, Row

_EXACT = 1e15
"""Above it a whole number is a figure of measure, and its digits are not known."""


Errors = dict[int, dict[int, str]]
"""Texts such as #REF! by row and column; calamine tells an empty cell."""


class Listed(NamedTuple):
    """A sheet as its workbook lists it."""

    name: str
    place: str
    hidden: bool


def read(
    kind: str,
    data: bytes,
    sheets: list[Listed],
    wanted: str,
    look: Callable[[Listed], Errors],
) -> Reading:
    """The sheet of that name, or the first that has something in it.

    `look` is asked before a sheet is read: it may refuse, and tells the errors in it.

    Raises:
        NotASheet: there is no such sheet, or it cannot be read.
    """
    names = tuple(sheet.name for sheet in sheets)
    chosen = choose(sheets, wanted)
    with damage_is_told():
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for listed in chosen:
        errors = look(listed)
        with damage_is_told():
            sheet = book.get_sheet_by_name(listed.name)
        rows = _rows(sheet, errors)
        for first in rows:
            whole, merges = chain([first], rows), list(_merges(sheet))
            return Reading(kind, whole, listed.name, names, merges=merges)
    raise NotASheet(Cause.EMPTY)


def choose(sheets: list[Listed], wanted: str) -> list[Listed]:
    """The sheet of that name; without a name all, those that are shown first.

    Raises:
        NotASheet: there is no sheet of that name.
    """
    if not wanted:
        return sorted(sheets, key=lambda sheet: sheet.hidden)
    exact = [sheet for sheet in sheets if sheet.name == wanted]
    alike = [sheet for sheet in sheets if _folded(sheet.name) == _folded(wanted)]
    if not (exact or alike):
        names: list[str] = [sheet.name for sheet in sheets]
        raise NotASheet(Cause.NO_SHEET, {"name": wanted, "names": names})
    return (exact or alike)[:1]


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


@contextmanager
def damage_is_told() -> Iterator[None]:
    """What calamine says of a damaged file, as our refusal."""
    try:
        yield
    except PasswordError as protected:
        raise NotASheet(Cause.PASSWORD) from protected
    except (NotASheet, MemoryError):
        raise
    except Exception as damage:
        raise NotASheet(Cause.BROKEN) from damage
    except BaseException as panic:
        # A panic of Rust is no Exception, lest somebody take it for one of theirs.
        if type(panic).__name__ != "PanicException":
            raise
        raise NotASheet(Cause.BROKEN) from panic


def _rows(sheet: CalamineSheet, errors: Errors) -> Iterator[Row]:
    # Calamine tells the empty rows at the top, but not the empty columns at the left.
    _, left = sheet.start or (0, 0)
    for number, values in enumerate(sheet.iter_rows(), start=1):
        cells: list[Cell] = [None] * left
        cells += [v if type(v) is str and v else _MEANT[type(v)](v) for v in values]
        for column, error in errors.get(number, {}).items():
            cells += [None] * (column + 1 - len(cells))
            cells[column] = error
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            _check(number, cells)
            yield Row(number, tuple(cells))


def _check(number: int, cells: list[Cell]) -> None:
    if number > limits.ROWS:
        raise NotASheet(Cause.TOO_MANY_ROWS, {"rows": limits.ROWS})
    if len(cells) > limits.COLUMNS:
        raise NotASheet(Cause.TOO_WIDE, {"row": number, "columns": limits.COLUMNS})
    if any(isinstance(cell, str) and len(cell) > limits.CELL_TEXT for cell in cells):
        figures = {"row": number, "characters": limits.CELL_TEXT}
        raise NotASheet(Cause.LONG_TEXT, {**figures})


def _merges(sheet: CalamineSheet) -> Iterator[Merge]:
    ranges = sheet.merged_cell_ranges or ()
    near = (r for r in ranges if r[0][0] < limits.MERGED_ROWS)
    for (start, end), _ in zip(near, range(limits.MERGES), strict=False):
        yield Merge(start[0] + 1, start[1], end[0] + 1, end[1])


def _number(value: float) -> Cell:
    """Whole ones as int."""
    if value.is_integer() and abs(value) < _EXACT:
        return int(value)
    return value if abs(value) < float("inf") else str(value)


def _time(value: time) -> str:
    return value.replace(microsecond=0).isoformat()


def _duration(value: timedelta) -> str:
    """As Excel shows it: hours, minutes and seconds."""
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


_MEANT: dict[type, Callable[[Any], Cell]] = {
    str: lambda text: text or None,
    int: lambda whole: whole,
    bool: lambda yes: yes,
    float: _number,
    date: lambda day: day,
    datetime: lambda moment: moment,
    time: _time,
    timedelta: _duration,
}
"""A cell as calamine tells it, and what it is here."""
