"""Workbooks and texts, made for the tests."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence
from datetime import date, datetime

import xlsxwriter

from suprovid.lib.sheets import Cell

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

ONE_CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'


def workbook(
    rows: Sequence[Sequence[Cell]], *, name: str = "Клієнти", since_1904: bool = False
) -> bytes:
    """One sheet, as Excel writes it."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"date_1904": since_1904}) as book:
        sheet = book.add_worksheet(name)
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        moment = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        for number, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, datetime):
                    sheet.write_datetime(number, column, cell, moment)
                elif isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, day)
                elif isinstance(cell, str):
                    sheet.write_string(number, column, cell)
                elif cell is not None:
                    sheet.write(number, column, cell)
    return kept.getvalue()


def sheet_xml(rows: str, after: str = "", before: str = "") -> str:
    return (
        f'<?xml version="1.0"?>{before}<worksheet xmlns="{SPACE}">'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def parts(
    sheet: str | bytes, shared: str | bytes = "", styles: str = "", states: str = ""
) -> dict[str, str | bytes]:
    """The files of a workbook with one sheet, to be spoilt one by one."""
    return {
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" '
            f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{SPACE}" xmlns:r="{OFFICE}"><sheets>'
            f'<sheet name="One" sheetId="1" r:id="s" {states}/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}">'
            + "".join(
                f'<Relationship Id="{i}" Type="{OFFICE}/{kind}" Target="{target}"/>'
                for i, kind, target in (
                    ("s", "worksheet", "worksheets/1.xml"),
                    ("t", "sharedStrings", "sharedStrings.xml"),
                    ("y", "styles", "/xl/styles.xml"),
                )
            )
            + "</Relationships>"
        ),
        "xl/worksheets/1.xml": sheet,
        "xl/sharedStrings.xml": shared or f'<sst xmlns="{SPACE}"/>',
        "xl/styles.xml": styles or f'<styleSheet xmlns="{SPACE}"/>',
    }


def packed(files: dict[str, str | bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", how) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return kept.getvalue()


def by_hand(rows: str, after: str = "", shared: str = "", styles: str = "") -> bytes:
    """A workbook with these elements in its only sheet."""
    return packed(parts(sheet_xml(rows, after), shared, styles))


# ------------------------------------------------------------------ Excel 97 to 2003

_SECTOR, _FREE, _END = 512, 0xFFFFFFFF, 0xFFFFFFFE


def old_workbook(
    rows: Sequence[Sequence[str | float]], *, locked: bool = False
) -> bytes:
    """An XLS: records of BIFF8 in a compound file."""
    cells = b"".join(
        _cell(number, column, value)
        for number, row in enumerate(rows)
        for column, value in enumerate(row)
    )
    begins, ends = struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0), _record(0x0A, b"")
    lock = _record(0x2F, struct.pack("<HHH", 1, 1, 1) + bytes(48)) if locked else b""
    name = b"\x03\x00One"
    listed = len(_record(0x85, bytes(6) + name)) + len(lock)
    start = len(_record(0x809, begins)) + listed + len(ends)
    book = _record(0x809, begins) + lock
    book += _record(0x85, struct.pack("<IH", start, 0) + name) + ends
    begins = struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)
    return _compound("Workbook", book + _record(0x809, begins) + cells + ends)


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _cell(row: int, column: int, value: str | float) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
        return _record(0x204, place + text)
    return _record(0x203, place + struct.pack("<d", value))


def _compound(name: str, stream: bytes) -> bytes:
    """Small streams live elsewhere, so this one is made large."""
    stream = stream.ljust(4096, b"\0")
    stream += bytes(-len(stream) % _SECTOR)
    count = len(stream) // _SECTOR
    fats = -(-(count + 2) // 127)  # sectors of the table describe themselves too
    chain = [*range(fats + 2, fats + 1 + count), _END]
    table = [0xFFFFFFFD] * fats + [_END, *chain]
    table += [_FREE] * (fats * 128 - len(table))
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII", bytes.fromhex("D0CF11E0A1B11AE1"), b"", 0x3E, 3,
        0xFFFE, 9, 6, b"", 0, fats, fats, 0, 4096, _END, 0, _END, 0,
    )  # fmt: skip
    header += struct.pack("<109I", *range(fats), *[_FREE] * (109 - fats))
    root = _entry("Root Entry", 5, child=1, start=_END, size=0)
    file = _entry(name, 2, child=_FREE, start=fats + 1, size=len(stream))
    folder = (root + file).ljust(_SECTOR, b"\0")
    return header + struct.pack(f"<{len(table)}I", *table) + folder + stream


def _entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    letters = (name + "\0").encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sI8s8sIQ", letters, len(letters), kind, 1, _FREE, _FREE, child,
        b"", 0, b"", b"", start, size,
    )  # fmt: skip
