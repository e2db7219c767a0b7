"""A slow second opinion: a ledger of days and a scan of every UTC minute of each.

It reads the same rows as the library and shares no line with it.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from suprovid.lib.worktime import Hours, WorkCalendar

MINUTE = timedelta(minutes=1)
KYIV = ZoneInfo("Europe/Kyiv")


class Oracle:
    def __init__(self, calendar: WorkCalendar) -> None:
        self.calendar = calendar
        self.rows = {row.day: row.hours for row in calendar.exceptions}
        self.first = min(week.valid_from for week in calendar.weeks)
        self.usual: list[Hours | None] = []
        self.ledger = self._ledger()

    def hours_on(self, day: date) -> Hours | None:
        if day in self.rows:
            return self.rows[day]
        number = (day - self.first).days
        while len(self.usual) <= number:
            self.usual.append(next(self.ledger))
        return self.usual[number] if number >= 0 else None

    def _ledger(self) -> Iterator[Hours | None]:
        """Walk the days in order and pay each holiday on a day off when it is due."""
        day, debt = self.first, 0
        while True:
            pattern = self._pattern(day)
            holiday, worked = day in self.calendar.holidays, self._martial(day)
            is_off = pattern is None
            if pattern is None and holiday and not worked:
                debt += 1
            elif pattern is not None and worked:
                debt = 0
            elif pattern is not None and holiday:
                is_off = True
            elif pattern is not None and debt:
                debt, is_off = debt - 1, True
            yield None if is_off else pattern
            day += timedelta(days=1)

    def _pattern(self, day: date) -> Hours | None:
        begun = [week for week in self.calendar.weeks if week.valid_from <= day]
        return max(begun, key=lambda week: week.valid_from).days[day.weekday()]

    def _martial(self, day: date) -> bool:
        answer, youngest = False, date.min
        for regime in self.calendar.regimes:
            ended = regime.valid_to is not None and regime.valid_to < day
            if youngest < regime.valid_from <= day and not ended:
                answer, youngest = regime.holidays_work, regime.valid_from
        return answer

    def is_working_day(self, day: date) -> bool:
        return self.hours_on(day) is not None

    def nth_working_day_after(self, day: date, count: int) -> date:
        while count:
            day += timedelta(days=1)
            count -= self.is_working_day(day)
        return day

    def minutes_of_hours(self, day: date) -> list[datetime]:
        """Minutes of a date from start to end, lunch included, by first instants."""
        hours = self.hours_on(day)
        if hours is None:
            return []
        return _within(minutes_shown_on(day), hours.start, hours.end)

    def minutes_on(self, day: date) -> list[datetime]:
        hours = self.hours_on(day)
        if hours is None:
            return []
        eaten = _within(minutes_shown_on(day), hours.lunch_start, hours.lunch_end)
        return [minute for minute in self.minutes_of_hours(day) if minute not in eaten]

    def minutes_from(self, at: datetime) -> Iterator[datetime]:
        day = at.astimezone(KYIV).date()
        while True:
            yield from (minute for minute in self.minutes_on(day) if minute >= at)
            day += timedelta(days=1)

    def minutes_between(self, a: datetime, b: datetime) -> int:
        count = 0
        day, last = a.astimezone(KYIV).date(), b.astimezone(KYIV).date()
        while day <= last:
            count += sum(a <= minute < b for minute in self.minutes_on(day))
            day += timedelta(days=1)
        return count

    def end_of(self, day: date) -> datetime:
        return self.minutes_of_hours(day)[-1] + MINUTE


@cache
def minutes_shown_on(day: date) -> list[tuple[datetime, time]]:
    """Every UTC minute at which the calendar on the wall in Kyiv shows this date."""
    midnight = datetime.combine(day, time(0), tzinfo=UTC)
    scanned = [midnight + n * MINUTE for n in range(-4 * 60, 25 * 60)]
    local = [(minute, minute.astimezone(KYIV)) for minute in scanned]
    return [(minute, wall.time()) for minute, wall in local if wall.date() == day]


def _within(
    shown: list[tuple[datetime, time]], start: time | None, end: time | None
) -> list[datetime]:
    """From the first minute that shows `start` or more to the last under `end`."""
    if start is None or end is None:
        return []
    begun = [n for n, (_, wall) in enumerate(shown) if wall >= start]
    open_still = [
        n for n, (_, wall) in enumerate(shown) if wall < end or end == time(0)
    ]
    if not begun or not open_still:
        return []
    return [minute for minute, _ in shown[begun[0] : open_still[-1] + 1]]
