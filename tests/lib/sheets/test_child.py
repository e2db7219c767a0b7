"""What the child tells its parent, and the ends of allowances, in this process."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from python_calamine import PasswordError

from suprovid.lib.sheets import (
    Cause,
    NotASheet,
    engine,
    from_answer,
    limits,
    read_bytes,
    scan,
    shape,
    xls,
    xlsx,
)
from suprovid.lib.sheets.archive import Archive
from tests.lib.as_child import as_child
from tests.lib.sheets.books import (
    ONE_CELL,
    SPACE,
    packed,
    parts,
    sheet_xml,
    workbook,
)

MODULE = "suprovid.lib.sheets"
DAY = date(2026, 4, 13)
MOMENT = datetime.combine(DAY, time(10, 15))


def test_the_child_tells_what_the_reader_read(monkeypatch: pytest.MonkeyPatch) -> None:
    data = workbook([["Назва", 7, DAY, MOMENT], ["Явір", 1.5, None, True]])
    told = as_child(monkeypatch, MODULE, data, "--sheet=")
    assert from_answer(told) == read_bytes(data)


def test_the_child_tells_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    told = as_child(monkeypatch, MODULE, b"%PDF-1.7")
    with pytest.raises(NotASheet) as refused:
        from_answer(told)
    assert refused.value.cause is Cause.IS_PDF


def test_what_is_no_cell_is_a_fault_of_ours() -> None:
    strange = shape.Reading("csv", iter([shape.Row(1, (object(),))]))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="no cell"):
        shape.encoded(strange, 1000)


class PanicException(BaseException):
    pass


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        (PasswordError("locked"), Cause.PASSWORD),
        (NotASheet(Cause.BOMB), Cause.BOMB),
        (ValueError("bad"), Cause.BROKEN),
        (PanicException("bad"), Cause.BROKEN),
    ],
)
def test_what_calamine_says_of_damage_is_our_refusal(
    said: BaseException, cause: Cause
) -> None:
    with pytest.raises(NotASheet) as refused, engine.damage_is_told():
        raise said
    assert refused.value.cause is cause


def test_who_presses_ctrl_c_is_not_told_of_damage() -> None:
    with pytest.raises(KeyboardInterrupt), engine.damage_is_told():
        raise KeyboardInterrupt


def test_rows_are_counted_while_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    cases: list[tuple[int, list[shape.Cell], Cause]] = [
        (limits.ROWS + 1, [], Cause.TOO_MANY_ROWS),
        (1, [None] * (limits.COLUMNS + 1), Cause.TOO_WIDE),
        (1, ["x" * (limits.CELL_TEXT + 1)], Cause.LONG_TEXT),
    ]
    for number, cells, cause in cases:
        with pytest.raises(NotASheet) as refused:
            engine._check(number, cells)
        assert refused.value.cause is cause


def refused(data: bytes) -> Cause:
    with pytest.raises(NotASheet) as refusal:
        read_bytes(data)
    return refusal.value.cause


def test_cells_of_a_text_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CELLS", 5)
    assert refused("а;б;в\nг;д;е\n".encode()) is Cause.TOO_MANY_ROWS


def test_rows_of_a_workbook_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ROWS", 2)
    assert refused(workbook([["а"], ["б"], ["в"]])) is Cause.TOO_MANY_ROWS


def test_what_a_workbook_unpacks_to_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "INFLATED", 10)
    assert refused(workbook([["а"]])) is Cause.BOMB


def test_a_letter_that_no_encoding_of_ours_has_is_no_sheet() -> None:
    told = "Назва;Код\nТовариство Явір;12345678\n".encode("cp1251")
    assert refused(told + b"\x98\n") in {Cause.NOT_A_SHEET, Cause.ENCODING}


def test_a_merge_that_is_no_place_takes_no_area() -> None:
    assert scan._area("x:y") == 0


def test_an_old_document_without_a_workbook_is_called_by_its_name() -> None:
    with pytest.raises(NotASheet) as refusal:
        xls.read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "")
    assert refusal.value.cause is Cause.IS_OTHER


def test_a_quote_that_outlives_the_sample_is_waited_for() -> None:
    cell = '"' + "слово " * 2_000 + "\n" + "слово " * 2_000 + '"'
    rows = [f"Явір {number};{cell}" for number in range(20)]
    sheet = read_bytes("\n".join(["Назва;Примітка", *rows]).encode())
    assert [len(cells) for _number, cells in sheet.rows] == [2] * 21


def test_a_part_is_counted_while_it_is_unpacked() -> None:
    archive = Archive(workbook([["а"]]))
    archive._left = 10
    with pytest.raises(NotASheet) as refusal:
        list(archive.pieces("xl/workbook.xml"))
    assert refusal.value.cause is Cause.BOMB


def test_a_workbook_that_lists_no_sheet_is_damaged() -> None:
    files = parts(sheet_xml(ONE_CELL))
    files["xl/workbook.xml"] = f'<workbook xmlns="{SPACE}"><sheets/></workbook>'
    assert refused(packed(files)) is Cause.BROKEN


def test_a_sheet_that_is_listed_and_not_there_is_damaged() -> None:
    with pytest.raises(NotASheet) as refusal:
        xlsx._look({})(engine.Listed("Клієнти", "xl/worksheets/sheet9.xml", False))
    assert refusal.value.cause is Cause.BROKEN
