"""Workbooks of Excel 97 to 2003 (XLS), read by calamine.

Their area is held whole, so a far cell may take more than the child has: then the
caller is told of memory, not of the cell.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import time, timedelta
from itertools import chain

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from suprovid.lib.sheets import limits, values
from suprovid.lib.sheets.causes import Cause, NotASheet
from suprovid.lib.sheets.listing import Listed, choose
from suprovid.lib.sheets.shape import Cell, Merge, Reading, Row

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BOOKS = tuple(f"{name}\0".encode("utf-16-le") for name in ("Workbook", "Book"))

_LOCKED = re.compile(rb"\x09\x08\x10\x00.{16}(\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
"""FILEPASS, the record that follows a book's first one."""


def read(data: bytes, wanted: str) -> Reading:
    """The sheet of that name, or the first that has something in it.

    Raises:
        NotASheet: no workbook, or one that cannot be read.
    """
    if _ENCRYPTED in data or _LOCKED.search(data):
        raise NotASheet(Cause.PASSWORD)
    if not any(name in data for name in _BOOKS):
        raise NotASheet(Cause.IS_OTHER, {"format": "an old document of Office"})
    try:
        return _read(CalamineWorkbook.from_filelike(io.BytesIO(data)), wanted)
    except PasswordError as protected:
        raise NotASheet(Cause.PASSWORD) from protected
    except (NotASheet, MemoryError):
        raise
    except (CalamineError, Exception) as damage:
        raise NotASheet(Cause.BROKEN) from damage
    except BaseException as panic:
        # A panic of Rust is no Exception, for nobody to take it for one of theirs.
        if type(panic).__name__ != "PanicException":
            raise
        raise NotASheet(Cause.BROKEN) from panic


def _read(book: CalamineWorkbook, wanted: str) -> Reading:
    sheets = [
        Listed(sheet.name, sheet.name, sheet.visible != SheetVisibleEnum.Visible)
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet
    ]
    names = tuple(sheet.name for sheet in sheets)
    for chosen in choose(sheets, wanted):
        sheet = book.get_sheet_by_name(chosen.name)
        rows = _rows(sheet)
        for first in rows:
            merges = list(_merges(sheet))
            return Reading(
                "xls", chain([first], rows), chosen.name, names, merges=merges
            )
    raise NotASheet(Cause.EMPTY)


def _rows(sheet: CalamineSheet) -> Iterator[Row]:
    top, left = sheet.start or (0, 0)
    for number, found in enumerate(sheet.iter_rows(), start=top + 1):
        cells = [None] * left + [_cell(value) for value in found]
        while cells and cells[-1] is None:
            cells.pop()
        if len(cells) > limits.COLUMNS:
            raise NotASheet(Cause.TOO_WIDE, {"row": number, "columns": limits.COLUMNS})
        if cells:
            yield Row(number, tuple(cells))


def _merges(sheet: CalamineSheet) -> Iterator[Merge]:
    near = (m for m in sheet.merged_cell_ranges or () if m[0][0] < limits.MERGED_ROWS)
    for ((top, left), (bottom, right)), _ in zip(
        near, range(limits.MERGES), strict=False
    ):
        yield Merge(top + 1, left, bottom + 1, right)


def _cell(value: Cell | time | timedelta) -> Cell:
    if isinstance(value, timedelta):
        return values.span(value)
    if isinstance(value, time):
        return values.clock(value)
    if isinstance(value, float):
        return values.plain(value)
    return value if value != "" else None
