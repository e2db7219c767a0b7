from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, time

import pytest
from holidays import country_holidays

from suprovid.lib.worktime import (
    MARTIAL_LAW,
    DayKind,
    DayRow,
    Hours,
    NoWorkingTime,
    Regime,
    Week,
    WorkCalendar,
    public_holidays,
    standard_calendar,
    standard_week,
)

from .calendars import (
    EARLY_LUNCH,
    IDLE,
    PEACE,
    SHORT,
    STARTS_IN_2026,
    USUAL,
    WITH_FREE_MONDAY,
    WITH_SHORT_MONDAY,
    WITH_WORKING_SATURDAY,
)

SATURDAY, MONDAY = date(2026, 4, 18), date(2026, 4, 20)
WITH_EARLY_LUNCH = replace(USUAL, exceptions=(DayRow(MONDAY, EARLY_LUNCH),))
AS_USUAL = replace(USUAL, exceptions=(DayRow(MONDAY, USUAL.hours_on(MONDAY)),))


@pytest.mark.parametrize(
    ("calendar", "day", "kind", "note"),
    [
        (USUAL, date(2026, 4, 20), DayKind.WORKING, ""),
        (USUAL, date(2026, 4, 18), DayKind.WEEKEND, ""),
        (USUAL, date(2026, 4, 12), DayKind.WEEKEND, "Великдень (Пасха)"),
        (USUAL, date(2026, 8, 24), DayKind.WORKING, "День незалежності України"),
        (PEACE, date(2026, 8, 24), DayKind.HOLIDAY, "День незалежності України"),
        (PEACE, date(2026, 6, 28), DayKind.HOLIDAY, "День Конституції України"),
        (PEACE, date(2026, 6, 29), DayKind.TRANSFERRED, "День Конституції України"),
        (USUAL, date(2026, 6, 29), DayKind.WORKING, ""),
        (WITH_FREE_MONDAY, MONDAY, DayKind.DAY_OFF, "Переїзд"),
        (WITH_SHORT_MONDAY, MONDAY, DayKind.SHORT, "Скорочений день"),
        (WITH_WORKING_SATURDAY, SATURDAY, DayKind.EXTRA, "Робоча субота"),
        (WITH_EARLY_LUNCH, MONDAY, DayKind.CHANGED, ""),
        (AS_USUAL, MONDAY, DayKind.WORKING, ""),
        (STARTS_IN_2026, date(2025, 12, 31), DayKind.BEFORE, ""),
    ],
)
def test_every_day_says_why_it_is_what_it_is(
    calendar: WorkCalendar, day: date, kind: DayKind, note: str
) -> None:
    assert calendar.why(day) is kind
    assert calendar.about(day).note == note


def test_in_peace_the_days_off_are_those_that_the_state_published() -> None:
    calendar = replace(standard_calendar(2018, 2021), regimes=())
    years = range(2018, 2022)
    published = country_holidays("UA", years=years, language="en_US")
    swapped = [day for day, name in published.items() if "substituted" in name]
    for day in published:
        assert calendar.is_working_day(day) == (day in swapped), day
    off = {*published} - {*swapped}
    days = calendar.working_days(date(2018, 1, 1), date(2021, 12, 31))
    weekdays = sum(date.fromordinal(n).weekday() < 5 for n in _ordinals(2018, 2021))
    assert len(list(days)) == weekdays - sum(day.weekday() < 5 for day in off)


def _ordinals(first: int, last: int) -> range:
    return range(date(first, 1, 1).toordinal(), date(last + 1, 1, 1).toordinal())


def test_two_holidays_on_days_off_owe_two_days() -> None:
    # In 2021 the first of May was a Saturday and Easter the Sunday after it.
    calendar = replace(standard_calendar(2021, 2021), regimes=())
    first, second = date(2021, 5, 3), date(2021, 5, 4)
    assert calendar.about(first) == (None, DayKind.TRANSFERRED, "День праці")
    assert calendar.about(second) == (None, DayKind.TRANSFERRED, "Великдень (Пасха)")
    assert calendar.is_working_day(date(2021, 5, 5))


def test_nothing_is_transferred_into_martial_law() -> None:
    monday = date(2026, 6, 29)
    regime = Regime(monday, None, holidays_work=True)
    assert replace(PEACE, regimes=(regime,)).is_working_day(monday)


def test_a_worked_holiday_ends_what_peace_has_owed() -> None:
    # Sunday's day off would go to Monday, a holiday too, but a worked one.
    sunday, monday, tuesday = (date(2026, 6, day) for day in (28, 29, 30))
    named = {sunday: "День Конституції України", monday: "День підприємства"}
    regime = Regime(monday, monday, holidays_work=True)
    calendar = replace(PEACE, holidays=named, regimes=(regime,))
    assert calendar.is_working_day(monday)
    assert calendar.is_working_day(tuesday)


