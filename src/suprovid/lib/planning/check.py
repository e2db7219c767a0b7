"""A plan against its problem, by nothing but the two: an independent checker.

It shares no code with what makes plans. Violations are what must not be; remarks what
one would rather not have: a band missed, a visit off its client's weekday.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from .model import GRID, Client, Pin, Plan, Problem, Rule, Shift, Trip, Visit, Window
from .travel import Point

HAIR = 1e-6


class Kind(StrEnum):
    UNKNOWN = "unknown"  # a client, manager or day that is not in the problem
    TWICE = "twice"  # two visits to a client on a day, or too many in all
    FORGOTTEN = "forgotten"  # neither in the plan nor among the unplaced
    ABSENT = "absent"  # the manager is not at work
    OWNER = "owner"  # somebody else's client
    SKILL = "skill"
    GRID = "grid"  # not at a multiple of five minutes, or too short
    WINDOW = "window"
    TRAVEL = "travel"  # the next visit begins before one can be there
    SHIFT = "shift"  # left before, or returned after, the hours
    LONGEST = "longest"
    LUNCH = "lunch"
    GAP = "gap"  # fewer or more days between visits than the contract allows
    PATTERN = "pattern"  # not the days that the contract's rule wants
    PIN = "pin"
    BAND = "band"
    OFF_WEEKDAY = "off_weekday"


@dataclass(frozen=True, slots=True)
class Fault:
    kind: Kind
    told: str
    client: str | None = None
    manager: str | None = None
    day: int | None = None


def violations(problem: Problem, plan: Plan) -> tuple[Fault, ...]:
    checker = _Checker(problem, plan)
    unknown = tuple(checker.unknown())
    return unknown or (*checker.by_visit(), *checker.by_day(), *checker.by_client())


def remarks(problem: Problem, plan: Plan) -> tuple[Fault, ...]:
    checker = _Checker(problem, plan)
    if any(checker.unknown()):
        return ()
    return (*checker.bands(), *checker.weekdays())


@dataclass(frozen=True)
class _Checker:
    problem: Problem
    plan: Plan

    @cached_property
    def clients(self) -> dict[str, Client]:
        return {client.id: client for client in self.problem.clients}

    @cached_property
    def visits_of(self) -> dict[str, list[Visit]]:
        found: dict[str, list[Visit]] = {client: [] for client in self.clients}
        for visit in sorted(self.plan.visits, key=lambda v: (v.day, v.start)):
            found[visit.client].append(visit)
        return found

    @cached_property
    def shifts(self) -> dict[tuple[str, int], Shift]:
        absences = {m.id: m.absences for m in self.problem.managers}
        return {
            (s.manager, s.day): s
            for s in self.problem.shifts
            if s.day not in absences.get(s.manager, frozenset((s.day,)))
        }

    @cached_property
    def left_out(self) -> Counter[str]:
        return Counter(left_out.client for left_out in self.plan.unplaced)

    @cached_property
    def pins(self) -> dict[str, list[Pin]]:
        found: dict[str, list[Pin]] = {}
        for pin in self.problem.pins:
            found.setdefault(pin.client, []).append(pin)
        return found

    def unknown(self) -> Iterator[Fault]:
        managers = {manager.id for manager in self.problem.managers}
        for visit in self.plan.visits:
            days = range(len(self.problem.days))
            known = visit.client in self.clients and visit.manager in managers
            if not known or visit.day not in days:
                yield _of(visit, Kind.UNKNOWN, "is not of this problem")

    # ------------------------------------------------------------- one visit

    def by_visit(self) -> Iterator[Fault]:
        for visit in self.plan.visits:
            client = self.clients[visit.client]
            yield from self._who(visit, client)
            yield from self._when(visit, client)

    def _who(self, visit: Visit, client: Client) -> Iterator[Fault]:
        manager = next(m for m in self.problem.managers if m.id == visit.manager)
        pinned = {p.manager for p in self._pins_on(visit) if p.manager is not None}
        if pinned - {visit.manager}:
            yield _of(visit, Kind.PIN, "is pinned to another manager")
        theirs = visit.manager == client.owner
        if client.owner is None:
            theirs = manager.group == client.group
        if not theirs and visit.manager not in pinned:
            yield _of(visit, Kind.OWNER, "is made by another manager than its owner")
        if not client.skills <= manager.skills:
            yield _of(visit, Kind.SKILL, "asks for skills that the manager has not")

    def _when(self, visit: Visit, client: Client) -> Iterator[Fault]:
        # A visit that has run over is longer than it was to be.
        if visit.start % GRID or visit.end - visit.start < client.minutes:
            yield _of(visit, Kind.GRID, "is not on the grid, or too short")
        windows = client.windows_on(self.problem.days[visit.day])
        if not any(w.start <= visit.start <= w.end for w in windows):
            yield _of(visit, Kind.WINDOW, "begins outside the client's hours")
        for pin in self._pins_on(visit):
            if pin.time and not pin.time.start <= visit.start <= pin.time.end:
                yield _of(visit, Kind.PIN, "begins outside the pinned time")

    def _pins_on(self, visit: Visit) -> list[Pin]:
        found = self.pins.get(visit.client, ())
        return [pin for pin in found if pin.touches(visit.client, visit.day)]

    # ----------------------------------------------------------- one manager-day

    def by_day(self) -> Iterator[Fault]:
        trips = {(trip.manager, trip.day): trip for trip in self.plan.trips}
        for key, visits in self.plan.by_day().items():
            shift, trip = self.shifts.get(key), trips.get(key)
            if shift is None:
                yield _on(key, Kind.ABSENT, "the manager is not at work")
            elif trip is None:
                yield _on(key, Kind.SHIFT, "nothing says when the day begins")
            else:
                yield from _day(self._road(visits, shift, trip))

    def _road(self, visits: tuple[Visit, ...], shift: Shift, trip: Trip) -> _Road:
        way = [
            shift.start_at,
            *(self.clients[v.client].site for v in visits),
            shift.end_at,
        ]
        return _Road(visits, shift, trip, tuple(self._legs(way)), self.problem)

    def _legs(self, way: list[Point]) -> Iterator[float]:
        minutes = self.problem.travel.legs(way).minutes
        return (float(minutes[k, k + 1]) for k in range(len(way) - 1))

    def bands(self) -> Iterator[Fault]:
        band, by_day = self.problem.band, self.plan.by_day()
        for key in sorted(self.shifts):
            count = len(by_day.get(key, ()))
            if not band.least <= count <= band.most:
                yield _on(key, Kind.BAND, f"has {count} visits")

    # ---------------------------------------------------------------- one client

    def by_client(self) -> Iterator[Fault]:
        for client in self.problem.clients:
            visits = self.visits_of[client.id]
            days = [visit.day for visit in visits]
            if not visits and not self.left_out[client.id]:
                yield _about(client, Kind.FORGOTTEN, "is in the plan nowhere")
            if len(set(days)) < len(days):
                yield _about(client, Kind.TWICE, "is visited twice on a day")
            yield from self._gaps(client, visits)
            if not self._keeps_rule(client, visits):
                yield _about(client, Kind.PATTERN, "is not visited as the rule says")
            yield from self._pinned_days(client, days)

    def _gaps(self, client: Client, visits: list[Visit]) -> Iterator[Fault]:
        """A pin is a person's word: next to it gaps are not judged. Where a visit is
        left out, the days without one are known already."""
        least, greatest = client.periodicity.gaps
        if self.left_out[client.id]:
            greatest = 10**6
        for before, after in pairwise(visits):
            pinned = self._day_pinned(before) or self._day_pinned(after)
            between = self.problem.days[after.day] - self.problem.days[before.day]
            if not pinned and not least <= between.days <= greatest:
                yield _of(after, Kind.GAP, f"comes {between.days} days after another")

    def _day_pinned(self, visit: Visit) -> bool:
        return any(pin.day == visit.day for pin in self.pins.get(visit.client, ()))

    def _keeps_rule(self, client: Client, visits: list[Visit]) -> bool:
        known = len(visits) + self.left_out[client.id]
        rule = client.periodicity.rule
        if rule is Rule.WEEKLY:
            weeks = Counter(self._week(visit.day) for visit in visits)
            once = all(count == 1 for count in weeks.values())
            return once and known >= self._full_weeks(client)
        if rule is Rule.TWICE_A_MONTH:
            return known == 2 or self._full_weeks(client) < 4
        if rule is Rule.MONTHLY:
            return known == 1
        if rule is Rule.FIXED_WEEKDAYS:
            return known >= self._wanted_weekdays(client)
        return self.left_out[client.id] > 0 or self._never_too_long(client, visits)

    def _week(self, day: int) -> int:
        return (self.problem.days[day].toordinal() - 1) // 7

    def _first(self, client: Client) -> date:
        """From when visits are wanted."""
        return max(self.problem.days[0], client.since or self.problem.days[0])

    def _full_weeks(self, client: Client) -> int:
        """Weeks whose Monday to Friday lie between the first and the last day."""
        first = self._first(client).toordinal()
        last = self.problem.days[-1].toordinal()
        monday = first + (1 - first) % 7
        weeks = {self._week(day) for day in range(len(self.problem.days))}
        return sum(
            start + 4 <= last and (start - 1) // 7 in weeks
            for start in range(monday, last + 1, 7)
        )

    def _wanted_weekdays(self, client: Client) -> int:
        wanted, first = client.periodicity.weekdays, self._first(client)
        days = (day for day in self.problem.days if day >= first)
        return sum(day.weekday() in wanted for day in days)

    def _never_too_long(self, client: Client, visits: list[Visit]) -> bool:
        """Neither before the first visit nor after the last one."""
        _, greatest = client.periodicity.gaps
        first, last = self._first(client), self.problem.days[-1]
        days = [self.problem.days[visit.day] for visit in visits]
        before = client.last_visit or first - timedelta(days=1)
        allowed = max(before + timedelta(days=greatest), first + timedelta(days=6))
        early_enough = min(days, default=last) <= allowed
        return early_enough and (last - max(days, default=before)).days < greatest

    def _pinned_days(self, client: Client, days: list[int]) -> Iterator[Fault]:
        wanted = {p.day for p in self.pins.get(client.id, ()) if p.day is not None}
        if len(wanted - set(days)) > self.left_out[client.id]:
            yield _about(client, Kind.PIN, "is not visited on the pinned day")

    def weekdays(self) -> Iterator[Fault]:
        """Visits of a weekly rule off the client's most usual weekday."""
        for client in self.problem.clients:
            if client.periodicity.rule not in (Rule.WEEKLY, Rule.TWICE_A_MONTH):
                continue
            visits = self.visits_of[client.id]
            counts = Counter(self.problem.days[v.day].weekday() for v in visits)
            usual = counts.most_common(1)[0][0] if counts else 0
            for visit in visits:
                if self.problem.days[visit.day].weekday() != usual:
                    yield _of(visit, Kind.OFF_WEEKDAY, "is off the usual weekday")


