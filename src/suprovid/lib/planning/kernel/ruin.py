"""Which visits are taken out together: neighbours in space, in a route, or by chance.

Strings are those of Christiaens and Vanden Berghe (SISR, 2020), struck on one day;
their clients leave all their days (so a new pattern may be chosen) or that day only.
"""

from .chance import chance, pick
from .compiled import compiled
from .routes import measure, take_out
from .state import ABSENT, STRUCK, TOUCHED, Manner, Problem, State

EVERY_DAY, THAT_DAY = 0, 1
"""What a struck client is taken out of."""
MOST_ABSENT = 6
"""Clients with unplaced visits that each ruin takes along."""


@compiled
def ruin(problem: Problem, state: State, manner: Manner) -> None:
    """Takes out some visits; those that were unplaced come along."""
    kind = chance(state)
    state.counts[STRUCK] += 1
    _take_absent(problem, state)
    if kind < manner.strings_whole:
        _strike_strings(problem, state, manner, EVERY_DAY)
    elif kind < manner.strings_whole + manner.strings_one_day:
        _strike_strings(problem, state, manner, THAT_DAY)
    else:
        kind -= manner.strings_whole + manner.strings_one_day
        _take_clients(problem, state, manner, kind)
    for index in range(state.counts[TOUCHED]):
        measure(problem, state, state.touched[index])


@compiled
def _take_clients(problem: Problem, state: State, manner: Manner, kind: float) -> None:
    if kind < manner.neighbours:
        _take_neighbours(problem, state, manner)
    elif kind < manner.neighbours + manner.scattered:
        _take_scattered(problem, state, manner)
    else:
        _take_route(problem, state)


@compiled
def _take_absent(problem: Problem, state: State) -> None:
    if state.sums[ABSENT] == 0.0:
        return
    clients = len(state.chosen)
    first = pick(state, clients)
    taken = 0
    for step in range(clients):
        client = (first + step) % clients
        if _is_absent(problem, state, client):
            take_out(problem, state, client, -1)
            taken += 1
            if taken == MOST_ABSENT:
                return


@compiled
def _is_absent(problem: Problem, state: State, client: int) -> bool:
    pattern = state.chosen[client]
    for index in range(problem.pattern_days.shape[1]):
        day = problem.pattern_days[pattern, index]
        if day >= 0 and state.carried[client, day] < 0:
            return True
    return False


@compiled
def _some_day(problem: Problem, state: State, client: int) -> int:
    """One of the days of the client's pattern; -1 when it has none."""
    days = problem.pattern_days[state.chosen[client]]
    count = 0
    while count < len(days) and days[count] >= 0:
        count += 1
    return int(days[pick(state, count)]) if count > 0 else -1


@compiled
def _strike_strings(
    problem: Problem, state: State, manner: Manner, extent: int
) -> None:
    """Strings of the routes around a client on one of its days."""
    seed = pick(state, len(state.chosen))
    day = _some_day(problem, state, seed)
    if day < 0:
        return
    longest = min(manner.longest_string, max(1.0, _usual_size(problem, state, day)))
    most = 4.0 * manner.removed / (1.0 + longest) - 1.0
    strings = int(1.0 + chance(state) * max(0.0, most))
    for index in range(problem.near.shape[1]):
        client = problem.near[seed, index]
        route = state.carried[client, day]
        if route < 0 or state.is_out[client] or _was_struck(state, route):
            continue
        state.struck[route] = state.counts[STRUCK]
        _strike(
            problem,
            state,
            manner,
            route,
            client,
            longest,
            day if extent == THAT_DAY else -1,
        )
        strings -= 1
        if strings == 0:
            return


@compiled
def _was_struck(state: State, route: int) -> bool:
    return bool(state.struck[route] == state.counts[STRUCK])


@compiled
def _usual_size(problem: Problem, state: State, day: int) -> float:
    """Visits of the routes of a day that have any, on average."""
    visits, routes = 0, 0
    for route in range(len(state.size)):
        if problem.route_day[route] == day and state.size[route] > 0:
            visits += state.size[route]
            routes += 1
    return visits / max(1, routes)


@compiled
def _strike(
    problem: Problem,
    state: State,
    manner: Manner,
    route: int,
    client: int,
    longest: float,
    day: int,
) -> None:
    """A string that holds the client; a split one leaves a middle part in place."""
    size = state.size[route]
    length = int(1.0 + chance(state) * min(float(size), longest))
    length = min(length, size)
    left = 0
    if 1 < length < size and chance(state) < manner.split:
        left = 1 + pick(state, size - length)
    first = _first_of_string(state, route, client, length + left)
    gap = first + 1 + pick(state, length - 1) if left > 0 else first
    for step in range(length + left):
        state.trip[step] = state.stops[state.row[route], first + step]
    for step in range(length + left):
        one = state.trip[step]
        if gap <= first + step < gap + left or state.is_out[one]:
            continue
        take_out(problem, state, one, day)


@compiled
def _first_of_string(state: State, route: int, client: int, length: int) -> int:
    size = state.size[route]
    at = 1
    while state.stops[state.row[route], at] != client:
        at += 1
    least = max(1, at - length + 1)
    most = min(at, size - length + 1)
    return least + pick(state, most - least + 1)


@compiled
def _take_neighbours(problem: Problem, state: State, manner: Manner) -> None:
    """A client and some of those around it, whatever their days."""
    seed = pick(state, len(state.chosen))
    wanted = 1 + pick(state, int(2.0 * manner.removed) - 1)
    share = 0.5 + 0.5 * chance(state)
    for index in range(problem.near.shape[1]):
        client = problem.near[seed, index]
        if state.is_out[client] or chance(state) > share:
            continue
        take_out(problem, state, client, -1)
        wanted -= 1
        if wanted == 0:
            return


@compiled
def _take_scattered(problem: Problem, state: State, manner: Manner) -> None:
    for _ in range(1 + pick(state, int(manner.removed))):
        client = pick(state, len(state.chosen))
        if not state.is_out[client]:
            take_out(problem, state, client, -1)


@compiled
def _take_route(problem: Problem, state: State) -> None:
    """All visits of one route, on its day only; whoever is out is on no route."""
    route = pick(state, len(state.size))
    size = state.size[route]
    for step in range(size):
        state.trip[step] = state.stops[state.row[route], step + 1]
    for step in range(size):
        take_out(problem, state, state.trip[step], problem.route_day[route])
