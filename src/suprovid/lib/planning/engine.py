"""The optimiser: from tables to a plan, within a budget, as good as it gets.

Every core anneals its own plan by ruin and recreate (see kernel); from time to time
those behind go on from the best plan. Threads suffice: the kernel releases Python's
lock. With a budget of iterations the outcome depends on tables, seed and cores alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

import numpy as np

from .kernel import doors
from .kernel.state import BEST, Manner, Problem, State, fresh, prepare
from .kernel.tiny import TINY
from .model import MIDNIGHT
from .tables import Floats, Solution, Tables, Whole

NAME = "ruin and recreate over day patterns"
EXCHANGES = 20
"""How many times in a run the cores compare their plans."""
ALONE = 0.5
"""Share of a run before the first exchange: while it is hot, plans only differ."""
HOTTEST, COLDEST = 1.0, 0.05
"""Temperatures at both ends of a run, in usual legs."""
PIECE = 0.2
"""Seconds of search between two looks at the clock and at who cancels."""


@dataclass(frozen=True)
class Progress:
    """How far a search has come."""

    seconds: float
    iterations: int
    cost: float  # of the best plan so far
    unplaced: int  # visits of that plan that no route carries


@dataclass(frozen=True)
class Solved:
    """The plan, and what was spent on it."""

    solution: Solution
    iterations: int
    seconds: float
    engine: str = NAME


class Insertion(NamedTuple):
    """A place for one more visit: after so many visits of the route."""

    route: int
    position: int
    cost: float
    start: float  # minute at which its service begins at the earliest


def solve(
    tables: Tables,
    *,
    iterations: int | None,
    seconds: float | None,
    seed: int,
    cores: int = 1,
    start: Solution | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Solved:
    """The best plan found within the budget: iterations on each core, or seconds; of
    both, whichever is spent first, and it has cooled by then.

    Never worse than `start`, of which visits that cannot stay are left unplaced first.
    """
    budget = _Budget(iterations, seconds, cancelled or _never)
    with ThreadPoolExecutor(cores) as pool:
        searches = list(
            pool.map(lambda core: _Search(tables, seed + core, start), range(cores))
        )
        for piece in budget.pieces():
            list(pool.map(_Search.go_on, searches, repeat(piece)))
            if piece.exchange:
                _exchange(searches)
            if progress:
                progress(_progress(searches, budget))
    best = min(searches, key=lambda search: search.best)
    done = sum(search.iterations for search in searches)
    return Solved(best.solution(), done, budget.spent())


def insertions(
    tables: Tables, solution: Solution, client: int, day: int
) -> Sequence[Insertion]:
    """Every place where the client could be visited once more on a day, cheapest first.

    A route that carries the client already is not offered.
    """
    search = _Search(tables, 0, solution)
    most = sum(len(route) + 1 for route in solution.routes) + tables.routes
    places, prices = np.zeros((most, 2), np.int32), np.zeros((most, 2))
    count = doors.offers(search.problem, search.state, client, day, places, prices)
    found = [
        Insertion(int(route), int(place), float(price), float(begin))
        for (route, place), (price, begin) in zip(
            places[:count], prices[:count], strict=True
        )
        if client not in solution.routes[route]
    ]
    return sorted(found, key=lambda insertion: insertion.cost)


def compile_kernels() -> None:
    """Once, at install: minutes on a slow machine, and nothing ever after."""
    solve(TINY, iterations=1, seconds=None, seed=0)
    solution = Solution(((),), (0,), ((0, 0),), 1.0)
    insertions(TINY, solution, 0, 0)


def _never() -> bool:
    return False


class _Piece(NamedTuple):
    iterations: int
    since: float  # share of the run that is over before it
    until: float  # and after it
    exchange: bool  # after it


class _Budget:
    """Cuts a run into pieces, by iterations or by the clock."""

    def __init__(
        self,
        iterations: int | None,
        seconds: float | None,
        cancelled: Callable[[], bool],
    ) -> None:
        if iterations is None and seconds is None:
            raise ValueError("Give a budget: iterations, seconds or both.")
        self._iterations, self._seconds = iterations, seconds
        self._cancelled = cancelled
        self._begun = time.perf_counter()
        self.done = 0

    def spent(self) -> float:
        return time.perf_counter() - self._begun

    def pieces(self) -> Iterator[_Piece]:
        since = 0.0
        while not self._is_over():
            count = self._next()
            until = self._share(count)
            self.done += count
            crossed = int(since * EXCHANGES) < int(until * EXCHANGES)
            yield _Piece(count, since, until, crossed and until > ALONE)
            since = until

    def _is_over(self) -> bool:
        if self._cancelled():
            return True
        if self._seconds is not None and self.spent() >= self._seconds:
            return True
        return self._iterations is not None and self.done >= self._iterations

    def _share(self, more: int) -> float:
        """Of the run that will be over after so many iterations more."""
        shares = [0.0]
        if self._iterations is not None:
            shares.append((self.done + more) / max(1, self._iterations))
        if self._seconds is not None:
            # Of the first piece nothing is known: it is one iteration.
            spent = self.spent() + (more / self._pace() if self.done else 0.0)
            shares.append(spent / max(self._seconds, 1e-9))
        return min(1.0, max(shares))

    def _pace(self) -> float:
        """Iterations in a second so far."""
        return self.done / max(self.spent(), 1e-3)

    def _next(self) -> int:
        pieces = []
        if self._iterations is not None:
            piece = max(1, min(1000, self._iterations // EXCHANGES))
            pieces.append(min(piece, self._iterations - self.done))
        if self._seconds is not None:
            left = max(0.0, self._seconds - self.spent())
            length = min(PIECE, self._seconds / 50, left)
            pieces.append(max(1, int(self._pace() * length)))
        return min(pieces)


class _Search:
    """One core's plan under change, with the best it has met."""

    def __init__(self, tables: Tables, seed: int, start: Solution | None) -> None:
        self._tables = tables
        # The kernel borrows these arrays: they must live as long as the search.
        self._known = _prepared(tables)
        self._tried = fresh(tables, seed)
        self._tried.sums[BEST] = np.inf
        self.problem = doors.hold(self._known)
        self.state = doors.hold(self._tried)
        self.manner = Manner()
        self.iterations = 0
        if start is None:
            doors.construct(self.problem, self.state, self.manner)
        else:
            self.go_to(*_as_arrays(start, self._tried))
        self._scale = _usual_leg(self._tried)

    @property
    def best(self) -> float:
        return float(self._tried.sums[BEST])

    def go_on(self, piece: _Piece) -> None:
        self.iterations += piece.iterations
        if not self._tables.clients or not self._tables.routes:
            return
        hot, cold = self._temperature(piece.since), self._temperature(piece.until)
        doors.search(self.problem, self.state, self.manner, piece.iterations, hot, cold)

    def go_to(self, stops: Whole, size: Whole, chosen: Whole) -> None:
        doors.load(self.problem, self.state, stops, size, chosen)

    def plan(self) -> tuple[Whole, Whole, Whole]:
        """The best plan, as the kernel keeps it."""
        tried = self._tried
        return tried.best_stops.copy(), tried.best_size.copy(), tried.best_chosen.copy()

    def solution(self) -> Solution:
        """The best plan; it becomes the one under change, to be priced whole."""
        stops, size, chosen = self.plan()
        self.go_to(stops, size, chosen)
        routes = tuple(
            tuple(map(int, stops[route, 1 : size[route] + 1]))
            for route in range(self._tables.routes)
        )
        patterns = tuple(map(int, chosen))
        unplaced = _unplaced(self._tables, routes, patterns)
        cost = _cost(self._tables, routes, patterns, unplaced)
        cost += float(self._tried.over.sum())
        return Solution(routes, patterns, unplaced, cost)

    def absent(self) -> int:
        """Visits of the best plan that no route carries."""
        _, size, chosen = self.plan()
        wanted = self._tables.pattern_days[chosen] >= 0
        return int(wanted.sum() - size.sum())

    def _temperature(self, share: float) -> float:
        return float(self._scale * HOTTEST * (COLDEST / HOTTEST) ** share)


