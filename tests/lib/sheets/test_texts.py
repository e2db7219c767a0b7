"""Text with a delimiter, in the encodings and the habits of this country."""

from __future__ import annotations

import pytest

from suprovid.lib.sheets import Cause, NotASheet, Row, read_bytes

TABLE = "Назва;Код ЄДРПОУ;Ціна\nТОВ «Їжак і ґава»;01234567;1 480,00\n"
ROWS = (
    Row(1, ("Назва", "Код ЄДРПОУ", "Ціна")),
    Row(2, ("ТОВ «Їжак і ґава»", "01234567", "1 480,00")),
)


def cause(data: bytes) -> Cause:
    with pytest.raises(NotASheet) as told:
        read_bytes(data)
    return told.value.cause


def cells(text: str) -> list[tuple[object, ...]]:
    return [row.cells for row in read_bytes(text.encode()).rows]


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1251", "cp1251"),
    ],
)
def test_an_encoding_is_found(encoding: str, told: str) -> None:
    sheet = read_bytes(TABLE.encode(encoding))
    assert (sheet.kind, sheet.encoding, sheet.delimiter) == ("csv", told, ";")
    assert sheet.rows == ROWS


def test_unicode_text_of_excel_is_read() -> None:
    data = b"\xff\xfe" + TABLE.replace(";", "\t").encode("utf-16-le")
    assert read_bytes(data).rows == ROWS


WORDS = [
    "Назва", "НАЗВА", "Клієнт", "КЛІЄНТ", "Місто", "Київ", "Ціна", "Ґава, їжак",
    "Адреса", "Договір №", "Дата", "Форма", "Область", "ТОВ", "ФОП", "Примітка",
    "стандарт", "двічі на місяць", "Львів", "м. Київ, вул. Хрещатик, 4", "Код ЄДРПОУ",
    "ТОВ «Ромашка»", "Інститут літератури", "щомісяця", "об'єкт", "Юрій Ющенко",
    "Іванов І.І.", "ПІБ", "Сума", "грн",
]  # fmt: skip


@pytest.mark.parametrize("encoding", ["cp1251", "cp1125"])
@pytest.mark.parametrize("word", WORDS)
def test_windows_and_dos_are_told_apart_by_a_word(word: str, encoding: str) -> None:
    try:
        data = f"1;{word}\n2;{word}\n".encode(encoding)
    except UnicodeEncodeError:
        pytest.skip("DOS has no such quotes")
    sheet = read_bytes(data)
    assert (sheet.encoding, sheet.rows[0].cells) == (encoding, ("1", word))


def test_a_damaged_letter_of_utf8_is_told_by_its_row() -> None:
    data = (TABLE * 20).encode()
    place = data.index("ґава".encode(), len(data) // 2) + 1
    with pytest.raises(NotASheet) as told:
        read_bytes(data[:place] + b"\xff" + data[place + 1 :])
    assert told.value.cause == Cause.ENCODING
    row = data[:place].count(b"\n") + 1
    assert told.value.params == {"row": row}


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|", "^", "~", "¦"])
def test_a_delimiter_is_found(delimiter: str) -> None:
    rows = [["Назва", "Код", "Дата"], ["ТОВ: «А» - #1", "0123", "03.02.2026 10:15"]]
    text = "\n".join(delimiter.join(row) for row in rows * 3)
    sheet = read_bytes(text.encode())
    assert sheet.delimiter == delimiter
    assert [list(row.cells) for row in sheet.rows] == rows * 3


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a;b\n1,5;2,5\n3,5;4,5\n", [("a", "b"), ("1,5", "2,5"), ("3,5", "4,5")]),
        ("a,b\n1;2,x\n3,y\n", [("a", "b"), ("1;2", "x"), ("3", "y")]),
        ("Звіт\na;b\n1;2\n3;4\n", [("Звіт",), ("a", "b"), ("1", "2"), ("3", "4")]),
        ("Назва\nТОВ А, Б\nТОВ В\n", [("Назва",), ("ТОВ А, Б",), ("ТОВ В",)]),
        ("a;b;c", [("a", "b", "c")]),
        ("Назва", [("Назва",)]),
        ("a#b#c\n1#2#3\n", [("a", "b", "c"), ("1", "2", "3")]),
        ("час\n10:15\n11:30\n", [("час",), ("10:15",), ("11:30",)]),
        ("sep=,\na,b;c\n", [("a", "b;c")]),
        ("\ufeffsep=\t\r\na\tb\r\n", [("a", "b")]),
        ("a;b;;\n;;;\n1;;;\n", [("a", "b"), ("1",)]),
        ("a;b\r\n1;2\x1a", [("a", "b"), ("1", "2")]),
        ("a;b\r1;2\r", [("a", "b"), ("1", "2")]),
    ],
)  # fmt: skip
def test_fields_are_divided_as_a_person_would(
    text: str, found: list[tuple[str, ...]]
) -> None:
    assert cells(text) == found


