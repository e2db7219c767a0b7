"""Time in the demo: stories told side by side, the worker's turns in between."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from suprovid.lib.worktime import WorkCalendar

KYIV = ZoneInfo("Europe/Kyiv")
Story = Iterator[datetime]


HOME = time(17, 40)
"""When the department is done with its day."""


def last_day(calendar: WorkCalendar, now: datetime) -> date:
    """The last working day that was worked to its end."""
    day = now.astimezone(KYIV).date()
    if calendar.is_working_day(day) and now.astimezone(KYIV).time() >= HOME:
        return day
    return calendar.add_working_days(day, -1)


@dataclass
class Days:
    """Moments by working days back from `today`, the last day of the telling."""

    calendar: WorkCalendar
    today: date

    def at(self, back: int, clock: str) -> datetime:
        """The clock in Kyiv on the working day that many working days before today."""
        day = self.calendar.add_working_days(self.today, -back) if back else self.today
        return datetime.combine(day, time.fromisoformat(clock), KYIV)

    def saturday(self, back: int, clock: str) -> datetime:
        """The first Saturday after that working day."""
        day = self.at(back, "12:00").date()
        ahead = (5 - day.weekday()) % 7
        return datetime.combine(
            date.fromordinal(day.toordinal() + ahead), time.fromisoformat(clock), KYIV
        )


@dataclass
class Telling:
    """Stories in one order of time. A story yields when it goes on next."""

    until: datetime
    clock: Callable[[datetime], None]
    """Sets the department's clock before a story goes on."""
    turn: Callable[[datetime], None]
    """A turn of the worker."""
    _queue: list[tuple[datetime, int, Story]] = field(default_factory=list)
    _count: int = 0

    def add(self, story: Story) -> None:
        self._next(story)

    def _next(self, story: Story) -> None:
        moment = next(story, None)
        if moment is not None and moment <= self.until:
            self._count += 1
            heapq.heappush(self._queue, (moment, self._count, story))

    def run(self, progress: Callable[[float], None]) -> None:
        """Tell everything that happens before `until`, each step at its moment."""
        told = 0
        while self._queue:
            moment, _number, story = heapq.heappop(self._queue)
            self.clock(moment)
            self._next(story)
            told += 1
            if not self._queue or self._queue[0][0] > moment:
                self.turn(moment)
            progress(told / (told + len(self._queue)))
        self.turn(self.until)
