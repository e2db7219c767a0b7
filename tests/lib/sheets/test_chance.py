"""What chance writes comes back equal; what chance breaks has a declared cause."""

from __future__ import annotations

import contextlib
import csv
import io
import random
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from suprovid.lib import bounded
from suprovid.lib.sheets import Cell, NotASheet, from_answer, read_bytes

from .books import by_hand, old_workbook, packed, parts, sheet_xml, workbook

Table = list[list[str]]

UKRAINIAN = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяАБВГҐДЕЄЖЗИІЇ"
IN_WORDS = UKRAINIAN + "abcXYZ0123456789 .:-/№'\""
DELIMITERS = [";", ",", "\t", "|"]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp1251", "cp1125"]
SURE = "Назва клієнта і його адреса"
"""Enough Ukrainian to tell Windows from DOS, whatever else the table says."""


@st.composite
def tables(draw: st.DrawFn, letters: str) -> Table:
    width = draw(st.integers(2, 6))
    field = st.text(letters, max_size=12)
    row = st.lists(field, min_size=width, max_size=width)
    return [[f"{SURE} {n}" for n in range(width)], *draw(st.lists(row, max_size=8))]


def filled(table: Table) -> list[tuple[int, tuple[Cell, ...]]]:
    """What must come back: numbers of records, empty fields at the end left out."""
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    for number, row in enumerate(table, start=1):
        cells: list[Cell] = [field or None for field in row]
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            rows.append((number, tuple(cells)))
    return rows


def written(table: Table, delimiter: str, line_end: str, quoting: int) -> str:
    kept = io.StringIO(newline="")
    writer = csv.writer(
        kept,
        delimiter=delimiter,
        lineterminator=line_end,
        quoting=quoting,  # type: ignore[arg-type]
    )
    writer.writerows(table)
    return kept.getvalue()


@given(
    table=tables(IN_WORDS),
    delimiter=st.sampled_from(DELIMITERS),
    encoding=st.sampled_from(ENCODINGS),
    line_end=st.sampled_from(["\n", "\r\n"]),
)
def test_a_table_of_words_comes_back_equal(
    table: Table, delimiter: str, encoding: str, line_end: str
) -> None:
    text = written(table, delimiter, line_end, csv.QUOTE_MINIMAL)
    sheet = read_bytes(text.encode(encoding))
    assert sheet.delimiter == delimiter
    assert list(sheet.rows) == filled(table)


@given(
    table=tables(IN_WORDS + ";,\t|\n\r^~=+@"),
    delimiter=st.sampled_from([*DELIMITERS, "^", "~"]),
    encoding=st.sampled_from(ENCODINGS),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
)
@example(
    table=[['a";', "b"], ['"', ";"]], delimiter=",", encoding="utf-8", line_end="\n"
)
def test_a_table_in_quotes_comes_back_equal_whatever_it_says(
    table: Table, delimiter: str, encoding: str, line_end: str
) -> None:
    text = written(table, delimiter, line_end, csv.QUOTE_ALL)
    sheet = read_bytes(text.encode(encoding))
    assert list(sheet.rows) == filled(table)


CELLS = st.one_of(
    st.none(),
    st.text(IN_WORDS + "<>&;\n", min_size=1, max_size=20).filter(str.strip),
    st.integers(-(10**14), 10**14),
    st.floats(-1e12, 1e12).map(lambda x: round(x, 3)).filter(lambda x: x % 1 != 0),
    st.booleans(),
    st.dates(date(1901, 1, 1), date(2100, 1, 1)),
    st.datetimes(
        datetime.fromisoformat("1904-01-03"), datetime.fromisoformat("2100-01-01")
    )
    .map(lambda m: m.replace(microsecond=0))
    .map(lambda m: m if m.hour or m.minute else m + timedelta(minutes=1)),
)


@given(st.lists(st.lists(CELLS, max_size=6), min_size=1, max_size=6))
def test_a_workbook_of_any_cells_comes_back_equal(rows: list[list[Cell]]) -> None:
    wanted = []
    for number, row in enumerate(rows, start=1):
        cells = list(row)
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            wanted.append((number, tuple(cells)))
    if wanted:
        assert list(read_bytes(workbook(rows)).rows) == wanted


