"""OR-Tools routing as a peer: the whole periodic problem stated in one model.

A node is one visit, a vehicle is one vehicle of one day; the days of the visits of one
client are held together by a table of its patterns. The search is guided local search
from the plan of PyVRP; it runs on one core and knows no seed.
"""

from __future__ import annotations

import math
import time
from collections import defaultdict
from typing import Any

from ortools.constraint_solver import (  # type: ignore[import-untyped]
    pywrapcp,
    routing_enums_pb2,
)

from scripts.bench_planning.by_pyvrp import FINE, FIRST_SHARE, Found, over_days, per_day
from suprovid.lib.planning.public.checking import cost
from suprovid.lib.planning.public.plans import Plan, Route
from suprovid.lib.planning.public.reading import Client, Depot, Instance

ENDLESS = 10**12


def whole_model(instance: Instance, seconds: float, seed: int) -> Found:
    """Every visit is required: without a feasible plan in time nothing is placed."""
    end = time.monotonic() + seconds
    first = _first(instance, seconds * FIRST_SHARE, seed)
    nodes = [client for client in instance.clients for _ in client.patterns[0]]
    fleet = min(instance.vehicles, len(nodes))
    manager = pywrapcp.RoutingIndexManager(
        len(nodes) + 1, fleet * instance.days, len(nodes)
    )
    model = pywrapcp.RoutingModel(manager)
    _state(instance, nodes, fleet, model, manager)
    parameters = _parameters(end - time.monotonic())
    model.CloseModelWithParameters(parameters)
    start = None
    if not first.unplaced:
        routes = _as_routes(instance, first, nodes, fleet)
        start = model.ReadAssignmentFromRoutes(routes, True)  # noqa: FBT003
    if start is None:
        found = model.SolveWithParameters(parameters)
    else:
        found = model.SolveFromAssignmentWithParameters(start, parameters)
    branches = model.solver().Branches()
    if found is None:
        missing = tuple((client.number, None) for client in instance.clients)
        return Found(Plan(0.0, (), missing), branches)
    return Found(_plan(instance, nodes, fleet, model, manager, found), branches)


def _first(instance: Instance, seconds: float, seed: int) -> Plan:
    """Greedy by days; where that leaves visits out, over all days."""
    plan = per_day(instance, seconds, seed).plan
    return over_days(instance, seconds, seed).plan if plan.unplaced else plan


def _state(
    instance: Instance, nodes: list[Client], fleet: int, model: Any, manager: Any
) -> None:
    places: list[Client | Depot] = [*nodes, instance.depot]
    legs = [[_between(a, b) for b in places] for a in places]
    model.SetArcCostEvaluatorOfAllVehicles(
        model.RegisterTransitMatrix([list(map(round, row)) for row in legs])
    )
    service = [_up(client.service * FINE) for client in nodes] + [0]
    ride = [
        [_up(leg) + stay for leg in row]
        for row, stay in zip(legs, service, strict=True)
    ]
    days = [day for day in range(instance.days) for _ in range(fleet)]
    depot = instance.depot
    closes = int(min(depot.closes * FINE, ENDLESS))
    timed = model.RegisterTransitMatrix(ride)
    model.AddDimension(timed, ENDLESS, ENDLESS, False, "time")  # noqa: FBT003
    loads = model.RegisterUnaryTransitVector(
        [_up(client.demand * FINE) for client in nodes] + [0]
    )
    rooms = [int(instance.capacity[day] * FINE) for day in days]
    model.AddDimensionWithVehicleCapacity(loads, 0, rooms, True, "load")  # noqa: FBT003
    clock = model.GetDimensionOrDie("time")
    for vehicle, day in enumerate(days):
        limit = min(instance.longest[day] * FINE, ENDLESS)
        clock.SetSpanUpperBoundForVehicle(int(limit), vehicle)
        clock.CumulVar(model.Start(vehicle)).SetMin(_up(depot.opens * FINE))
        clock.CumulVar(model.End(vehicle)).SetMax(closes)
    _couple(nodes, days, model, manager, clock)


def _couple(
    nodes: list[Client], days: list[int], model: Any, manager: Any, clock: Any
) -> None:
    """The windows, and for each client the table of days its visits may have."""
    visits: dict[int, list[Any]] = defaultdict(list)
    patterns = {client.number: client.patterns for client in nodes}
    for node, client in enumerate(nodes):
        index = manager.NodeToIndex(node)
        late = int(min(client.late * FINE, ENDLESS))
        clock.CumulVar(index).SetRange(_up(client.early * FINE), late)
        day = model.solver().Element(days, model.VehicleVar(index)).Var()
        visits[client.number].append(day)
    for number, of_client in visits.items():
        allowed = [[day - 1 for day in pattern] for pattern in patterns[number]]
        model.solver().Add(model.solver().AllowedAssignments(of_client, allowed))


def _parameters(seconds: float) -> Any:
    found = pywrapcp.DefaultRoutingSearchParameters()
    found.local_search_metaheuristic = (
        routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    )
    found.time_limit.FromMilliseconds(max(1, int(seconds * 1000)))
    return found


def _as_routes(
    instance: Instance, plan: Plan, nodes: list[Client], fleet: int
) -> list[list[int]]:
    """Visits of a client are numbered by their days, as its patterns are."""
    of_client: dict[int, list[int]] = defaultdict(list)
    for node, client in enumerate(nodes):
        of_client[client.number].append(node)
    routes: list[list[int]] = [[] for _ in range(fleet * instance.days)]
    for route in sorted(plan.routes, key=lambda route: route.day):
        place = (route.day - 1) * fleet + route.vehicle - 1
        routes[place] = [of_client[number].pop(0) for number in route.visits]
    return routes


def _plan(
    instance: Instance,
    nodes: list[Client],
    fleet: int,
    model: Any,
    manager: Any,
    found: Any,
) -> Plan:
    routes = []
    for vehicle in range(fleet * instance.days):
        visits, index = [], found.Value(model.NextVar(model.Start(vehicle)))
        while not model.IsEnd(index):
            visits.append(nodes[manager.IndexToNode(index)].number)
            index = found.Value(model.NextVar(index))
        if visits:
            day, of_day = divmod(vehicle, fleet)
            routes.append(Route(day + 1, of_day + 1, tuple(visits)))
    return Plan(cost(instance, routes), tuple(routes))


def _between(a: Client | Depot, b: Client | Depot) -> float:
    return math.dist((a.x, a.y), (b.x, b.y)) * FINE


def _up(value: float) -> int:
    return math.ceil(round(value, 6))
