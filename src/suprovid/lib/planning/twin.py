"""The engine's decisions once more, slowly and plainly, to check the kernel against.

Nothing is shared with the kernel but the tables. Where the kernel carries sets of spans
along, here every choice of windows and every place of the lunch is tried in turn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from typing import NamedTuple

import numpy as np

from .tables import Solution, Tables

DUST = 1e-6
"""By which a limit may be passed: sums of floats are not exact."""

LONG_AGO = -1e9
"""When a route that may be left at any time is left at the earliest."""


class _Task(NamedTuple):
    """Something done on the way: after so much travel, begun within a window."""

    travel: float
    early: float
    late: float
    minutes: float


def cost(
    tables: Tables, routes: Sequence[Sequence[int]], chosen: Sequence[int]
) -> float:
    """Of a whole plan: travel, extra, band, patterns and what is left unplaced."""
    whole = sum(route_cost(tables, route, stops) for route, stops in enumerate(routes))
    whole += sum(float(tables.pattern_cost[pattern]) for pattern in chosen)
    missed = unplaced(tables, routes, chosen)
    return whole + sum(float(tables.penalty[client]) for client, _ in missed)


def route_cost(tables: Tables, route: int, clients: Sequence[int]) -> float:
    """Travel (none when nobody is visited), extra, overtime, the price of the band."""
    below = max(0, int(tables.least[route]) - len(clients))
    above = max(0, len(clients) - int(tables.most[route]))
    whole = (below + above) * float(tables.band_price[route])
    if clients:
        stops = [int(tables.route_from[route]), *clients, int(tables.route_to[route])]
        for here, there in pairwise(stops):
            whole += float(tables.cost[here, there])
    whole += sum(float(tables.extra[client, route]) for client in clients)
    return whole + _overtime(tables, route, clients)


def _overtime(tables: Tables, route: int, clients: Sequence[int]) -> float:
    price = float(tables.over_price[route])
    if not clients or not price:
        return 0.0
    usual = float(tables.usual[route])
    return price * max(0.0, shortest(tables, route, clients) - usual)


def unplaced(
    tables: Tables, routes: Sequence[Sequence[int]], chosen: Sequence[int]
) -> list[tuple[int, int]]:
    """(client, day) of chosen patterns that no route carries."""
    wanted = [
        (client, day)
        for client, pattern in enumerate(chosen)
        for day in tables.days_of(pattern)
    ]
    carried = {
        (client, int(tables.route_day[route]))
        for route, clients in enumerate(routes)
        for client in clients
    }
    return [visit for visit in wanted if visit not in carried]


def is_possible(tables: Tables, route: int, clients: Sequence[int]) -> bool:
    """Whether one vehicle can make these visits, in this order, on its day."""
    if not clients:
        return True
    load = sum(float(tables.demand[client]) for client in clients)
    allowed = all(np.isfinite(tables.extra[client, route]) for client in clients)
    if load > tables.capacity[route] + DUST or not allowed:
        return False
    minutes, longest = shortest(tables, route, clients), float(tables.longest[route])
    return minutes < np.inf and minutes <= longest + DUST


def shortest(tables: Tables, route: int, clients: Sequence[int]) -> float:
    """Minutes from leaving to return in this order, at least; inf when in no way."""
    lengths = (_length(*way) for way in _ways(tables, route, clients))
    return min(lengths, default=np.inf)


def is_sound(tables: Tables, solution: Solution) -> bool:
    """Routes are possible, visits are on chosen days, and cost and rest are as told."""
    days = {
        client: set(tables.days_of(pattern))
        for client, pattern in enumerate(solution.chosen)
    }
    visits = [
        (client, int(tables.route_day[route]))
        for route, clients in enumerate(solution.routes)
        for client in clients
    ]
    told = cost(tables, solution.routes, solution.chosen)
    return (
        all(
            is_possible(tables, route, clients)
            for route, clients in enumerate(solution.routes)
        )
        and all(day in days[client] for client, day in visits)
        and len(set(visits)) == len(visits)
        and list(solution.unplaced)
        == unplaced(tables, solution.routes, solution.chosen)
        and bool(np.isclose(told, solution.cost))
    )


def insertions(
    tables: Tables, solution: Solution, client: int, day: int
) -> list[tuple[float, int, int]]:
    """(added cost, route, position) of each possible place for one more visit."""
    found = []
    for route, clients in enumerate(solution.routes):
        if int(tables.route_day[route]) != day or client in clients:
            continue
        before = route_cost(tables, route, clients)
        for position in range(len(clients) + 1):
            longer = [*clients[:position], client, *clients[position:]]
            if is_possible(tables, route, longer):
                added = route_cost(tables, route, longer) - before
                found.append((added, route, position))
    return sorted(found)


def _ways(
    tables: Tables, route: int, clients: Sequence[int]
) -> Iterator[tuple[list[_Task], float, float]]:
    """Tasks with each choice of windows and lunch; not left before, returned by."""
    leaving, back = max(float(tables.open[route]), LONG_AGO), float(tables.close[route])
    for visits in _visits(tables, route, clients):
        begin, lunch = float(tables.lunch_from[route]), float(tables.lunch[route])
        until = float(tables.lunch_until[route])
        if np.isnan(begin):
            yield visits, leaving, back
            continue
        if max(leaving, begin) + lunch <= until + DUST:
            yield visits, max(leaving, begin) + lunch, back
        if begin + lunch <= min(until, back) + DUST:
            yield visits, leaving, min(until, back) - lunch
        for place in range(1, len(visits) - 1):
            for eaten in _with_lunch(visits, place, begin, until - lunch, lunch):
                yield eaten, leaving, back


def _visits(
    tables: Tables, route: int, clients: Sequence[int]
) -> Iterator[list[_Task]]:
    """Visits in one window each, then the return, a task of no minutes."""
    day, start = int(tables.route_day[route]), int(tables.route_from[route])
    end = int(tables.route_to[route])
    travels = [
        float(tables.time[here, there])
        for here, there in zip([start, *clients], [*clients, end], strict=True)
    ]
    choices = [
        [
            (float(early), float(late))
            for early, late in zip(
                tables.early[client, day], tables.late[client, day], strict=True
            )
            if early <= late
        ]
        for client in clients
    ]
    for windows in product(*choices):
        minutes = [float(tables.service[client]) for client in clients]
        tasks = [
            _Task(travel, *window, stay)
            for travel, window, stay in zip(travels, windows, minutes, strict=False)
        ]
        yield [*tasks, _Task(travels[-1], -np.inf, np.inf, 0.0)]


def _with_lunch(
    visits: list[_Task], place: int, begin: float, by: float, lunch: float
) -> Iterator[list[_Task]]:
    """Eaten before going on to the visit at that place, or at its door."""
    stop = visits[place]
    at_once, at_the_door = (0.0, stop.travel), (stop.travel, 0.0)
    for first, rest in (at_once, at_the_door):
        meal = _Task(first, begin, by, lunch)
        yield [*visits[:place], meal, stop._replace(travel=rest), *visits[place + 1 :]]


def _length(tasks: list[_Task], leaving: float, back: float) -> float:
    """Left as late as the earliest return allows, it is as short as it can be."""
    returned = leaving
    for task in tasks:
        begun = max(returned + task.travel, task.early)
        if begun > task.late + DUST:
            return np.inf
        returned = begun + task.minutes
    left = returned
    for task in reversed(tasks):
        left = min(left - task.minutes, task.late) - task.travel
    return returned - left if returned <= back + DUST else np.inf
