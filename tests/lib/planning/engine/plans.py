"""Plans of a few small problems as JSON: made by whoever runs it, compiled or not."""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from suprovid.lib.planning import engine
from suprovid.lib.planning.tables import Solution, Tables

from .small import small

PLACES = [(9 * k % 31 - 15, 7 * k % 29 - 14) for k in range(9)]
CHOICES: list[list[tuple[int, ...]]] = [[(0,), (1,)], [(0, 1)], [(0,), (1,), (0, 1)]]
PATTERNS = [CHOICES[k % 3] for k in range(9)]


def tables() -> Iterator[Tables]:
    """Plain, with overtime, lunch, bands, windows; and too tight for everybody."""
    paid: dict[str, Any] = {"usual": 90.0, "over_price": 0.5}
    quick: dict[str, Any] = {"vehicles": 2, "service": np.full(9, 20.0)}
    yield small(PLACES, PATTERNS, **quick)
    yield small(PLACES, PATTERNS, **quick, **paid)
    yield small(PLACES, PATTERNS, **quick, **paid, windows={(0, 0): [(50.0, 200.0)]})
    busy = small(
        PLACES, PATTERNS, vehicles=2, service=np.full(9, 30.0), longest=330.0,
        least=2, most=4, band_price=7.0,
        lunch_from=180.0, lunch_until=300.0, lunch=60.0, **paid,
        windows={
            (0, 0): [(0.0, 100.0), (300.0, 400.0)],
            (1, 1): [(50.0, 90.0)],
            (2, 0): [],
            (3, 0): [(200.0, 500.0)],
        },
    )  # fmt: skip
    extra = busy.extra.copy()
    extra[4, 1:] = np.inf
    yield replace(busy, extra=extra)
    yield small(PLACES, PATTERNS, capacity=2.0, close=300.0, longest=150.0)
    yield small(PLACES, PATTERNS, longest=150.0, windows={(0, 0): [(50.0, 99.0)]})
    late = {(0, 0): [(0.0, 10.0), (150.0, 260.0)], (1, 0): [(0.0, 100.0)]}
    yield small([(20, 0), (25, 0)], [[(0,)], [(0,)]], days=1, windows=late)
    often = [(10.0 * k, 10.0 * k + 5.0) for k in range(30)]
    yield small(PLACES[:2], PATTERNS[:2], windows={(0, 0): often, (1, 1): often[:2]})
    yield small([(1, 1)], [[()]])
    # Routes that would be impossible without one of their clients.
    lunch: dict[str, Any] = {"lunch_from": 180.0, "lunch_until": 270.0, "lunch": 40.0}
    noon = {(0, 0): [(120.0, 200.0)]}
    either = [(0,), (1,)]
    yield small([(51, 0), (0, 1)], [[(0,)], either], windows=noon, **lunch)
    # Past client 0 to client 1: begun so, as 0 alone is cheap; dear when 0 comes back.
    extra = np.array([[0.0, 5.0], [0.0, 0.0]])
    cost = np.array([[0, 50, 1], [50, 0, 1], [1, 1, 0]], np.float64)
    minutes = np.array([[0, 30, 30], [30, 0, 30], [30, 500, 0]], np.float64)
    limits: dict[str, Any] = {
        "longest": 400.0, "extra": extra, "cost": cost, "time": minutes,
    }  # fmt: skip
    yield small([(1, 0), (2, 0)], [either, [(0,)]], **limits)
    hours = {(0, 0): [(0.0, 500.0)]}
    yield small([(1, 0), (2, 0)], [either, [(0,)]], windows=hours, **limits)


def plans() -> list[Any]:
    made: list[Any] = []
    for problem in tables():
        first = engine.solve(problem, iterations=200, seconds=None, seed=7)
        begun = _spoiled(first.solution)
        again = engine.solve(problem, iterations=5, seconds=None, seed=6, start=begun)
        last = problem.clients - 1
        offers = [
            engine.insertions(problem, first.solution, client, day)
            for client, day in ((0, 0), (last // 2, 0), (last, problem.days - 1))
        ]
        made += [first.solution.routes, again.solution.routes, offers]
    return made


def _spoiled(solution: Solution) -> Solution:
    """With a route that nobody can make."""
    everybody = range(len(solution.chosen))
    return replace(solution, routes=((0, 0, *everybody), *solution.routes[1:]))


if __name__ == "__main__":
    json.dump(plans(), sys.stdout)
