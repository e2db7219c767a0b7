"""Rows given out as a workbook: what a cell says is text, never a formula (D2.5).

It comes back equal: numbers are numbers, days are days, all else is text as it was.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from xlsxwriter.worksheet import Worksheet

from suprovid.web.sending import send_bytes

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Row = Sequence[object]
WIDEST, NARROWEST = 60, 8
MOST_SIGNS = 32_767
DAY, MOMENT = "dd.mm.yyyy", "dd.mm.yyyy hh:mm"
EXACT = 2**53
"""A sheet keeps numbers as doubles: a greater one would come back another."""


def workbook(sheet: str, heading: Iterable[Row], rows: Iterable[Row]) -> bytes:
    """A workbook of one sheet; `heading` rows are bold and stay in sight."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet(_sheet_name(sheet))
    bold = book.add_format({"bold": True, "text_wrap": True})
    days = {
        date: book.add_format({"num_format": DAY}),
        datetime: book.add_format({"num_format": MOMENT}),
    }
    head, body = list(heading), list(rows)
    for place, row in enumerate([*head, *body]):
        for column, cell in enumerate(row):
            _write(page, place, column, cell, bold if place < len(head) else None, days)
    page.freeze_panes(len(head), 0)
    for column, width in enumerate(_widths([*head, *body])):
        page.set_column(column, column, width)
    book.close()
    return out.getvalue()


def _write(
    page: Worksheet, row: int, column: int, cell: object, look: Any, days: Any
) -> None:
    match cell:
        case None | "":
            return
        case bool():
            page.write_boolean(row, column, cell, look)
        case int() | float() | Decimal() if abs(float(cell)) < EXACT:
            page.write_number(row, column, float(cell), look)
        case datetime():
            page.write_datetime(row, column, cell, days[datetime])
        case date():
            midnight = datetime.combine(cell, time())
            page.write_datetime(row, column, midnight, days[date])
        case _:
            page.write_string(row, column, str(cell)[:MOST_SIGNS], look)


def _widths(rows: Iterable[Row]) -> list[int]:
    widths: dict[int, int] = {}
    for row in rows:
        for column, cell in enumerate(row):
            length = len(str(cell)) if cell is not None else 0
            widths[column] = max(widths.get(column, NARROWEST), min(length, WIDEST))
    return [widths[column] + 1 for column in sorted(widths)]


def _sheet_name(text: str) -> str:
    """Excel's own rules: 31 letters, none of these."""
    return "".join(" " if sign in "[]:*?/\\'" else sign for sign in text)[:31].strip()


def send_workbook(
    name: str, sheet: str, heading: Iterable[Row], rows: Iterable[Row]
) -> HttpResponse:
    """The workbook as a download."""
    return send_bytes(workbook(sheet, heading, rows), name=name, media_type=XLSX)