def _exchange(searches: list[_Search]) -> None:
    """Who is behind goes on from the best plan."""
    best = min(searches, key=lambda search: search.best)
    for search in searches:
        if search.best > best.best:
            search.go_to(*best.plan())


def _progress(searches: list[_Search], budget: _Budget) -> Progress:
    best = min(searches, key=lambda search: search.best)
    done = sum(search.iterations for search in searches)
    return Progress(budget.spent(), done, best.best, best.absent())


@lru_cache(maxsize=4)
def _prepared(tables: Tables) -> Problem:
    """Of one plan many insertions are asked, one after the other."""
    return prepare(tables, _absence(tables))


def _absence(tables: Tables) -> Floats:
    """The price of an unplaced visit in the search, by how much it is missed.

    As huge as it is in the end it would be a wall that no annealing climbs; it must
    only outweigh any place.
    """
    extra = tables.extra[np.isfinite(tables.extra)]
    parts = (
        2.0 * tables.cost, extra, tables.band_price, tables.pattern_cost,
        MIDNIGHT * tables.over_price[tables.paid],
    )  # fmt: skip
    dearest = 1.0 + sum(float(np.abs(part).max(initial=0.0)) for part in parts)
    missed = tables.penalty / max(tables.penalty.max(initial=0.0), 1e-9)
    return np.asarray(np.minimum(tables.penalty, dearest * (1.0 + missed)))