def test_a_holiday_in_a_week_without_work_is_owed_to_nobody() -> None:
    calendar = replace(IDLE, holidays={date(2026, 6, 28): "День Конституції України"})
    assert calendar.why(date(2026, 6, 28)) is DayKind.HOLIDAY
    assert calendar.why(date(2026, 6, 29)) is DayKind.WEEKEND


def test_of_two_regimes_the_younger_wins() -> None:
    peace = Regime(date(2026, 8, 1), date(2026, 8, 31), holidays_work=False)
    calendar = replace(USUAL, regimes=(peace, MARTIAL_LAW))
    assert calendar.why(date(2026, 8, 24)) is DayKind.HOLIDAY
    assert calendar.is_working_day(date(2026, 10, 1))


def test_a_new_week_pattern_begins_on_its_own_date() -> None:
    later = Week(date(2026, 4, 20), (None, *standard_week(date.min).days[1:]))
    calendar = replace(USUAL, weeks=(later, *USUAL.weeks))
    assert calendar.is_working_day(date(2026, 4, 13))
    assert not calendar.is_working_day(date(2026, 4, 20))


def test_working_days_are_counted_with_both_ends() -> None:
    days = USUAL.working_days(date(2026, 4, 17), date(2026, 4, 20))
    assert list(days) == [date(2026, 4, 17), date(2026, 4, 20)]
    assert list(USUAL.working_days(MONDAY, SATURDAY)) == []


@pytest.mark.parametrize(
    ("day", "n", "found"),
    [
        (date(2026, 5, 1), -5, date(2026, 4, 24)),  # the plan of May is begun
        (date(2026, 5, 1), -1, date(2026, 4, 30)),  # and is due
        (SATURDAY, 0, MONDAY),
        (MONDAY, 0, MONDAY),
        (SATURDAY, 1, MONDAY),
        (MONDAY, 1, date(2026, 4, 21)),
    ],
)
def test_working_days_are_added_and_taken_off(day: date, n: int, found: date) -> None:
    assert USUAL.add_working_days(day, n) == found


def test_a_calendar_without_a_working_day_says_so() -> None:
    with pytest.raises(NoWorkingTime, match="give it a week pattern"):
        IDLE.add_working_days(date(2026, 1, 1), 1)
    with pytest.raises(NoWorkingTime, match="no working day"):
        STARTS_IN_2026.add_working_days(date(2026, 1, 1), -1)


def _week_of(length: int) -> Week:
    return Week(date(2026, 1, 1), (None,) * length)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: Hours(time(9), time(8)), "order of time"),
        (lambda: Hours(time(9), time(18), time(13)), "both its beginning"),
        (lambda: Hours(time(9), time(18), time(8), time(14)), "order of time"),
        (lambda: Hours(time(9), time(18), time(13), time(13)), "order of time"),
        (lambda: Hours(time(9, 0, 30), time(18)), "whole minutes"),
        (lambda: _week_of(5), "seven days"),
        (lambda: Regime(MONDAY, SATURDAY, holidays_work=True), "first day or later"),
        (lambda: WorkCalendar(weeks=(_week_of(7), _week_of(7))), "date of its own"),
        (lambda: WorkCalendar((), exceptions=(_row(), _row())), "not two"),
        (lambda: WorkCalendar((), zone="Europe/Nowhere"), "Europe/Nowhere"),
    ],
)
def test_a_wrong_calendar_is_refused_with_what_is_wrong(
    wrong: Callable[[], object], said: str
) -> None:
    with pytest.raises((ValueError, KeyError), match=said):
        wrong()


def _row() -> DayRow:
    return DayRow(MONDAY, SHORT)


def test_hours_know_their_minutes() -> None:
    assert SHORT.minutes == 6 * 60
    assert Hours(time(9), time(13)).minutes == 4 * 60
    assert Hours(time(0), time(0)).minutes == 24 * 60


def test_holidays_are_seeded_under_martial_law_too() -> None:
    named = public_holidays([2026])
    assert len(named) == 11
    assert named[date(2026, 4, 12)] == "Великдень (Пасха)"
    assert "’" in named[date(2026, 5, 8)]
    assert not _with_wrong_marks(named.values())


def test_a_swap_advised_by_the_government_is_no_holiday() -> None:
    assert date(2022, 3, 7) not in public_holidays([2022])


def _with_wrong_marks(names: Iterable[str]) -> list[str]:
    return [name for name in names if "ʼ" in name or "'" in name or "-" in name]