@dataclass(frozen=True)
class _Road:
    """A manager-day as it is driven; `legs` in minutes at the usual pace."""

    visits: tuple[Visit, ...]
    shift: Shift
    trip: Trip
    legs: tuple[float, ...]
    problem: Problem

    def arrival(self, k: int, depart: float) -> float:
        return depart + self.legs[k] * self.problem.travel.slowdown(depart)

    @property
    def leave(self) -> float:
        """Written to the whole minute before; really less than a minute later."""
        written, start = self.trip.leave, self.visits[0].start
        on_the_way = self.arrival(0, written) - written
        # Not the next minute itself: another pace may begin with it.
        return max(written, min(written + 1 - HAIR / 2, start - on_the_way))

    @property
    def back(self) -> float:
        return self.arrival(len(self.visits), self.visits[-1].end)

    def fault(self, kind: Kind, told: str) -> Fault:
        return _on((self.shift.manager, self.shift.day), kind, told)


def _day(road: _Road) -> Iterator[Fault]:
    shift = road.shift
    if road.leave < shift.start - HAIR or road.back > shift.end + HAIR:
        yield road.fault(Kind.SHIFT, "leaves before or returns after the hours")
    if shift.longest is not None and road.back - road.leave > shift.longest + HAIR:
        yield road.fault(Kind.LONGEST, "is longer than a day may be")
    departures = [float(road.leave), *(float(visit.end) for visit in road.visits)]
    for k, visit in enumerate(road.visits):
        if road.arrival(k, departures[k]) > visit.start + HAIR:
            yield _of(visit, Kind.TRAVEL, "begins before one can be there")
    if shift.lunch is not None and not _eats(road):
        yield road.fault(Kind.LUNCH, "has no lunch, or not where it is written")


