"""What the engine works on: a periodic routing problem as arrays, and its solution.

There are n clients (nodes 0 .. n-1) and then points, such as depots and homes (nodes
n .. N-1), T days, and R routes: a route is one vehicle on one day. Minutes and cost
units are floats. A client is visited on the days of one of its patterns.

The lunch of a route is an idle stay wholly inside its hours: between two visits (after
the one or before the other), before leaving or after the return. Between leaving and
return it counts in the length of the route. Departure may be delayed.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Tables:
    """A problem; refused when built if it makes no sense, with the field's name.

    Raises:
        ValueError: a field has a wrong shape, is not a number, or points nowhere.
    """

    cost: Floats  # (N, N) what is minimised
    time: Floats  # (N, N) minutes of travel
    service: Floats  # (n,) minutes
    demand: Floats  # (n,) of one visit
    penalty: Floats  # (n,) cost of one visit left unplaced
    pattern_of: Whole  # (n+1,) client i has patterns pattern_of[i] .. pattern_of[i+1]-1
    pattern_days: Whole  # (P, F) day indexes, -1 padded
    pattern_cost: Floats  # (P,) price of choosing it
    early: Floats  # (n, T, W) start of service not before; W windows a day
    late: Floats  # (n, T, W) start of service not after; early > late = no window
    route_day: Whole  # (R,)
    route_vehicle: Whole  # (R,)
    route_from: Whole  # (R,) node left from
    route_to: Whole  # (R,) node returned to
    open: Floats  # (R,) not left before
    close: Floats  # (R,) returned by
    longest: Floats  # (R,) most minutes from leaving to return; inf = no limit
    usual: Floats  # (R,) minutes from leaving to return above which each costs more
    over_price: Floats  # (R,) cost of a minute above the usual ones
    capacity: Floats  # (R,)
    least: Whole  # (R,) visits a day below which each missing one has its price
    most: Whole  # (R,) visits a day above which each further one has its price
    band_price: Floats  # (R,)
    lunch_from: Floats  # (R,) begins not before; nan = no lunch on this route
    lunch_until: Floats  # (R,) ends not after
    lunch: Floats  # (R,) its minutes
    extra: Floats  # (n, R) cost of serving i on route r; inf = may not

    def __post_init__(self) -> None:
        _check_shapes(self)
        _check_numbers(self)
        _check_indexes(self)

    @property
    def clients(self) -> int:
        return len(self.service)

    @property
    def nodes(self) -> int:
        return len(self.cost)

    @property
    def days(self) -> int:
        return int(self.early.shape[1])

    @property
    def paid(self) -> NDArray[np.bool_]:
        """(R,) routes on which overtime has a price."""
        return np.isfinite(self.usual) & (self.over_price > 0)

    @property
    def routes(self) -> int:
        return len(self.route_day)

    def patterns(self, client: int) -> range:
        return range(int(self.pattern_of[client]), int(self.pattern_of[client + 1]))

    def days_of(self, pattern: int) -> tuple[int, ...]:
        return tuple(int(day) for day in self.pattern_days[pattern] if day >= 0)


@dataclass(frozen=True)
class Solution:
    """A plan for Tables: each client's pattern, and the routes that carry it."""

    routes: tuple[tuple[int, ...], ...]  # R sequences of clients
    chosen: tuple[int, ...]  # pattern index of each client
    unplaced: tuple[tuple[int, int], ...]
    """(client, day) of the chosen pattern that no route carries."""
    cost: float  # travel + penalties + extra + band + overtime + patterns


_FREE = {"lunch_from", "lunch_until", "lunch"}  # judged only where there is a lunch
_MAY_BE_ENDLESS = {
    "early", "late", "open", "close", "longest", "usual", "capacity", "extra",
}  # fmt: skip
_NOT_NEGATIVE = ("time", "service", "demand", "penalty", "band_price", "over_price")


def _check_shapes(tables: Tables) -> None:
    expected = _shapes(tables)
    for field in fields(tables):
        shape = getattr(tables, field.name).shape
        if shape != expected[field.name]:
            raise ValueError(
                f"{field.name}: has shape {shape}, expected {expected[field.name]}."
            )


def _shapes(tables: Tables) -> dict[str, tuple[int, ...]]:
    nodes, clients, routes = len(tables.cost), len(tables.service), len(tables.open)
    patterns, longest_pattern = _rectangle(tables, "pattern_days", 2)
    days, windows = _rectangle(tables, "early", 3)[1:]
    shapes: dict[str, tuple[int, ...]] = {
        field.name: (routes,) for field in fields(tables)
    }
    shapes |= dict.fromkeys(("cost", "time"), (nodes, nodes))
    shapes |= dict.fromkeys(("service", "demand", "penalty"), (clients,))
    shapes |= dict.fromkeys(("early", "late"), (clients, days, windows))
    shapes |= {
        "pattern_of": (clients + 1,),
        "pattern_days": (patterns, longest_pattern),
        "pattern_cost": (patterns,),
        "extra": (clients, routes),
    }
    return shapes


def _rectangle(tables: Tables, name: str, dimensions: int) -> tuple[int, ...]:
    shape: tuple[int, ...] = getattr(tables, name).shape
    if len(shape) != dimensions:
        raise ValueError(f"{name}: has {len(shape)} dimensions, expected {dimensions}.")
    return shape


def _check_numbers(tables: Tables) -> None:
    for name in (field.name for field in fields(tables) if field.name not in _FREE):
        values = getattr(tables, name)
        _refuse(name, np.isnan(values), "is not a number")
        if name not in _MAY_BE_ENDLESS:
            _refuse(name, np.isinf(values), "is beyond reach")
    for name in _NOT_NEGATIVE:
        _refuse(name, getattr(tables, name) < 0, "is negative")
    _refuse("extra", tables.extra == -np.inf, "is beyond reach")
    _check_lunch(tables)


def _check_lunch(tables: Tables) -> None:
    lunches = ~np.isnan(tables.lunch_from)
    for name in ("lunch_until", "lunch"):
        wrong = lunches & ~np.isfinite(getattr(tables, name))
        _refuse(name, wrong, "is not a number of minutes")


def _check_indexes(tables: Tables) -> None:
    if tables.nodes < tables.clients:
        raise ValueError("cost: has fewer nodes than there are clients.")
    _check_range("pattern_days", tables.pattern_days, -1, tables.days)
    _check_range("route_day", tables.route_day, 0, tables.days)
    _check_range("route_from", tables.route_from, 0, tables.nodes)
    _check_range("route_to", tables.route_to, 0, tables.nodes)
    _check_patterns(tables)


def _check_patterns(tables: Tables) -> None:
    starts = tables.pattern_of
    if starts[0] != 0 or starts[-1] != len(tables.pattern_days):
        raise ValueError("pattern_of: does not run from 0 to the number of patterns.")
    _refuse("pattern_of", np.diff(starts) < 1, "has no pattern")
    in_order = np.sort(tables.pattern_days, axis=1)
    twice = (np.diff(in_order, axis=1) == 0) & (in_order[:, 1:] >= 0)
    _refuse("pattern_days", twice.any(axis=1), "has a day twice")


def _check_range(name: str, values: Whole, least: int, beyond: int) -> None:
    _refuse(name, (values < least) | (values >= beyond), "points to nothing")


def _refuse(name: str, wrong: NDArray[np.bool_], what: str) -> None:
    """Names the first wrong place as it is written in code: cost[3, 0]."""
    if wrong.any():
        place = ", ".join(str(int(index)) for index in np.argwhere(wrong)[0])
        raise ValueError(f"{name}[{place}] {what}.")
