"""Workbooks give the rows that a person sees in Excel."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from suprovid.lib.sheets import read_bytes

from .books import old_workbook, workbook


@pytest.mark.parametrize("since_1904", [False, True])
def test_every_kind_of_cell_comes_back(since_1904: bool) -> None:
    cells = ("ТОВ «Ромашка»", 7, 7.5, True, None, date(2026, 2, 3))
    moment = datetime(2026, 2, 3, 9, 15, 30)
    sheet = read_bytes(workbook([[*cells, moment]], since_1904=since_1904))
    assert sheet.rows == ((1, (*cells, moment)),)
    assert (sheet.kind, sheet.name, sheet.names) == ("xlsx", "Клієнти", ("Клієнти",))


def test_empty_rows_are_left_out_and_the_others_keep_their_numbers() -> None:
    assert [row.number for row in read_bytes(workbook([["a"], [], ["b"]])).rows] == [
        1,
        3,
    ]


def test_a_workbook_of_excel_2003_is_read() -> None:
    sheet = read_bytes(old_workbook([["Назва", "Ціна"], [], ["Ромашка", 12.0]]))
    assert sheet.rows == ((1, ("Назва", "Ціна")), (3, ("Ромашка", 12)))
