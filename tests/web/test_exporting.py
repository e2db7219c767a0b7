"""A workbook given out says what it was told: no formula, and it comes back equal."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suprovid.lib.sheets import read_bytes
from suprovid.web.exporting import workbook

HOSTILE = (
    '=HYPERLINK("http://evil.example","x")',
    "=1+1",
    "+380441234567",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "＝1+1",
    "{{7*7}}",
    "<script>alert(1)</script>",
    "0012",
    "http://example.org/a",
)


def back(rows: list[list[object]]) -> list[list[object]]:
    sheet = read_bytes(workbook("Список", [["Що"]], rows))
    return [list(cells) for _row, cells in sheet.rows[1:]]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_that_looks_like_a_formula_stays_a_text(text: str) -> None:
    data = workbook("Список", [["Що"]], [[text, "x"]])
    with zipfile.ZipFile(BytesIO(data)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert not any("hyperlink" in name.lower() for name in book.namelist())
    assert "<f>" not in sheet
    assert back([[text, "x"]]) == [[text, "x"]]


def test_numbers_and_days_stay_numbers_and_days() -> None:
    told: list[object] = [7, -3, Decimal("1250.50"), date(2026, 4, 13), True]
    moment = datetime.combine(date(2026, 4, 13), time(10, 15))
    assert back([[*told, moment]]) == [[7, -3, 1250.5, date(2026, 4, 13), True, moment]]


def test_a_number_that_a_sheet_would_round_stays_a_text() -> None:
    assert back([[2**60, "x"]]) == [[str(2**60), "x"]]


readable = st.text(
    st.characters(min_codepoint=32, exclude_categories=("Cs", "Cc", "Cn", "Co")),
    min_size=1,
    max_size=30,
).filter(lambda text: text.strip())


@given(st.lists(st.lists(readable, min_size=1, max_size=4), min_size=1, max_size=5))
def test_whatever_texts_go_out_come_back(rows: list[list[str]]) -> None:
    assert back([list(row) for row in rows]) == rows
