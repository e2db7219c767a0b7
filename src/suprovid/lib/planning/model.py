"""The words of the planner: clients, managers and their days; a plan and its parts.

Days are indexes into `Problem.days`, the working days of the horizon in their order.
Times are whole minutes of the day, from midnight: 540 is nine o'clock. Travel is in
minutes, distances are in kilometres. Everything is a value: a change is a new value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from .travel import Point, Travel

GRID = 5
"""Visits begin at multiples of so many minutes."""
MIDNIGHT = 24 * 60


class Rule(StrEnum):
    """How often the contract wants a visit."""

    WEEKLY = "weekly"  # one weekday in each week
    TWICE_A_MONTH = "twice_a_month"  # one weekday, every second week
    MONTHLY = "monthly"  # one day
    EVERY_N_DAYS = "every_n_days"  # gaps between least_gap and greatest_gap
    FIXED_WEEKDAYS = "fixed_weekdays"  # those weekdays in each week


GAPS = {
    Rule.WEEKLY: (3, 11),  # to whichever day of the next week it moves
    Rule.TWICE_A_MONTH: (8, 20),
    Rule.MONTHLY: (1, 62),
    Rule.EVERY_N_DAYS: (1, 31),
    Rule.FIXED_WEEKDAYS: (1, 14),
}
"""Least and greatest days between two visits where the contract says nothing."""


@dataclass(frozen=True, slots=True)
class Periodicity:
    """A rule; gaps are in calendar days between two visits, None = the rule's usual."""

    rule: Rule
    least_gap: int | None = None
    greatest_gap: int | None = None
    weekdays: frozenset[int] = frozenset()  # of FIXED_WEEKDAYS; Monday = 0

    @property
    def gaps(self) -> tuple[int, int]:
        least, greatest = GAPS[self.rule]
        return (
            least if self.least_gap is None else self.least_gap,
            greatest if self.greatest_gap is None else self.greatest_gap,
        )


@dataclass(frozen=True, slots=True)
class Window:
    """From `start` to `end`, both included where a visit may begin."""

    start: int
    end: int


WHOLE_DAY = (Window(0, MIDNIGHT),)


@dataclass(frozen=True, slots=True)
class Client:
    """Whom to visit: `windows` say when a visit may begin, by weekday.

    Windows of None mean any time of any day; a weekday that is not named is closed.
    """

    id: str
    site: Point
    minutes: int
    periodicity: Periodicity
    windows: Mapping[int, tuple[Window, ...]] | None = None
    owner: str | None = None  # None: any manager of the group who has the skills
    group: str = ""
    skills: frozenset[str] = frozenset()
    priority: int = 1
    last_visit: date | None = None  # the last one before the horizon
    since: date | None = None  # visits are wanted from that day on; None = all along

    def windows_on(self, day: date) -> tuple[Window, ...]:
        if self.windows is None:
            return WHOLE_DAY
        return self.windows.get(day.weekday(), ())


@dataclass(frozen=True, slots=True)
class Manager:
    id: str
    group: str = ""
    skills: frozenset[str] = frozenset()
    absences: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Lunch:
    """An idle stay of `minutes` inside the hours, on the road or at home."""

    start: int
    end: int
    minutes: int = 60


@dataclass(frozen=True, slots=True)
class Shift:
    """A manager's hours on a day.

    From leaving to return it takes at most `longest` minutes; those above `usual` are
    overtime, each at its price. None = no limit, no overtime.
    """

    manager: str
    day: int
    start: int
    end: int
    start_at: Point
    end_at: Point
    lunch: Lunch | None = None
    longest: int | None = None
    usual: int | None = None


@dataclass(frozen=True, slots=True)
class Pin:
    """What a person has settled for a client; each part may stand alone.

    A day: one visit is on it. A manager or a time with a day: of that day's visit;
    without a day: of all visits.
    """

    client: str
    day: int | None = None
    manager: str | None = None
    time: Window | None = None
    reason: str = ""

    def touches(self, client: str, day: int) -> bool:
        return self.client == client and self.day in (None, day)


@dataclass(frozen=True, slots=True)
class Band:
    """How many visits a manager-day should have, at both ends."""

    least: int = 0
    most: int = 1000


