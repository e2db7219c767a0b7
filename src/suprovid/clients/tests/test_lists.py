"""A list read from a file: which columns, which rows, what is wrong and where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suprovid.clients.rules import NotAList, ParsedList, read_list
from suprovid.clients.rules.lists import MAX_BYTES, MAX_ROWS
from suprovid.clients.tests.organisations import (
    as_csv,
    good_code,
    odd_code,
    organisations,
)

GOOD, OTHER, ODD = good_code(3_200_001), good_code(3_200_002), odd_code(3_200_003)


def read(*lines: str, heading: str = "Назва,ЄДРПОУ") -> ParsedList:
    return read_list("\n".join([heading, *lines]).encode(), "список.csv")


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_what_spreadsheets_save_as_text_is_read(sign: str, encoding: str) -> None:
    rows = organisations(7)
    parsed = read_list(as_csv(rows, sign=sign, encoding=encoding), "a.csv")
    assert [(r.code, r.name, r.city) for r in parsed.rows] == [
        (o.code, o.name, o.city) for o in rows
    ]
    assert (parsed.count, parsed.problems) == (7, ())


@pytest.mark.parametrize(
    "heading",
    [
        ("name", "edrpou", "city"),
        ("Повна назва", "Код за ЄДРПОУ", "Населений пункт"),
        ("НАЙМЕНУВАННЯ", "Код", "м i с т о".replace(" ", "")),
        ("Organization name", "Registration code", "Town"),
        ("Клієнт", "ЄДРПОУ / РНОКПП", "Місто"),
        ("?", "??", "Місто"),
    ],
)
def test_columns_are_known_by_meaning_and_by_look(
    heading: tuple[str, str, str],
) -> None:
    rows = organisations(5)
    parsed = read_list(as_csv(rows, heading=heading), "a.csv")
    assert [(r.code, r.name, r.city) for r in parsed.rows] == [
        (o.code, o.name, o.city) for o in rows
    ]


def test_a_column_that_only_mentions_the_code_is_not_taken_for_it() -> None:
    parsed = read(f"КП Явір,1,{GOOD}", heading="name,edrpou_ok,edrpou")
    assert [row.code for row in parsed.rows] == [GOOD]


def test_a_list_without_a_heading_is_read_from_its_first_row() -> None:
    parsed = read_list(f"КП «Явір» Полтава,{GOOD}".encode(), "a.csv")
    assert [(row.row, row.code) for row in parsed.rows] == [(1, GOOD)]


def test_rows_are_numbered_as_the_sheet_shows_them() -> None:
    parsed = read(f'"КП\nЯвір",{GOOD}', "", f"КП Їжак,{OTHER}", ",123")
    assert [row.row for row in parsed.rows] == [2, 4]
    assert {problem.row for problem in parsed.problems} == {5}
    assert parsed.count == 3


def test_each_problem_says_its_row_field_and_kind() -> None:
    parsed = read(f"КП Явір,{ODD}", "КП Їжак,123", f",{OTHER}", f"{'я' * 401},{GOOD}")
    assert [(p.row, p.field, p.kind) for p in parsed.problems] == [
        (2, "code", "warning"),
        (3, "code", "error"),
        (4, "name", "error"),
        (5, "name", "error"),
    ]
    assert [(row.code, row.odd) for row in parsed.rows] == [(ODD, True)]


def test_a_code_that_stands_twice_is_taken_once() -> None:
    parsed = read(f"КП Явір,{GOOD}", f"КП Явір,{GOOD}")
    assert len(parsed.rows) == 1
    assert "row 2" in str(parsed.problems[0].reason)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"\x00\x01\x02", "not a list in text"),
        (b"name,edrpou\nx\x00y,32855961", "not a list in text"),
        (b"PK\x03\x04rest", "workbook"),
        (b"%PDF-1.7\n%\xe2\xe3", "column"),
        (b"\xff\xfe\x00\xd8", "not a list in text"),
        (b"a" * 3_000_000, "too long"),
        (b'name,edrpou\n"' + b"a line of an open quote\n" * 9000, "do not pair"),
        (b"1\n" * (MAX_ROWS + 1), "more than"),
        (b"a,b\n" * (MAX_BYTES // 4 + 1), "larger than 20 MB"),
        (b"one,two\n1,2", "column of codes"),
        (f"edrpou\n{GOOD}".encode(), "column of names"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} bytes",
)
def test_what_is_no_list_gets_one_clear_refusal(data: bytes, said: str) -> None:
    with pytest.raises(NotAList, match=said):
        read_list(data, "a.csv")


@given(st.binary(max_size=3000))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        parsed = read_list(data, "a.csv")
    except NotAList:
        return
    assert len(parsed.rows) <= parsed.count


@given(st.text(max_size=300), st.sampled_from(["utf-8", "utf-8-sig"]))
def test_any_text_under_a_good_heading_is_read_or_refused(
    text: str, encoding: str
) -> None:
    data = f"name,edrpou\n{text}".encode(encoding, "surrogatepass")
    try:
        parsed = read_list(data, text)
    except NotAList:
        return
    rows = {row.row for row in parsed.rows} | {p.row for p in parsed.problems}
    assert len(rows) == parsed.count
