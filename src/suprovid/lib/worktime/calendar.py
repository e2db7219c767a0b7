"""When a term ends: working days, working hours, calendar days, an agreed date."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from .clock import MINUTE, WorkClock
from .days import ONE_DAY, days_from
from .terms import Due, Mode, Step, StepKind, Term, Unit
from .zone import earliest, to_minute, to_utc


@dataclass(frozen=True)
class WorkCalendar(WorkClock):
    """The working calendar of the company; `version` names it beside a stored term.

    A calendar is a value: build it once per version and keep it, for it remembers the
    days it has worked out.
    """

    mode: Mode = Mode.END_OF_DAY
    version: str = ""

    def due(self, event: datetime, term: Term) -> Due:
        """When a term that runs from `event` is due, and why.

        A term of 0 days is due at the end of the day of the next working instant; one
        of 0 hours, or of 0 days by the same clock, at that instant itself.
        """
        at = to_utc(event)
        if term.unit is Unit.WORKING_HOURS:
            return self._after_hours(at, term.count)
        if term.unit is Unit.WORKING_DAYS and self.mode is Mode.SAME_CLOCK:
            return self._by_same_clock(at, term.count)
        if term.count == 0:
            return self._by_end_of_next_day(at)
        if term.unit is Unit.CALENDAR_DAYS:
            return self._after_calendar_days(at, term.count)
        return self._after_working_days(at, term.count)

    def due_on(self, event: datetime, day: date) -> Due:
        """An agreed date: due at the end of its hours, or of the next working day's.

        A date that lay before the event stays what was agreed: it is due in the past.
        """
        return self._by_end_of(day, self._event(to_utc(event)))

    def _after_working_days(self, event: datetime, count: int) -> Due:
        day = self.local_day(event)
        last = self.add_working_days(day, count)
        return Due(self.end_of(last), (self._event(event), *self._count(day, last)))

    def _after_calendar_days(self, event: datetime, count: int) -> Due:
        """Every day counts alike, so of those between only the first is a step."""
        day = self.local_day(event)
        first = [self._step(day + ONE_DAY, StepKind.COUNTED, number=1)]
        steps = [self._event(event), *(first if count > 1 else [])]
        return self._by_end_of(day + count * ONE_DAY, *steps, number=count)

    def _by_end_of(self, day: date, *steps: Step, number: int | None = None) -> Due:
        """Civil Code art. 254: a last day that is off moves to the next working day."""
        last = self.add_working_days(day, 0)
        if last == day:
            end = [self._step(day, StepKind.DUE, number=number)]
        else:
            moved = self._step(day, StepKind.MOVED, number=number)
            due = self._step(last, StepKind.DUE)
            end = [moved, *self._passed(day, last), due]
        return Due(self.end_of(last), (*steps, *end))

    def _by_end_of_next_day(self, event: datetime) -> Due:
        last = self.local_day(self.next_working_instant(event))
        passed = self._passed(self.local_day(event), last)
        due = self._step(last, StepKind.DUE, number=0)
        return Due(self.end_of(last), (self._event(event), *passed, due))

    def _by_same_clock(self, event: datetime, count: int) -> Due:
        start = self.next_working_instant(event)
        day = self.local_day(start)
        steps = [self._event(event), *self._passed(self.local_day(event), day)]
        if count == 0:
            return Due(start, (*steps, self._step(day, StepKind.DUE, number=0)))
        if day != self.local_day(event):
            steps.append(self._step(day, StepKind.START))
        last = self.add_working_days(day, count)
        at = self._at_clock(last, self.local_time(start))
        return Due(at, (*steps, *self._count(day, last)))

    def _at_clock(self, day: date, clock: time) -> datetime:
        """That time of a working day: cut to its hours, inside its lunch to the end."""
        at = earliest(datetime.combine(day, clock), self.tz)
        later = (max(start, at) for start, end in self.intervals_on(day) if at < end)
        return next(later, self.end_of(day))

    def _after_hours(self, event: datetime, count: int) -> Due:
        start = self.next_working_instant(event)
        at = self.advance(start, timedelta(hours=count))
        # An end at midnight belongs to the day that it ends.
        last = self.local_day(at - timedelta.resolution if count else at)
        return Due(at, (self._event(event), *self._spend(event, at, last)))

    def _spend(self, event: datetime, at: datetime, last: date) -> Iterator[Step]:
        """The minutes that a term of hours uses of each day; an idle first one is
        not repeated, the step of the event stands for it."""
        first = self.local_day(event)
        for day in days_from(first, last):
            minutes = self._minutes_within(day, to_minute(event), to_minute(at))
            if day == last:
                yield self._step(day, StepKind.DUE, minutes=minutes)
            elif minutes:
                yield self._step(day, StepKind.COUNTED, minutes=minutes)
            elif day != first:
                yield self._step(day, StepKind.NOT_COUNTED)

    def _minutes_within(self, day: date, first: datetime, last: datetime) -> int:
        spans = self.intervals_on(day)
        cut = ((max(start, first), min(end, last)) for start, end in spans)
        return sum((end - start) // MINUTE for start, end in cut if start < end)

    def _count(self, event_day: date, last: date) -> Iterator[Step]:
        number = 0
        for day in days_from(event_day + ONE_DAY, last):
            if not self.is_working_day(day):
                yield self._step(day, StepKind.NOT_COUNTED)
                continue
            number += 1
            kind = StepKind.DUE if day == last else StepKind.COUNTED
            yield self._step(day, kind, number=number)

    def _passed(self, after: date, before: date) -> Iterator[Step]:
        for day in days_from(after + ONE_DAY, before - ONE_DAY):
            yield self._step(day, StepKind.NOT_COUNTED)

    def _event(self, event: datetime) -> Step:
        return self._step(self.local_day(event), StepKind.EVENT)

    def _step(
        self,
        day: date,
        kind: StepKind,
        *,
        number: int | None = None,
        minutes: int | None = None,
    ) -> Step:
        about = self.about(day)
        return Step(day, kind, number, minutes, about.note, about.kind)
