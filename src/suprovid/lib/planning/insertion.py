"""One more visit in a plan that stands: where it fits, what it adds, whom it moves.

The order of a day is kept. The others keep their hours if that is possible; else they
move by no more than half an hour; else as far as their windows let them, at the price
of a moved start each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from .ground import Ground
from .groups import Group
from .model import Client, Plan, Shift, Visit, Window
from .timetable import Stop, Timing, schedule

NEARBY = 30
"""Minutes by which a start may move without being called moved."""
LEEWAYS = (0, NEARBY, None)


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

    @cached_property
    def days(self) -> dict[tuple[str, int], tuple[Visit, ...]]:
        return self.plan.by_day()

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
        shift = self.shifts.get(key)
        visits = self.days.get(key, ())
        if shift is None or len(visits) >= self.full:
            return
        if client.id in {visit.client for visit in visits}:
            return
        still_open = self.open_visits(key)
        group = self.group(key[0])
        node = group.node[client.id]
        order = [group.node[visit.client] for visit in still_open]
        begin, end = group.ends(shift)
        way, rows = [begin, *order, end], group.rows
        for at in range(len(order) + 1):
            one, other = way[at], way[at + 1]
            added = rows[one][node] + rows[node][other]
            # A day that nobody drives yet has no way home to be spared.
            spared = rows[one][other] if order else 0.0
            yield Trial(self, client, key, at, added - spared)

    def best(
        self, client: Client, keys: Iterable[tuple[str, int]], count: int = 1
    ) -> list[Place]:
        """The cheapest places, one on each manager-day."""
        found: dict[tuple[str, int], Place] = {}
        for trial in self.places(client, keys):
            prices = sorted(place.price for place in found.values())
            if len(prices) >= count and trial.added >= prices[count - 1]:
                break
            place = trial.place()
            known = found.get(trial.key)
            if place and (known is None or place.price < known.price):
                found[trial.key] = place
        ordered = sorted(found.values(), key=lambda p: (p.price, p.day, p.manager))
        return ordered[:count]


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
        timing = keep_hours(group, order, shift, starts)
        return None if timing is None else self._place(timing, starts)

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
            price=self.added + moved * weights.start_moved,
            moved=moved,
        )


def keep_hours(
    group: Group, order: Sequence[int], shift: Shift, starts: Sequence[int | None]
) -> Timing | None:
    """The day in this order, each visit at its hour, or near it, or where it can be;
    None among `starts` = a visit without an hour yet."""
    slowdown, legs = group.ground.problem.travel.slowdown, group.legs(order, shift)
    stops = [group.stop(node, shift.day) for node in order]
    for leeway in LEEWAYS:
        pairs = zip(stops, starts, strict=True)
        held = [_held(stop, start, leeway) for stop, start in pairs]
        timing = schedule(held, legs, shift, slowdown, group.worst)
        if timing is not None:
            return timing
    return None


def _held(stop: Stop, start: int | None, leeway: int | None) -> Stop:
    """The stop with its windows cut to the surroundings of its hour."""
    if leeway is None or start is None:
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
