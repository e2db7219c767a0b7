"""Whatever dirt falls on a sheet: it is mended to what was there, or asked about."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suprovid.intake.rules.columns import (
    Matching,
    apply_saved,
    find,
    rematch,
    saved,
)
from suprovid.intake.rules.fields import Cell, Field, NotAList, ParsedSheet
from suprovid.intake.rules.reading import read_rows
from suprovid.intake.tests.sheets import (
    HEADINGS,
    TODAY,
    clean_row,
    numbered,
    read,
    slipped,
)
from tests.organisations import good_code

Dirt = Callable[[Any], Cell]
MONTHS = (
    "січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня",
    "вересня", "жовтня", "листопада", "грудня",
)  # fmt: skip
SIGNED_ON, PRICE = date(2025, 3, 14), 1480

blanks = st.sampled_from(["", " ", "  ", "\u00a0", "\n", "\u200b"])
ANY_TEXT: list[Dirt] = [
    lambda text: f" {text}",
    lambda text: f"{text}\u00a0 ",
    lambda text: text.replace(" ", "  "),
    lambda text: text.replace("а", "а\u00ad"),
]


def month_first(day: date) -> str:
    """As Americans write it; up to the 12th nobody can tell it from a day first."""
    return f"{day:%m/%d/%y}" if day.day > 12 else ""


ANY_WORDS: list[Dirt] = [*ANY_TEXT, slipped, lambda text: slipped(text, "со")]
DIRTS: dict[str, list[Dirt]] = {
    "code": [int, float, lambda c: f"{c[:4]} {c[4:]}", lambda c: f"'{c}",
             lambda c: c + " ", lambda c: c.lstrip("0"), lambda c: f"{int(c)}.0"],
    "name": [*ANY_WORDS, lambda n: n.replace("«", "„").replace("»", "“"),
             lambda n: n.replace("«", "<<").replace("»", ">>"), lambda n: ""],
    "city": [*ANY_TEXT, lambda c: f"м.{c}", lambda c: f"м. {c}", str.upper, str.lower],
    "region": [*ANY_WORDS, lambda r: r.replace("область", "обл."), str.upper,
               lambda r: r.removesuffix(" область")],
    "address": [*ANY_WORDS, lambda a: a.replace("вул.", "ул.")],
    "postcode": [int, float, lambda p: f"{p} ", lambda p: p.lstrip("0")],
    "legal_form": [*ANY_TEXT, str.lower, lambda f: ". ".join(f),
                   lambda f: "Комунальне підприємство"],
    "contract": [lambda c: f"№ {c} ", lambda c: f"Договір №{c}", lambda c: f"дог. {c}",
                 lambda c: c.replace("/", " / "), lambda c: SIGNED_ON],
    "signed_on": [
        lambda d: f"{d:%d.%m.%Y}", lambda d: f"{d.day}.{d.month}.{d:%y}р",
        lambda d: f"{d:%d/%m/%y}",
        lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year} р.",
        lambda d: (d - date(1899, 12, 30)).days, lambda d: f"{d:%d-%b-%y}",
        lambda d: f"{MONTHS[d.month - 1]} {d.year}", lambda d: "",
        month_first, lambda d: datetime.fromisoformat(d.isoformat()),
        lambda d: "31.02.2026",
    ],
    "kit": [*ANY_TEXT, str.upper, str.lower],
    "periodicity": [str.upper, lambda p: "раз на тиждень", lambda p: "weekly", slipped],
    "price": [lambda p: f"{p},00", lambda p: f"{p} грн", lambda p: f"1 {p - 1000},00",
              lambda p: f"1\u00a0{p - 1000}", lambda p: f"1.{p - 1000},00",
              lambda p: f"1,{p - 1000}", lambda p: f"₴{p}", lambda p: -p, float],
    "seats": [str, float, lambda s: f"{s} місць", lambda s: "кілька"],
}  # fmt: skip

USUAL = find(numbered([HEADINGS, clean_row(1)]))


@st.composite
def dirtied(draw: st.DrawFn) -> tuple[list[Cell], list[Cell]]:
    """A clean row, and the same with known defects in some of its fields."""
    number = draw(st.integers(1, 400))
    clean: dict[str, Cell] = {
        "code": good_code(draw(st.integers(20_000, 9_000_000))),
        "name": draw(st.sampled_from([
            "Комунальне підприємство «Іскра»", "Київський коледж зв’язку",
            "Інститут економіки та права «КРОК»", "ПП «SMART»", "Школа II ступеня №7",
        ])),
        "city": draw(st.sampled_from(["Полтава", "Івано-Франківськ", "Біла Церква"])),
        "region": "Полтавська область",
        "address": "вул. Соборна, 12-А",
        "postcode": draw(st.sampled_from(["01001", "36000"])),
        "legal_form": "КП",
        "contract": f"{number}/25",
        "signed_on": SIGNED_ON + timedelta(days=draw(st.integers(0, 300))),
        "kit": "Стандарт",
        "periodicity": "щотижня",
        "price": PRICE,
        "seats": 3,
    }  # fmt: skip
    dirty = dict(clean)
    for field in draw(st.sets(st.sampled_from(sorted(DIRTS)), max_size=6)):
        dirty[field] = draw(st.sampled_from(DIRTS[field]))(clean[field])
    return clean_row(number, **clean), clean_row(number, **dirty)


@settings(max_examples=60, deadline=None)
@given(dirtied())
def test_a_dirtied_row_comes_back_clean_or_is_asked_about(
    rows: tuple[list[Cell], list[Cell]],
) -> None:
    clean, dirty = (read(row, matching=USUAL) for row in rows)
    assert (clean.problems, clean.mends) == ((), ())
    if not dirty.rows:
        assert dirty.problems
        return
    asked = {problem.field.value for problem in dirty.problems}
    good, got = asdict(clean.rows[0]), asdict(dirty.rows[0])
    assert {field for field in good if good[field] != got[field]} <= asked


@settings(max_examples=40, deadline=None)
@given(dirtied())
def test_every_change_is_told(rows: tuple[list[Cell], list[Cell]]) -> None:
    parsed = read(rows[1], matching=USUAL)
    told = {mend.field for mend in parsed.mends}
    for row in parsed.rows:
        for field in (Field.NAME, Field.CITY, Field.REGION, Field.ADDRESS, Field.KIT):
            same = getattr(row, field.value) == rows[1][USUAL.columns[field]]
            assert same or field in told


def again(parsed: ParsedSheet) -> ParsedSheet:
    """What was taken, read as a sheet once more."""
    rows = [list(asdict(row).values())[4:] for row in parsed.rows]
    fields = list(asdict(parsed.rows[0]))[4:]
    codes = [row.code for row in parsed.rows]
    columns = {Field(name): place for place, name in enumerate(fields, start=1)}
    columns[Field.CODE] = 0
    sheet = numbered(
        [[code, *map(as_cell, row)] for code, row in zip(codes, rows, strict=True)]
    )
    return read_rows(
        sheet, Matching((), columns, ("",) * 30), kits=["Стандарт"], on=TODAY
    )


def as_cell(value: Any) -> Cell:
    return value if value is None or isinstance(value, date | int) else str(value)


@settings(max_examples=40, deadline=None)
@given(dirtied())
def test_what_was_mended_is_not_mended_again(
    rows: tuple[list[Cell], list[Cell]],
) -> None:
    parsed = read(rows[1], matching=USUAL)
    if parsed.rows:
        second = again(parsed)
        assert second.mends == ()
        assert [asdict(row) | {"row": 0} for row in second.rows] == [
            asdict(row) | {"row": 0} for row in parsed.rows
        ]


names = st.text(st.sampled_from("абвгіїєcoiCOIаосX«»„“\"'<>.- №1TБЛм"), max_size=40)


@settings(max_examples=80, deadline=None)
@given(names)
def test_any_text_is_mended_once(text: str) -> None:
    row = clean_row(1, name="КП " + text, city=text, address=text, kit=text)
    parsed = read(row, matching=USUAL)
    if parsed.rows:
        assert again(parsed).mends == ()


# ---------------------------------------------------------------------------- garbage

cells: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.timedeltas(),
    st.text(max_size=30),
    st.sampled_from([*HEADINGS, "32855961", "31.02.2026", "Разом", "1,250", "#REF!"]),
    st.text("0123456789.,/- '№", max_size=12),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(cells, max_size=16), max_size=6), st.booleans())
def test_any_cells_are_read_or_refused(rows: list[list[Any]], headed: bool) -> None:
    sheet = numbered([HEADINGS, *rows] if headed else rows)
    try:
        matching = find(sheet)
    except NotAList:
        assert not headed
        return
    parsed = read_rows(sheet, matching, kits=["Стандарт"], on=TODAY)
    assert len(parsed.rows) <= parsed.count <= len(rows)
    assert {p.row for p in parsed.problems} <= {number for number, _ in sheet}


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(cells, min_size=1, max_size=8), min_size=2, max_size=5),
    st.dictionaries(st.sampled_from(Field), st.integers(0, 7) | st.none()),
)
def test_any_matching_is_saved_and_applied_or_refused(
    rows: list[list[Any]], by_hand: dict[Field, int | None]
) -> None:
    sheet = numbered([["Назва", "ЄДРПОУ", "x", "y", "z", "x", "", ""], *rows])
    try:
        matching = rematch(find(sheet), by_hand)
    except NotAList:
        return
    assert apply_saved(sheet, saved(matching)).columns == matching.columns


@pytest.mark.parametrize(
    "cell",
    [" " * 100_000, "я" * 100_000, "iі" * 50_000, "«" * 100_000, "1 " * 50_000,
     "1" * 100_000, "''" * 50_000, "- " * 50_000, "м." * 50_000, '"" ' * 33_000,
     "№" * 100_000, "1/" * 50_000, "@." * 50_000, "а\u0301" * 50_000],
)  # fmt: skip
def test_a_huge_cell_anywhere_takes_no_time(cell: str) -> None:
    rows = [HEADINGS, clean_row(1)]
    matching = find(numbered(rows))
    for place in range(len(HEADINGS)):
        row = clean_row(1)
        row[place] = cell
        begin = time.process_time()
        read_rows(numbered([HEADINGS, row]), matching, on=TODAY)
        find(numbered([row, *rows]))
        assert time.process_time() - begin < 0.5
