"""Problems of the public format, as tables for the engine; its plan, as an answer."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable
from itertools import count
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from suprovid.lib.planning import engine
from suprovid.lib.planning.tables import Solution, Tables

from . import checking
from .checking import Violation
from .plans import Plan, Route
from .reading import Client, Depot, Instance

UNPLACED = 10.0
"""Price of an unplaced visit, in longest legs: leaving one out saves two at most."""


class Answer(NamedTuple):
    """`seconds` is the wall time of the engine."""

    plan: Plan
    iterations: int
    engine: str
    seconds: float


def solve(
    instance: Instance,
    *,
    seconds: float | None = None,
    iterations: int | None = None,
    seed: int = 1,
    cores: int = 1,
) -> Answer:
    """The best plan within the budget; what fits nowhere is told as unplaced.

    With a budget of iterations the same problem, seed and cores give the same plan.
    """
    begun = time.monotonic()
    if not instance.clients:
        return Answer(accepted(instance, Plan(0.0, ())), 0, "none", 0.0)
    solved = engine.solve(
        tables_of(instance),
        iterations=iterations,
        seconds=seconds,
        seed=seed,
        cores=cores,
    )
    plan = accepted(instance, plan_of(instance, solved.solution))
    took = time.monotonic() - begun
    return Answer(plan, solved.iterations, solved.engine, took)


def tables_of(instance: Instance) -> Tables:
    """Client i of the instance is node i, the depot is the last node."""
    clients, days = instance.clients, instance.days
    routes = [
        (day, vehicle) for day in range(days) for vehicle in range(_fleet(instance))
    ]
    miles = _distances(instance)
    patterns = [pattern for client in clients for pattern in client.patterns]
    ends = np.cumsum([0, *(len(client.patterns) for client in clients)])
    of_day = np.array([day for day, _ in routes], dtype=np.int32)
    depot = _same(len(clients), routes, np.int32)
    return Tables(
        cost=miles,
        time=miles,
        service=_floats(client.service for client in clients),
        demand=_floats(client.demand for client in clients),
        penalty=np.full(len(clients), 1.0 + UNPLACED * float(miles.max())),
        pattern_of=ends.astype(np.int32),
        pattern_days=_padded(patterns),
        pattern_cost=np.zeros(len(patterns)),
        early=_every_day((client.early for client in clients), days),
        late=_every_day((client.late for client in clients), days),
        route_day=of_day,
        route_vehicle=np.array([vehicle for _, vehicle in routes], dtype=np.int32),
        route_from=depot,
        route_to=depot,
        open=_same(instance.depot.opens, routes),
        close=_same(instance.depot.closes, routes),
        longest=_floats(instance.longest)[of_day],
        usual=_same(math.inf, routes),
        over_price=_same(0.0, routes),
        capacity=_floats(instance.capacity)[of_day],
        least=_same(0, routes, np.int32),
        most=_same(len(clients), routes, np.int32),
        band_price=_same(0.0, routes),
        lunch_from=_same(math.nan, routes),
        lunch_until=_same(math.nan, routes),
        lunch=_same(0.0, routes),
        extra=np.zeros((len(clients), len(routes))),
    )


def plan_of(instance: Instance, solution: Solution) -> Plan:
    """Empty routes are left out, and vehicles numbered anew on each day."""
    numbers = [client.number for client in instance.clients]
    fleet = _fleet(instance)
    vehicle_of = {day: count(1) for day in range(instance.days)}
    routes = tuple(
        Route(
            place // fleet + 1,
            next(vehicle_of[place // fleet]),
            tuple(numbers[client] for client in visits),
        )
        for place, visits in enumerate(solution.routes)
        if visits
    )
    unplaced = tuple((numbers[client], day + 1) for client, day in solution.unplaced)
    return Plan(checking.cost(instance, routes), routes, unplaced)


def accepted(instance: Instance, plan: Plan) -> Plan:
    """The plan without what the checker refuses; clients taken out are unplaced.

    Clients that the reader refused are told as unplaced too.
    """
    refused = tuple((client.number, None) for client in instance.refused)
    plan = Plan(plan.cost, plan.routes, (*plan.unplaced, *refused))
    while found := checking.violations(instance, plan):
        plan = _without(instance, plan, found)
    return plan


def _without(instance: Instance, plan: Plan, found: tuple[Violation, ...]) -> Plan:
    """Takes out every client that a violation names, or that its route visits."""
    places = {(one.day, one.vehicle) for one in found if one.client is None}
    named = {one.client for one in found if one.client is not None}
    for route in plan.routes:
        if (route.day, route.vehicle) in places:
            named.update(route.visits)
    left = (
        Route(r.day, r.vehicle, tuple(v for v in r.visits if v not in named))
        for r in plan.routes
        if (r.day, r.vehicle) not in places
    )
    routes = tuple(route for route in left if route.visits)
    known = {client.number for client in instance.clients}
    known |= {client.number for client in instance.refused}
    unplaced = tuple(one for one in plan.unplaced if one[0] not in named)
    taken_out = tuple((number, None) for number in sorted(named & known))
    return Plan(checking.cost(instance, routes), routes, (*unplaced, *taken_out))


def as_json(instance: Instance, answer: Answer) -> dict[str, Any]:
    """The answer for machines; days are counted from 1, minutes and cost are floats."""
    plan = answer.plan
    broken = checking.violations(instance, plan)
    return {
        "cost": plan.cost,
        "feasible": not broken and not plan.unplaced,
        "violations": [str(one) for one in broken],
        "unplaced": unplaced(instance, plan),
        "routes": [
            {"day": r.day, "vehicle": r.vehicle, "visits": list(r.visits)}
            for r in plan.routes
        ],
        "iterations": answer.iterations,
        "engine": answer.engine,
        "seconds": round(answer.seconds, 2),
    }


def unplaced(instance: Instance, plan: Plan) -> list[dict[str, Any]]:
    """Each unplaced visit with its cause; without a day it is the whole client."""
    refused = {one.number: str(one) for one in instance.refused}
    known = {client.number: client for client in instance.clients}
    return [
        {
            "client": number,
            "day": day,
            "why": refused.get(number) or why(instance, known[number]),
        }
        for number, day in plan.unplaced
    ]


def why(instance: Instance, client: Client) -> str:
    """The cause of an unplaced visit: beyond reach, or no room beside the others."""
    broken = checking.alone(instance, client)
    if not broken:
        return "no vehicle has room left for it"
    return f"Line {client.line}: even alone in a route: {broken[0]}"


def _fleet(instance: Instance) -> int:
    """Vehicles worth having on one day: nobody needs more than there are clients."""
    return min(instance.vehicles, len(instance.clients))


def _distances(instance: Instance) -> NDArray[np.float64]:
    places: list[Client | Depot] = [*instance.clients, instance.depot]
    x, y = _floats(p.x for p in places), _floats(p.y for p in places)
    return np.hypot(x[:, None] - x[None, :], y[:, None] - y[None, :])


def _padded(patterns: list[tuple[int, ...]]) -> NDArray[np.int32]:
    """Days counted from 0, each row filled up with -1."""
    longest = max(map(len, patterns))
    rows = [
        [*(day - 1 for day in pattern), *[-1] * (longest - len(pattern))]
        for pattern in patterns
    ]
    return np.array(rows, dtype=np.int32)


def _every_day(values: Iterable[float], days: int) -> NDArray[np.float64]:
    return np.repeat(_floats(values)[:, None, None], days, axis=1)


def _floats(values: Iterable[float]) -> NDArray[np.float64]:
    return np.array(list(values), dtype=np.float64)


def _same(value: float, routes: list[tuple[int, int]], kind: Any = np.float64) -> Any:
    return np.full(len(routes), value, dtype=kind)
