"""A department's answer against its document, from nothing but the two.

Strict where the library remarks: a band missed or a weekday left is a fault here.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

HAIR = 1e-6


def way(one: list[float], other: list[float]) -> float:
    return math.dist(one, other) * 1.3 / 25 * 60


def faults(document: dict[str, Any], answer: dict[str, Any]) -> list[str]:
    return [*_by_client(document, answer), *_by_day(document, answer)]


def travel(document: dict[str, Any], answer: dict[str, Any]) -> float:
    return sum(
        way(a, b)
        for (manager, _), visits in _days(answer).items()
        for a, b in pairwise(_places(document, manager, visits))
    )


def _days(answer: dict[str, Any]) -> dict[tuple[str, int], list[dict[str, Any]]]:
    days: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for visit in sorted(answer["visits"], key=lambda visit: visit["start"]):
        days.setdefault((visit["manager"], visit["day"]), []).append(visit)
    return days


def _places(
    document: dict[str, Any], manager: str, visits: list[dict[str, Any]]
) -> list[list[float]]:
    sites = {client["id"]: client["xy"] for client in document["clients"]}
    homes = {each["id"]: each["start"] for each in document["managers"]}
    return [homes[manager], *(sites[v["client"]] for v in visits), homes[manager]]


def _by_client(document: dict[str, Any], answer: dict[str, Any]) -> Iterator[str]:
    left_out = Counter(each["client"] for each in answer["unplaced"])
    visits: dict[str, list[dict[str, Any]]] = {}
    for visit in answer["visits"]:
        visits.setdefault(visit["client"], []).append(visit)
    for client in document["clients"]:
        theirs, name = visits.get(client["id"], []), client["id"]
        days = sorted(visit["day"] for visit in theirs)
        if len(days) + left_out[name] != client["frequency"]:
            yield f"{name}: {len(days)} visits"
        apart = {4: 5, 2: 10}.get(client["frequency"], 0)
        if not left_out[name] and any(b - a != apart for a, b in pairwise(days)):
            yield f"{name}: on days {days}"
        for visit in theirs:
            yield from _one(document, client, visit)


def _one(
    document: dict[str, Any], client: dict[str, Any], visit: dict[str, Any]
) -> Iterator[str]:
    low, high = client["window"]
    if not low <= visit["start"] <= high:
        yield f"{client['id']}: at {visit['start']}, not within {low}..{high}"
    if visit["manager"] != client["owner"]:
        yield f"{client['id']}: by {visit['manager']}"
    if visit["end"] - visit["start"] != document["visit_min"] or visit["start"] % 5:
        yield f"{client['id']}: from {visit['start']} to {visit['end']}"


def _by_day(document: dict[str, Any], answer: dict[str, Any]) -> Iterator[str]:
    days = _days(answer)
    for manager in document["managers"]:
        for day in range(document["days"]):
            visits = days.get((manager["id"], day), [])
            if not 4 <= len(visits) <= 8:
                yield f"{manager['id']} on {day}: {len(visits)} visits"
            if visits:
                yield from _driven(document, manager["id"], day, visits)


def _driven(
    document: dict[str, Any], manager: str, day: int, visits: list[dict[str, Any]]
) -> Iterator[str]:
    places = _places(document, manager, visits)
    legs = [way(a, b) for a, b in pairwise(places)]
    leave, back = visits[0]["start"] - legs[0], visits[-1]["end"] + legs[-1]
    first, last = document["shift"]
    if leave < first - HAIR or back > last + HAIR:
        yield f"{manager} on {day}: from {leave} to {back}"
    if back - leave > document["max_route_min"] + HAIR:
        yield f"{manager} on {day}: {back - leave} minutes"
    for (one, other), leg in zip(pairwise(visits), legs[1:-1], strict=True):
        if one["end"] + leg > other["start"] + HAIR:
            yield f"{manager} on {day}: no time to reach {other['client']}"
    idle = [(first, leave), (back, last)]
    for (one, other), leg in zip(pairwise(visits), legs[1:-1], strict=True):
        idle += [(one["end"], other["start"] - leg), (one["end"] + leg, other["start"])]
    if not any(min(b, 360) - max(a, 180) >= 60 - HAIR for a, b in idle):
        yield f"{manager} on {day}: no lunch"
