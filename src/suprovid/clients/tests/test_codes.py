"""Codes of organisations and persons (DOMAIN B1)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suprovid.clients.rules import CodeKind, check_code
from suprovid.clients.rules.codes import CHECK_DIGIT, PASSPORT, TAX_OFFICE
from tests.organisations import check_digit, good_code, odd_code

DIGITS = "0123456789"


@given(st.text(DIGITS, min_size=8, max_size=8))
def test_eight_digits_are_good_exactly_when_the_last_one_fits(code: str) -> None:
    check = check_code(code)
    fits = int(code[7]) == check_digit(code[:7])
    assert (check.kind, check.code, check.error) == (CodeKind.EDRPOU, code, None)
    assert check.warning == (None if fits else CHECK_DIGIT)


@given(st.text(DIGITS, min_size=10, max_size=10))
def test_ten_digits_are_good_exactly_when_the_last_one_fits(code: str) -> None:
    weights = {0: -1, 1: 5, 2: 7, 3: 9, 4: 4, 5: 6, 6: 10, 7: 5, 8: 7}
    total = sum(weight * int(code[place]) for place, weight in weights.items())
    check = check_code(code)
    assert (check.kind, check.error) == (CodeKind.RNTRC, None)
    assert check.warning == (None if total % 11 % 10 == int(code[9]) else CHECK_DIGIT)


@given(st.text(DIGITS, max_size=30).filter(lambda t: len(t) not in {8, 9, 10}))
def test_another_number_of_digits_is_an_error(code: str) -> None:
    assert check_code(code).error


@pytest.mark.parametrize("code", ["3285596А", "ЄДРПОУ", "32855961/2", "123456789"])
def test_letters_and_nine_digits_are_errors(code: str) -> None:
    assert check_code(code).error


@pytest.mark.parametrize(
    "text",
    [
        " 3285 5961 ",
        "3285\u00a05961",
        "32855961\u200b",
        "'32855961",
        "３２８５５９６１",
    ],
)
def test_blanks_and_other_signs_of_spreadsheets_do_not_matter(text: str) -> None:
    check = check_code(text)
    assert (check.code, check.error, check.warning) == ("32855961", None, None)


def test_leading_zeros_are_kept() -> None:
    assert check_code("05417265").code == "05417265"


@pytest.mark.parametrize(
    "text", ["МК 123456", "mk123456", "МК№123456".replace("№", "")]
)
def test_an_old_passport_is_known_by_its_series_and_flagged(text: str) -> None:
    check = check_code(text)
    assert (check.kind, check.code) == (CodeKind.PASSPORT, "МК123456")
    assert check.warning is PASSPORT


def test_a_new_passport_is_taken_only_when_said_to_be_one() -> None:
    assert check_code("000123456").error
    assert check_code("000123456", passport=True).kind is CodeKind.PASSPORT


def test_the_tax_offices_own_numbers_are_flagged() -> None:
    assert check_code("771234567").warning is TAX_OFFICE


def test_one_digit_off_is_told_but_can_be_confirmed() -> None:
    assert check_code(good_code(3_285_596)).warning is None
    assert check_code(odd_code(3_285_596)).warning is CHECK_DIGIT


@given(st.text())
def test_any_text_gets_an_answer_that_fits_the_column(text: str) -> None:
    check = check_code(text)
    assert check.error or len(check.code) <= 12
