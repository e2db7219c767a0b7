"""Which instants are worked, and how much working time lies between two of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from zoneinfo import ZoneInfo

from .days import ONE_DAY, WorkDays, days_from
from .pattern import Hours
from .zone import earliest, latest, to_minute, to_utc

Interval = tuple[datetime, datetime]

MINUTE = timedelta(minutes=1)
FINEST_SHARE = 1_000_000  # a float share is read as the fraction it stands for


@dataclass(frozen=True)
class WorkClock(WorkDays):
    """The instants of a calendar: of an interval the start is worked, the end is not.

    Hours are what the clock on the wall shows. They begin when it first shows their
    start or more, and end when it last shows less than their end: the hour that spring
    jumps over is not worked, the autumn hour is worked twice. A lunch likewise.
    """

    zone: str = "Europe/Kyiv"

    def __post_init__(self) -> None:
        super().__post_init__()
        ZoneInfo(self.zone)  # an unknown zone is refused here, not at the first term

    def local_day(self, instant: datetime) -> date:
        return instant.astimezone(self.tz).date()

    def local_time(self, instant: datetime) -> time:
        return instant.astimezone(self.tz).time()

    def intervals_on(self, day: date) -> tuple[Interval, ...]:
        """Worked intervals of a date in UTC, lunch taken out."""
        known = self._known_intervals.get(day)
        if known is None:
            known = self._known_intervals[day] = self._lay_out(day, self.hours_on(day))
        return known

    def minutes_on(self, day: date) -> int:
        return sum((end - start) // MINUTE for start, end in self.intervals_on(day))

    def end_of(self, day: date) -> datetime:
        """The end of working hours of a working day."""
        hours = self.hours_on(day)
        if hours is None:
            raise ValueError(f"{day} is a day off: it has no end of working hours.")
        return self._end_of(day, hours)

    def is_working(self, instant: datetime) -> bool:
        at = to_utc(instant)
        intervals = self.intervals_on(self.local_day(at))
        return any(start <= at < end for start, end in intervals)

    def next_working_instant(self, instant: datetime) -> datetime:
        """The instant itself when it is worked, otherwise the next one that is."""
        at = to_utc(instant)
        start, _ = next(self._intervals_from(at))
        return max(at, start)

    def minutes_between(self, a: datetime, b: datetime) -> int:
        """Working minutes from a to b, both cut to the minute; negative if b < a."""
        return self.worked(to_minute(to_utc(a)), to_minute(to_utc(b))) // MINUTE

    def worked(self, a: datetime, b: datetime) -> timedelta:
        """Working time from a to b, exact; negative if b < a."""
        a, b = to_utc(a), to_utc(b)
        first, last = self.local_day(a), self.local_day(b)
        between = self._minutes_before(last, since=first) * MINUTE
        return between + self._ran_on(last, b) - self._ran_on(first, a)

    def advance(self, instant: datetime, span: timedelta) -> datetime:
        """The first instant by which so much working time has run."""
        at = to_utc(instant)
        intervals = self._intervals_from(at)
        while span > timedelta():
            start, end = next(intervals)
            begun = max(at, start)
            at = min(end, begun + span)
            span -= at - begun
        return at

    def point(
        self, opened: datetime, due: datetime, share: Fraction | float
    ) -> datetime:
        """When that share of the working time from `opened` to `due` has run.

        A term that was due before it was opened has its points at `due`.
        """
        part = Fraction(share).limit_denominator(FINEST_SHARE)
        if not 0 <= part <= 1:
            raise ValueError("Give a share between 0 and 1.")
        start, end = to_utc(opened), to_utc(due)
        if end <= start:
            return end
        whole = self.worked(start, end) // timedelta.resolution
        return self.advance(start, int(whole * part) * timedelta.resolution)

    def _end_of(self, day: date, hours: Hours) -> datetime:
        date_of_end = day + ONE_DAY if hours.ends_at_midnight else day
        return latest(datetime.combine(date_of_end, hours.end), self.tz)

    def _lay_out(self, day: date, hours: Hours | None) -> tuple[Interval, ...]:
        if hours is None:
            return ()
        marks = [earliest(datetime.combine(day, hours.start), self.tz)]
        if hours.lunch_start is not None and hours.lunch_end is not None:
            marks += [
                earliest(datetime.combine(day, hours.lunch_start), self.tz),
                latest(datetime.combine(day, hours.lunch_end), self.tz),
            ]
        marks.append(self._end_of(day, hours))
        pairs = zip(marks[::2], marks[1::2], strict=True)
        return tuple((start, end) for start, end in pairs if start < end)

    def _intervals_from(self, at: datetime) -> Iterator[Interval]:
        """Intervals without end, the one that holds `at` first."""
        for day in self._walk(self.local_day(at)):
            yield from (span for span in self.intervals_on(day) if span[1] > at)

    def _ran_on(self, day: date, at: datetime) -> timedelta:
        """Working time of a date that has run by `at`."""
        begun = (span for span in self.intervals_on(day) if span[0] < at)
        return sum((min(end, at) - start for start, end in begun), timedelta())

    def _minutes_before(self, day: date, *, since: date) -> int:
        """Minutes of the dates from `since` up to but without `day`, by months."""
        if day < since:
            return -self._minutes_before(since, since=day)
        months = range(_month_index(since), _month_index(day))
        whole = sum(self._month(index)[-1] for index in months)
        until_day = self._month(_month_index(day))[day.day - 1]
        return whole + until_day - self._month(_month_index(since))[since.day - 1]

    def _month(self, index: int) -> list[int]:
        """Running sums of a month: minutes before its 1st, its 2nd ... its end."""
        known = self._known_months.get(index)
        if known is None:
            first, after = _first_of(index), _first_of(index + 1)
            minutes = map(self.minutes_on, days_from(first, after - ONE_DAY))
            known = self._known_months[index] = list(accumulate(minutes, initial=0))
        return known

    @cached_property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @cached_property
    def _known_intervals(self) -> dict[date, tuple[Interval, ...]]:
        return {}

    @cached_property
    def _known_months(self) -> dict[int, list[int]]:
        return {}


def _month_index(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first_of(index: int) -> date:
    year, month = divmod(index, 12)
    return date(year, month + 1, 1)
