from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from suprovid.lib.worktime import DayRow, Hours

from .calendars import USUAL, at

SPRING = date(2026, 3, 29)  # 03:00 EET is 04:00 EEST, at 01:00 UTC
AUTUMN = date(2026, 10, 25)  # 04:00 EEST is 03:00 EET, at 01:00 UTC


def worked(day: date, *marks: str) -> list[str]:
    """Intervals of a day with such hours, by the clock of UTC."""
    start, *lunch, end = map(time.fromisoformat, marks)
    calendar = replace(USUAL, exceptions=(DayRow(day, Hours(start, end, *lunch)),))
    return [f"{a:%H:%M}-{b:%H:%M}" for a, b in calendar.intervals_on(day)]


@pytest.mark.parametrize(
    ("day", "marks", "intervals"),
    [
        (SPRING, ("02:30", "05:00"), ["00:30-02:00"]),
        (SPRING, ("03:30", "05:00"), ["01:00-02:00"]),
        (SPRING, ("02:00", "03:30"), ["00:00-01:00"]),
        (SPRING, ("03:10", "03:50"), []),
        (SPRING, ("02:00", "03:10", "03:50", "05:00"), ["00:00-01:00", "01:00-02:00"]),
        (AUTUMN, ("02:30", "05:00"), ["23:30-03:00"]),
        (AUTUMN, ("02:00", "03:00"), ["23:00-00:00"]),
        (AUTUMN, ("02:00", "03:30"), ["23:00-01:30"]),
        (AUTUMN, ("03:00", "04:00"), ["00:00-02:00"]),
        (AUTUMN, ("03:30", "05:00"), ["00:30-03:00"]),
        (AUTUMN, ("02:00", "03:15", "03:30", "05:00"), ["23:00-00:15", "01:30-03:00"]),
    ],
)
def test_hours_on_the_night_of_a_clock_change_follow_the_wall(
    day: date, marks: tuple[str, ...], intervals: list[str]
) -> None:
    assert worked(day, *marks) == intervals


def test_the_end_of_hours_is_worked_no_more() -> None:
    assert USUAL.is_working(at("2026-04-15 09:00"))
    assert USUAL.is_working(at("2026-04-15 17:59"))
    assert not USUAL.is_working(at("2026-04-15 08:59"))
    assert not USUAL.is_working(at("2026-04-15 13:00"))
    assert not USUAL.is_working(at("2026-04-15 18:00"))


def test_intervals_are_in_utc_without_the_lunch() -> None:
    morning, afternoon = USUAL.intervals_on(date(2026, 4, 15))
    assert morning == (at("2026-04-15 09:00"), at("2026-04-15 13:00"))
    assert afternoon == (at("2026-04-15 14:00"), at("2026-04-15 18:00"))
    assert morning[0] == datetime(2026, 4, 15, 6, tzinfo=UTC)
    assert {moment.tzinfo for moment in (*morning, *afternoon)} == {UTC}
