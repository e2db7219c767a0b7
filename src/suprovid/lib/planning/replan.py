"""A published plan after something has happened: few changes, nothing before now.

What happened frees some visits; all others keep day and manager, and their hours where
they can. The free ones are put in one by one, the one with least choice first, where it
is cheapest: travel, a day changed, a manager changed, others' hours moved. A substitute
is a pin in the new problem, so that it is seen and the checker knows of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from .assemble import wanted
from .calendar import monday
from .changes import (
    NOT_BEGUN,
    Absence,
    CalledOff,
    Change,
    Moment,
    NewClient,
    Overrun,
    after,
    begun,
    what_is_left,
)
from .difference import Difference, difference
from .ground import Ground, told
from .hours import Hours, at
from .insertion import Book, Place
from .model import (
    Client,
    Pin,
    Plan,
    Problem,
    Reason,
    Rule,
    Shift,
    Unplaced,
    Visit,
)
from .patterns import allowed_patterns, keeps_gaps

FEW = 1.2
"""Changed visits for each one that what happened has freed: more are too many."""
STILL = 1_000.0
"""Price of a moved start, in minutes of travel, where otherwise too many would move."""


@dataclass(frozen=True, slots=True)
class Replanned:
    """The new plan of the new problem, and what differs from the published one."""

    problem: Problem
    plan: Plan
    difference: Difference


@dataclass(frozen=True, slots=True)
class Free:
    """A visit to place: the published one (None = a new one) and its days."""

    client: Client
    days: tuple[int, ...]
    visit: Visit | None = None


def replan(
    problem: Problem,
    plan: Plan,
    change: Change,
    *,
    now: Moment = NOT_BEGUN,
    substitutes: bool = True,
) -> Replanned:
    """The plan after the change. What finds no place is unplaced, with its reason.

    Raises:
        ValueError: the change speaks of somebody who is not there.
    """
    changed = after(problem, plan, change, now)
    desk = _Desk(changed, plan, change, now, substitutes)
    found = desk.replanned()
    if len(found.difference.changed) <= FEW * desk.freed:
        return found
    desk = _Desk(changed, plan, change, now, substitutes, still=True)
    return min(found, desk.replanned(), key=_unrest)


def _unrest(found: Replanned) -> tuple[int, int]:
    return found.difference.unplaced, len(found.difference.changed)


@dataclass
class _Desk:
    problem: Problem
    published: Plan
    change: Change
    now: Moment
    substitutes: bool
    still: bool = False  # others' hours matter more than who comes
    freed: int = 0
    plan: Plan = field(init=False)
    waiting: list[Free] = field(default_factory=list)
    touched: set[tuple[str, int]] = field(default_factory=set)
    known: dict[tuple[str, tuple[str, int]], Place | None] = field(default_factory=dict)
    _open: Book | None = None

    def __post_init__(self) -> None:
        self.plan = self.published
        self.weights = self.problem.weights
        if self.still:
            still = replace(self.weights, start_moved=STILL)
            self.problem = replace(self.problem, weights=still)
        self.ground = Ground(self.problem)
        self.frozen = begun(self.published, self.now)
        self.promised = {(v.client, v.day): v.start for v in self.published.visits}
        self.shifts = what_is_left(self.problem, self.published, self.now, self.change)

    def replanned(self) -> Replanned:
        self.free()
        self.freed = len(self.waiting)
        self.place_all()
        plan, problem = self.finished(), replace(self.problem, weights=self.weights)
        return Replanned(problem, plan, difference(self.published, plan))

    # ------------------------------------------------------------- what is free

    def free(self) -> None:
        if isinstance(self.change, NewClient):
            self._want(self.change.client)
        elif isinstance(self.change, CalledOff):
            self._call_off(self.change)
        elif isinstance(self.change, Absence):
            self._leave(self.change)
        else:
            self._run_over(self.change)

    def _leave(self, change: Absence) -> None:
        lost = [
            v
            for v in self.plan.visits
            if v.manager == change.manager and v.day in change.days
        ]
        self._release([v for v in lost if (v.client, v.day) not in self.frozen])

    def _release(self, visits: Sequence[Visit]) -> None:
        """Out of the plan, to be placed again."""
        gone = set(visits)
        self.touched |= {(visit.manager, visit.day) for visit in visits}
        rest = tuple(v for v in self.plan.visits if v not in gone)
        self._now(replace(self.plan, visits=rest), *self.touched)
        for visit in visits:
            client = self.ground.clients[visit.client]
            self.waiting.append(Free(client, self._days(client, visit), visit))

    def _days(self, client: Client, lost: Visit) -> tuple[int, ...]:
        """Days from now on that keep the rule beside the client's other visits."""
        if lost.day in self.ground.pinned_days(client):
            return (lost.day,)
        others = [v.day for v in self.plan.visits if v.client == client.id]
        days = set(range(self.now.day, len(self.problem.days))) - set(others)
        kept = {day for day in days if self._keeps(client, others, day)}
        if client.periodicity.rule in (Rule.WEEKLY, Rule.FIXED_WEEKDAYS):
            week = monday(self.problem.days[lost.day])
            kept = {day for day in kept if monday(self.problem.days[day]) == week}
        return tuple(sorted({lost.day, *kept}))

    def _keeps(self, client: Client, others: Sequence[int], day: int) -> bool:
        dates = [self.problem.days[d] for d in sorted([*others, day])]
        return keeps_gaps(client.periodicity, dates, client.last_visit)

    def _call_off(self, change: CalledOff) -> None:
        gone = [
            v
            for v in self.plan.of(change.client)
            if v.day == change.day and (v.client, v.day) not in self.frozen
        ]
        self.touched |= {(visit.manager, visit.day) for visit in gone}
        rest = tuple(v for v in self.plan.visits if v not in gone)
        self._now(replace(self.plan, visits=rest), *self.touched)
        for visit in gone:
            self._leave_out(visit.client, Reason.CALLED_OFF, visit.day)

    def _want(self, new: Client) -> None:
        """The pattern whose visits find places cheapest; days before now are past."""
        client = self.ground.clients[new.id]
        price = {day: self._price(client, day) for day in self._open_days(client)}
        choices = allowed_patterns(
            client.periodicity,
            self.problem.days,
            frozenset(price),
            last=client.last_visit,
            since=client.since,
            pinned=self.ground.pinned_days(client),
        )
        if not price:
            reason = self.ground.refused(client) or Reason.NO_DAY
            left_out = wanted(self.problem, client, reason)
            self.plan = replace(self.plan, unplaced=(*self.plan.unplaced, *left_out))
            return
        unplaced = self.problem.weights.unplaced
        best = min(
            choices, key=lambda choice: sum(price.get(d, unplaced) for d in choice.days)
        )
        for _ in range(best.missing):
            self._leave_out(client.id, Reason.NO_DAY, None)
        self.waiting += [Free(client, (day,)) for day in best.days]

    def _open_days(self, client: Client) -> list[int]:
        if self.ground.refused(client) is not None:
            return []
        days = range(self.now.day, len(self.problem.days))
        return sorted({day for _, day in self._keys(client, days)})

    def _price(self, client: Client, day: int) -> float:
        found = [self._place(client, key) for key in self._keys(client, (day,))]
        prices = [place.price for place in found if place is not None]
        return min(prices, default=self.problem.weights.unplaced)

    def _run_over(self, change: Overrun) -> None:
        """The visit ends when it did; what no longer fits goes, the last ones first."""
        visits = [_ended(visit, change) for visit in self.plan.visits]
        self._now(replace(self.plan, visits=tuple(visits)))
        keys = {(v.manager, v.day) for v in self.plan.of(change.client)}
        for key in sorted(keys):
            shift = self.shifts.get(key)
            if key[1] != change.day or shift is None:
                continue
            self.touched.add(key)
            book = self._book()
            while (left := book.open_visits(key)) and not self._fits(left, shift):
                self._release([left[-1]])
                book = self._book()

    # ------------------------------------------------------------- placing

    def place_all(self) -> None:
        while self.waiting:
            options = [(self._options(free), free) for free in self.waiting]
            placed = [pair for pair in options if pair[0]]
            if not placed:
                break
            places, free = max(placed, key=lambda pair: _urgency(*pair))
            self._put(free, places[0])
        for free in self.waiting:
            day = free.visit.day if free.visit else free.days[0]
            self._leave_out(free.client.id, Reason.NO_ROOM, day)

    def _options(self, free: Free) -> list[Place]:
        """The two cheapest, the price of change in them. Others than the client's own
        managers are asked only when none of these has a place."""
        found = self._priced(free, substitutes=False)
        if self.substitutes and (self.still or not found):
            found += self._priced(free, substitutes=True)
        return sorted(found, key=lambda place: (place.price, place.day))[:2]

    def _priced(self, free: Free, *, substitutes: bool) -> list[Place]:
        found = (
            self._place(free.client, key)
            for key in self._keys(free.client, free.days, substitutes=substitutes)
        )
        return [
            replace(place, price=place.price + self._change(free, place))
            for place in found
            if place is not None
        ]

    def _place(self, client: Client, key: tuple[str, int]) -> Place | None:
        """The best place on a manager-day: remembered until the day changes."""
        if (client.id, key) not in self.known:
            found = self._book(client).best(client, (key,))
            self.known[client.id, key] = found[0] if found else None
        return self.known[client.id, key]

    def _keys(
        self, client: Client, days: Sequence[int], *, substitutes: bool = False
    ) -> list[tuple[str, int]]:
        servers = self._stand_ins if substitutes else self.ground.servers
        return [
            (manager, day)
            for day in days
            if self.ground.windows(client, day)
            for manager in sorted(servers(client, day))
            if (manager, day) in self.shifts
        ]

    def _stand_ins(self, client: Client, day: int) -> frozenset[str]:
        """Others of the owner's group who have the skills, if nobody is pinned."""
        owner = self.ground.managers.get(client.owner or "")
        pinned = any(pin.manager for pin in self.ground.pins(client, day))
        if owner is None or pinned:
            return frozenset()
        return frozenset(
            m.id
            for m in self.problem.managers
            if m.group == owner.group and client.skills <= m.skills
        )

    def _change(self, free: Free, place: Place) -> float:
        weights, price = self.problem.weights, 0.0
        if free.visit is not None and place.day != free.visit.day:
            price += weights.day_change
        if place.manager not in self.ground.servers(free.client, place.day):
            price += weights.manager_change
        return price

    def _book(self, *wanting: Client) -> Book:
        known = () if self._open is None else {c.id for c in self._open.wanting}
        if self._open is None or not {client.id for client in wanting} <= {*known}:
            clients = (*(free.client for free in self.waiting), *wanting)
            full = self.problem.band.most
            everyone = tuple({client.id: client for client in clients}.values())
            self._open = Book(
                self.ground,
                self.plan,
                self.shifts,
                full,
                everyone,
                self.frozen,
                self.promised,
            )
        return self._open

    def _now(self, plan: Plan, *changed: tuple[str, int]) -> None:
        """The plan as it is from here on: what was known of those days is not."""
        self.plan, self._open = plan, None
        self.known = {
            pair: at for pair, at in self.known.items() if pair[1] not in changed
        }

    def _put(self, free: Free, place: Place) -> None:
        """Into the plan at once, so that the next one sees it."""
        visit = Visit(
            client=free.client.id,
            manager=place.manager,
            day=place.day,
            arrive=place.start,
            start=place.start,
            end=place.start + free.client.minutes,
            travel=0.0,
        )
        key = (place.manager, place.day)
        self._substitute(free, place)
        self.waiting.remove(free)
        self.touched.add(key)
        left = self._book().open_visits(key)
        left.insert(place.position, visit)
        others = tuple(v for v in self.plan.visits if v not in set(left))
        timed = tuple(at(*pair) for pair in zip(left, place.starts, strict=True))
        self._now(replace(self.plan, visits=others + timed), key)

    def _substitute(self, free: Free, place: Place) -> None:
        if place.manager in self.ground.servers(free.client, place.day):
            return
        pin = Pin(free.client.id, place.day, place.manager, reason="substitute")
        self.problem = replace(self.problem, pins=(*self.problem.pins, pin))
        self.ground = Ground(self.problem)

    def finished(self) -> Plan:
        hours = Hours(self.ground, self.published, self.shifts, self.frozen)
        return hours.written(self.plan, self.touched)

    def _fits(self, visits: Sequence[Visit], shift: Shift) -> bool:
        hours = Hours(self.ground, self.published, self.shifts, self.frozen)
        return hours.timing(visits, shift) is not None

    def _leave_out(self, client: str, reason: Reason, day: int | None) -> None:
        known = self.ground.clients[client]
        left_out = Unplaced(client, reason, day, told(reason, known))
        self.plan = replace(self.plan, unplaced=(*self.plan.unplaced, left_out))


def _ended(visit: Visit, change: Overrun) -> Visit:
    if (visit.client, visit.day) != (change.client, change.day):
        return visit
    return replace(visit, end=max(visit.end, change.end))


def _urgency(places: Sequence[Place], free: Free) -> tuple[float, float]:
    """By priority; then by what is lost if the best place is taken by another."""
    regret = places[1].price - places[0].price if len(places) > 1 else 1e9
    return free.client.priority, regret