def _eats(road: _Road) -> bool:
    """The lunch is long enough, in its hours and the shift's, and idle."""
    lunch, wanted = road.trip.lunch, road.shift.lunch
    if lunch is None or wanted is None:
        return False
    first = max(wanted.start, road.shift.start)
    last = min(wanted.end, road.shift.end)
    long_enough = lunch.end - lunch.start >= wanted.minutes
    inside = first <= lunch.start and lunch.end <= last
    return long_enough and inside and _is_idle(road, lunch)


def _is_idle(road: _Road, lunch: Window) -> bool:
    if lunch.end <= road.leave + HAIR or road.back <= lunch.start + HAIR:
        return True
    for k in range(1, len(road.visits)):
        before, after = road.visits[k - 1].end, road.visits[k].start
        there = road.arrival(k, before) <= lunch.start + HAIR
        still_here = before <= lunch.start
        in_time = road.arrival(k, lunch.end) <= after + HAIR
        if (there and lunch.end <= after) or (still_here and in_time):
            return True
    return False


def _of(visit: Visit, kind: Kind, told: str) -> Fault:
    text = f"The visit to {visit.client} by {visit.manager} on day {visit.day} {told}."
    return Fault(kind, text, visit.client, visit.manager, visit.day)


def _on(key: tuple[str, int], kind: Kind, told: str) -> Fault:
    return Fault(kind, f"{key[0]} on day {key[1]}: {told}.", None, *key)


def _about(client: Client, kind: Kind, told: str) -> Fault:
    return Fault(kind, f"The client {client.id} {told}.", client.id)
