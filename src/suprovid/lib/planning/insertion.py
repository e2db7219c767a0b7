"""One more visit in a plan that stands: where it fits, what it adds, whom it moves.

The order of a day is kept. The others keep their hours if that is possible; else they
move by no more than half an hour; else as far as their windows let them, at the price
of a moved start each.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from .ground import Ground
from .groups import Group
from .model import Client, Plan, Shift, Visit, Window
from .timetable import Stop, Timing, earliest_start, latest_start, schedule
from .travel import quickest

NEARBY = 30
"""Minutes by which a start may move without being called moved."""


@dataclass(frozen=True, slots=True)
class Place:
    """A visit's place in a manager-day; travel that it adds and what it costs in all,
    both in minutes; `moved` = how many others begin over half an hour off."""

    client: str
    manager: str
    day: int
    position: int
    starts: tuple[int, ...]  # of all open visits of the day, its own among them
    added: float
    price: float
    moved: int

    @property
    def start(self) -> int:
        return self.starts[self.position]


@dataclass(frozen=True)
class Book:
    """A plan open for insertions; shifts may be what is left of a day."""

    ground: Ground
    plan: Plan
    shifts: dict[tuple[str, int], Shift]
    full: int  # visits a day beyond which nothing is put in
    wanting: tuple[Client, ...] = ()
    frozen: frozenset[tuple[str, int]] = frozenset()  # (client, day): done or begun
    promised: Mapping[tuple[str, int], int] = field(default_factory=dict)
    """Starts by (client, day) from which moves are counted; else those of the plan."""

    @cached_property
    def days(self) -> dict[tuple[str, int], tuple[Visit, ...]]:
        return self.plan.by_day()

    @cached_property
    def lengths(self) -> dict[tuple[str, int], int]:
        """Minutes from leaving to return of the days as they are planned now."""
        return {(t.manager, t.day): t.back - t.leave for t in self.plan.trips}

    @cached_property
    def _groups(self) -> dict[str, Group]:
        return {}

    def group(self, manager: str) -> Group:
        """A manager's own clients and days, with those who want a place."""
        if manager not in self._groups:
            keys = [key for key in self.shifts if key[0] == manager]
            theirs = [v.client for key in keys for v in self.days.get(key, ())]
            names = {*theirs, *(client.id for client in self.wanting)}
            clients = {**self.ground.clients, **{c.id: c for c in self.wanting}}
            self._groups[manager] = Group(
                self.ground,
                tuple(clients[name] for name in sorted(names)),
                tuple(self.shifts[key] for key in sorted(keys)),
            )
        return self._groups[manager]

    def open_visits(self, key: tuple[str, int]) -> list[Visit]:
        visits = self.days.get(key, ())
        return [v for v in visits if (v.client, v.day) not in self.frozen]

    # ------------------------------------------------------------- places

    def places(self, client: Client, keys: Iterable[tuple[str, int]]) -> list[Trial]:
        """All positions of these manager-days, by the travel that they add."""
        trials = [trial for key in keys for trial in self._positions(client, key)]
        return sorted(trials, key=lambda trial: (trial.added, trial.key, trial.at))

    def _positions(self, client: Client, key: tuple[str, int]) -> Iterator[Trial]:
        visits = self.days.get(key, ())
        known = {visit.client for visit in visits}
        if key not in self.shifts or len(visits) >= self.full or client.id in known:
            return
        room = self._room(key)
        for at in range(len(room.order) + 1):
            added = room.added(client, at)
            if room.may_hold(client, at):
                yield Trial(self, client, key, at, added)

    def _room(self, key: tuple[str, int]) -> Room:
        if key not in self._rooms:
            group = self.group(key[0])
            order = [group.node[visit.client] for visit in self.open_visits(key)]
            self._rooms[key] = Room(group, tuple(order), self.shifts[key])
        return self._rooms[key]

    @cached_property
    def _rooms(self) -> dict[tuple[str, int], Room]:
        return {}

    def best(
        self, client: Client, keys: Iterable[tuple[str, int]], count: int = 1
    ) -> list[Place]:
        """The cheapest places, each on another day."""
        found: dict[int, Place] = {}
        for trial in self.places(client, keys):
            prices = sorted(place.price for place in found.values())
            if len(prices) >= count and trial.added >= prices[count - 1]:
                break
            known = found.get(trial.key[1])
            if known is not None and trial.added >= known.price:
                continue
            place = trial.place()
            if place and (known is None or place.price < known.price):
                found[trial.key[1]] = place
        ordered = sorted(found.values(), key=lambda p: (p.price, p.day, p.manager))
        return ordered[:count]