@dataclass(frozen=True, slots=True)
class Weights:
    """What a breach costs, in minutes of travel; in the order of importance."""

    unplaced: float = 100_000.0  # a visit left out, times the client's priority
    manager_change: float = 300.0  # a published visit goes to another manager
    day_change: float = 100.0  # a published visit goes to another day
    start_moved: float = 10.0  # a published start moves by more than half an hour
    overtime: float = 2.0  # a minute from leaving to return above the usual ones
    band: float = 1_000.0  # each visit below or above the band of a manager-day
    off_weekday: float = 30.0  # a day of the pattern moved off its weekday
    # These two choose among days of equal travel; above 0, the first also has a day
    # begin earlier for it, where that makes no overtime:
    late_in_window: float = 5.0  # a minute of the last half hour before one closes
    same_hour: float = 1.0  # a minute beside the hour of the client's other visits


class Reason(StrEnum):
    """Why a visit has no place in the plan."""

    NO_MANAGERS = "no_managers"
    UNKNOWN_OWNER = "unknown_owner"
    NO_SKILL = "no_skill"
    NO_SHIFT = "no_shift"
    BAD_SITE = "bad_site"
    BAD_VISIT = "bad_visit"
    BEYOND_REACH = "beyond_reach"
    NO_WINDOW = "no_window"
    NO_DAY = "no_day"
    NO_ROOM = "no_room"
    CALLED_OFF = "called_off"


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A visit that the contract wants and the plan has not; `day` when it is known."""

    client: str
    reason: Reason
    day: int | None = None
    told: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    client: str
    manager: str
    day: int
    arrive: int
    start: int
    end: int
    travel: float  # minutes from where the manager was before
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Trip:
    """A manager's day around its visits: leaving, return, lunch; travel in minutes."""

    manager: str
    day: int
    leave: int
    back: int
    travel: float
    lunch: Window | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    visits: tuple[Visit, ...]
    trips: tuple[Trip, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    seed: int = 0
    engine: str = ""

    @property
    def travel(self) -> float:
        """Minutes in the month."""
        return sum(trip.travel for trip in self.trips)

    def on(self, manager: str, day: int) -> tuple[Visit, ...]:
        """The visits of a manager-day in their order."""
        return self.by_day().get((manager, day), ())

    def by_day(self) -> dict[tuple[str, int], tuple[Visit, ...]]:
        days: dict[tuple[str, int], list[Visit]] = {}
        for visit in sorted(self.visits, key=lambda visit: visit.start):
            days.setdefault((visit.manager, visit.day), []).append(visit)
        return {key: tuple(visits) for key, visits in days.items()}

    def of(self, client: str) -> tuple[Visit, ...]:
        found = (visit for visit in self.visits if visit.client == client)
        return tuple(sorted(found, key=lambda visit: (visit.day, visit.start)))


@dataclass(frozen=True)
class Problem:
    """A horizon to plan. Identifiers are unique, days ascend; refused otherwise.

    Raises:
        ValueError: says which field.
    """

    days: tuple[date, ...]
    clients: tuple[Client, ...]
    managers: tuple[Manager, ...]
    shifts: tuple[Shift, ...]
    travel: Travel
    pins: tuple[Pin, ...] = ()
    previous: Plan | None = None
    band: Band = Band()
    weights: Weights = field(default_factory=Weights)

    def __post_init__(self) -> None:
        if list(self.days) != sorted(set(self.days)):
            raise ValueError("days: must ascend, each once.")
        _check_unique("clients", [client.id for client in self.clients])
        _check_unique("managers", [manager.id for manager in self.managers])
        _check_unique("shifts", [f"{s.manager} on {s.day}" for s in self.shifts])
        if any(not 0 <= shift.day < len(self.days) for shift in self.shifts):
            raise ValueError("shifts: a day is outside the horizon.")

    def at_work(self) -> dict[tuple[str, int], Shift]:
        """Shifts of managers who are not absent, by manager and day."""
        absent = {manager.id: manager.absences for manager in self.managers}
        return {
            (shift.manager, shift.day): shift
            for shift in self.shifts
            if shift.manager in absent and shift.day not in absent[shift.manager]
        }


def _check_unique(name: str, identifiers: list[str]) -> None:
    seen: set[str] = set()
    for identifier in identifiers:
        if identifier in seen:
            raise ValueError(f"{name}: {identifier} is there twice.")
        seen.add(identifier)
