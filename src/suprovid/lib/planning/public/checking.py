"""Judges a plan of the public format by the words of the problem alone.

Nothing here is shared with the engine or its tables: distances, clock and sums are
worked out again from the file.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from .plans import Plan, Route
from .reading import Client, Depot, Instance

TOLERANCE = 1e-6
"""In minutes and units of load, for what adding in another order may differ by."""


class Kind(StrEnum):
    UNKNOWN_CLIENT = "unknown client"
    UNKNOWN_DAY = "unknown day"
    UNKNOWN_VEHICLE = "unknown vehicle"
    VEHICLE_TWICE = "vehicle twice a day"
    CLIENT_TWICE = "client twice a day"
    OTHER_DAYS = "days that are no pattern"
    FORGOTTEN = "client forgotten"
    OVERLOAD = "overload"
    TOO_LONG = "too long"
    LATE = "late"
    RETURN_LATE = "return after closing"
    OTHER_COST = "another cost"


@dataclass(frozen=True)
class Violation:
    """One rule broken; `client`, or `day` and `vehicle`, say where."""

    kind: Kind
    words: str
    client: int | None = None
    day: int | None = None
    vehicle: int | None = None

    def __str__(self) -> str:
        return f"{self.kind}: {self.words}"


def violations(instance: Instance, plan: Plan) -> tuple[Violation, ...]:
    """Every rule that the plan breaks; an unplaced client is none, if it says so."""
    known = {client.number: client for client in instance.clients}
    strange = tuple(_strangers(instance, known, plan))
    if strange:
        return strange  # of what does not exist nothing more can be said
    return (
        *_vehicles_twice(plan),
        *(found for r in plan.routes for found in _of_route(instance, known, r)),
        *_of_days(known, plan),
        *_of_cost(instance, plan),
    )


def alone(instance: Instance, client: Client) -> tuple[Violation, ...]:
    """Why nobody can visit the client even with nothing else to do, if that is so."""
    found: tuple[Violation, ...] = ()
    for pattern in client.patterns:
        routes = [Route(day, 1, (client.number,)) for day in pattern]
        known = {client.number: client}
        found = tuple(v for r in routes for v in _of_route(instance, known, r))
        if not found:
            return ()
    return found


def cost(instance: Instance, routes: Iterable[Route]) -> float:
    """The length of all routes, from the depot and back to it."""
    at = {client.number: client for client in instance.clients}
    visits = ([at[number] for number in route.visits] for route in routes)
    return math.fsum(
        leg for clients in visits if clients for leg in _legs(instance.depot, clients)
    )


@dataclass(frozen=True)
class Clock:
    """A route by the clock, left as late as it may be without returning later."""

    leaves: float
    starts: tuple[float, ...]
    returns: float

    @property
    def duration(self) -> float:
        return self.returns - self.leaves


def clock(depot: Depot, clients: list[Client]) -> Clock:
    """Service as early as it can be; then leaving is put off as far as that allows."""
    legs = _legs(depot, clients)
    now, starts = depot.opens, []
    for leg, client in zip(legs, clients, strict=False):
        now = max(now + leg, client.early)
        starts.append(now)
        now += client.service
    returns = now + legs[-1]
    # Backwards from the return: the latest moment at which each place may be left.
    leave = returns - legs[-1]
    for leg, client, start in zip(
        reversed(legs[:-1]), reversed(clients), reversed(starts), strict=True
    ):
        leave = min(leave - client.service, max(client.late, start)) - leg
    return Clock(leave, tuple(starts), returns)


def _strangers(
    instance: Instance, known: dict[int, Client], plan: Plan
) -> Iterator[Violation]:
    for route in plan.routes:
        where = f"day {route.day}, vehicle {route.vehicle}"
        if not 1 <= route.day <= instance.days:
            yield Violation(Kind.UNKNOWN_DAY, where, None, route.day, route.vehicle)
        if not 1 <= route.vehicle <= instance.vehicles:
            yield Violation(Kind.UNKNOWN_VEHICLE, where, None, route.day, route.vehicle)
        for number in route.visits:
            if number not in known:
                yield Violation(Kind.UNKNOWN_CLIENT, f"{number} on {where}", number)
    yield from _strangers_unplaced(instance, known, plan)


def _strangers_unplaced(
    instance: Instance, known: dict[int, Client], plan: Plan
) -> Iterator[Violation]:
    refused = {client.number for client in instance.refused}
    for number, day in plan.unplaced:
        if number not in known and number not in refused:
            yield Violation(Kind.UNKNOWN_CLIENT, f"{number}, told unplaced", number)
        if day is not None and not 1 <= day <= instance.days:
            yield Violation(Kind.UNKNOWN_DAY, f"day {day}, told unplaced", number)


def _vehicles_twice(plan: Plan) -> Iterator[Violation]:
    used = Counter((route.day, route.vehicle) for route in plan.routes)
    for (day, vehicle), times in used.items():
        if times > 1:
            words = f"vehicle {vehicle} makes {times} routes on day {day}"
            yield Violation(Kind.VEHICLE_TWICE, words, None, day, vehicle)


def _of_route(
    instance: Instance, known: dict[int, Client], route: Route
) -> Iterator[Violation]:
    if not route.visits:
        return
    clients = [known[number] for number in route.visits]
    told = clock(instance.depot, clients)
    for kind, value, most in _measures(instance, clients, told, route.day):
        if value > most + TOLERANCE:
            words = (
                f"day {route.day}, vehicle {route.vehicle}: {value:.2f} of {most:.2f}"
            )
            yield Violation(kind, words, None, route.day, route.vehicle)
    for client, start in zip(clients, told.starts, strict=True):
        if start > client.late + TOLERANCE:
            words = f"client {client.number} on day {route.day} at {start:.2f},"
            words += f" the window closes at {client.late:.2f}"
            place = (client.number, route.day, route.vehicle)
            yield Violation(Kind.LATE, words, *place)


def _measures(
    instance: Instance, clients: list[Client], told: Clock, day: int
) -> tuple[tuple[Kind, float, float], ...]:
    load = math.fsum(client.demand for client in clients)
    return (
        (Kind.OVERLOAD, load, instance.capacity[day - 1]),
        (Kind.TOO_LONG, told.duration, instance.longest[day - 1]),
        (Kind.RETURN_LATE, told.returns, instance.depot.closes),
    )


def _of_days(known: dict[int, Client], plan: Plan) -> Iterator[Violation]:
    """Visits and unplaced visits of a client make one of its patterns together."""
    visited: dict[int, list[int]] = defaultdict(list)
    for route in plan.routes:
        for number in route.visits:
            visited[number].append(route.day)
    missed: dict[int, list[int]] = defaultdict(list)
    for number, day in plan.unplaced:
        if day is not None:
            missed[number].append(day)
    nowhere = {number for number, day in plan.unplaced if day is None}
    for number, client in known.items():
        if number in nowhere and not visited[number]:
            continue
        yield from _of_client(client, visited[number], missed[number])


def _of_client(
    client: Client, visited: list[int], missed: list[int]
) -> Iterator[Violation]:
    name = f"client {client.number}"
    days = sorted(visited + missed)
    if not days:
        yield Violation(Kind.FORGOTTEN, f"{name} is nowhere in the plan", client.number)
    elif len(set(days)) < len(days):
        words = f"{name} on days {_listed(days)}"
        yield Violation(Kind.CLIENT_TWICE, words, client.number)
    elif tuple(days) not in client.patterns:
        words = f"{name} on days {_listed(days)}"
        yield Violation(Kind.OTHER_DAYS, words, client.number)


def _of_cost(instance: Instance, plan: Plan) -> Iterator[Violation]:
    worked_out = cost(instance, plan.routes)
    # Published costs are rounded to the cent.
    if not abs(worked_out - plan.cost) <= 0.01:
        words = f"the plan says {plan.cost:.2f}, its routes are {worked_out:.2f} long"
        yield Violation(Kind.OTHER_COST, words)


def _legs(depot: Depot, clients: list[Client]) -> list[float]:
    stops: list[Depot | Client] = [depot, *clients, depot]
    return [math.hypot(a.x - b.x, a.y - b.y) for a, b in pairwise(stops)]


def _listed(days: list[int]) -> str:
    return ", ".join(map(str, days))
