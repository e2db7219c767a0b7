"""Problems nobody has seen: generated, and known ones turned, mirrored, renumbered.

A generated problem is made around a hidden plan, so that it is feasible however tight:
patterns are dealt evenly over the days, each day is cut by angle into as many routes as
there are vehicles, and the limits and windows are what these routes need, times slack.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace
from itertools import pairwise

from suprovid.lib.planning.public.checking import Clock, clock, cost
from suprovid.lib.planning.public.plans import Plan, Route
from suprovid.lib.planning.public.reading import Client, Depot, Instance

PATTERNS = {
    4: ([(1, 2, 3, 4)], [(1, 3), (2, 4)], [(1,), (2,), (3,), (4,)]),
    6: (
        [(1, 2, 3, 4, 5, 6)],
        [(1, 3, 5), (2, 4, 6)],
        [(1, 4), (2, 5), (3, 6)],
        [(1,), (2,), (3,), (4,), (5,), (6,)],
    ),
}
"""Allowed patterns by the days of the problem; clients take them in turn."""
HALF = 100.0
CLUSTERS = 4


@dataclass(frozen=True)
class Family:
    """`slack` 1 leaves no minute and no unit more than the hidden plan needs."""

    clients: int
    days: int
    vehicles: int
    slack: float
    windows: bool = False


def generated(family: Family, seed: int) -> Instance:
    """The same for the same family and seed."""
    return with_plan(family, seed)[0]


def with_plan(family: Family, seed: int) -> tuple[Instance, Plan]:
    """The problem and the plan that it is made around."""
    chance = random.Random(seed)  # noqa: S311  (no secret depends on it)
    depot = Depot(chance.uniform(-30, 30), chance.uniform(-30, 30))
    clients = _placed(family, chance)
    days = _dealt(clients, family.days, chance)
    routes = {
        day: [_ordered(depot, part) for part in _cut(depot, visited, family.vehicles)]
        for day, visited in days.items()
    }
    instance = _limited(family, depot, clients, routes, chance)
    plan = tuple(
        Route(day, vehicle, tuple(client.number for client in route))
        for day, of_day in routes.items()
        for vehicle, route in enumerate(of_day, start=1)
    )
    return instance, Plan(cost(instance, plan), plan)


def _placed(family: Family, chance: random.Random) -> list[Client]:
    """Half of the clients lie around a few centres, half anywhere."""
    centres = [
        (chance.uniform(-HALF, HALF), chance.uniform(-HALF, HALF))
        for _ in range(CLUSTERS)
    ]
    choices = PATTERNS[family.days]
    clients = []
    for number in range(1, family.clients + 1):
        x, y = chance.uniform(-HALF, HALF), chance.uniform(-HALF, HALF)
        if chance.random() < 0.5:
            x, y = (chance.gauss(mean, 12) for mean in chance.choice(centres))
        service, demand = chance.randint(1, 25), chance.randint(1, 25)
        patterns = tuple(choices[number % len(choices)])
        clients.append(Client(number, x, y, service, demand, patterns))
    return clients


def _dealt(
    clients: list[Client], days: int, chance: random.Random
) -> dict[int, list[Client]]:
    """Each client on the pattern whose days carry the least so far, those of many
    visits and of much load first: days come out nearly even, so limits can be tight."""
    visited: dict[int, list[Client]] = {day: [] for day in range(1, days + 1)}
    load = dict.fromkeys(visited, 0.0)
    mixed = chance.sample(clients, len(clients))
    for client in sorted(mixed, key=lambda c: (-len(c.patterns[0]), -c.demand)):
        pattern = min(client.patterns, key=lambda days: sum(load[day] for day in days))
        for day in pattern:
            visited[day].append(client)
            load[day] += client.demand
    return visited


def _cut(depot: Depot, visited: list[Client], vehicles: int) -> list[list[Client]]:
    """By angle around the depot, into parts of equal load."""
    around = sorted(visited, key=lambda c: math.atan2(c.y - depot.y, c.x - depot.x))
    whole = sum(c.demand for c in around)
    parts: list[list[Client]] = [[] for _ in range(vehicles)]
    done = 0.0
    for client in around:
        middle = done + client.demand / 2
        parts[min(vehicles - 1, int(middle / whole * vehicles))].append(client)
        done += client.demand
    return [part for part in parts if part]


def _ordered(depot: Depot, part: list[Client]) -> list[Client]:
    """To the nearest in turn, then two legs crossed while that shortens the route."""
    left, route = list(part), []
    here: Depot | Client = depot
    while left:
        here = min(left, key=lambda client: math.dist(_xy(here), _xy(client)))
        left.remove(here)
        route.append(here)
    shorter = True
    while shorter:
        shorter = False
        for i in range(len(route)):
            for j in range(i + 2, len(route) + 1):
                turned = [*route[:i], *route[i:j][::-1], *route[j:]]
                if _length(depot, turned) < _length(depot, route) - 1e-9:
                    route, shorter = turned, True
    return route


def _length(depot: Depot, route: list[Client]) -> float:
    stops = [_xy(depot), *map(_xy, route), _xy(depot)]
    return sum(math.dist(a, b) for a, b in pairwise(stops))


def _limited(
    family: Family,
    depot: Depot,
    clients: list[Client],
    routes: dict[int, list[list[Client]]],
    chance: random.Random,
) -> Instance:
    if family.windows:
        windows = _windows(depot, routes, chance)
        clients = [
            replace(c, early=windows[c.number][0], late=windows[c.number][1])
            for c in clients
        ]
        depot = replace(depot, closes=1000.0)
    anew = {client.number: client for client in clients}
    longest, capacity = [], []
    for of_day in routes.values():
        lengths = [clock(depot, [anew[c.number] for c in r]).duration for r in of_day]
        loads = [sum(client.demand for client in route) for route in of_day]
        longest.append(max(lengths) * family.slack + 1e-6)
        capacity.append(math.ceil(max(loads) * family.slack))
    return Instance(
        family.vehicles, tuple(longest), tuple(capacity), depot, tuple(clients)
    )


def _windows(
    depot: Depot, routes: dict[int, list[list[Client]]], chance: random.Random
) -> dict[int, tuple[float, float]]:
    """Around every hour at which the hidden plan starts the client's visits."""
    starts: dict[int, list[float]] = {}
    for route in (route for of_day in routes.values() for route in of_day):
        told: Clock = clock(depot, route)
        for client, start in zip(route, told.starts, strict=True):
            starts.setdefault(client.number, []).append(start)
    return {
        number: (
            max(0.0, math.floor(min(hours) - chance.uniform(10, 90))),
            math.ceil(max(hours) + chance.uniform(10, 90)),
        )
        for number, hours in starts.items()
    }


