"""What the periodicity of a contract allows over a calendar of working days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from suprovid.lib.planning.calendar import monday, weeks, working_days
from suprovid.lib.planning.model import Periodicity, Rule
from suprovid.lib.planning.patterns import allowed_patterns, keeps_gaps

from .town import FOUR_WEEKS, MONTHLY, TWICE, WEEKLY

ALL = frozenset(range(20))


def days_of(periodicity: Periodicity, **said: object) -> set[tuple[int, ...]]:
    found = allowed_patterns(periodicity, FOUR_WEEKS, ALL, **said)  # type: ignore[arg-type]
    return {pattern.days for pattern in found}


def test_a_month_without_holidays_has_twenty_working_days() -> None:
    assert len(FOUR_WEEKS) == 20
    assert list(weeks(FOUR_WEEKS).values())[1] == [5, 6, 7, 8, 9]


def test_a_holiday_is_no_working_day() -> None:
    days = working_days(
        date(2026, 3, 2), date(2026, 3, 8), holidays=frozenset({date(2026, 3, 3)})
    )
    assert [day.day for day in days] == [2, 4, 5, 6]


def test_weekly_is_one_weekday_in_each_week() -> None:
    assert days_of(WEEKLY) == {(n, n + 5, n + 10, n + 15) for n in range(5)}


def test_twice_a_month_is_every_second_week() -> None:
    assert days_of(TWICE) == {(n, n + 10) for n in range(10)}


def test_monthly_is_any_day() -> None:
    assert days_of(MONTHLY) == {(n,) for n in range(20)}


def test_fixed_weekdays_are_one_pattern() -> None:
    fixed = Periodicity(Rule.FIXED_WEEKDAYS, weekdays=frozenset({1, 3}))
    assert days_of(fixed) == {(1, 3, 6, 8, 11, 13, 16, 18)}


def test_a_visit_on_a_holiday_moves_within_its_week() -> None:
    tuesday = 6
    found = allowed_patterns(WEEKLY, FOUR_WEEKS, ALL - {tuesday})
    moved = [pattern for pattern in found if pattern.moved]
    assert {p.days for p in moved} == {(1, 5, 11, 16), (1, 7, 11, 16)}
    assert all(not p.moved for p in found[:4])


def test_a_move_that_breaks_the_gaps_is_none() -> None:
    strict = Periodicity(Rule.WEEKLY, least_gap=7, greatest_gap=7)
    found = allowed_patterns(strict, FOUR_WEEKS, ALL - {6})
    assert {p.days for p in found} == {(n, n + 5, n + 10, n + 15) for n in (0, 2, 3, 4)}


def test_in_a_week_without_a_day_the_visit_is_missing() -> None:
    found = allowed_patterns(WEEKLY, FOUR_WEEKS, ALL - set(range(5, 10)))
    assert {(len(p.days), p.missing) for p in found} == {(3, 1)}


def test_nothing_allowed_is_one_pattern_of_missing_visits() -> None:
    (found,) = allowed_patterns(WEEKLY, FOUR_WEEKS, frozenset())
    assert (found.days, found.missing) == ((), 4)
    (found,) = allowed_patterns(MONTHLY, FOUR_WEEKS, frozenset())
    assert found.missing == 1
    assert allowed_patterns(WEEKLY, (), frozenset())[0].missing == 1


def test_a_period_too_short_for_the_rule_has_one_visit_on_any_day() -> None:
    week = FOUR_WEEKS[:5]
    found = allowed_patterns(TWICE, week, frozenset(range(5)))
    assert {pattern.days for pattern in found} == {(n,) for n in range(5)}


def test_a_pinned_day_is_in_every_pattern() -> None:
    assert days_of(WEEKLY, pinned=frozenset({7})) == {(2, 7, 12, 17)}


def test_a_pin_bends_the_pattern_where_none_holds_it() -> None:
    fixed = Periodicity(Rule.FIXED_WEEKDAYS, weekdays=frozenset({0}))
    assert days_of(fixed, pinned=frozenset({6})) == {(0, 6, 10, 15)}


def test_more_pins_than_visits_are_all_kept() -> None:
    found = days_of(MONTHLY, pinned=frozenset({3, 9}))
    assert found == {(3, 9)}


def test_the_last_visit_of_the_month_before_binds_the_first_of_this() -> None:
    last = date(2026, 2, 27)
    gaps = Periodicity(Rule.TWICE_A_MONTH, least_gap=12, greatest_gap=16)
    found = allowed_patterns(gaps, FOUR_WEEKS, ALL, last=last)
    first = {FOUR_WEEKS[pattern.days[0]] for pattern in found}
    assert min(first) == last + timedelta(days=12)
    assert max(first) == date(2026, 3, 13)


def test_a_visit_long_overdue_binds_nothing() -> None:
    assert len(days_of(WEEKLY, last=date(2025, 12, 1))) == 5


def test_the_first_week_counts_from_its_monday_when_the_last_visit_is_known() -> None:
    days = FOUR_WEEKS[2:10]  # from a Wednesday
    found = allowed_patterns(WEEKLY, days, frozenset(range(8)), last=date(2026, 2, 23))
    assert all(len(pattern.days) == 2 for pattern in found)


@given(
    st.integers(1, 12).flatmap(
        lambda least: st.tuples(st.just(least), st.integers(least, least + 9))
    ),
    st.sets(st.integers(0, 19), max_size=6),
    st.none() | st.integers(1, 20),
)
def test_every_n_days_keeps_its_gaps(
    gaps: tuple[int, int], closed: set[int], ago: int | None
) -> None:
    rule = Periodicity(Rule.EVERY_N_DAYS, *gaps)
    last = None if ago is None else FOUR_WEEKS[0] - timedelta(days=ago)
    found = allowed_patterns(rule, FOUR_WEEKS, ALL - closed, last=last)
    assert found
    for pattern in found:
        dates = [FOUR_WEEKS[day] for day in pattern.days]
        between = [(b - a).days for a, b in pairwise(dates)]
        assert set(pattern.days) <= ALL - closed
        assert min(between, default=gaps[0]) >= gaps[0]
        assert pattern.missing or max(between, default=0) <= gaps[1]


@given(st.sets(st.integers(0, 19), max_size=8), st.sampled_from([WEEKLY, TWICE]))
def test_patterns_use_allowed_days_one_a_week(
    closed: set[int], rule: Periodicity
) -> None:
    for pattern in allowed_patterns(rule, FOUR_WEEKS, ALL - closed):
        weeks_used = [monday(FOUR_WEEKS[day]) for day in pattern.days]
        assert len(set(weeks_used)) == len(weeks_used)
        assert not closed & set(pattern.days)


def test_a_missing_visit_breaks_the_chain_of_gaps() -> None:
    first, last = FOUR_WEEKS[0], FOUR_WEEKS[-1]
    assert not keeps_gaps(WEEKLY, [first, last])
    assert keeps_gaps(WEEKLY, [first, None, last])


def test_a_visit_just_before_the_period_may_stand_in_the_way_of_all_patterns() -> None:
    strict = Periodicity(Rule.WEEKLY, 7, 7)
    friday = date(2026, 2, 27)
    found = allowed_patterns(strict, FOUR_WEEKS, frozenset({0}), last=friday)
    assert [(p.days, p.missing) for p in found] == [((0,), 3)]


def test_where_no_move_keeps_the_gaps_the_days_that_can_be_stay() -> None:
    strict = Periodicity(Rule.WEEKLY, 7, 7)
    diagonal = frozenset({0, 6, 12, 18})
    found = allowed_patterns(strict, FOUR_WEEKS, diagonal)
    assert {(p.days, p.missing) for p in found} == {((n,), 3) for n in diagonal}


def test_a_client_who_comes_later_has_no_visits_before() -> None:
    found = allowed_patterns(WEEKLY, FOUR_WEEKS, ALL, since=FOUR_WEEKS[10])
    assert {pattern.days for pattern in found} == {(n, n + 5) for n in range(10, 15)}
