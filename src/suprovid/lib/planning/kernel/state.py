"""What the kernel knows (Problem), what it tries (State), and how it goes about it."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from suprovid.lib.planning.tables import Floats, Tables, Whole

Long = NDArray[np.int64]
Flags = NDArray[np.bool_]
Index = NDArray[np.uint32]
"""Numbers of things: what has no sign is not asked whether it counts from the end."""

FOREVER = 1e12
"""Stands for an endless window: sums of it stay numbers."""
NEVER = 1e30
"""Minutes of a day that cannot be."""
TOLERANCE = 1e-6
"""Minutes and units of load by which a limit may be passed: the dust of sums."""
ENDLESS = 1e5
"""Minutes at which overtime of a day that cannot be is priced: sums stay exact."""
NEIGHBOURS = 400
"""Of each client are known; further ones have nothing to do with it."""

# Places in State.sums.
COST, FORGIVEN, ABSENT, BEST = 0, 1, 2, 3
# Places in State.counts.
VERSION, TOUCHED, OUT, STRUCK = 0, 1, 2, 3


class Problem(NamedTuple):
    """Tables as the kernel reads them; nothing of it ever changes."""

    cost: Floats
    cost_into: Floats
    """Transposed: the row of a client holds what it costs to come to it."""
    time: Floats
    time_into: Floats
    service: Floats
    demand: Floats
    penalty: Floats
    absence: Floats
    """What an unplaced visit costs in the search: enough to be placed, not a wall."""
    pattern_of: Whole
    pattern_days: Whole
    pattern_cost: Floats
    early: Floats
    late: Floats
    opens: Floats  # (n, T) of the first window of the day
    shuts: Floats  # (n, T) of the last one
    allowed_of: Index
    """(n * T + 1,) routes that may carry i on day d: allowed[allowed_of[i * T + d]:]"""
    allowed: Index
    route_day: Index
    route_from: Whole
    route_to: Whole
    open: Floats
    close: Floats
    longest: Floats
    usual: Floats
    over_price: Floats
    capacity: Floats
    least: Whole
    most: Whole
    band_price: Floats
    has_lunch: Flags
    lunch_from: Floats
    lunch_until: Floats
    lunch: Floats
    extra: Floats
    twin: Whole
    """(R,) routes of one number are interchangeable while empty."""
    apart: Floats  # (1,) by how much at most a detour costs more than its minutes
    rising: Flags  # (1,) whether nothing is paid for having a visit on a route
    even: Flags  # (1,) whether both ways between two places cost the same
    plain: Flags  # (R,) neither lunch nor a window: only its length is a limit
    simple: Flags  # (R,) plain, unpaid, priced by minutes: the least detour decides
    intricate: Flags  # (R,) lunch or several windows: tried by exact simulation
    near: Index  # (n, k) each client's neighbours, itself first
    weight: Floats  # (n,) how hard to place: number of visits by what they take
    distance: Floats  # (n,) from the points, on average


class State(NamedTuple):
    """One plan under change, how to undo the change, and the best plan met."""

    row: Index
    """(R,) 2r or 2r+1: the row that holds route r; the other is as it was before."""
    stops: Index  # (2R, K+2) ends included
    leg: Floats  # (2R, K+2) cost from a stop to the next
    head: Floats  # (2R, K+2, 3) span from leaving through this stop
    tail: Floats  # (2R, K+2, 3) span from this stop to the return
    size: Whole  # (R,) visits on the route
    load: Floats  # (R,)
    busy: Floats  # (R,) minutes of travel and service, waiting left aside
    over: Floats  # (R,) cost of its minutes above the usual ones
    version: Long  # (R,) one number for one content of a route
    chosen: Whole  # (n,)
    carried: Whole  # (n, T) the route that carries the visit, -1 none
    sums: Floats
    counts: Long
    random: NDArray[np.uint64]

    touched: Index  # (R,) routes changed since the plan was last kept
    is_touched: Flags
    old_size: Whole
    old_load: Floats
    old_busy: Floats
    old_over: Floats
    old_version: Long
    old_sums: Floats

    out: Index  # (n,) clients taken out
    out_day: Whole  # (n,) the day taken out, -1 all of them
    is_out: Flags
    old_chosen: Whole
    old_carried: Whole
    struck: Long  # (R,) in which ruin it was last struck
    key: Floats  # (n,) order of putting back

    known_version: Long  # (n, R) content for which the best place of i is known
    known_cost: Floats
    known_place: Whole
    now_cost: Floats  # (R,) the same of the client at hand, as routes are now
    now_place: Whole
    day_cost: Floats  # (T,) best place of the client at hand on each day
    day_route: Index
    day_place: Whole
    trip: Index  # (K+3,) a route being simulated
    fasting: Floats  # (2, SPANS, 3) spans without lunch yet
    fed: Floats  # (2, SPANS, 3) spans with it

    best_stops: Whole
    best_size: Whole
    best_chosen: Whole


SPANS = 24
"""Spans kept at one stop of a simulated route; more are dropped, which is cautious."""


class Manner(NamedTuple):
    """How the search goes about it."""

    removed: float = 8.0  # clients taken out at once, on average
    longest_string: float = 10.0
    split: float = 0.5  # share of strings that leave a middle part in place
    sight: float = 100.0  # one in so many routes and patterns is overlooked
    strings_whole: float = 0.4  # shares of the kinds of ruin
    strings_one_day: float = 0.1
    neighbours: float = 0.4
    scattered: float = 0.05
    whole_route: float = 0.05


def prepare(tables: Tables, absence: Floats) -> Problem:
    cost, cost_into = _both_ways(tables.cost)
    same = np.array_equal(tables.cost, tables.time)
    # One copy of both is half of what the processor must keep at hand.
    time, time_into = (cost, cost_into) if same else _both_ways(tables.time)
    opens, shuts = _first_and_last(tables)
    allowed_of, allowed = _allowed(tables)
    has_lunch = ~np.isnan(tables.lunch_from)
    plain = _plain(tables, opens, shuts) & ~has_lunch
    return Problem(
        cost=cost,
        cost_into=cost_into,
        time=time,
        time_into=time_into,
        service=tables.service,
        demand=tables.demand,
        penalty=tables.penalty,
        absence=absence,
        pattern_of=tables.pattern_of,
        pattern_days=np.ascontiguousarray(tables.pattern_days),
        pattern_cost=tables.pattern_cost,
        early=_finite(tables.early),
        late=_finite(tables.late),
        opens=opens,
        shuts=shuts,
        allowed_of=allowed_of,
        allowed=allowed,
        route_day=tables.route_day.astype(np.uint32),
        route_from=tables.route_from,
        route_to=tables.route_to,
        open=_finite(tables.open),
        close=_finite(tables.close),
        longest=_finite(tables.longest),
        usual=np.where(tables.paid, tables.usual, FOREVER),
        over_price=tables.over_price,
        capacity=_finite(tables.capacity),
        least=tables.least,
        most=tables.most,
        band_price=tables.band_price,
        has_lunch=has_lunch,
        lunch_from=np.where(has_lunch, tables.lunch_from, 0.0),
        lunch_until=np.where(has_lunch, tables.lunch_until, 0.0),
        lunch=np.where(has_lunch, tables.lunch, 0.0),
        extra=_row_by_row(tables.extra),
        twin=_twins(tables),
        apart=_apart(tables),
        even=np.array([np.array_equal(tables.cost, tables.cost.T)]),
        rising=np.array([_is_rising(tables)]),
        plain=plain,
        simple=plain & ~tables.paid & same,
        intricate=has_lunch | _several_windows(tables)[tables.route_day],
        near=_near(tables),
        weight=_weight(tables),
        distance=_distance(tables),
    )


def fresh(tables: Tables, seed: int) -> State:
    """No client visited yet; the best plan is that one."""
    routes, clients, days = tables.routes, tables.clients, tables.days
    long = _most_stops(tables) + 2
    return State(
        row=np.arange(0, 2 * routes, 2, dtype=np.uint32),
        stops=np.zeros((2 * routes, long), np.uint32),
        leg=np.zeros((2 * routes, long)),
        head=np.zeros((2 * routes, long, 3)),
        tail=np.zeros((2 * routes, long, 3)),
        size=np.zeros(routes, np.int32),
        load=np.zeros(routes),
        busy=np.zeros(routes),
        over=np.zeros(routes),
        version=np.zeros(routes, np.int64),
        chosen=tables.pattern_of[:-1].copy(),
        carried=np.full((clients, days), -1, np.int32),
        sums=np.zeros(4),
        counts=np.zeros(4, np.int64),
        random=_seeded(seed),
        touched=np.zeros(routes, np.uint32),
        is_touched=np.zeros(routes, np.bool_),
        old_size=np.zeros(routes, np.int32),
        old_load=np.zeros(routes),
        old_busy=np.zeros(routes),
        old_over=np.zeros(routes),
        old_version=np.zeros(routes, np.int64),
        old_sums=np.zeros(4),
        out=np.zeros(clients, np.uint32),
        out_day=np.zeros(clients, np.int32),
        is_out=np.zeros(clients, np.bool_),
        old_chosen=np.zeros(clients, np.int32),
        old_carried=np.zeros((clients, days), np.int32),
        struck=np.zeros(routes, np.int64),
        key=np.zeros(clients),
        known_version=np.zeros((clients, routes), np.int64),
        known_cost=np.zeros((clients, routes)),
        known_place=np.zeros((clients, routes), np.int32),
        now_cost=np.zeros(routes),
        now_place=np.zeros(routes, np.int32),
        day_cost=np.zeros(days),
        day_route=np.zeros(days, np.uint32),
        day_place=np.zeros(days, np.int32),
        trip=np.zeros(long + 1, np.uint32),
        fasting=np.zeros((2, SPANS, 3)),
        fed=np.zeros((2, SPANS, 3)),
        best_stops=np.zeros((routes, long), np.int32),
        best_size=np.zeros(routes, np.int32),
        best_chosen=tables.pattern_of[:-1].copy(),
    )


def _both_ways(values: Floats) -> tuple[Floats, Floats]:
    there = _row_by_row(values)
    return there, there if np.array_equal(there, there.T) else _row_by_row(there.T)


def _row_by_row(values: NDArray[Any]) -> NDArray[Any]:
    return np.ascontiguousarray(values)


def _finite(values: Floats) -> Floats:
    return np.ascontiguousarray(np.clip(values, -FOREVER, FOREVER))


def _first_and_last(tables: Tables) -> tuple[Floats, Floats]:
    real = tables.early <= tables.late
    opens = np.where(real, tables.early, np.inf).min(axis=2, initial=np.inf)
    shuts = np.where(real, tables.late, -np.inf).max(axis=2, initial=-np.inf)
    return _finite(opens), _finite(shuts)


def _several_windows(tables: Tables) -> Flags:
    """(T,) days on which somebody has more than one."""
    several = (tables.early <= tables.late).sum(axis=2) > 1
    return np.asarray(several.any(axis=0))


def _plain(tables: Tables, opens: Floats, shuts: Floats) -> Flags:
    """(R,) on which each client can be visited from the opening to the close."""
    earliest = opens.max(axis=0, initial=-np.inf)[tables.route_day]
    latest = shuts.min(axis=0, initial=np.inf)[tables.route_day]
    whole = (earliest <= _finite(tables.open)) & (latest >= _finite(tables.close))
    return np.asarray(whole & ~_several_windows(tables)[tables.route_day])


def _is_rising(tables: Tables) -> bool:
    """No visit is asked for to fill a day, and nothing is paid for having one."""
    wanted = (tables.least > 0) & (tables.band_price > 0)
    paid = min(tables.pattern_cost.min(initial=0.0), tables.extra.min(initial=0.0))
    return bool(paid >= 0.0 and not wanted.any())


def _allowed(tables: Tables) -> tuple[Index, Index]:
    """Routes that may carry each client on each day that some pattern of it has."""
    starts, allowed = [0], []
    for client in range(tables.clients):
        patterns = tables.patterns(client)
        wanted = set(np.unique(tables.pattern_days[patterns.start : patterns.stop]))
        may = np.isfinite(tables.extra[client])
        for day in range(tables.days):
            if day in wanted:
                allowed += np.flatnonzero(may & (tables.route_day == day)).tolist()
            starts.append(len(allowed))
    return np.array(starts, np.uint32), np.array(allowed, np.uint32)


def _twins(tables: Tables) -> Whole:
    """Numbers routes by all that tells them apart while they are empty."""
    columns: list[NDArray[Any]] = [
        tables.route_day, tables.route_from, tables.route_to, tables.open,
        tables.close, tables.longest, tables.usual, tables.over_price,
        tables.capacity, tables.least, tables.most,
        tables.band_price, tables.lunch_from, tables.lunch_until, tables.lunch,
    ]  # fmt: skip
    seen: dict[bytes, int] = {}
    numbers = [
        seen.setdefault(
            np.append([float(column[route]) for column in columns], extra).tobytes(),
            len(seen),
        )
        for route, extra in enumerate(tables.extra.T)
    ]
    return np.array(numbers, np.int32)


def _near(tables: Tables) -> Index:
    among = tables.cost[: tables.clients, : tables.clients]
    both_ways = among + among.T
    np.fill_diagonal(both_ways, -np.inf)
    order = np.argsort(both_ways, axis=1, kind="stable")
    return np.ascontiguousarray(order[:, :NEIGHBOURS].astype(np.uint32))


def _weight(tables: Tables) -> Floats:
    visits = (tables.pattern_days >= 0).sum(axis=1)[tables.pattern_of[:-1]]
    usual = max(1.0, tables.demand.sum() / max(1, tables.clients))
    return np.asarray(visits * (1.0 + tables.demand / usual))


def _distance(tables: Tables) -> Floats:
    points = tables.cost[tables.clients :, : tables.clients]
    return np.asarray(points.sum(axis=0) / max(1, len(points)))


def _apart(tables: Tables) -> Floats:
    dearer = tables.cost - tables.time
    return np.array([2.0 * max(0.0, dearer.max()) + max(0.0, -dearer.min())])


def _most_stops(tables: Tables) -> int:
    """No route can hold more, by load or by time."""
    by_load = _how_many(tables.demand, tables.capacity.max(initial=0.0))
    span = np.minimum(tables.longest, tables.close - tables.open).max(initial=0.0)
    return max(1, min(by_load, _how_many(tables.service, span)))


def _how_many(parts: Floats, limit: float) -> int:
    """Of the smallest parts fit the limit."""
    return int((np.cumsum(np.sort(parts)) <= limit + TOLERANCE).sum())


def _seeded(seed: int) -> NDArray[np.uint64]:
    # The generator of the kernel may start anywhere but at zero.
    return np.random.SeedSequence(seed).generate_state(1, np.uint64) | np.uint64(1)
