"""When a term is due, and its points (PROCESS 2, 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Self

from suprovid.journal.rules import moment
from suprovid.lib.worktime import Due, Term, Unit, WorkCalendar
from suprovid.obligations.rules.terms import USUAL_SHARE, Point, State


@dataclass(frozen=True)
class Recipe:
    """What a due moment is worked out from, so that it can be worked out again.

    With a term and an agreed day the earlier of both counts (PROCESS 3.5). A term runs
    from the opening, unless it is said to run `since` another moment (PROCESS 2).
    """

    term: Term | None = None
    on: date | None = None
    since: datetime | None = None

    def due(self, opened: datetime, calendar: WorkCalendar) -> Due:
        found = []
        if self.on is not None:
            found.append(calendar.due_on(opened, self.on))
        if self.term is not None:
            found.append(calendar.due(self.since or opened, self.term))
        return min(found, key=lambda due: due.at)

    def __bool__(self) -> bool:
        return self.term is not None or self.on is not None

    def as_json(self) -> dict[str, Any] | None:
        data = self.term.as_json() if self.term else {}
        if self.on is not None:
            data["on"] = self.on.isoformat()
        if self.since is not None:
            data["since"] = moment(self.since)
        return data or None

    @classmethod
    def from_json(cls, data: Mapping[str, Any] | None) -> Self:
        if not data:
            return cls()
        return cls(
            term=Term.from_json(data) if "count" in data else None,
            on=date.fromisoformat(data["on"]) if "on" in data else None,
            since=datetime.fromisoformat(data["since"]) if "since" in data else None,
        )


@dataclass(frozen=True)
class Points:
    """The moments of a term. From `soon_at` it is coloured; `warn_at` also fires."""

    due_at: datetime
    soon_at: datetime
    warn_at: datetime | None = None


def points(
    calendar: WorkCalendar,
    *,
    opened: datetime,
    due: datetime,
    share: Decimal | None,
    term: Term | None = None,
) -> Points:
    """Where a term warns: 80 % of its working time, if it lasts a day or more."""
    soon = calendar.point(opened, due, float(share or USUAL_SHARE))
    by_days = term is not None and term.unit is not Unit.WORKING_HOURS and term.count
    long = by_days or calendar.minutes_between(opened, due) >= day_length(calendar, due)
    warn = soon if share is not None and long and soon < due else None
    return Points(due, soon, warn)


def day_length(calendar: WorkCalendar, at: datetime) -> int:
    """Minutes of an ordinary working day of that time: what "1 day" means."""
    day = calendar.local_day(at)
    week = max(
        (w for w in calendar.weeks if w.valid_from <= day),
        key=lambda w: w.valid_from,
        default=None,
    )
    lengths = [hours.minutes for hours in week.days if hours] if week else []
    return max(lengths, default=480)


def next_moment(points: Points, *, passed: datetime | None = None) -> datetime:
    """The first point to fire; a warning that lies in the past is not made up for."""
    warn = points.warn_at
    if warn is not None and (passed is None or warn > passed):
        return warn
    return points.due_at


def point_at(points: Points, now: datetime) -> tuple[Point, datetime]:
    """The latest point that has come, with its own moment (PROCESS 4, outages)."""
    if points.due_at <= now or points.warn_at is None:
        return Point.MISSED, points.due_at
    return Point.WARNING, points.warn_at


def missed_at(
    *, due: datetime, ended: datetime, already: datetime | None
) -> datetime | None:
    """What stays on an obligation that ends: also a miss that nobody saw fire."""
    return already or (due if ended > due else None)


def state(*, now: datetime, soon_at: datetime, due_at: datetime, ended: bool) -> State:
    if ended:
        return "met"
    if due_at <= now:
        return "late"
    return "soon" if soon_at <= now else "calm"
