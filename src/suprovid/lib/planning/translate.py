"""A part of the department as the arrays of the engine, and its answer back.

The engine knows no grid. A visit begins at a multiple of five minutes, so the way to
the next one takes, with the visit itself, a multiple of five: rounded up here, the
hours of the engine are hours of the grid, and none is lost afterwards. The way from
home is as long as it is: no visit can begin before one comes straight from home, and
that is put on the grid. Where a day has several managers, with homes of their own, the
way from home is rounded instead: a route is judged up to five minutes too long.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from .groups import Group
from .model import GRID, WHOLE_DAY, Client, Reason, Shift, Window
from .patterns import Pattern, allowed_patterns
from .tables import Floats, Tables, Whole
from .timetable import Stop, schedule


class Reached(NamedTuple):
    """Days on which some manager can make the client's visit, or why there is none."""

    days: frozenset[int]
    reason: Reason | None


SOFT_BAND = 40.0
"""Price of a visit outside the band while searching: a wall would not be climbed."""


@dataclass(frozen=True)
class Part:
    """A group whose clients all have patterns, and its tables."""

    group: Group
    patterns: tuple[tuple[Pattern, ...], ...]
    tables: Tables

    @cached_property
    def light(self) -> Tables:
        """Ten times quicker to search: no lunch, the longest day shorter by it.

        Lunch at home lets a day be longer than that only where it ends before lunch or
        begins after it: then it is short anyway. Whether there is a place for lunch is
        asked of the true tables afterwards.
        """
        true = self.tables
        return replace(
            true,
            lunch_from=np.full_like(true.lunch_from, math.nan),
            longest=np.maximum(true.longest - true.lunch, 0),
            usual=np.maximum(true.usual - true.lunch, 0),
            band_price=np.minimum(true.band_price, SOFT_BAND),
        )

    def pattern(self, index: int, client: int) -> Pattern:
        return self.patterns[client][index - int(self.tables.pattern_of[client])]


def translate(group: Group) -> tuple[Part | None, list[tuple[Client, Reason]]]:
    """The part (None when nobody is left in it), and who cannot be reached."""
    reaches = _Reaches(group)
    reached = [reaches.of(node) for node in range(len(group.clients))]
    pairs = list(zip(group.clients, reached, strict=True))
    patterns = {c.id: _patterns(group, c, reach) for c, reach in pairs if reach.days}
    refused = [(c, reach.reason) for c, reach in pairs if reach.reason is not None]
    refused += [(c, Reason.NO_DAY) for c, _ in pairs if patterns.get(c.id) == ()]
    kept = tuple(client for client in group.clients if patterns.get(client.id))
    if not kept:
        return None, refused
    rest = Group(group.ground, kept, group.shifts)
    chosen = tuple(patterns[client.id] for client in kept)
    return Part(rest, chosen, _tables(rest, chosen)), refused


def _patterns(group: Group, client: Client, reach: Reached) -> tuple[Pattern, ...]:
    found = allowed_patterns(
        client.periodicity,
        group.ground.problem.days,
        reach.days,
        last=client.last_visit,
        since=client.since,
        pinned=group.ground.pinned_days(client),
    )
    return tuple(pattern for pattern in found if pattern.days)


class _Reaches:
    """Whether a visit alone fills a day too much; each kind of day is tried once."""

    def __init__(self, group: Group) -> None:
        self.group = group
        self.by_day: dict[int, list[Shift]] = {}
        for shift in group.shifts:
            self.by_day.setdefault(shift.day, []).append(shift)
        self.kinds = {(s.manager, s.day): self._kind(s) for s in group.shifts}

    def _kind(self, shift: Shift) -> tuple[object, ...]:
        ends = self.group.ends(shift)
        return (*ends, shift.start, shift.end, shift.lunch, shift.longest)

    def of(self, node: int) -> Reached:
        client, ground = self.group.clients[node], self.group.ground
        known: dict[tuple[object, ...], bool] = {}
        days = frozenset(
            day
            for day in self.by_day
            if self._may_on(node, day, ground.windows(client, day), known)
        )
        if days:
            return Reached(days, None)
        any_time = any(self._may_on(node, day, WHOLE_DAY, known) for day in self.by_day)
        return Reached(days, Reason.NO_WINDOW if any_time else Reason.BEYOND_REACH)

    def _may_on(
        self,
        node: int,
        day: int,
        windows: tuple[Window, ...],
        known: dict[tuple[object, ...], bool],
    ) -> bool:
        """Whether one of those who may visit on the day has the time for it."""
        servers = self.group.ground.servers(self.group.clients[node], day)
        for shift in self.by_day[day]:
            if shift.manager not in servers:
                continue
            key = (windows, self.kinds[shift.manager, shift.day])
            if key not in known:
                known[key] = self._fits(node, shift, windows)
            if known[key]:
                return True
        return False

    def _fits(self, node: int, shift: Shift, windows: tuple[Window, ...]) -> bool:
        stop = Stop(self.group.clients[node].minutes, windows)
        legs = self.group.legs((node,), shift)
        slowdown = self.group.ground.problem.travel.slowdown
        return schedule([stop], legs, shift, slowdown, self.group.worst) is not None


def up(minutes: float) -> int:
    """To the grid, upwards."""
    return math.ceil((minutes - 1e-6) / GRID) * GRID


def down(minutes: float) -> int:
    return math.floor((minutes + 1e-6) / GRID) * GRID


