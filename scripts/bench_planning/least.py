"""How little travel a department's month can take at the least: no plan has less that
has four to eight visits on each day and leaves none out.

python -m scripts.bench_planning.least

Of the departments measured: as asked, hours at fives; at any minute; and with the lunch
beside the longest day instead of within it.

Manager by manager, as owners are given. Kept: a route on each day with four to eight
visits, the minutes of a day with its lunch, the hours of clients, as many visits of
each client as are asked for. Given up, so that what is left can be solved: on which
days a client's visits fall, and that they are whole; routes are then mixed by halves. A
route may also come back to a client once it has left the neighbourhood (ng-routes,
Baldacci, Mingozzi and Roberti 2011). The linear programme that remains is solved by
column generation; each of its rounds proves a bound of its own, so the best one holds
whatever the solver did.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp  # type: ignore[import-untyped]

from scripts.bench_planning.sets import documents
from suprovid.lib.planning.public.judging import (
    DETOUR,
    LEAST,
    LUNCH,
    MOST,
    NOON,
    SPEED,
    THREE,
)
from suprovid.lib.planning.tables import Floats

Whole = NDArray[np.int64]

NOWHERE = 1e18
NEIGHBOURS = 6
"""To whom a route does not come back while it stays among them."""
MISSED = 1000.0
"""Minutes that stand for a visit not made, until there are routes for all."""
HAIR = 1e-6
SLACK = 0.05
"""Minutes by which the judge's tolerances, of one day together, may be passed."""


@dataclass(frozen=True)
class Desk:
    """One manager's clients; `grid` is what visits begin at multiples of, minutes."""

    document: Mapping[str, Any]
    manager: Mapping[str, Any]
    grid: int = 5

    @cached_property
    def clients(self) -> list[Mapping[str, Any]]:
        mine = self.manager["id"]
        return [one for one in self.document["clients"] if one["owner"] == mine]

    @cached_property
    def legs(self) -> Floats:
        """Minutes between clients; home is the last."""
        places = [*(one["xy"] for one in self.clients), self.manager["start"]]
        straight = [[math.dist(one, other) for other in places] for one in places]
        return np.array(straight) * DETOUR / SPEED

    @cached_property
    def visits(self) -> Whole:
        return np.array([one["frequency"] for one in self.clients], np.int64)

    @property
    def days(self) -> int:
        return int(self.document["days"])

    @property
    def longest(self) -> float:
        """Travel and visits of a day, minutes: the lunch is on the way, and counts, or
        at home, and then a day is still shorter."""
        opens, closes = self.document["shift"]
        on_the_way = min(self.document["max_route_min"], closes - opens) - LUNCH
        at_home = max(closes - NOON - LUNCH, THREE - LUNCH - opens)
        return float(max(on_the_way, at_home))

    def _steps(self, minutes: Floats) -> Whole:
        """Whole steps of the grid in them."""
        return np.asarray(np.floor(minutes / self.grid), np.int64)

    @cached_property
    def between(self) -> Whole:
        """From one beginning to the next, in steps of the grid."""
        minutes = self.legs[:-1, :-1] + self.document["visit_min"] - SLACK
        # Between fives there are whole fives; between minutes not always whole minutes.
        rounded = np.floor if self.grid == 1 else np.ceil
        return np.asarray(rounded(minutes / self.grid), np.int64)

    @cached_property
    def first(self) -> Whole:
        """From leaving to the first beginning, rounded down."""
        return np.maximum(self._steps(self.legs[-1, :-1] - SLACK), 0)

    @cached_property
    def last(self) -> Whole:
        """Steps from leaving by which the last visit must have begun."""
        left = self.longest - self.document["visit_min"] - self.legs[:-1, -1]
        return self._steps(left + SLACK)

    @cached_property
    def shuts(self) -> Whole:
        """Steps from leaving: whoever leaves when the shift begins has no more."""
        opens = self.document["shift"][0]
        late = np.array([one["window"][1] for one in self.clients]) - opens
        return self._steps(late + SLACK)

    @cached_property
    def opens(self) -> Whole:
        """Steps from leaving, so reckoned that what is left of the longest day is what
        is left of the shift when the client opens."""
        early = np.array([one["window"][0] for one in self.clients])
        left = self.document["shift"][1] - early
        return self._steps(self.longest - left + HAIR)

    @cached_property
    def near(self) -> Whole:
        """(n, n) the bit of j among those near i; 0 where it is none of them."""
        bits = np.zeros((len(self.clients),) * 2, np.int64)
        for one, order in enumerate(np.argsort(self.legs[:-1, :-1], axis=1)):
            for place, other in enumerate(order[:NEIGHBOURS]):
                bits[one, other] = 1 << place
        return bits

    @cached_property
    def seen(self) -> Whole:
        """(n, n, 2^k) who of those near i is near j too, in the bits of j."""
        sets = np.arange(1 << NEIGHBOURS)
        bits = np.zeros((*self.near.shape, len(sets)), np.int64)
        for one, other, near in np.argwhere(self.near[:, None] * self.near[None]):
            had = (sets & self.near[one, near]) > 0
            bits[one, other] |= np.where(had, self.near[other, near], 0)
        return bits

    def travel(self, route: Sequence[int]) -> float:
        way = [-1, *route, -1]
        return float(self.legs[way[:-1], way[1:]].sum())


