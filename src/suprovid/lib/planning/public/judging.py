"""Judges the answer for a department's document by the words of the document alone.

Kilometres on a plane, days from 0, minutes after nine o'clock. Leaving and return are
worked out from the visits: a manager leaves in time for the first and goes back at once
after the last. Nothing is shared with the planner or with its own checker.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

DETOUR, SPEED = 1.3, 25 / 60
"""Road for each straight km; km a minute."""
LUNCH, NOON, THREE = 60, 180, 360
"""Minutes of lunch, and between which minutes after nine it lies."""
LEAST, MOST = 4, 8
"""Visits of a manager on a day: beyond them is told, but breaks no rule."""
TOLERANCE = 0.01


class Judged(NamedTuple):
    """Rules broken, in words; travel in minutes; days outside the band of visits."""

    violations: tuple[str, ...]
    travel: float
    outside_band: int
    unplaced: int


class _Stop(NamedTuple):
    start: float
    end: float
    client: str


Days = dict[tuple[str, int], list[_Stop]]


def judge(document: Mapping[str, Any], answer: Mapping[str, Any]) -> Judged:
    """Both as they stand in JSON.

    Raises:
        KeyError, TypeError, ValueError: one of the two is not of its form.
    """
    days: Days = defaultdict(list)
    for visit in answer["visits"]:
        stop = _Stop(float(visit["start"]), float(visit["end"]), str(visit["client"]))
        days[str(visit["manager"]), int(visit["day"])].append(stop)
    world = _World(document)
    strange = tuple(world.strangers(days))
    if strange:
        return Judged(strange, math.nan, 0, len(answer["unplaced"]))
    travel = math.fsum(world.travel(manager, day) for (manager, _), day in days.items())
    said = float(answer["travel_minutes"])
    wrong = [] if abs(said - travel) < 0.1 else [f"travel is {travel:.2f}, not {said}"]
    return Judged(
        violations=(
            *world.of_days(days),
            *world.of_clients(days, answer["unplaced"]),
            *wrong,
        ),
        travel=travel,
        outside_band=world.outside_band(days),
        unplaced=len(answer["unplaced"]),
    )


class _World:
    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self.clients = {client["id"]: client for client in document["clients"]}
        self.homes = {m["id"]: m["start"] for m in document["managers"]}

    def strangers(self, days: Days) -> Iterator[str]:
        for (manager, day), stops in days.items():
            if manager not in self.homes:
                yield f"manager {manager} is not in the document"
            if not 0 <= day < self.document["days"]:
                yield f"day {day} is not in the document"
            for stop in stops:
                if stop.client not in self.clients:
                    yield f"client {stop.client} is not in the document"

    def travel(self, manager: str, stops: list[_Stop]) -> float:
        return math.fsum(self._legs(manager, sorted(stops)))

    def outside_band(self, days: Days) -> int:
        return sum(
            not LEAST <= len(days.get((manager, day), ())) <= MOST
            for manager in self.homes
            for day in range(self.document["days"])
        )

    def of_days(self, days: Days) -> Iterator[str]:
        for (manager, day), stops in days.items():
            ordered = sorted(stops)
            legs = self._legs(manager, ordered)
            told = [
                *self._of_hours(ordered, legs),
                *(self._of_stop(manager, stop) for stop in ordered),
            ]
            yield from (f"{manager}, day {day}: {words}" for words in told if words)

    def of_clients(self, days: Days, unplaced: list[Any]) -> Iterator[str]:
        visited: dict[str, list[int]] = defaultdict(list)
        for (_, day), stops in days.items():
            for stop in stops:
                visited[stop.client].append(day)
        missed = Counter(one["client"] for one in unplaced)
        for name, client in self.clients.items():
            made = sorted(visited[name])
            if made and not any(set(made) <= p for p in self._patterns(client)):
                yield f"{name}: days {made} are of no pattern"
            if len(set(made)) < len(made):
                yield f"{name}: twice on a day"
            if len(made) + missed[name] < client["frequency"] and not (
                missed[name] and not made
            ):
                yield f"{name}: {len(made)} visits of {client['frequency']}"

    def _of_stop(self, manager: str, stop: _Stop) -> str:
        client = self.clients[stop.client]
        early, late = client["window"]
        if client.get("owner") not in (None, manager):
            return f"{stop.client} is of {client['owner']}"
        if not early - TOLERANCE <= stop.start <= late + TOLERANCE:
            return f"{stop.client} at {stop.start:g}, window {early:g}-{late:g}"
        if abs(stop.end - stop.start - self.document["visit_min"]) > TOLERANCE:
            return f"{stop.client} takes {stop.end - stop.start:g} minutes"
        return ""

    def _of_hours(self, stops: list[_Stop], legs: list[float]) -> Iterator[str]:
        opens, closes = self.document["shift"]
        leaves, returns = stops[0].start - legs[0], stops[-1].end + legs[-1]
        for (one, other), leg in zip(pairwise(stops), legs[1:-1], strict=True):
            if one.end + leg > other.start + TOLERANCE:
                yield f"from {one.client} to {other.client} takes {leg:.1f} minutes"
        if leaves < opens - TOLERANCE or returns > closes + TOLERANCE:
            yield f"away from {leaves:.1f} to {returns:.1f}, outside the shift"
        if returns - leaves > self.document["max_route_min"] + TOLERANCE:
            yield f"{returns - leaves:.1f} minutes from leaving to return"
        idle = [(opens, leaves), (returns, closes)]
        for (one, other), leg in zip(pairwise(stops), legs[1:-1], strict=True):
            idle += [(one.end, other.start - leg), (one.end + leg, other.start)]
        longest = max(min(end, THREE) - max(start, NOON) for start, end in idle)
        if longest < LUNCH - TOLERANCE:
            yield "no lunch"

    def _legs(self, manager: str, stops: list[_Stop]) -> list[float]:
        home = self.homes[manager]
        places = [home, *(self.clients[stop.client]["xy"] for stop in stops), home]
        return [math.dist(a, b) * DETOUR / SPEED for a, b in pairwise(places)]

    def _patterns(self, client: Mapping[str, Any]) -> list[set[int]]:
        """One weekday in so many of the weeks, evenly spread; once is on any day."""
        days, frequency = self.document["days"], client["frequency"]
        step = days // frequency
        return [set(range(first, days, step)) for first in range(step)]
