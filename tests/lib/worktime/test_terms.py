import pickle
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction

import pytest

from suprovid.lib.worktime import (
    DayKind,
    Due,
    NoWorkingTime,
    Step,
    StepKind,
    Term,
    Unit,
    standard_calendar,
)

from .calendars import IDLE, PEACE_COMES, ROUND_THE_CLOCK, SAME_CLOCK, USUAL, at
from .worked import calendar_days, days, hours

PAID = at("2026-04-15 10:12")
INSTALLED = at("2026-04-20 18:00")
NAIVE = datetime(2026, 4, 15, 10, 12)  # noqa: DTZ001 - what is refused


def lines(due: Due) -> list[str]:
    """Steps as short lines: day, kind, number, minutes, sort of day."""
    return [
        f"{s.day:%a %d} {s.kind} {s.number} {s.minutes} {s.day_kind}" for s in due.steps
    ]


def test_three_working_days_explain_themselves() -> None:
    assert lines(USUAL.due(PAID, days(3))) == [
        "Wed 15 event None None working",
        "Thu 16 counted 1 None working",
        "Fri 17 counted 2 None working",
        "Sat 18 not_counted None None weekend",
        "Sun 19 not_counted None None weekend",
        "Mon 20 due 3 None working",
    ]


def test_a_holiday_that_is_not_counted_is_named() -> None:
    due = PEACE_COMES.due(at("2026-08-21 10:00"), days(1))
    holiday = Step(
        date(2026, 8, 24),
        StepKind.NOT_COUNTED,
        note="День незалежності України",
        day_kind=DayKind.HOLIDAY,
    )
    assert due.steps[-2] == holiday


def test_hours_say_how_many_minutes_of_which_day() -> None:
    assert lines(USUAL.due(at("2026-04-17 16:00"), hours(4))) == [
        "Fri 17 event None None working",
        "Fri 17 counted None 120 working",
        "Sat 18 not_counted None None weekend",
        "Sun 19 not_counted None None weekend",
        "Mon 20 due None 120 working",
    ]


def test_hours_of_an_evening_event_do_not_speak_of_the_evening() -> None:
    assert lines(USUAL.due(at("2026-04-15 19:00"), hours(1))) == [
        "Wed 15 event None None working",
        "Thu 16 due None 60 working",
    ]


def test_hours_that_end_at_midnight_end_on_their_own_day() -> None:
    assert lines(ROUND_THE_CLOCK.due(at("2026-04-17 20:00"), hours(4))) == [
        "Fri 17 event None None working",
        "Fri 17 due None 240 working",
    ]


def test_calendar_days_show_the_move_from_a_day_off() -> None:
    assert lines(USUAL.due(PAID, calendar_days(10))) == [
        "Wed 15 event None None working",
        "Thu 16 counted 1 None working",
        "Sat 25 moved 10 None weekend",
        "Sun 26 not_counted None None weekend",
        "Mon 27 due None None working",
    ]


def test_one_calendar_day_is_due_on_it() -> None:
    assert lines(USUAL.due(PAID, calendar_days(1))) == [
        "Wed 15 event None None working",
        "Thu 16 due 1 None working",
    ]


def test_an_agreed_date_shows_its_move() -> None:
    assert lines(USUAL.due_on(PAID, date(2026, 4, 18))) == [
        "Wed 15 event None None working",
        "Sat 18 moved None None weekend",
        "Sun 19 not_counted None None weekend",
        "Mon 20 due None None working",
    ]


def test_an_agreed_date_in_the_past_stays_what_was_agreed() -> None:
    due = USUAL.due_on(PAID, date(2026, 4, 14))
    assert due.at == at("2026-04-14 18:00")


def test_no_days_on_a_day_off_show_the_days_passed_over() -> None:
    assert lines(USUAL.due(at("2026-04-18 11:00"), days(0))) == [
        "Sat 18 event None None weekend",
        "Sun 19 not_counted None None weekend",
        "Mon 20 due 0 None working",
    ]


def test_the_same_clock_shows_where_it_starts() -> None:
    assert lines(SAME_CLOCK.due(at("2026-04-17 23:30"), days(1))) == [
        "Fri 17 event None None working",
        "Sat 18 not_counted None None weekend",
        "Sun 19 not_counted None None weekend",
        "Mon 20 start None None working",
        "Tue 21 due 1 None working",
    ]


