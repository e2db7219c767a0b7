"""What a calendar is made of, and one change of it, tried out before it is made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from suprovid.journal.rules import canonical, sha256
from suprovid.lib.decision import Decision, allow, deny
from suprovid.lib.worktime import DayRow, Hours, Mode, Regime, Week, WorkCalendar
from suprovid.obligations.rules.standard import row_of


@dataclass(frozen=True)
class CalendarRows:
    """The rows of a calendar as values; `version` is a digest of their content."""

    weeks: tuple[Week, ...]
    holidays: tuple[tuple[date, str], ...]
    regimes: tuple[Regime, ...]
    days: tuple[DayRow, ...]
    mode: Mode

    def calendar(self) -> WorkCalendar:
        return WorkCalendar(
            weeks=self.weeks,
            holidays=dict(self.holidays),
            regimes=self.regimes,
            exceptions=self.days,
            mode=self.mode,
            version=self.version,
        )

    @property
    def version(self) -> str:
        weeks = [[str(w.valid_from), [row_of(h) for h in w.days]] for w in self.weeks]
        holidays = [[str(day), name] for day, name in self.holidays]
        regimes = [
            [str(r.valid_from), str(r.valid_to), r.holidays_work, r.name]
            for r in self.regimes
        ]
        days = [[str(d.day), row_of(d.hours), d.note] for d in self.days]
        return sha256(canonical([weeks, holidays, regimes, days]))


class ThingChanged(StrEnum):
    """What of the calendar a change is about."""

    WEEK = "week"
    DAY = "day"
    USUAL_DAY = "usual_day"
    REGIME = "regime"
    MODE = "mode"


@dataclass(frozen=True)
class CalendarChange:
    """One change: of a week from a day on, of one day, of a regime, of the reckoning.

    `note` is what the company calls it; people read it in "why this date".
    """

    thing: ThingChanged
    day: date
    note: str = ""
    week: tuple[Hours | None, ...] = ()
    hours: Hours | None = None
    last_day: date | None = None
    holidays_work: bool = False
    mode: Mode | None = None

    def made(self, rows: CalendarRows) -> CalendarRows:
        """The rows as they would be after it."""
        if self.thing is ThingChanged.WEEK:
            other = (w for w in rows.weeks if w.valid_from != self.day)
            weeks = sorted((*other, Week(self.day, self.week)), key=_begins)
            return replace(rows, weeks=tuple(weeks))
        if self.thing is ThingChanged.REGIME:
            regime = Regime(self.day, self.last_day, self.holidays_work, self.note)
            # Sorting is stable: of two that begin together the newer comes later.
            regimes = sorted((*rows.regimes, regime), key=lambda r: r.valid_from)
            return replace(rows, regimes=tuple(regimes))
        if self.thing is ThingChanged.MODE:
            return replace(rows, mode=self.mode or rows.mode)
        days = [d for d in rows.days if d.day != self.day]
        if self.thing is ThingChanged.DAY:
            days.append(DayRow(self.day, self.hours, self.note))
        return replace(rows, days=tuple(sorted(days, key=lambda d: d.day)))

    def as_json(self) -> dict[str, Any]:
        return {
            "thing": self.thing.value,
            "day": self.day.isoformat(),
            "week": [row_of(hours) for hours in self.week],
            "hours": row_of(self.hours),
            "last_day": self.last_day.isoformat() if self.last_day else None,
            "holidays_work": self.holidays_work,
            "mode": self.mode.value if self.mode else None,
        }


def _begins(week: Week) -> date:
    return week.valid_from


def fits(change: CalendarChange) -> Decision:
    """Whether a change says what its thing needs."""
    if change.thing is ThingChanged.WEEK and not _is_week(change.week):
        return deny("Give a week seven days, Monday first, and work on some of them.")
    if change.thing is ThingChanged.MODE and change.mode is None:
        return deny("Say how a term of working days is to end.")
    if change.last_day is not None and change.last_day < change.day:
        return deny("The last day comes before the first.")
    named = (ThingChanged.DAY, ThingChanged.REGIME)
    if change.thing in named and not change.note.strip():
        return deny("Say what it is: people read it in “why this date”.")
    return allow()


def _is_week(week: tuple[Hours | None, ...]) -> bool:
    return len(week) == 7 and any(week)
