"""Texts as people meant them: nothing true is changed, every change is told."""

from __future__ import annotations

import pytest

from suprovid.intake.rules.fields import Kind
from suprovid.intake.rules.texts import (
    BLANKS,
    LATIN_LETTERS,
    LETTERS,
    QUOTES,
    as_meant,
)
from suprovid.intake.tests.sheets import slipped


@pytest.mark.parametrize(
    "text",
    [
        "Інститут міжнародного бізнесу",
        "Брест-Литовське шосе",
        "Київський коледж зв'язку ім. Т.Г. Шевченка",
        "ТОВ «Хімік і Компанія»",
        "Університет «КРОК» та МІМ-Київ",
        "с. Іванівка",
    ],
)
def test_latin_letters_in_ukrainian_words_are_made_ukrainian(text: str) -> None:
    told = as_meant(slipped(text))
    assert (told.value, told.why, told.asked) == (text, (LETTERS,), ())


@pytest.mark.parametrize("form", ["ТОВ", "АТ", "ВАТ"])
def test_a_legal_form_in_latin_capitals_is_made_ukrainian(form: str) -> None:
    told = as_meant(slipped(form, "АВЕКМНОРСТ") + " «Явір»")
    assert told.value == f"{form} «Явір»"


def test_an_initial_in_latin_is_made_ukrainian() -> None:
    assert as_meant(slipped("вул. І. Франка, 3", "І")).value == "вул. І. Франка, 3"


@pytest.mark.parametrize(
    "text",
    [
        "Заклад IV рівня акредитації",
        "Гімназія XXI століття",
        "Школа II ступеня",
        "Гімназія \u0058\u0406 століття",
        "ТОВ «SMART»",
        "«КРОК-IT»",
        "AT&T Україна",
        "Wi-Fi зона",
        "Інститут 3G зв'язку",
        "вул. Шевченка, 10B",
        "Coca-Cola Україна",
        "e-mail: ivan@example.com, Іваненко",
        "сайт www.opico.ua установи",
        "SMART HOME LTD",
        "ЖК «Park Land»",
    ],
)
def test_real_latin_is_left_alone(text: str) -> None:
    assert as_meant(text).value == text
    assert as_meant(text).why == ()


def test_a_ukrainian_letter_in_a_latin_word_is_made_latin() -> None:
    dirty = "Forum".replace("o", "\u043e") + " Україна"
    told = as_meant(dirty)
    assert (told.value, told.why) == ("Forum Україна", (LATIN_LETTERS,))


@pytest.mark.parametrize("dirty", ["С\u006f\u0063\u0061", "СМАРТ\u004d\u0041\u0058"])
def test_a_word_of_either_alphabet_is_asked_about(dirty: str) -> None:
    told = as_meant(f"{dirty} ТОВ")
    assert told.value == f"{dirty} ТОВ"
    assert [asked.kind for asked in told.asked] == [Kind.WARNING]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("ПП „Явір“", "ПП «Явір»"),
        ("ПП „Явір”", "ПП «Явір»"),
        ("ПП “Явір”", "ПП «Явір»"),
        ("ПП ”Явір”", "ПП «Явір»"),
        ("ПП <<Явір>>", "ПП «Явір»"),
        ("ПП ''Явір''", "ПП «Явір»"),
        ('ПП ""Явір""', "ПП «Явір»"),
        ('"ПП ""Явір"""', "ПП «Явір»"),
        ("ПП ‚Явір‘", "ПП «Явір»"),
        ("ПП »Явір«", "ПП «Явір»"),
        ("«Дім» і „Двір“", "«Дім» і «Двір»"),
    ],
)
def test_foreign_and_broken_quotes_are_made_whole(was: str, now: str) -> None:
    assert (as_meant(was).value, as_meant(was).why) == (now, (QUOTES,))


@pytest.mark.parametrize(
    "text",
    [
        'ПП "Явір"',
        'ВНЗ "Університет "Україна""',
        'Товариство «Заклад "Університет»',
        'Установа "Інститут»',
        "ПП «Явір”",
        'ПП "Явір" та “Дуб”',
        "ТОВ „Дім “Книги” світу“",
        "Здоров’я «Дім»",
        "вул. Солом'янська, 5'",
    ],
)
def test_straight_and_mixed_quotes_are_left_alone(text: str) -> None:
    assert as_meant(text).value == text


@pytest.mark.parametrize(
    "was", [" Явір", "Явір  ", "\u00a0Явір", "Я\u00adвір", "Явір\u200b", "\nЯвір"]
)
def test_needless_blanks_are_taken_out_and_told(was: str) -> None:
    assert (as_meant(was).value, as_meant(was).why) == ("Явір", (BLANKS,))


def test_a_cell_of_blanks_is_empty_and_nothing_is_told() -> None:
    assert (as_meant(" \u00a0 ").value, as_meant(" \u00a0 ").why) == ("", ())