@numba.njit(cache=True)
def _go_on(legs, between, last, opens, shuts, near, seen, prize, now, then, came):  # type: ignore[no-untyped-def]
    """From all routes of so many visits to those of one more.

    By the last client, the steps since leaving, and who must not be visited again.
    """
    clients, steps, sets = now.shape
    then[:] = NOWHERE
    for one, step, had in np.ndindex(now.shape):
        if now[one, step, had] >= NOWHERE:
            continue
        for other in range(clients):
            begun = max(step + between[one, other], opens[other])
            again = other == one or had & near[one, other]
            if again or begun > last[other] or begun > shuts[other]:
                continue
            kept = seen[one, other, had] | near[other, other]
            price = now[one, step, had] + legs[one, other] - prize[other]
            if price < then[other, begun, kept]:
                then[other, begun, kept] = price
                came[other, begun, kept] = (one * steps + step) * sets + had


@dataclass(frozen=True)
class Pricing:
    """Which routes cost less than the prizes for the visits they make."""

    desk: Desk

    def cheapest(self, prize: Floats) -> Iterator[tuple[float, tuple[int, ...]]]:
        """For each number of visits and each last client: its price, and the route."""
        layers, came = self._layers(prize)
        back = self.desk.legs[:-1, -1]
        for visits in range(LEAST, MOST + 1):
            ends = layers[visits - 1].reshape(len(back), -1)
            for one, place in enumerate(ends.argmin(axis=1)):
                if ends[one, place] < NOWHERE:
                    route = self._unwound(came, visits, one * ends.shape[1] + place)
                    yield float(ends[one, place] + back[one]), route

    def _layers(self, prize: Floats) -> tuple[list[Floats], list[Whole]]:
        desk, layers = self.desk, [self._alone(prize)]
        came = [np.full(layers[0].shape, -1, np.int64) for _ in range(MOST)]
        for visits in range(1, MOST):
            layers.append(np.empty_like(layers[0]))
            _go_on(
                desk.legs, desk.between, desk.last, desk.opens, desk.shuts, desk.near,
                desk.seen, prize, layers[visits - 1], layers[visits], came[visits],
            )  # fmt: skip
        return layers, came

    def _alone(self, prize: Floats) -> Floats:
        desk = self.desk
        steps = int(desk.longest // desk.grid) + 2
        routes = np.full((len(prize), steps, 1 << NEIGHBOURS), NOWHERE)
        for one, begun in enumerate(np.maximum(desk.first, desk.opens)):
            if begun <= min(desk.last[one], desk.shuts[one]):
                routes[one, begun, desk.near[one, one]] = desk.legs[-1, one]
                routes[one, begun, desk.near[one, one]] -= prize[one]
        return routes

    def _unwound(self, came: list[Whole], visits: int, place: int) -> tuple[int, ...]:
        of_client, route = came[0][0].size, list[int]()
        for layer in reversed(came[:visits]):
            route.append(place // of_client)
            place = int(layer.reshape(-1)[place])
        return tuple(reversed(route))


class Mix:
    """The linear programme: each client's visits from so many days of known routes."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._solver = solver = pywraplp.Solver.CreateSolver("CLP")
        self._visits = [solver.Constraint(int(v), int(v)) for v in desk.visits]
        self._days = solver.Constraint(desk.days, desk.days)
        self._missed = []
        for row in (*self._visits, self._days):
            for sign in (1, -1):
                self._missed.append(self._column(MISSED))
                row.SetCoefficient(self._missed[-1], sign)
        self._known: set[tuple[int, ...]] = set()

    def _column(self, price: float) -> Any:
        column = self._solver.NumVar(0, self._solver.infinity(), "")
        self._solver.Objective().SetCoefficient(column, price)
        return column

    def prices(self) -> tuple[Floats, float]:
        """What one more visit of each client costs now, and one more day."""
        self._solver.Solve()
        of_visits = [row.dual_value() for row in self._visits]
        return np.array(of_visits), float(self._days.dual_value())

    @property
    def is_whole(self) -> bool:
        """Whether all visits are made, and all days had."""
        return bool(sum(one.solution_value() for one in self._missed) < HAIR)

    def learn(self, route: tuple[int, ...]) -> bool:
        """Whether the route is new."""
        if route in self._known:
            return False
        self._known.add(route)
        column = self._column(self._desk.travel(route))
        self._days.SetCoefficient(column, 1)
        for client in set(route):
            self._visits[client].SetCoefficient(column, route.count(client))
        return True


def least_travel(desk: Desk) -> float:
    """Minutes of a month, below which no plan of the manager can be; endless, where no
    month has four to eight visits on each day."""
    if not desk.clients:
        return math.inf
    mix, pricing, least = Mix(desk), Pricing(desk), 0.0
    while True:
        prize, day = mix.prices()
        found = list(pricing.cheapest(prize))
        cheapest = min((price for price, _ in found), default=NOWHERE)
        # Whatever the prizes: visits are worth so much, and no day is cheaper than it.
        least = max(least, float(desk.visits @ prize) + desk.days * cheapest)
        better = [route for price, route in found if price < day - HAIR]
        if not sum([mix.learn(route) for route in better]):
            return least if mix.is_whole else math.inf


def month(document: Mapping[str, Any], grid: int = 5) -> float:
    """Minutes, below which no month of the department can be.

    Raises:
        ValueError: a client has no owner.
    """
    if not all(client.get("owner") for client in document["clients"]):
        raise ValueError("The least travel is told where each client has an owner.")
    desks = (Desk(document, manager, grid) for manager in document["managers"])
    return sum(map(least_travel, desks))


def main() -> int:
    for department, document, _ in documents(times=1):
        beside = {**document, "max_route_min": document["max_route_min"] + LUNCH}
        least = month(document), month(document, grid=1), month(beside)
        shares = [one / 60 / document["naive"]["travel_hours"] for one in least]
        told = "{:.4f} of naive at the least; {:.4f} at any minute; {:.4f} lunch beside"
        print(f"{department}: {told.format(*shares)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
