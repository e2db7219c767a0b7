"""Words as search compares them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suprovid.clients.rules import clean, fold, fold_number
from suprovid.clients.rules.folding import WORD_ROOM


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("ПРАВО", "право"),
        ("Ґрунт", "грунт"),
        ("Їжак", "іжак"),
        ("Об’єднання", "об'єднання"),
        ("Об’єднання", "обєднання"),
        ("Інститут", "Iнститут"),
        ("КОСМОС", "KOCMOC"),
        ("Йод", "И\u0306од"),
    ],
)
def test_spellings_that_people_mix_up_are_one_word(written: str, typed: str) -> None:
    assert fold(written) == fold(typed)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(" ".join(once)) == once


@given(st.text())
def test_each_word_stands_once_and_fits_its_column(text: str) -> None:
    words = fold(text)
    assert len(set(words)) == len(words)
    assert all(0 < len(word) <= WORD_ROOM for word in words)


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_cleaning_twice_changes_nothing_and_leaves_nothing_invisible(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert "\x00" not in once
    assert "\u202e" not in once


@pytest.mark.parametrize(
    ("written", "typed"),
    [("Д-15/26", "д-15/26"), ("№ 15 / 26", "15/26"), ("ІПС-1", "Iпc-1")],
)
def test_numbers_of_papers_are_one_however_they_are_typed(
    written: str, typed: str
) -> None:
    assert fold_number(written) == fold_number(typed)


@given(st.text())
def test_a_number_folded_fits_its_column_and_has_no_blanks(text: str) -> None:
    folded = fold_number(text)
    assert len(folded) <= WORD_ROOM
    assert not any(char.isspace() for char in folded)


def test_the_order_of_words_is_kept() -> None:
    assert fold("Перший другий-третій") == ["перший", "другий", "третій"]
