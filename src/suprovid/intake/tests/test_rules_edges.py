"""The edges of the rules of lists: what seldom happens, and must not surprise."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from suprovid.clients.rules import CodeKind, fold_number
from suprovid.intake.rules.cells import rows_of_json, rows_to_json
from suprovid.intake.rules.columns import Matching
from suprovid.intake.rules.fields import Cell, Field, ParsedSheet, SheetRow
from suprovid.intake.rules.files import TOO_MUCH, too_much
from suprovid.intake.rules.leaving_out import HEADING, why_left_out
from suprovid.intake.rules.lists import Outcome, may_tick
from suprovid.intake.rules.numbers import Pattern, read_number
from suprovid.intake.rules.planning import NO_LINE, Here, Known, plan
from suprovid.intake.rules.prices import NOT_A_SUM, read_price
from suprovid.intake.rules.texts import LETTERS, PASSES, as_meant
from suprovid.intake.rules.twins import Known as Named
from suprovid.intake.rules.twins import twins
from suprovid.lib import bounded
from tests.organisations import good_code

SLASHED = Pattern("/", 1, found=True)
CODE = good_code(3_200_001)

# ------------------------------------------------------------- cells, files, outcomes


def test_cells_come_back_from_json_as_they_were() -> None:
    moment, day = datetime(2025, 3, 4, 10, 30), date(2025, 3, 4)  # noqa: DTZ001
    rows: list[tuple[int, tuple[Cell, ...]]] = [
        (7, (moment, day, "Явір", 5, 1.5, True, None))
    ]
    kept = rows_to_json(rows)
    assert kept[0][1][:2] == [{"moment": "2025-03-04T10:30:00"}, {"day": "2025-03-04"}]
    assert rows_of_json(kept) == rows


def test_what_is_no_cell_is_not_taken_for_one() -> None:
    with pytest.raises(ValueError, match="is no cell"):
        rows_of_json([(1, [["Явір"]])])


@pytest.mark.parametrize("cause", bounded.Cause)
def test_a_reader_that_was_stopped_says_why(cause: bounded.Cause) -> None:
    assert too_much(cause).reason.msgid == TOO_MUCH[cause]


def test_a_row_that_says_nothing_new_cannot_be_ticked() -> None:
    assert not may_tick(Outcome.SAME)
    assert not may_tick(Outcome.WRONG)
    assert may_tick(Outcome.QUESTION)


def test_headings_said_again_are_known_beside_a_column_without_one() -> None:
    columns = {Field.CODE: 0, Field.NAME: 1, Field.CITY: 2}
    matching = Matching((1,), columns, ("Код", "Назва", ""))
    cells: dict[Field, Cell] = {
        Field.CODE: "Код",
        Field.NAME: "Назва",
        Field.CITY: "Київ",
    }
    assert why_left_out(list(cells.values()), cells, matching) == HEADING


# ------------------------------------------------------------------ numbers and sums


@pytest.mark.parametrize("number", ["12345", "99999"])
def test_five_digits_that_count_no_day_of_our_time_are_a_number(number: str) -> None:
    told = read_number(number, SLASHED)
    assert (told.value, told.asked) == (number, ())


def test_a_number_like_a_day_of_no_month_is_a_number() -> None:
    told = read_number("12.13.2025", Pattern())
    assert (told.value, told.asked) == ("12.13.2025", ())


@pytest.mark.parametrize("text", ["12.12345", "1234.567"])
def test_a_sum_with_too_many_decimals_is_asked_about(text: str) -> None:
    told = read_price(text)
    assert told.value is None
    assert [one.reason.msgid for one in told.asked] == [NOT_A_SUM]


# ---------------------------------------------------------------------------- plans


def test_a_price_of_a_contract_of_many_lines_is_asked_about_and_not_changed() -> None:
    row = SheetRow(
        2,
        CODE,
        CodeKind.EDRPOU,
        odd=False,
        name="Явір",
        contract="5/25",
        price=Decimal(1300),
    )
    here = Here(
        clients={CODE: Known(1, {Field.NAME: "Явір"})},
        contracts={
            fold_number("5/25"): Known(
                3, {Field.PRICE: "1250.00"}, client_id=1, one_line=False
            )
        },
    )
    (one,) = plan(ParsedSheet(1, (row,), (), (), ()), here)
    assert (one.outcome, one.changes) == (Outcome.QUESTION, ())
    assert [(p.field, p.reason.msgid) for p in one.problems] == [(Field.PRICE, NO_LINE)]


# ---------------------------------------------------------------------------- texts


def test_letters_of_a_long_row_are_put_right_a_few_at_a_time_and_not_for_ever() -> None:
    told = as_meant("A. B. C. E. H. I. K. Іваненко")
    latin = [sign for sign in told.value if sign.isascii() and sign.isalpha()]
    assert len(latin) == 7 - PASSES
    assert told.why == (LETTERS,)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ('TOB "Alfa"', 'ТОВ "Alfa"'),
        ("Клініка TOB Явір", "Клініка ТОВ Явір"),
        ("TОВ Явір", "ТОВ Явір"),
    ],
)
def test_a_legal_form_in_latin_letters_is_made_ukrainian(text: str, meant: str) -> None:
    told = as_meant(text)
    assert (told.value, told.why, told.asked) == (meant, (LETTERS,), ())


def test_a_name_of_a_latin_and_a_ukrainian_part_is_left_alone() -> None:
    told = as_meant("Студія WebСвіт")
    assert (told.value, told.why, told.asked) == ("Студія WebСвіт", (), ())


# ---------------------------------------------------------------------------- twins


@pytest.mark.parametrize(
    ("more", "found"), [("", [(3, 2)]), ("и", [(3, 2)]), ("и а", [])]
)
def test_one_needless_word_at_one_address_is_a_twin_and_two_are_not(
    more: str, found: list[tuple[int, int]]
) -> None:
    name = "Перша міська клінічна лікарня швидкої медичної допомоги"
    first = Named(2, good_code(3_200_001), name, "Київ", "вул. Лісна, 1")
    second = Named(3, good_code(4_300_002), f"{name} {more}", "Київ", "вул. Лісна, 1")
    assert [(one.row, one.earlier) for one in twins([first, second])] == found
