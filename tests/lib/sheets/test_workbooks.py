"""Workbooks give the rows that a person sees in Excel."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
import xlsxwriter

from suprovid.lib import bounded
from suprovid.lib.sheets import (
    MESSAGES,
    Cause,
    Cell,
    NotASheet,
    Sheet,
    from_answer,
    limits,
    read_bytes,
)
from suprovid.lib.sheets.__main__ import answer

from .books import (
    OFFICE,
    SPACE,
    by_hand,
    old_workbook,
    packed,
    parts,
    sheet_xml,
    workbook,
)

MOMENT = datetime.fromisoformat("2026-02-03T09:15:30")


def made(fill: Callable[[Any], None]) -> bytes:
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        fill(book)
    return kept.getvalue()


def only_cells(data: bytes) -> tuple[Cell, ...]:
    (row,) = read_bytes(data).rows
    return row.cells


def cause(data: bytes, sheet: str = "") -> Cause:
    with pytest.raises(NotASheet) as told:
        read_bytes(data, sheet)
    return told.value.cause


@pytest.mark.parametrize("since_1904", [False, True])
def test_every_kind_of_cell_comes_back(since_1904: bool) -> None:
    cells = ("ТОВ «Ромашка»", 7, 7.5, -1, True, False, None, date(2026, 2, 3), MOMENT)
    sheet = read_bytes(workbook([cells], since_1904=since_1904))
    assert sheet.rows == ((1, cells),)
    assert [type(a) for a in sheet.rows[0].cells] == [type(a) for a in cells]
    assert (sheet.kind, sheet.name, sheet.names) == ("xlsx", "Клієнти", ("Клієнти",))


def test_the_child_answers_what_is_read_here() -> None:
    data = workbook([["ї", 1, 1.5, True, None, date(2026, 2, 3), MOMENT], [], ["b"]])
    answer = bounded.run("suprovid.lib.sheets", data, "--sheet=Клієнти")
    assert from_answer(answer) == read_bytes(data)


def test_an_answer_larger_than_may_be_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = workbook([["ї" * 1000] * 10] * 20)
    monkeypatch.setattr(limits, "ANSWER", 300_000)
    with pytest.raises(NotASheet) as told:
        from_answer(json.loads(answer(data, "")))
    assert told.value.cause == Cause.TOO_MUCH
    monkeypatch.setattr(limits, "ANSWER", 500_000)
    assert from_answer(json.loads(answer(data, ""))) == read_bytes(data)


def test_every_cause_has_its_sentence() -> None:
    assert set(MESSAGES) == set(Cause)


def test_the_child_tells_why_it_refuses() -> None:
    answer = bounded.run("suprovid.lib.sheets", workbook([["a"]]), "--sheet=Ціни")
    with pytest.raises(NotASheet) as told:
        from_answer(answer)
    assert told.value.cause == Cause.NO_SHEET
    assert told.value.params == {"name": "Ціни", "names": ["Клієнти"]}


def test_empty_rows_are_left_out_and_the_others_keep_their_numbers() -> None:
    sheet = read_bytes(workbook([[], [], [None, "a"], [], ["b", ""]]))
    assert sheet.rows == ((3, (None, "a")), (5, ("b",)))


def test_a_day_a_moment_a_time_and_a_duration_are_read_as_excel_shows_them() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        for column, (number, shown) in enumerate(
            [
                (45_000, "dd.mm.yyyy"),
                (45_000.5, "dd.mm.yyyy hh:mm"),
                (0.25, "hh:mm"),
                (1.5, "[h]:mm:ss"),
                (45_000, '0" днів"'),
                (45_000, "General"),
                (45_000, "[Red]0"),
                (1, "dd.mm.yyyy"),
                (60, "0.00"),
            ]
        ):
            sheet.write_number(
                0, column, number, book.add_format({"num_format": shown})
            )

    assert only_cells(made(fill)) == (
        date(2023, 3, 15),
        datetime.fromisoformat("2023-03-15T12:00:00"),
        "06:00:00",
        "36:00:00",
        45_000,
        45_000,
        45_000,
        date(1900, 1, 1),
        60,
    )


def test_a_formula_is_what_was_kept_beside_it() -> None:
    row = (
        '<row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><f>1+1</f><v>3</v></c>'
        '<c r="C1" t="str"><f>A1</f><v>ї</v></c>'
        '<c r="D1" s="0" t="e"><f>Z</f><v>#REF!</v></c>'
        '<c r="E1" t="e"><v>#DIV/0!</v></c><c r="F1" t="str"><f>A1</f><v></v></c>'
        '<c r="G1" t="b"><v>1</v></c></row>'
    )
    assert only_cells(by_hand(row)) == (None, 3, "ї", "#REF!", "#DIV/0!", None, True)


def test_texts_inline_shared_and_of_many_fonts() -> None:
    shared = (
        f'<sst xmlns="{SPACE}"><si><r><t xml:space="preserve">ТОВ </t></r>'
        "<r><t>«А»</t></r></si>"
        "<si><t>ї</t><rPh><t>no</t></rPh></si><si><t>a_x000D_b</t></si></sst>"
    )
    row = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
        '<c r="C1" t="inlineStr"><is><t xml:space="preserve">  x </t></is></c></row>'
    )
    assert only_cells(by_hand(row, shared=shared)) == ("ТОВ «А»", "ї", "  x ")


def test_merges_near_the_top_are_told() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.merge_range("B2:D3", "Адреса")
        sheet.merge_range("A90:B90", "Разом")

    assert read_bytes(made(fill)).merges == ((2, 1, 3, 3),)


def three_sheets(book: Any) -> None:
    book.add_worksheet("Порожній")
    hidden = book.add_worksheet("Прихований")
    hidden.write(0, 0, "hidden")
    hidden.hide()
    book.add_worksheet("Ціни  2026").write(0, 0, "prices")
    book.add_chartsheet("Діаграма")


@pytest.mark.parametrize(
    ("asked", "name", "cell"),
    [
        ("", "Ціни  2026", "prices"),
        ("Прихований", "Прихований", "hidden"),
        ("ціни 2026 ", "Ціни  2026", "prices"),
    ],
)
def test_a_sheet_is_chosen_by_name_or_is_the_first_shown_and_filled(
    asked: str, name: str, cell: str
) -> None:
    sheet = read_bytes(made(three_sheets), asked)
    assert (sheet.name, sheet.rows) == (name, ((1, (cell,)),))
    assert sheet.names == ("Порожній", "Прихований", "Ціни  2026")


@pytest.mark.parametrize(
    ("asked", "why"), [("Порожній", Cause.EMPTY), ("Діаграма", Cause.NO_SHEET)]
)
def test_a_sheet_without_rows_is_refused(asked: str, why: Cause) -> None:
    assert cause(made(three_sheets), asked) == why


def test_the_row_that_is_too_wide_is_told() -> None:
    with pytest.raises(NotASheet) as told:
        read_bytes(workbook([["a"], [*[None] * 200, "far"], ["b"]]))
    assert told.value.params == {"row": 2, "columns": 200}


def test_a_whole_column_may_be_merged() -> None:
    merge = '<mergeCells count="1"><mergeCell ref="A1:A1048576"/></mergeCells>'
    row = '<row r="1"><c r="A1"><v>1</v></c></row>'
    assert only_cells(by_hand(row, merge)) == (1,)


def test_a_stray_format_far_below_is_no_filled_cell() -> None:
    far = '<row r="1048576" s="1"><c r="XFD1048576" s="0"/></row>'
    row = '<row r="1"><c r="A1"><v>1</v></c></row>'
    assert only_cells(by_hand(row + far)) == (1,)


def test_a_far_cell_of_another_sheet_is_no_fault_of_this_one() -> None:
    def fill(book: Any) -> None:
        book.add_worksheet("Клієнти").write(0, 0, "a")
        book.add_worksheet("Інше").write(1_048_575, 0, "far")

    assert only_cells(made(fill)) == ("a",)
    assert cause(made(fill), "Інше") == Cause.TOO_SPREAD


def test_a_workbook_with_a_picture_is_read() -> None:
    files = parts(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'))
    data = packed({**files, "xl/media/image1.png": b"\x89PNG" + bytes(9999)})
    assert only_cells(data) == (1,)


def test_a_text_longer_than_a_cell_is_refused() -> None:
    text = f'<row r="1"><c r="A1" t="str"><v>{"ї" * 40_000}</v></c></row>'
    assert cause(by_hand(text)) == Cause.LONG_TEXT


def test_a_workbook_of_excel_2003_is_read() -> None:
    sheet = read_bytes(old_workbook([["Назва", "Ціна"], [], ["Ромашка", 12.0, 0.5]]))
    assert sheet.rows == ((1, ("Назва", "Ціна")), (3, ("Ромашка", 12, 0.5)))
    assert (sheet.kind, sheet.names) == ("xls", ("One",))


@pytest.mark.parametrize(
    ("files", "format_"),
    [
        ({"word/document.xml": "<w/>"}, "a Word document"),
        ({"content.xml": "<o/>"}, "an OpenDocument file"),
        ({"xl/workbook.bin": "x"}, "a binary workbook (XLSB)"),
        ({"a.csv": "a;b"}, "a ZIP archive"),
    ],
)
def test_another_file_is_told_by_its_kind(files: dict[str, str], format_: str) -> None:
    with pytest.raises(NotASheet) as told:
        read_bytes(packed({**files}))
    assert told.value.params == {"format": format_}


def test_relations_may_lead_by_an_absolute_path() -> None:
    files = parts(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'))
    rels = str(files["xl/_rels/workbook.xml.rels"])
    rels = rels.replace('"worksheets/1.xml"', '"/xl/worksheets/1.xml"')
    assert only_cells(packed({**files, "xl/_rels/workbook.xml.rels": rels})) == (1,)


def test_a_workbook_with_prefixes_is_read() -> None:
    book = (
        f'<x:workbook xmlns:x="{SPACE}" xmlns:q="{OFFICE}"><x:sheets>'
        '<x:sheet name="One" sheetId="1" q:id="s"/></x:sheets></x:workbook>'
    )
    sheet = (
        f'<x:worksheet xmlns:x="{SPACE}"><x:sheetData><x:row r="1"><x:c r="A1">'
        "<x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    data: dict[str, str | bytes] = {**parts(sheet), "xl/workbook.xml": book}
    assert only_cells(packed(data)) == (1,)


def test_a_sheet_is_the_same_to_whoever_compares() -> None:
    data = workbook([["a"]])
    assert isinstance(read_bytes(data), Sheet)
    assert hash(read_bytes(data)) == hash(read_bytes(data))
