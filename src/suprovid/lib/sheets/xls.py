"""Workbooks of Excel 97 to 2003 (XLS).

Their area is held whole, so a far cell may take more than the child has: then the
caller is told of memory, not of the cell.
"""

from __future__ import annotations

import io
import re

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from suprovid.lib.sheets import engine
from suprovid.lib.sheets.causes import Cause, NotASheet
from suprovid.lib.sheets.engine import Listed
from suprovid.lib.sheets.shape import Reading

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BOOKS = tuple(f"{name}\0".encode("utf-16-le") for name in ("Workbook", "Book"))
_LOCKED = re.compile(
    rb"\x09\x08\x10\x00.{16}(\x86\x00\x00\x00)?\x2f\x00", re.DOTALL
)  # FILEPASS, the record that follows a book's first one


def read(data: bytes, wanted: str) -> Reading:
    """The sheet of that name, or the first that has something in it.

    Raises:
        NotASheet: no workbook, or one that cannot be read.
    """
    if _ENCRYPTED in data or _LOCKED.search(data):
        raise NotASheet(Cause.PASSWORD)
    if not any(name in data for name in _BOOKS):
        raise NotASheet(Cause.IS_OTHER, {"format": "an old document of Office"})
    with engine.damage_is_told():
        listed = CalamineWorkbook.from_filelike(io.BytesIO(data)).sheets_metadata
    sheets = [
        Listed(sheet.name, "", sheet.visible != SheetVisibleEnum.Visible)
        for sheet in listed
        if sheet.typ == SheetTypeEnum.WorkSheet
    ]
    return engine.read("xls", data, sheets, wanted, lambda _: {})