def test_records_are_numbered_as_excel_numbers_its_rows() -> None:
    text = 'sep=;\n\na;b\n;\n"1\nдва";3\n4;5\n'
    assert [row.number for row in read_bytes(text.encode()).rows] == [2, 4, 5]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"ТОВ ""А""";1\n', [('ТОВ "А"', "1")]),
        ('ТОВ "А";1\nТОВ "Б";2\n', [('ТОВ "А"', "1"), ('ТОВ "Б"', "2")]),
        ('"А" ТОВ;1\n"Б" ТОВ;2\n', [('"А" ТОВ', "1"), ('"Б" ТОВ', "2")]),
        ('"ТОВ "А"";"1"\n"Б";"2"\n', [('ТОВ "А"', "1"), ("Б", "2")]),
        ('"А" і "Б";1\n"В" Г;2\n', [('"А" і "Б"', "1"), ('"В" Г', "2")]),
        ('Труба 15";1\n"3;2\n', [('Труба 15"', "1"), ('"3', "2")]),
        ('"а\nб";1\n', [("а\nб", "1")]),
        ('"";1\n', [(None, "1")]),
    ],
)
def test_quotes_are_of_the_text_or_of_the_names(
    text: str, found: list[tuple[str | None, ...]]
) -> None:
    assert cells(text) == found


@pytest.mark.parametrize(
    ("text", "row"), [('a;b\n"1;2\n3\n', 2), ('a;b\n1;2\n"x"y;2;"3\n', 3)]
)
def test_quotes_that_do_not_match_are_told_by_their_row(text: str, row: int) -> None:
    with pytest.raises(NotASheet) as told:
        read_bytes(text.encode())
    assert (told.value.cause, told.value.params) == (Cause.QUOTES, {"row": row})


HTML = "<html><table><tr><td>1</td></tr></table></html>"
XML_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", Cause.EMPTY),
        (b" \r\n\n", Cause.EMPTY),
        (b"\xef\xbb\xbf", Cause.EMPTY),
        (";;;\n;;\n".encode("cp1251"), Cause.EMPTY),
        (b"%PDF-1.7\n", Cause.IS_PDF),
        (b"\r\n  %PDF-1.7\n", Cause.IS_PDF),
        (HTML.encode(), Cause.IS_HTML),
        (HTML.encode("utf-16"), Cause.IS_HTML),
        (b"\xef\xbb\xbf\n<!DOCTYPE html>" + HTML.encode(), Cause.IS_HTML),
        (b'<?xml version="1.0"?>\n<html xmlns="x"></html>', Cause.IS_HTML),
        (b"<meta charset=x><table><tr><td>1", Cause.IS_HTML),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n", Cause.IS_HTML),
        (XML_2003.encode(), Cause.IS_XML_2003),
        (XML_2003.encode("utf-16"), Cause.IS_XML_2003),
        (b'<?xml version="1.0"?><Document/>', Cause.IS_XML),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), Cause.IS_OTHER),
        (b"Rar!\x1a\x07" + bytes(99), Cause.IS_OTHER),
        (b"\x7fELF" + bytes(99), Cause.NOT_A_SHEET),
        (b"a;b\n1;\x002\n", Cause.NOT_A_SHEET),
        (b"a;b\n" + b"\x01\x02\x03" * 50, Cause.NOT_A_SHEET),
        (b"\xff\xfea", Cause.ENCODING),
        (b"a;" * 300, Cause.TOO_WIDE),
        (b"a;b\n" + b"x" * 40_000 + b";1\n", Cause.LONG_TEXT),
        (b"a;b\n" + b"x" * 140_000 + b";1\n", Cause.LONG_LINE),
    ],
)
def test_what_is_no_table_is_told_by_what_it_is(data: bytes, why: Cause) -> None:
    assert cause(data) == why


def test_a_text_with_less_than_signs_is_a_text() -> None:
    assert cells("<5;>6\n<7;>8\n") == [("<5", ">6"), ("<7", ">8")]


def test_formulas_and_numbers_of_a_text_are_texts() -> None:
    assert cells("=1+1;0012;+380\n-5;1e5;TRUE\n") == [
        ("=1+1", "0012", "+380"),
        ("-5", "1e5", "TRUE"),
    ]