@dataclass(frozen=True)
class Room:
    """A manager-day seen quickly: without lunch, in its lightest traffic. What finds no
    place so finds none at all; what does is tried by the clock."""

    group: Group
    order: tuple[int, ...]
    shift: Shift

    @cached_property
    def _way(self) -> list[int]:
        begin, end = self.group.ends(self.shift)
        return [begin, *self.order, end]

    @cached_property
    def _quick(self) -> float:
        travel = self.group.ground.problem.travel
        return quickest(travel, self.shift.start, self.shift.end)

    @cached_property
    def _free_from(self) -> list[float]:
        """When one is free before each position at the earliest."""
        free: list[float] = [self.shift.start]
        for k, node in enumerate(self.order):
            stop = self.group.stop(node, self.shift.day)
            ready = free[-1] + self._minutes(self._way[k], node)
            start = earliest_start(stop.windows, ready)
            free.append(math.inf if start is None else start + stop.minutes)
        return free

    @cached_property
    def _due_at(self) -> list[float]:
        """When one must be at what follows each position at the latest."""
        due: list[float] = [self.shift.end]
        for k in range(len(self.order) - 1, -1, -1):
            stop = self.group.stop(self.order[k], self.shift.day)
            limit = due[0] - self._minutes(self.order[k], self._way[k + 2])
            latest = latest_start(stop.windows, limit - stop.minutes)
            due.insert(0, -math.inf if latest is None else latest)
        return due

    @cached_property
    def _length(self) -> float:
        legs = sum(self._minutes(*pair) for pair in pairwise(self._way))
        clients = self.group.clients
        return legs + sum(clients[node].minutes for node in self.order)

    def _minutes(self, one: int, other: int) -> float:
        return self.group.rows[one][other] * self._quick

    def added(self, client: Client, at: int) -> float:
        """Minutes of travel; a day that nobody drives has no way to be spared."""
        node, rows = self.group.node[client.id], self.group.rows
        one, other = self._way[at], self._way[at + 1]
        spared = rows[one][other] if self.order else 0.0
        return rows[one][node] + rows[node][other] - spared

    def may_hold(self, client: Client, at: int) -> bool:
        node, shift = self.group.node[client.id], self.shift
        windows = self.group.ground.windows(client, shift.day)
        ready = self._free_from[at] + self._minutes(self._way[at], node)
        start = earliest_start(windows, ready)
        if start is None:
            return False
        done = start + client.minutes + self._minutes(node, self._way[at + 1])
        longest = math.inf if shift.longest is None else shift.longest
        length = self._length + client.minutes + self.added(client, at) * self._quick
        return done <= self._due_at[at] + 1e-6 and length <= longest + 1e-6


@dataclass(frozen=True)
class Trial:
    """A position that may prove to be none, once hours are asked."""

    book: Book
    client: Client
    key: tuple[str, int]
    at: int
    added: float

    def place(self) -> Place | None:
        visits = self.book.open_visits(self.key)
        group, shift = self.book.group(self.key[0]), self.book.shifts[self.key]
        order = [group.node[visit.client] for visit in visits]
        starts: list[int | None] = [visit.start for visit in visits]
        order.insert(self.at, group.node[self.client.id])
        starts.insert(self.at, None)
        promised: list[int | None] = [self._promised(visit) for visit in visits]
        promised.insert(self.at, None)
        timing = keep_hours(group, order, shift, starts, promised)
        return None if timing is None else self._place(timing, promised)

    def _promised(self, visit: Visit) -> int:
        return self.book.promised.get((visit.client, visit.day), visit.start)

    def _place(self, timing: Timing, before: Sequence[int | None]) -> Place:
        pairs = zip(before, timing.starts, strict=True)
        moved = sum(one is not None and abs(one - new) > NEARBY for one, new in pairs)
        weights = self.book.ground.problem.weights
        return Place(
            client=self.client.id,
            manager=self.key[0],
            day=self.key[1],
            position=self.at,
            starts=timing.starts,
            added=self.added,
            price=self.added + moved * weights.start_moved + self._overtime(timing),
            moved=moved,
        )

    def _overtime(self, timing: Timing) -> float:
        """What the day costs above what it costs now, by its minutes."""
        shift = self.book.shifts[self.key]
        if shift.usual is None:
            return 0.0
        now = max(self.book.lengths.get(self.key, 0), shift.usual)
        weights = self.book.ground.problem.weights
        return weights.overtime * max(0.0, timing.length - now)


def keep_hours(
    group: Group,
    order: Sequence[int],
    shift: Shift,
    starts: Sequence[int | None],
    promised: Sequence[int | None],
) -> Timing | None:
    """The day in this order, each visit at its hour, or near the promised one, or where
    it can be; None = a visit without an hour yet."""
    slowdown, legs = group.ground.problem.travel.slowdown, group.legs(order, shift)
    stops = [group.stop(node, shift.day) for node in order]

    def timing(hours: Sequence[int | None], leeway: int) -> Timing | None:
        pairs = zip(stops, hours, strict=True)
        held = [_held(stop, start, leeway) for stop, start in pairs]
        return schedule(held, legs, shift, slowdown, group.worst)

    anyhow = schedule(stops, legs, shift, slowdown, group.worst)
    if anyhow is None:
        return None
    return timing(starts, 0) or timing(promised, NEARBY) or anyhow


def _held(stop: Stop, start: int | None, leeway: int) -> Stop:
    """The stop with its windows cut to the surroundings of its hour."""
    if start is None:
        return stop
    cut = (
        Window(max(w.start, start - leeway), min(w.end, start + leeway))
        for w in stop.windows
    )
    return Stop(stop.minutes, tuple(w for w in cut if w.start <= w.end))


def keys_of(
    ground: Ground, client: Client, days: Iterable[int]
) -> list[tuple[str, int]]:
    """Manager-days on which the client may be visited, as far as people and days go."""
    return [
        (manager, day)
        for day in days
        if ground.windows(client, day)
        for manager in sorted(ground.servers(client, day))
    ]


def book_of(ground: Ground, plan: Plan, *wanting: Client) -> Book:
    """The whole plan, open on every day."""
    return Book(ground, plan, ground.shifts, ground.problem.band.most, wanting)
