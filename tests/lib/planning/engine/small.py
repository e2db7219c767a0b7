"""Small problems: made by hand, drawn by hypothesis, solved by trying everything."""

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations, product
from typing import Any

import numpy as np
from hypothesis import strategies as st

from suprovid.lib.planning import twin
from suprovid.lib.planning.tables import Tables

NO_LUNCH = {"lunch_from": np.nan, "lunch_until": np.nan, "lunch": np.nan}


def small(
    places: list[tuple[int, int]],
    patterns: Sequence[Sequence[tuple[int, ...]]],
    *,
    days: int = 2,
    vehicles: int = 1,
    windows: dict[tuple[int, int], list[tuple[float, float]]] | None = None,
    **given: Any,
) -> Tables:
    """Clients at `places` around a depot at (0, 0), an hour each; days of ten hours."""
    clients, routes = len(places), days * vehicles
    known = np.array([*places, (0, 0)], float)
    away = np.abs(known[:, None] - known[None]).sum(axis=2)
    longest = max((len(p) for one in patterns for p in one), default=1)
    rows = [(*p, *[-1] * (longest - len(p))) for one in patterns for p in one]
    early, late = _windows(clients, days, windows or {})
    values: dict[str, Any] = {
        "cost": away,
        "time": away,
        "service": np.full(clients, 60.0),
        "demand": np.ones(clients),
        "penalty": np.full(clients, 1e5),
        "pattern_of": np.cumsum([0, *map(len, patterns)]).astype(np.int32),
        "pattern_days": np.array(rows, np.int32).reshape(len(rows), longest),
        "pattern_cost": np.zeros(len(rows)),
        "early": early,
        "late": late,
        "route_day": np.repeat(np.arange(days, dtype=np.int32), vehicles),
        "route_vehicle": np.tile(np.arange(vehicles, dtype=np.int32), days),
        "route_from": np.full(routes, clients, np.int32),
        "route_to": np.full(routes, clients, np.int32),
        "extra": np.zeros((clients, routes)),
    }
    usual = {
        "open": 0.0, "close": 600.0, "longest": 600.0, "usual": np.inf,
        "over_price": 0.0, "capacity": 1e3, "least": 0, "most": 100,
        "band_price": 0.0, **NO_LUNCH,
    }  # fmt: skip
    for name, value in usual.items():
        kind = np.int32 if name in ("least", "most") else np.float64
        values[name] = np.broadcast_to(given.pop(name, value), routes).astype(kind)
    return Tables(**(values | given))


def _windows(
    clients: int, days: int, windows: dict[tuple[int, int], list[tuple[float, float]]]
) -> tuple[Any, Any]:
    most = max([1, *map(len, windows.values())])
    early, late = np.zeros((clients, days, most)), np.full((clients, days, most), -1.0)
    late[:, :, 0] = 1e4
    for (client, day), spans in windows.items():
        late[client, day] = -1.0
        for place, span in enumerate(spans):
            early[client, day, place], late[client, day, place] = span
    return early, late


@st.composite
def problems(draw: st.DrawFn, least: int = 1, most: int = 6) -> Tables:
    """So many clients, two days: windows, lunch, bands and owners at random."""
    count = draw(st.integers(least, most))
    spot = st.tuples(st.integers(-40, 40), st.integers(-40, 40))
    places = draw(st.lists(spot, min_size=count, max_size=count))
    kinds: st.SearchStrategy[list[tuple[int, ...]]] = st.sampled_from(
        [[(0,)], [(0,), (1,)], [(0, 1)], [(0, 1), (1,)]]
    )
    patterns = draw(st.lists(kinds, min_size=count, max_size=count))
    vehicles = draw(st.integers(1, 2))
    routes = 2 * vehicles
    given: dict[str, Any] = {
        "close": draw(st.sampled_from([300.0, 600.0])),
        "longest": draw(st.sampled_from([200.0, 250.0, np.inf])),
        "usual": draw(st.sampled_from([100.0, 180.0])),
        "over_price": draw(st.sampled_from([0.0, 0.5, 3.0])),
        "capacity": draw(st.sampled_from([2.0, 100.0])),
        "least": draw(st.sampled_from([0, 1])),
        "most": draw(st.sampled_from([2, 100])),
        "band_price": draw(st.sampled_from([0.0, 30.0])),
    }
    if draw(st.booleans()):
        begin = draw(st.sampled_from([0.0, 90.0, 180.0]))
        given |= {"lunch_from": begin, "lunch_until": begin + 90.0, "lunch": 40.0}
    extra = st.sampled_from([0.0, 0.0, 5.0, np.inf])
    rows = draw(st.lists(extra, min_size=count * routes, max_size=count * routes))
    given["extra"] = np.array(rows).reshape(count, routes)
    return small(
        places, patterns, vehicles=vehicles, windows=draw(_some_windows(count)), **given
    )


def _some_windows(clients: int) -> st.SearchStrategy[Any]:
    spans = st.sampled_from(
        [[(0.0, 90.0)], [(120.0, 200.0)], [(0.0, 40.0), (150.0, 260.0)], []]
    )
    keys = st.tuples(st.integers(0, clients - 1), st.integers(0, 1))
    return st.dictionaries(keys, spans, max_size=clients)


def least_cost(tables: Tables) -> float:
    """The cost of the best plan there is, by trying every one of them."""
    days = [_day_costs(tables, day) for day in range(tables.days)]
    choices = product(*(tables.patterns(client) for client in range(tables.clients)))
    return min(_plan_cost(tables, days, chosen) for chosen in choices)


def needs_company(tables: Tables) -> bool:
    """Somebody can be visited only beside another: the lunch lies between the two.

    Visits are put back one by one, so such plans are not looked for.
    """
    both_ways = list(permutations(range(tables.clients), 2))
    return any(
        not twin.is_possible(tables, route, [client])
        and any(
            client in pair and twin.is_possible(tables, route, pair)
            for pair in both_ways
        )
        for route, client in product(range(tables.routes), range(tables.clients))
    )


def _plan_cost(
    tables: Tables, days: list[dict[frozenset[int], float]], chosen: tuple[int, ...]
) -> float:
    whole = sum(float(tables.pattern_cost[pattern]) for pattern in chosen)
    for day, known in enumerate(days):
        wanted = frozenset(
            client
            for client, pattern in enumerate(chosen)
            if day in tables.days_of(pattern)
        )
        whole += min(
            known[made] + sum(tables.penalty[client] for client in wanted - made)
            for made in known
            if made <= wanted
        )
    return whole


def _day_costs(tables: Tables, day: int) -> dict[frozenset[int], float]:
    """What it costs at least to visit each set of clients on that day."""
    known = {frozenset[int](): 0.0}
    for route in np.flatnonzero(tables.route_day == day):
        alone = dict(_route_costs(tables, int(route)))
        longer: dict[frozenset[int], float] = {}
        for (made, price), (more, added) in product(known.items(), alone.items()):
            if not made & more:
                whole = made | more
                longer[whole] = min(longer.get(whole, np.inf), price + added)
        known = longer
    return known


def _route_costs(tables: Tables, route: int) -> Iterator[tuple[frozenset[int], float]]:
    for count in range(tables.clients + 1):
        for clients in combinations(range(tables.clients), count):
            costs = [
                twin.route_cost(tables, route, order)
                for order in permutations(clients)
                if twin.is_possible(tables, route, order)
            ]
            if costs:
                yield frozenset(clients), min(costs)
