"""What a company says about its days: hours, weeks, regimes and single days."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from itertools import pairwise

DAYS_IN_WEEK = 7
MINUTES_IN_DAY = 24 * 60


class NoWorkingTime(Exception):
    """The calendar has no working day for years: a term would never end."""


class DayKind(StrEnum):
    """Why a day is what it is. A page translates the word."""

    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    TRANSFERRED = "transferred"  # off instead of a holiday that fell on a day off
    DAY_OFF = "day_off"  # off by a row of the company
    EXTRA = "extra"  # works by a row of the company, usually off
    SHORT = "short"
    CHANGED = "changed"  # other hours than usual, not fewer
    BEFORE = "before"  # the calendar had not begun


@dataclass(frozen=True)
class Hours:
    """Working hours within one date, to the minute; an end of 00:00 is midnight."""

    start: time
    end: time
    lunch_start: time | None = None
    lunch_end: time | None = None

    def __post_init__(self) -> None:
        given = (self.start, self.lunch_start, self.lunch_end, self.end)
        marks = [mark for mark in given if mark is not None]
        if (self.lunch_start is None) != (self.lunch_end is None):
            raise ValueError("Give a lunch both its beginning and its end.")
        if any(mark.tzinfo or mark.second or mark.microsecond for mark in marks):
            raise ValueError("Give working hours in whole minutes, without a zone.")
        minutes = [*map(_minute, marks[:-1]), _minute(self.end) or MINUTES_IN_DAY]
        if any(later <= earlier for earlier, later in pairwise(minutes)):
            raise ValueError("Give hours in order of time, within one date.")

    @property
    def ends_at_midnight(self) -> bool:
        return self.end == time(0)

    @property
    def minutes(self) -> int:
        whole = (_minute(self.end) or MINUTES_IN_DAY) - _minute(self.start)
        if self.lunch_start is None or self.lunch_end is None:
            return whole
        return whole - (_minute(self.lunch_end) - _minute(self.lunch_start))


@dataclass(frozen=True)
class Week:
    """Hours of the seven days, Monday first, from a date on; None is a day off."""

    valid_from: date
    days: tuple[Hours | None, ...]

    def __post_init__(self) -> None:
        if len(self.days) != DAYS_IN_WEEK:
            raise ValueError("Give a week seven days, Monday first.")


@dataclass(frozen=True)
class Regime:
    """Dates, both included, on which holidays work (martial law) or do not (peace).

    A date that no regime covers is peace; of two that cover it the younger wins.
    """

    valid_from: date
    valid_to: date | None
    holidays_work: bool
    name: str = ""

    def __post_init__(self) -> None:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("End a regime on its first day or later.")

    def covers(self, day: date) -> bool:
        return self.valid_from <= day <= (self.valid_to or date.max)


@dataclass(frozen=True)
class DayRow:
    """One date as the company has decided it; it wins over week and holiday."""

    day: date
    hours: Hours | None
    note: str = ""


def _minute(mark: time) -> int:
    return mark.hour * 60 + mark.minute