def _tables(group: Group, patterns: Sequence[Sequence[Pattern]]) -> Tables:
    problem = group.ground.problem
    service = np.array([client.minutes for client in group.clients], float)
    early, late = _windows(group)
    priorities = [max(client.priority, 1) for client in group.clients]
    flat = [pattern for choice in patterns for pattern in choice]
    return Tables(
        cost=np.ascontiguousarray(group.minutes),
        time=_grid_time(group, service),
        service=service,
        demand=np.ones(len(service)),
        penalty=np.array(priorities, float) * problem.weights.unplaced,
        pattern_of=np.cumsum([0, *map(len, patterns)]).astype(np.int32),
        pattern_days=_padded([pattern.days for pattern in flat]),
        pattern_cost=np.array([p.moved * problem.weights.off_weekday for p in flat]),
        early=early,
        late=late,
        **_routes(group),
        extra=_extra(group),
    )


def _grid_time(group: Group, service: Floats) -> Floats:
    slow, n = group.minutes * group.worst, len(service)
    time = slow.copy()
    before = service[:, None]
    time[:n, :n] = _up(before + slow[:n, :n]) - before
    if not _is_one_managers(group):
        time[n:, :n] = _up(slow[n:, :n])
    return np.ascontiguousarray(time)


def _is_one_managers(group: Group) -> bool:
    return len({shift.manager for shift in group.shifts}) == 1


def _straight_from_home(group: Group) -> Floats:
    """By client and day: the first minute of the grid at which a visit could begin."""
    first = np.zeros((len(group.clients), len(group.ground.problem.days)))
    if _is_one_managers(group):
        for shift in group.shifts:
            home, _ = group.ends(shift)
            way = group.minutes[home, : len(group.clients)] * group.worst
            first[:, shift.day] = _up(shift.start + way)
    return first


def _up(minutes: Floats) -> Floats:
    rounded: Floats = np.ceil((minutes - 1e-6) / GRID) * GRID
    return rounded


def _padded(
    rows: Sequence[tuple[int, ...]],
) -> Whole:
    filled = np.full((len(rows), max(map(len, rows))), -1, dtype=np.int32)
    for place, row in enumerate(rows):
        filled[place, : len(row)] = row
    return filled


def _windows(group: Group) -> tuple[Floats, Floats]:
    """By client and day; what has no window is early = 1, late = 0."""
    ground, days = group.ground, range(len(group.ground.problem.days))
    found = [[ground.windows(client, day) for day in days] for client in group.clients]
    most = max(1, *(len(windows) for row in found for windows in row))
    early = np.ones((len(found), len(days), most))
    late = np.zeros_like(early)
    first = _straight_from_home(group)
    for node, row in enumerate(found):
        for day, windows in enumerate(row):
            for place, window in enumerate(windows):
                early[node, day, place] = max(up(window.start), first[node, day])
                late[node, day, place] = down(window.end)
    return early, late


def _routes(group: Group) -> dict[str, Any]:
    shifts, problem = group.shifts, group.ground.problem
    names = {name: i for i, name in enumerate(dict.fromkeys(s.manager for s in shifts))}
    ends = [group.ends(shift) for shift in shifts]
    columns = {
        "open": [up(shift.start) for shift in shifts],
        "close": [shift.end for shift in shifts],
        "longest": [shift.longest or math.inf for shift in shifts],
        "usual": [math.inf if s.usual is None else s.usual for s in shifts],
        "over_price": [problem.weights.overtime for _ in shifts],
        "capacity": [math.inf for _ in shifts],
        "band_price": [problem.weights.band for _ in shifts],
        "lunch_from": [up(s.lunch.start) if s.lunch else math.nan for s in shifts],
        "lunch_until": [down(s.lunch.end) if s.lunch else math.nan for s in shifts],
        "lunch": [up(s.lunch.minutes) if s.lunch else 0 for s in shifts],
    }
    whole = {
        "route_day": [shift.day for shift in shifts],
        "route_vehicle": [names[shift.manager] for shift in shifts],
        "route_from": [start for start, _ in ends],
        "route_to": [end for _, end in ends],
        "least": [problem.band.least for _ in shifts],
        "most": [problem.band.most for _ in shifts],
    }
    found = {name: np.array(column, np.float64) for name, column in columns.items()}
    return found | {name: np.array(row, np.int32) for name, row in whole.items()}


def _extra(group: Group) -> Floats:
    """inf where the manager may not, else the price against the published plan."""
    ground, shifts, allowed = group.ground, group.shifts, _Allowed(group)
    extra = np.full((len(group.clients), len(shifts)), math.inf)
    for node, client in enumerate(group.clients):
        routes = allowed.of(client)
        extra[node, routes] = 0.0
        if client.id in ground.published:
            extra[node, routes] = [
                ground.price_of_change(client, shifts[r].manager, shifts[r].day)
                for r in routes
            ]
    return extra


class _Allowed:
    """Routes on which a client may be visited; the same for all whom the same serve."""

    def __init__(self, group: Group) -> None:
        self.group = group
        self.known: dict[frozenset[str], list[int]] = {}

    def of(self, client: Client) -> list[int]:
        ground, shifts = self.group.ground, self.group.shifts
        if ground.is_pinned(client):
            return [
                route
                for route, shift in enumerate(shifts)
                if shift.manager in ground.servers(client, shift.day)
            ]
        servers = ground.servers(client)
        if servers not in self.known:
            found = [r for r, shift in enumerate(shifts) if shift.manager in servers]
            self.known[servers] = found
        return self.known[servers]
