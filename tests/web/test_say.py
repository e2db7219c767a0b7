"""Values are put into words as people here say them, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from suprovid.lib.decision import Reason, deny
from suprovid.web import say

KYIV = ZoneInfo("Europe/Kyiv")
NOW = datetime(2026, 4, 16, 15, 20, tzinfo=KYIV)


class Role(StrEnum):
    LAWYER = "lawyer"


class Paper(StrEnum):
    LAWYER = "lawyer"


@pytest.fixture(autouse=True)
def ukrainian() -> Iterator[None]:
    with translation.override("uk"):
        yield


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(say, "WORDS", {})
    say.register({Role.LAWYER: "yes"})
    say.register({Paper.LAWYER: "no"})


def at(day: int, hour: int, minute: int = 0, month: int = 4) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=KYIV)


def plain(text: str) -> str:
    return text.replace(say.NBSP, " ")


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (1, "1 день"),
        (2, "2 дні"),
        (5, "5 днів"),
        (11, "11 днів"),
        (21, "21 день"),
        (22, "22 дні"),
        (25, "25 днів"),
    ],
)
def test_working_days_bend_as_ukrainian_bends_them(days: int, said: str) -> None:
    assert plain(say.left(days * 480, 480)) == said


@pytest.mark.parametrize(
    ("minutes", "parts", "said"),
    [
        (0, 2, "менше хвилини"),
        (45, 2, "45 хв"),
        (160, 2, "2 год 40 хв"),
        (-320, 2, "5 год 20 хв"),
        (1120, 2, "2 дні 2 год"),
        (1120, 3, "2 дні 2 год 40 хв"),
        (965, 2, "2 дні"),
    ],
)
def test_time_left_is_said_by_its_largest_units(
    minutes: int, parts: int, said: str
) -> None:
    assert plain(say.left(minutes, 480, parts=parts)) == said


def test_a_shorter_working_day_makes_more_days_of_the_same_minutes() -> None:
    assert plain(say.left(840, 420)) == "2 дні"


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (at(16, 18), "сьогодні до 18:00"),
        (at(17, 12), "завтра до 12:00"),
        (at(15, 18), "вчора до 18:00"),
        (at(20, 18), "пн, 20 квітня, до 18:00"),
    ],
)
def test_a_deadline_is_said_as_people_say_it(moment: datetime, said: str) -> None:
    assert plain(say.when(moment, NOW, until=True)) == said


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (at(17, 10), "завтра о 10:00"),
        (at(17, 11), "завтра об 11:00"),
        (at(15, 16, 20), "вчора о 16:20"),
        (at(20, 18), "пн, 20 квітня, 18:00"),
        (date(2026, 4, 15), "вчора"),
        (date(2025, 1, 3), "3 січня 2025"),
    ],
)
def test_a_moment_is_said_as_people_say_it(moment: datetime, said: str) -> None:
    assert plain(say.when(moment, NOW)) == said


def test_today_is_the_day_in_kyiv_not_in_utc() -> None:
    late_evening = datetime(2026, 4, 15, 22, 30, tzinfo=ZoneInfo("UTC"))
    assert plain(say.when(late_evening, NOW)) == "сьогодні о 01:30"


def test_english_says_the_same_moments() -> None:
    with translation.override("en"):
        assert plain(say.when(at(16, 18), NOW, until=True)) == "today by 18:00"
        assert plain(say.when(at(17, 11), NOW)) == "tomorrow at 11:00"
        assert plain(say.when(at(20, 18), NOW)) == "Mon, 20 April, 18:00"
        assert plain(say.left(1120, 480)) == "2 days 2 h"


def test_money_stands_as_each_language_writes_it() -> None:
    assert say.money(Decimal(7200)) == "7\u00a0200,00\u00a0грн"
    with translation.override("en"):
        assert say.money(Decimal(7200)) == "UAH\u00a07,200.00"


def test_a_reason_names_the_role_the_sum_and_the_day(words: None) -> None:
    refusal = deny(
        "{role}, {sum}, {day}, {why}",
        role=Role.LAWYER,
        sum=Decimal("10.5"),
        day=date(2026, 4, 20),
        why=Reason("today"),
    )
    said = plain(say.say(refusal.reason))
    assert said == "так, 10,50 грн, 20 квітня 2026, сьогодні"


def test_two_kinds_with_one_value_keep_their_own_words(words: None) -> None:
    assert (say.label(Role.LAWYER), say.label(Paper.LAWYER)) == ("так", "ні")


def test_what_nobody_has_worded_yet_still_shows_its_value() -> None:
    class Odd(StrEnum):
        NEW_THING = "new_thing"

    assert say.label(Odd.NEW_THING) == "new thing"


def test_a_fact_whose_personal_words_are_erased_still_tells(
    words: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(say.FACTS, "x.y.z", "{role}: {name}, {amount}, {day}")
    values = {"role": "lawyer", "amount": "1250.50", "day": "2026-04-20"}
    said = plain(say.sentence("x.y.z", values))
    assert said == "так: [стерто], 1 250,50 грн, 20 квітня 2026"


def test_a_fact_knows_an_enum_by_the_last_word_of_its_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class CalledOffWhy(StrEnum):
        REFUND = "refund"

    monkeypatch.setattr(say, "WORDS", {})
    monkeypatch.setitem(say.FACTS, "x.y.z", "{why}, {note}")
    say.register({CalledOffWhy.REFUND: "yes"})
    assert say.sentence("x.y.z", {"why": "refund", "note": "refund"}) == "так, refund"


def test_a_name_typed_by_a_person_is_never_taken_for_a_word(
    words: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(say.FACTS, "x.y.z", "{title}")
    assert say.sentence("x.y.z", {"title": "lawyer"}) == "lawyer"


@pytest.mark.parametrize(
    ("name", "short", "letters"),
    [
        ("Коваленко Олена Петрівна", "О. Коваленко", "ОК"),
        ("Олена Гаврилюк", "О. Гаврилюк", "ОГ"),
        ("О. Коваленко", "О. Коваленко", "ОК"),
        ("Консоль", "Консоль", "К"),
    ],
)
def test_a_name_is_shortened_whichever_way_it_stands(
    name: str, short: str, letters: str
) -> None:
    assert (plain(say.short_name(name)), say.initials(name)) == (short, letters)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("5 год", "5~год"),
        ("№ 47", "№~47"),
        ("ТОВ «Лісовий дім»", "ТОВ~«Лісовий дім»"),
        ("К. Вовк", "К.~Вовк"),
        ("до 18:00 у клієнта", "до~18:00 у~клієнта"),
        ("84 300 грн", "84~300~грн"),
        ("Клієнт — той самий", "Клієнт~— той самий"),
    ],
)
def test_what_belongs_together_is_not_torn(text: str, kept: str) -> None:
    assert say.nbsp(text) == kept.replace("~", say.NBSP)


def test_a_count_bends_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    # English has no catalogue entry for this msgid: both forms are the msgid itself.
    assert say.say(Reason("{n} left", (("n", 3),))) == "3 left"


def test_lists_are_read_as_people_read_them() -> None:
    assert say.listed(["один"]) == "один"
    assert plain(say.value_in_words(["2", "4", "7"])) == "2, 4 і 7"


def test_a_kind_stands_in_a_sentence_with_a_small_letter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(say.FACTS, "x.y.z", "Прострочено: {kind}")
    monkeypatch.setitem(say.KINDS, "handover.visa", "Надати візу")
    told = say.sentence("x.y.z", {"kind": "handover.visa"})
    assert plain(told) == "Прострочено: надати візу"


def test_a_row_has_a_verb_and_a_board_a_noun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(say.KINDS, "x.y", "Провести первинний контакт")
    assert say.kind_verb("x.y") == "Відкрити"
    assert say.kind_name("x.y") == "Провести первинний контакт"
    monkeypatch.setitem(say.KIND_VERBS, "x.y", "Записати контакт")
    monkeypatch.setitem(say.KIND_NAMES, "x.y", "Первинний контакт")
    assert say.kind_verb("x.y") == "Записати контакт"
    assert say.kind_name("x.y") == "Первинний контакт"


def test_this_day_heads_a_page_with_its_weekday() -> None:
    friday = datetime(2026, 4, 17, 15, 20, tzinfo=say.KYIV)
    assert plain(say.today(friday)) == "П’ятниця, 17 квітня, 15:20"


@pytest.mark.parametrize(
    ("octets", "said"), [(1, "1 КБ"), (12_200, "12 КБ"), (1_600_000, "1,5 МБ")]
)
def test_a_file_is_as_large_as_people_say(octets: int, said: str) -> None:
    assert plain(say.size(octets)) == said