# -------------------------------------------------------------------------- mutations


def sheet_of_everything() -> bytes:
    return workbook(
        [
            ["Назва", "Код", "Дата", "Ціна"],
            ["ТОВ «А»", 1234567, date(2026, 2, 3), 1480.5],
            ["ФОП Б", "01234567", None, True],
        ]
    )


def unpacked() -> bytes:
    """Nothing is packed, so that what is broken is XML and not the archive."""
    row = (
        '<row r="2"><c r="A2" t="s" s="1"><v>0</v></c><c r="B2"><f>1</f><v>3.5</v></c>'
        '<c r="C2" t="e"><v>#REF!</v></c><c r="D2" t="inlineStr"><is><t>ї</t></is></c>'
        "</row>"
    )
    merge = '<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>'
    return by_hand(row, merge, shared="<sst><si><t>Назва</t></si></sst>")


def text() -> bytes:
    return 'Назва;"Код";Ціна\n"ТОВ ""А""";0123;1,5\nФОП «Б»;45;"2\n3"\n'.encode()


def broken(data: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, taken out, put in or copied elsewhere."""
    spoilt = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(spoilt) or 1)
        match chance.randrange(5):
            case 0:
                spoilt[at : at + 1] = chance.randbytes(1)
            case 1:
                del spoilt[at : at + chance.choice([1, 1, 40])]
            case 2:
                spoilt[at:at] = chance.choice([b"<", b'"', b"\0", b"\xff", b"999999"])
            case 3:
                spoilt[at:at] = spoilt[: chance.randrange(60)]
            case _:
                spoilt = spoilt[:at]
    return bytes(spoilt)


def broken_inside(chance: random.Random) -> bytes:
    """A whole archive with a broken part: the check sums do not save the reader."""
    whole = parts(
        sheet_xml(
            '<row r="1"><c r="A1" s="1"><v>45000</v></c>'
            '<c r="B1" t="s"><v>0</v></c></row>'
        ),
        "<sst><si><t>Назва</t></si></sst>",
        '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd.mm"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>',
    )
    part = chance.choice(list(whole))
    content = whole[part]
    as_bytes = content.encode() if isinstance(content, str) else content
    return packed({**whole, part: broken(as_bytes, chance)})


def broken_of(made: Callable[[], bytes]) -> Callable[[random.Random], bytes]:
    whole = made()
    return lambda chance: broken(whole, chance)


KINDS: dict[str, Callable[[random.Random], bytes]] = {
    "a workbook": broken_of(sheet_of_everything),
    "an unpacked workbook": broken_of(unpacked),
    "a part of a workbook": broken_inside,
    "a text": broken_of(text),
    "a text of Windows": broken_of(lambda: text().decode().encode("cp1251")),
    "a text in UTF-16": broken_of(lambda: text().decode().encode("utf-16")),
    "an old workbook": broken_of(lambda: old_workbook([["Назва", 1.0], ["А", 2.0]])),
}
OFTEN = 300


@pytest.mark.parametrize(
    "times", [OFTEN, pytest.param(100_000, marks=pytest.mark.long)]
)
def test_a_broken_file_is_read_or_refused_with_a_cause(times: int) -> None:
    chance = random.Random(2026)
    refused = 0
    kinds = [kind for kind in KINDS if kind != "an old workbook"]
    for n in range(times):
        try:
            read_bytes(KINDS[kinds[n % len(kinds)]](chance))
        except NotASheet:
            refused += 1
    assert 0 < refused < times


@pytest.mark.parametrize("kind", KINDS)
def test_a_broken_file_breaks_no_child(kind: str) -> None:
    chance = random.Random(kind)
    for _ in range(3):
        with contextlib.suppress(NotASheet, bounded.Exceeded):
            from_answer(bounded.run("suprovid.lib.sheets", KINDS[kind](chance)))
