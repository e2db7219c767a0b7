"""Which dates are worked: week, holidays, regimes and rows laid over one another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from .pattern import DayKind, DayRow, Hours, NoWorkingTime, Regime, Week

ONE_DAY = timedelta(days=1)
HORIZON = 3 * 366  # so many idle days in a row, and a term is said never to end


class Day(NamedTuple):
    hours: Hours | None
    kind: DayKind
    note: str


@dataclass(frozen=True)
class WorkDays:
    """The dates of a calendar, from its first week on.

    A row of the company wins over everything. Otherwise a holiday is off unless its
    regime says that holidays work; under peace a holiday on a weekly day off makes the
    next working day off (Labour Code art. 67), counted by week and holidays alone.
    """

    weeks: tuple[Week, ...]
    holidays: Mapping[date, str] = field(default_factory=dict, hash=False)
    regimes: tuple[Regime, ...] = ()
    exceptions: tuple[DayRow, ...] = ()

    def __post_init__(self) -> None:
        if len({week.valid_from for week in self.weeks}) < len(self.weeks):
            raise ValueError("Begin every week pattern on a date of its own.")
        if len(self._rows) < len(self.exceptions):
            raise ValueError("Give a date one exception, not two.")

    def hours_on(self, day: date) -> Hours | None:
        return self.about(day).hours

    def why(self, day: date) -> DayKind:
        return self.about(day).kind

    def is_working_day(self, day: date) -> bool:
        return self.about(day).hours is not None

    def about(self, day: date) -> Day:
        """Hours, kind and note of a date; a holiday that works keeps its name."""
        known = self._known_days.get(day)
        if known is None:
            known = self._known_days[day] = self._read(day)
        return known

    def working_days(self, first: date, last: date) -> Iterator[date]:
        """Working days from `first` to `last`, both included."""
        return (day for day in days_from(first, last) if self.is_working_day(day))

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after `day`, or before it when n is negative.

        With n = 0 it is `day` itself, or the next working day when that is off.
        """
        step = -1 if n < 0 else 1
        start = day + step * ONE_DAY if n else day
        return next(islice(self._walk(start, step), max(abs(n) - 1, 0), None))

    def _walk(self, day: date, step: int = 1) -> Iterator[date]:
        """Working days without end, `day` included."""
        idle = 0
        while idle < HORIZON:
            idle += 1
            if self.is_working_day(day):
                idle = 0
                yield day
            day += step * ONE_DAY
        raise NoWorkingTime(
            f"The calendar has no working day in {HORIZON} days up to {day}: "
            "give it a week pattern with working hours."
        )

    def _read(self, day: date) -> Day:
        usual = self._usual(day)
        row = self._rows.get(day)
        if row is None:
            return usual
        return Day(row.hours, _kind_of_row(row.hours, usual.hours), row.note)

    def _usual(self, day: date) -> Day:
        week = self._week_of(day)
        if week is None:
            return Day(None, DayKind.BEFORE, "")
        hours, holiday = week.days[day.weekday()], self.holidays.get(day, "")
        if day in self._transfers:
            return Day(None, DayKind.TRANSFERRED, self._transfers[day])
        if day in self.holidays and not self._holidays_work(day):
            return Day(None, DayKind.HOLIDAY, holiday)
        return Day(hours, DayKind.WORKING if hours else DayKind.WEEKEND, holiday)

    def _week_of(self, day: date) -> Week | None:
        return next((w for w in self._weeks if w.valid_from <= day), None)

    def _holidays_work(self, day: date) -> bool:
        return next((r.holidays_work for r in self._regimes if r.covers(day)), False)

    def _is_worked_by_week(self, day: date) -> bool:
        week = self._week_of(day)
        return week is not None and week.days[day.weekday()] is not None

    @cached_property
    def _transfers(self) -> dict[date, str]:
        """Days off owed by holidays on days off; two such holidays owe two days."""
        owed: dict[date, str] = {}
        for holiday in sorted(self.holidays):
            if self._week_of(holiday) is None or self._is_worked_by_week(holiday):
                continue
            heir = None if self._holidays_work(holiday) else self._heir(holiday, owed)
            # Once holidays work, nothing is transferred: Law 2136-IX art. 6.
            if heir is not None and not self._holidays_work(heir):
                owed[heir] = self.holidays[holiday]
        return owed

    def _heir(self, holiday: date, owed: Mapping[date, str]) -> date | None:
        """The first day after a holiday that would be worked but for its transfer."""
        later = days_from(holiday + ONE_DAY, holiday + HORIZON * ONE_DAY)
        taken = {*self.holidays, *owed}
        free = (day for day in later if day not in taken or self._holidays_work(day))
        return next(filter(self._is_worked_by_week, free), None)

    @cached_property
    def _weeks(self) -> list[Week]:
        return sorted(self.weeks, key=lambda week: week.valid_from, reverse=True)

    @cached_property
    def _regimes(self) -> list[Regime]:
        return sorted(self.regimes, key=lambda regime: regime.valid_from, reverse=True)

    @cached_property
    def _rows(self) -> dict[date, DayRow]:
        return {row.day: row for row in self.exceptions}

    @cached_property
    def _known_days(self) -> dict[date, Day]:
        return {}


def days_from(first: date, last: date) -> Iterator[date]:
    """Dates from `first` to `last`, both included; none when `last` is earlier."""
    return (first + n * ONE_DAY for n in range((last - first).days + 1))


def _kind_of_row(hours: Hours | None, usual: Hours | None) -> DayKind:
    if hours is None:
        return DayKind.DAY_OFF
    if usual is None:
        return DayKind.EXTRA
    if hours.minutes < usual.minutes:
        return DayKind.SHORT
    return DayKind.WORKING if hours == usual else DayKind.CHANGED
