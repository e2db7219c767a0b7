"""PyVRP as a peer: patterns dealt greedily, then its own search, by days or over all.

PyVRP has no periods. `per_day` fixes every pattern and gives each day its share of the
time; `over_days` lays the days one after another on one time axis, so that clients of
one visit choose their day inside the search while the others stay on their pattern.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import pyvrp
from pyvrp.stop import MaxRuntime

from suprovid.lib.planning.public.checking import cost
from suprovid.lib.planning.public.plans import Plan, Route
from suprovid.lib.planning.public.reading import Client, Instance

FINE = 1000
"""Whole numbers are wanted: thousandths, rounded to the safe side."""
APART = 10_000_000
"""Between the beginnings of two days on the time axis, in thousandths of a minute."""
PRIZE = 100_000_000
FIRST_SHARE = 0.1
"""Of the time of `over_days`, for the plan that it starts from."""


class Found(NamedTuple):
    plan: Plan
    iterations: int


class Visit(NamedTuple):
    """One visit on one day; of those with the same `choice`, but 0, one is made."""

    client: Client
    day: int
    choice: int = 0


def dealt(instance: Instance) -> dict[int, tuple[int, ...]]:
    """Each client's pattern: the days that have the least work so far."""
    work: dict[int, float] = defaultdict(float)
    chosen = {}
    for client in sorted(instance.clients, key=_heaviest_first):
        pattern = min(client.patterns, key=lambda days: sum(work[day] for day in days))
        chosen[client.number] = pattern
        for day in pattern:
            work[day] += client.service + client.demand
    return chosen


def _heaviest_first(client: Client) -> tuple[float, float]:
    return -len(client.patterns[0]), -client.service - client.demand


def per_day(instance: Instance, seconds: float, seed: int) -> Found:
    chosen = dealt(instance)
    routes: list[Route] = []
    iterations = 0
    for day in range(1, instance.days + 1):
        visits = [Visit(c, day) for c in instance.clients if day in chosen[c.number]]
        if visits:
            found, done = _searched(instance, visits, seconds / instance.days, seed)
            routes += found
            iterations += done
    return Found(_plan(instance, routes, chosen), iterations)


def over_days(instance: Instance, seconds: float, seed: int) -> Found:
    first = per_day(instance, seconds * FIRST_SHARE, seed).plan
    chosen = dealt(instance)
    visits = []
    for client in instance.clients:
        if len(client.patterns[0]) == 1:
            days = [pattern[0] for pattern in client.patterns]
            visits += [Visit(client, day, client.number) for day in days]
        else:
            visits += [Visit(client, day) for day in chosen[client.number]]
    left = seconds * (1 - FIRST_SHARE)
    routes, iterations = _searched(instance, visits, left, seed, first.routes)
    return Found(_plan(instance, routes, chosen), iterations)


def _searched(
    instance: Instance,
    visits: list[Visit],
    seconds: float,
    seed: int,
    start: Iterable[Route] = (),
) -> tuple[list[Route], int]:
    days = sorted({visit.day for visit in visits})
    data = _problem(instance, visits, days)
    index = {(v.client.number, v.day): i for i, v in enumerate(visits)}
    begun = [
        pyvrp.Route(data, [index[n, r.day] for n in r.visits], days.index(r.day))
        for r in start
    ]
    result = pyvrp.solve(
        data,
        MaxRuntime(seconds),
        seed=seed,
        collect_stats=False,
        initial_solution=pyvrp.Solution(data, begun) if begun else None,
    )
    if not result.is_feasible():
        return list(start), result.num_iterations
    return list(_routes(result.best, visits, days)), result.num_iterations


def _problem(
    instance: Instance, visits: list[Visit], days: list[int]
) -> pyvrp.ProblemData:
    model = pyvrp.Model()
    depot, hours = instance.depot, range(0, APART * len(days), APART)
    clients = {visit.client.number: visit.client for visit in visits}
    at = {number: model.add_location(c.x, c.y) for number, c in clients.items()}
    home = model.add_depot(model.add_location(depot.x, depot.y))
    for day, begins in zip(days, hours, strict=True):
        model.add_vehicle_type(
            min(instance.vehicles, len(visits)),
            _down(instance.capacity[day - 1]),
            home,
            home,
            tw_early=begins + _up(depot.opens),
            tw_late=begins + min(APART // 2, _down(depot.closes)),
            shift_duration=_down(instance.longest[day - 1]),
        )
    choices = sorted({visit.choice for visit in visits} - {0})
    groups = {choice: model.add_client_group(required=False) for choice in choices}
    for client, day, choice in visits:
        begins = hours[days.index(day)]
        model.add_client(
            at[client.number],
            _up(client.demand),
            service_duration=_up(client.service),
            tw_early=begins + _up(client.early),
            tw_late=begins + min(APART // 2, _down(client.late)),
            prize=PRIZE,
            required=False,
            group=groups.get(choice),
        )
    _add_legs(model)
    return model.data()


def _add_legs(model: pyvrp.Model) -> None:
    for a in model.locations:
        for b in model.locations:
            length = math.dist((a.x, a.y), (b.x, b.y))
            model.add_edge(a, b, round(length * FINE), _up(length))


def _routes(
    best: pyvrp.Solution, visits: list[Visit], days: list[int]
) -> Iterable[Route]:
    vehicles: dict[int, int] = defaultdict(int)
    for route in best.routes():
        day = days[route.vehicle_type()]
        vehicles[day] += 1
        stops = [stop for stop in route if stop.is_client()]
        numbers = tuple(visits[stop.idx].client.number for stop in stops)
        yield Route(day, vehicles[day], numbers)


def _plan(
    instance: Instance, routes: list[Route], chosen: dict[int, tuple[int, ...]]
) -> Plan:
    """What no route carries is unplaced."""
    made = {(number, route.day) for route in routes for number in route.visits}
    visited = {number for number, _ in made}
    unplaced: list[tuple[int, int | None]] = []
    for client in instance.clients:
        pattern = chosen[client.number]
        if client.number not in visited:
            unplaced.append((client.number, None))
        elif len(pattern) > 1:
            missed = [day for day in pattern if (client.number, day) not in made]
            unplaced += [(client.number, day) for day in missed]
    return Plan(cost(instance, routes), tuple(routes), tuple(unplaced))


def _up(value: float) -> int:
    return math.ceil(round(value * FINE, 6))


def _down(value: float) -> int:
    return math.floor(round(min(value, 1e12) * FINE, 6))
