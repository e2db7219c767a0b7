"""Simulated annealing over ruin and recreate, a piece at a time."""

from math import log

import numpy as np

from suprovid.lib.planning.tables import Whole

from .chance import chance
from .compiled import compiled
from .recreate import fits, recreate
from .routes import (
    are_possible,
    band,
    keep,
    leave_out,
    measure,
    put_in,
    remember_client,
    undo,
)
from .ruin import ruin
from .spans import shortest
from .state import BEST, COST, FORGIVEN, NEVER, TOLERANCE, Manner, Problem, State


@compiled
def anneal(
    problem: Problem,
    state: State,
    manner: Manner,
    iterations: int,
    hot: float,
    cold: float,
) -> None:
    """So many iterations, cooling from `hot` to `cold`."""
    temperature = hot
    cooling = (cold / hot) ** (1.0 / max(1, iterations))
    for _ in range(iterations):
        ruin(problem, state, manner)
        dearer = temperature * -log(chance(state) + 1e-300)
        ceiling = state.old_sums[COST] + dearer
        recreate(problem, state, manner, ceiling)
        if state.sums[COST] < ceiling and are_possible(problem, state):
            _accept(state)
        else:
            undo(state)
        temperature *= cooling


@compiled
def construct(problem: Problem, state: State, manner: Manner) -> None:
    """A plan from nothing."""
    _clear(problem, state)
    keep(state)
    for client in range(len(state.chosen)):
        remember_client(state, client, -1)
    recreate(problem, state, manner, NEVER)
    _accept(state)


@compiled
def _accept(state: State) -> None:
    true = state.sums[COST] + state.sums[FORGIVEN]
    if true < state.sums[BEST] - 1e-7:
        state.sums[BEST] = true
        remember_best(state)
    keep(state)


@compiled
def remember_best(state: State) -> None:
    for route in range(len(state.size)):
        state.best_size[route] = state.size[route]
        for place in range(state.size[route] + 2):
            state.best_stops[route, place] = state.stops[state.row[route], place]
    for client in range(len(state.chosen)):
        state.best_chosen[client] = state.chosen[client]


@compiled
def load(
    problem: Problem, state: State, stops: Whole, size: Whole, chosen: Whole
) -> None:
    """Makes a plan the one under change; visits that its routes cannot hold are out."""
    _clear(problem, state)
    for client in range(len(chosen)):
        state.chosen[client] = chosen[client]
        state.sums[COST] += problem.pattern_cost[chosen[client]]
    for route in range(len(size)):
        _load_route(problem, state, route, stops[route], size[route])
    for client in range(len(chosen)):
        for index in range(problem.pattern_days.shape[1]):
            day = problem.pattern_days[chosen[client], index]
            if day >= 0 and state.carried[client, day] < 0:
                leave_out(problem, state, client)
    _accept(state)


@compiled
def _load_route(
    problem: Problem, state: State, route: int, stops: Whole, size: int
) -> None:
    """As it is when it is possible, otherwise what can be kept of it in that order."""
    possible = _is_possible(problem, state, route, stops, size)
    for index in range(size):
        client, place = stops[index + 1], state.size[route]
        if not _may_carry(problem, state, client, route):
            continue
        if possible or _can_follow(problem, state, client, route, place):
            put_in(problem, state, client, route, place)


@compiled
def _is_possible(
    problem: Problem, state: State, route: int, stops: Whole, size: int
) -> bool:
    if size > state.stops.shape[1] - 2:
        return False
    load = 0.0
    for index in range(size):
        client = stops[index + 1]
        load += problem.demand[client]
        if not _may_carry(problem, state, client, route):
            return False
    for place in range(size + 2):
        state.trip[place] = stops[place]
    state.trip[0] = problem.route_from[route]
    state.trip[size + 1] = problem.route_to[route]
    in_time = size == 0 or shortest(problem, state, route, size + 2) < NEVER
    return in_time and load <= problem.capacity[route] + TOLERANCE


@compiled
def _may_carry(problem: Problem, state: State, client: int, route: int) -> bool:
    """By owner and pins, and by the days of the client's pattern; once a day."""
    day = problem.route_day[route]
    if np.isinf(problem.extra[client, route]) or state.carried[client, day] >= 0:
        return False
    pattern = state.chosen[client]
    for index in range(problem.pattern_days.shape[1]):
        if problem.pattern_days[pattern, index] == day:
            return True
    return False


@compiled
def _can_follow(
    problem: Problem, state: State, client: int, route: int, place: int
) -> bool:
    load = state.load[route] + problem.demand[client]
    return (
        place < state.stops.shape[1] - 2
        and load <= problem.capacity[route] + TOLERANCE
        and fits(problem, state, client, route, place)
    )


@compiled
def _clear(problem: Problem, state: State) -> None:
    best = state.sums[BEST]
    state.sums[:] = 0.0
    state.sums[BEST] = best
    state.carried[:] = -1
    for route in range(len(state.size)):
        state.size[route] = 0
        state.load[route] = state.over[route] = 0.0
        row = state.row[route]
        state.stops[row, 0] = problem.route_from[route]
        state.stops[row, 1] = problem.route_to[route]
        state.leg[row, 0] = 0.0
        state.sums[COST] += band(problem, route, 0)
        measure(problem, state, route)