def test_the_same_clock_within_hours_starts_with_the_event() -> None:
    assert lines(SAME_CLOCK.due(PAID, days(1))) == [
        "Wed 15 event None None working",
        "Thu 16 due 1 None working",
    ]


def test_an_answer_is_stored_without_what_is_empty() -> None:
    stored = USUAL.due(PAID, days(1)).as_json()
    assert stored == {
        "at": "2026-04-16T15:00:00+00:00",
        "steps": [
            {"day": "2026-04-15", "kind": "event", "day_kind": "working"},
            {"day": "2026-04-16", "kind": "due", "number": 1, "day_kind": "working"},
        ],
    }
    assert days(1).as_json() == {"count": 1, "unit": "working_days"}


def test_a_stored_answer_of_any_zone_is_read_as_utc() -> None:
    due = Due.from_json({"at": "2026-04-16T18:00:00+03:00", "steps": []})
    assert (due.at, due.at.tzinfo) == (at("2026-04-16 18:00"), UTC)


def test_the_zone_of_the_event_changes_nothing() -> None:
    in_new_york = PAID.astimezone(timezone(timedelta(hours=-4)))
    assert USUAL.due(in_new_york, days(3)) == USUAL.due(PAID, days(3))
    assert USUAL.due(in_new_york, days(3)).at.tzinfo is UTC


def test_a_day_off_has_no_end_of_hours() -> None:
    with pytest.raises(ValueError, match="2026-04-18 is a day off"):
        USUAL.end_of(date(2026, 4, 18))


@pytest.mark.parametrize("unit", list(Unit))
def test_a_term_in_a_calendar_without_work_says_so(unit: Unit) -> None:
    with pytest.raises(NoWorkingTime):
        IDLE.due(PAID, Term(3, unit))


def test_a_term_is_never_negative() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        days(-1)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: USUAL.due(NAIVE, days(1)),
        lambda: USUAL.due_on(NAIVE, date(2026, 4, 17)),
        lambda: USUAL.is_working(NAIVE),
        lambda: USUAL.next_working_instant(NAIVE),
        lambda: USUAL.minutes_between(PAID, NAIVE),
        lambda: USUAL.worked(NAIVE, PAID),
        lambda: USUAL.advance(NAIVE, timedelta(hours=1)),
        lambda: USUAL.point(NAIVE, PAID, 0.8),
    ],
)
def test_a_naive_time_is_no_instant(ask: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match="with its zone"):
        ask()


def test_working_minutes_leave_out_lunch_night_and_weekend() -> None:
    assert USUAL.minutes_between(PAID, INSTALLED) == 408 + 3 * 480
    assert USUAL.minutes_between(INSTALLED, PAID) == -(408 + 3 * 480)
    assert USUAL.minutes_between(at("2026-04-17 18:00"), at("2026-04-20 09:00")) == 0


def test_seconds_are_cut_from_both_moments() -> None:
    late = PAID + timedelta(seconds=59)
    assert USUAL.minutes_between(PAID, late) == 0
    assert USUAL.minutes_between(late, PAID + timedelta(minutes=1)) == 1


@pytest.mark.parametrize("share", [0.8, Fraction(4, 5)])
def test_the_warning_comes_when_four_fifths_have_run(share: Fraction | float) -> None:
    assert USUAL.point(at("2026-04-15 18:00"), INSTALLED, share) == at(
        "2026-04-20 12:12"
    )


def test_the_ends_of_a_term_are_its_first_and_last_points() -> None:
    assert USUAL.point(PAID, INSTALLED, 0) == PAID
    assert USUAL.point(PAID, INSTALLED, 1) == INSTALLED


def test_a_term_that_was_due_before_it_opened_has_its_points_there() -> None:
    assert USUAL.point(INSTALLED, PAID, 0.8) == PAID


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_a_share_is_a_part_of_the_whole(share: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        USUAL.point(PAID, INSTALLED, share)


def test_a_calendar_is_a_value() -> None:
    same = standard_calendar(2026, 2027)
    assert same == USUAL
    assert hash(same) == hash(USUAL)
    assert replace(same, version="2") != USUAL
    assert pickle.loads(pickle.dumps(USUAL)).due(PAID, days(3)).at == INSTALLED
