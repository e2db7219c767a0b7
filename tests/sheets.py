"""Sheets as people keep them: a department's list of clients and contracts."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

import xlsxwriter

from tests.organisations import good_code

HEADING = (
    "№ з/п",
    "Договір №",
    "дата договору",
    "Клієнт",
    "Місто",
    "Індекс",
    "Код ЄДРПОУ",
    "Комплект",
    "Періодичність",
    "Ціна на місяць, грн",
)
TITLE = ("Клієнти відділу станом на 01.04.2026",)


@dataclass(frozen=True)
class Told:
    """A row as somebody typed it; a clean one unless told otherwise."""

    number: int
    name: str = ""
    code: Any = None
    contract: Any = None
    signed: Any = date(2026, 2, 3)
    city: str = "Київ"
    postcode: Any = "01001"
    kit: str = "Базовий"
    periodicity: str = "щомісяця"
    price: Any = 1250

    @property
    def true_code(self) -> str:
        return good_code(3_700_000 + self.number * 41)

    def cells(self) -> tuple[Any, ...]:
        return (
            self.number,
            self.contract if self.contract is not None else f"{self.number}/26",
            self.signed,
            self.name or f"КП «Світанок-{self.number}»",
            self.city,
            self.postcode,
            self.code if self.code is not None else self.true_code,
            self.kit,
            self.periodicity,
            self.price,
        )


@dataclass(frozen=True)
class ListOf:
    """A list under its title and heading, with its total below."""

    rows: tuple[Told, ...]
    name: str = "Клієнти"

    def but(self, number: int, **told: Any) -> ListOf:
        """The same list with one row corrected."""
        rows = tuple(
            replace(row, **told) if row.number == number else row for row in self.rows
        )
        return replace(self, rows=rows)

    def sheet_row(self, number: int) -> int:
        """The row of the sheet, as a person sees it there."""
        numbers = [row.number for row in self.rows]
        return 4 + numbers.index(number)

    def as_xlsx(self) -> bytes:
        table = [TITLE, (), HEADING, *(row.cells() for row in self.rows)]
        return xlsx([*table, ("", "", "", "Разом:")], self.name)


def listed(count: int, first: int = 1) -> ListOf:
    return ListOf(tuple(Told(number) for number in range(first, first + count)))


def xlsx(table: Sequence[Sequence[Any]], sheet: str = "Клієнти") -> bytes:
    """A workbook of one sheet; days are days, texts are texts."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet(sheet)
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    for row, cells in enumerate(table):
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                page.write_datetime(row, column, datetime.combine(cell, time()), day)
            elif isinstance(cell, str):
                page.write_string(row, column, cell)
            elif cell is not None:
                page.write(row, column, cell)
    book.close()
    return out.getvalue()
