"""Departments like the measured one, by seed and size: the same each time.

Four clients of ten lie anywhere, the others in clusters; each manager has about forty,
cut into territories by place so that visits are even. The document has the form that
department.py reads; its naive plan is reckoned here, so that ratios can be told.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import Any, NamedTuple

SIDE = 20.0
"""Of the town, km; towns of more managers are larger with the same density."""
CLIENTS = 40
"""Of each manager."""
HALF_DAYS = ((0.0, 195.0), (300.0, 495.0))
ALL_DAY = (0.0, 495.0)
SPEED, DETOUR = 25.0, 1.3
VISIT = 45
ABOUT = (
    "One department, one month. Plane in km; travel minutes = 1.3 x straight line / "
    "(25 km/h); 20 working days in 4 weeks of 5; visit 45 min; shift 9:00-18:00, at "
    "most 480 min from leaving to return; windows are minutes after 9:00 for the START "
    "of the visit; frequency 4 = one weekday in each week, 2 = weeks 1+3 or 2+4 on one "
    "weekday, 1 = any day. Owners are given (territories)."
)

Place = tuple[float, float]


class _Client(NamedTuple):
    id: str
    place: Place
    frequency: int
    window: tuple[float, float]


def generate(*, seed: int, managers: int = 20) -> dict[str, Any]:
    """A department's document; `managers` may be 1 to some hundreds."""
    chance = random.Random(seed)  # noqa: S311 - an instance, no secret
    side = SIDE * math.sqrt(managers / 20)
    clients = _clients(chance, managers * CLIENTS, side)
    owned = _territories(clients, managers)
    homes = _homes(chance, owned, side)
    documents = [
        _client(client, owner)
        for owner, theirs in enumerate(owned)
        for client in theirs
    ]
    return {
        "about": ABOUT,
        "seed": seed,
        "days": 20,
        "visit_min": VISIT,
        "max_route_min": 480,
        "shift": [0, 540],
        "managers": [
            {"id": _manager(number), "start": list(home)}
            for number, home in enumerate(homes)
        ],
        "clients": sorted(documents, key=lambda document: str(document["id"])),
        "naive": {"travel_hours": round(_naive(owned, homes) / 60, 1)},
    }


def _manager(number: int) -> str:
    return f"m{number:02d}"


def _client(client: _Client, owner: int) -> dict[str, Any]:
    return {
        "id": client.id,
        "xy": list(client.place),
        "frequency": client.frequency,
        "window": list(client.window),
        "owner": _manager(owner),
    }


def _clients(chance: random.Random, count: int, side: float) -> list[_Client]:
    centres = [_anywhere(chance, side) for _ in range(max(1, count * 12 // 800))]
    kinds = [4] * (count * 48 // 80) + [2] * (count * 20 // 80)
    kinds += [1] * (count - len(kinds))
    chance.shuffle(kinds)
    return [
        _Client(f"c{n:03d}", _site(chance, centres, side), kind, _window(chance))
        for n, kind in enumerate(kinds)
    ]


def _anywhere(chance: random.Random, side: float) -> Place:
    return round(chance.uniform(0, side), 4), round(chance.uniform(0, side), 4)


def _site(chance: random.Random, centres: Sequence[Place], side: float) -> Place:
    if chance.random() >= 0.7:
        return _anywhere(chance, side)
    east, north = chance.choice(centres)
    near = (chance.gauss(east, 1.0), chance.gauss(north, 1.0))
    return round(min(max(near[0], 0), side), 4), round(min(max(near[1], 0), side), 4)


def _window(chance: random.Random) -> tuple[float, float]:
    return chance.choice(HALF_DAYS) if chance.random() < 0.3 else ALL_DAY


def _territories(clients: list[_Client], managers: int) -> list[list[_Client]]:
    """Cut in two again and again, across the longer side, in the measure of visits."""
    if managers == 1:
        return [clients]
    axis = max((0, 1), key=lambda axis: _extent(clients, axis))
    ordered = sorted(clients, key=lambda client: client.place[axis])
    left = managers // 2
    wanted = sum(client.frequency for client in clients) * left / managers
    cut, seen = 0, 0
    while seen < wanted:
        seen += ordered[cut].frequency
        cut += 1
    return [
        *_territories(ordered[:cut], left),
        *_territories(ordered[cut:], managers - left),
    ]


def _extent(clients: Sequence[_Client], axis: int) -> float:
    along = [client.place[axis] for client in clients]
    return max(along) - min(along)


def _homes(
    chance: random.Random, owned: Sequence[Sequence[_Client]], side: float
) -> list[Place]:
    """Half of the managers begin at home, near a client, the others at an office."""
    offices = _offices(side)
    return [
        _nearest(offices, theirs) if number % 2 else chance.choice(theirs).place
        for number, theirs in enumerate(owned)
    ]


def _offices(side: float) -> list[Place]:
    """One in the middle; a larger town has more of them, each with a part of it."""
    count = max(1, round(side / SIDE))
    middles = [(number + 0.5) * side / count for number in range(count)]
    return [(east, north) for east in middles for north in middles]


def _nearest(offices: Sequence[Place], clients: Sequence[_Client]) -> Place:
    def away(office: Place) -> float:
        return sum(math.dist(office, client.place) for client in clients)

    return min(offices, key=away)


def _naive(owned: Sequence[Sequence[_Client]], homes: Sequence[Place]) -> float:
    """Minutes when clients are dealt to days in turn, each day nearest first."""
    return sum(
        _day(places, home)
        for theirs, home in zip(owned, homes, strict=True)
        for places in _dealt(theirs)
    )


def _dealt(clients: Sequence[_Client]) -> list[list[Place]]:
    days: list[list[Place]] = [[] for _ in range(20)]
    turns = {4: 0, 2: 0, 1: 0}
    for client in sorted(clients, key=lambda client: client.id):
        turn = turns[client.frequency]
        turns[client.frequency] += 1
        step = 20 // client.frequency
        for day in range(turn % step, 20, step):
            days[day].append(client.place)
    return days


def _day(places: list[Place], home: Place) -> float:
    at, left, minutes = home, list(places), 0.0
    while left:
        nearest = min(left, key=lambda place: math.dist(at, place))
        minutes += _minutes(at, nearest)
        left.remove(nearest)
        at = nearest
    return minutes + _minutes(at, home)


def _minutes(one: Place, other: Place) -> float:
    return math.dist(one, other) * DETOUR / SPEED * 60