def disguised(instance: Instance, seed: int) -> Instance:
    """The same problem turned, mirrored and renumbered: every plan costs the same."""
    chance = random.Random(seed)  # noqa: S311  (no secret depends on it)
    angle = chance.uniform(0, 2 * math.pi)
    numbers = chance.sample(range(1, len(instance.clients) + 1), len(instance.clients))
    clients = [
        replace(client, x=x, y=y, number=number)
        for client, number in zip(instance.clients, numbers, strict=True)
        for x, y in [_turned(client, angle)]
    ]
    x, y = _turned(instance.depot, angle)
    return replace(
        instance,
        depot=replace(instance.depot, x=x, y=y),
        clients=tuple(sorted(clients, key=lambda client: client.number)),
    )


def _turned(place: Depot | Client, angle: float) -> tuple[float, float]:
    """Mirrored in the x axis, then turned around the origin."""
    x, y = place.x, -place.y
    return (
        x * math.cos(angle) - y * math.sin(angle),
        x * math.sin(angle) + y * math.cos(angle),
    )


def _xy(place: Depot | Client) -> tuple[float, float]:
    return place.x, place.y


def as_text(instance: Instance) -> str:
    """The file of a problem, in the public format."""
    windows = instance.depot.closes < math.inf
    days, clients = instance.days, instance.clients
    lines = [f"{5 if windows else 1} {instance.vehicles} {len(clients)} {days}"]
    for longest, capacity in zip(instance.longest, instance.capacity, strict=True):
        lines.append(
            f"{_number(0 if longest == math.inf else longest)} {_number(capacity)}"
        )
    depot = instance.depot
    hours = f" {_number(depot.opens)} {_number(depot.closes)}" if windows else ""
    lines.append(f"0 {depot.x!r} {depot.y!r} 0 0 0 0{hours}")
    lines += [_row(client, days, windows=windows) for client in clients]
    return "\n".join(lines) + "\n"


def _row(client: Client, days: int, *, windows: bool) -> str:
    codes = [sum(1 << (days - day) for day in pattern) for pattern in client.patterns]
    numbers = [client.number, client.x, client.y, client.service, client.demand]
    numbers += [len(client.patterns[0]), len(codes), *codes]
    if windows:
        numbers += [client.early, client.late]
    return " ".join(map(_number, numbers))


def _number(value: float) -> str:
    """Read back as the same float."""
    return str(int(value)) if value == int(value) else repr(float(value))
