"""Every place for one more visit, with its price and hour: for slots and reasons."""

import numpy as np

from suprovid.lib.planning.tables import Floats, Whole

from .compiled import compiled
from .recreate import day_with
from .routes import band, overtime
from .spans import EARLIEST, MINUTES, simulate
from .state import NEVER, TOLERANCE, Problem, State

PRICE, START = 0, 1


@compiled
def offers(
    problem: Problem,
    state: State,
    client: int,
    day: int,
    places: Whole,
    prices: Floats,
) -> int:
    """Fills (route, place) and (price, earliest start) row by row; how many rows."""
    count = 0
    for route in range(len(state.size)):
        size = state.size[route]
        if problem.route_day[route] != day or size >= state.stops.shape[1] - 2:
            continue
        fixed = problem.extra[client, route] + band(problem, route, size + 1)
        fixed -= band(problem, route, size)
        load = state.load[route] + problem.demand[client]
        if np.isinf(fixed) or load > problem.capacity[route] + TOLERANCE:
            continue
        for place in range(size + 1):
            minutes = day_with(problem, state, client, route, place)
            if minutes < NEVER:
                places[count, 0], places[count, 1] = route, place
                prices[count, PRICE] = fixed + _detour(
                    problem, state, client, route, place
                )
                prices[count, PRICE] += overtime(problem, route, minutes)
                prices[count, PRICE] -= state.over[route]
                prices[count, START] = _start(problem, state, client, route, place)
                count += 1
    return count


@compiled
def _detour(
    problem: Problem, state: State, client: int, route: int, place: int
) -> float:
    row = state.row[route]
    before, after = state.stops[row, place], state.stops[row, place + 1]
    there, back = problem.cost[before, client], problem.cost[client, after]
    return float(there + back - state.leg[row, place])


@compiled
def _start(
    problem: Problem, state: State, client: int, route: int, place: int
) -> float:
    """When the service begins at the earliest."""
    for before in range(place + 1):
        state.trip[before] = state.stops[state.row[route], before]
    state.trip[place + 1] = client
    fasting, fed = simulate(problem, state, route, place + 2, place + 3)
    last = (place + 1) % 2
    earliest = np.inf
    for index in range(fasting):
        span = state.fasting[last, index]
        earliest = min(earliest, span[EARLIEST] + span[MINUTES])
    for index in range(fed):
        span = state.fed[last, index]
        earliest = min(earliest, span[EARLIEST] + span[MINUTES])
    return float(earliest - problem.service[client])