def _usual_leg(state: State) -> float:
    """The cost between two stops on average: what temperatures are measured in."""
    legs = [
        state.leg[state.row[route], : size + 1].mean()
        for route, size in enumerate(state.size)
        if size
    ]
    return max(float(np.mean(legs)) if legs else 1.0, 1e-6)


def _as_arrays(start: Solution, state: State) -> tuple[Whole, Whole, Whole]:
    size = np.array([len(route) for route in start.routes], np.int32)
    longest = max(state.stops.shape[1], int(size.max(initial=0)) + 2)
    stops = np.zeros((len(size), longest), np.int32)
    for route, clients in enumerate(start.routes):
        stops[route, 1 : len(clients) + 1] = clients
    return stops, size, np.array(start.chosen, np.int32)


def _unplaced(
    tables: Tables, routes: Sequence[Sequence[int]], chosen: Sequence[int]
) -> tuple[tuple[int, int], ...]:
    carried = {
        (client, int(day))
        for route, day in zip(routes, tables.route_day, strict=True)
        for client in route
    }
    return tuple(
        (client, day)
        for client, pattern in enumerate(chosen)
        for day in tables.days_of(pattern)
        if (client, day) not in carried
    )


def _cost(
    tables: Tables,
    routes: Sequence[Sequence[int]],
    chosen: Sequence[int],
    unplaced: Sequence[tuple[int, int]],
) -> float:
    travel = sum(
        _route_cost(tables, route, stops) for route, stops in enumerate(routes)
    )
    missed = sum(float(tables.penalty[client]) for client, _ in unplaced)
    return travel + missed + float(tables.pattern_cost[list(chosen)].sum())


def _route_cost(tables: Tables, route: int, clients: Sequence[int]) -> float:
    visits = len(clients)
    outside = max(tables.least[route] - visits, visits - tables.most[route], 0)
    price = float(outside * tables.band_price[route])
    if not visits:
        return price
    stops = [tables.route_from[route], *clients, tables.route_to[route]]
    legs = float(tables.cost[stops[:-1], stops[1:]].sum())
    return price + legs + float(tables.extra[list(clients), route].sum())
