"""Answers to problems of the public format: ours, and the published ones of 1997."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, NamedTuple

from .reading import Unreadable


@dataclass(frozen=True)
class Route:
    """One vehicle on one day, both counted from 1; visits are numbers of clients."""

    day: int
    vehicle: int
    visits: tuple[int, ...]


@dataclass(frozen=True)
class Plan:
    """`cost` is what the plan says of itself. A client that is unplaced on day None is
    so on every day."""

    cost: float
    routes: tuple[Route, ...]
    unplaced: tuple[tuple[int, int | None], ...] = ()


class Published(NamedTuple):
    """A plan, and what the file says of each of its routes."""

    plan: Plan
    durations: tuple[float, ...]
    loads: tuple[float, ...]


def read_published(text: str) -> Published:
    """The cost, then lines `day vehicle duration load 0 c1 c2 ... 0`.

    Raises:
        Unreadable: a line is not of that form.
    """
    routes, durations, loads, cost = [], [], [], None
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.split()
        try:
            if cost is None and words:
                (cost,) = map(float, words)
            elif words:
                route, duration, load = _published_route(words)
                routes.append(route)
                durations.append(duration)
                loads.append(load)
        except ValueError as wrong:
            raise Unreadable(number, "this is no line of a published plan.") from wrong
    if cost is None:
        raise Unreadable(1, "the file is empty.")
    return Published(Plan(cost, tuple(routes)), tuple(durations), tuple(loads))


def _published_route(words: list[str]) -> tuple[Route, float, float]:
    day, vehicle, duration, load, first, *visits, last = words
    if first != "0" or last != "0":
        raise ValueError("a route leaves from 0 and returns to it")
    route = Route(int(day), int(vehicle), tuple(map(int, visits)))
    return route, float(duration), float(load)


def read_answer(text: str) -> Plan:
    """The plan of an answer in JSON, as `solve --json` writes it.

    Raises:
        Unreadable: it is not such an answer.
    """
    try:
        return _plan(json.loads(text))
    except json.JSONDecodeError as wrong:
        raise Unreadable(wrong.lineno, f"this is no JSON: {wrong.msg}.") from wrong
    except (KeyError, TypeError, ValueError, RecursionError) as wrong:
        raise Unreadable(
            1,
            'a plan has "cost", "routes" of {"day", "vehicle", "visits"}, "unplaced".',
        ) from wrong


def _plan(answer: dict[str, Any]) -> Plan:
    routes = tuple(
        Route(
            _whole(route["day"]),
            _whole(route["vehicle"]),
            tuple(map(_whole, route["visits"])),
        )
        for route in answer["routes"]
    )
    unplaced = tuple(
        (_whole(one["client"]), None if one["day"] is None else _whole(one["day"]))
        for one in answer["unplaced"]
    )
    return Plan(float(answer["cost"]), routes, unplaced)


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(f"{value!r} is no whole number")
    return value
