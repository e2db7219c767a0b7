"""Taking visits out of routes and putting them in, with what it costs and the undo."""

from .compiled import compiled, inlined
from .spans import EARLIEST, LATEST, MINUTES, join, shortest
from .state import (
    ABSENT,
    COST,
    ENDLESS,
    FOREVER,
    FORGIVEN,
    NEVER,
    OUT,
    TOLERANCE,
    TOUCHED,
    VERSION,
    Problem,
    State,
)  # fmt: skip


@inlined
def band(problem: Problem, route: int, visits: int) -> float:
    """The price of so many visits on the route."""
    outside = max(problem.least[route] - visits, visits - problem.most[route], 0)
    return float(outside * problem.band_price[route])


@inlined
def overtime(problem: Problem, route: int, minutes: float) -> float:
    """The price of so many minutes from leaving to return."""
    return float(max(0.0, minutes - problem.usual[route]) * problem.over_price[route])


@compiled
def take_out(problem: Problem, state: State, client: int, day: int) -> None:
    """One visit, or all of them when day is -1; a client is taken out once."""
    remember_client(state, client, day)
    if day >= 0:
        _take_visit(problem, state, client, day)
        return
    pattern = state.chosen[client]
    state.sums[COST] -= problem.pattern_cost[pattern]
    for index in range(problem.pattern_days.shape[1]):
        if problem.pattern_days[pattern, index] >= 0:
            _take_visit(problem, state, client, problem.pattern_days[pattern, index])


@compiled
def remember_client(state: State, client: int, day: int) -> None:
    count = state.counts[OUT]
    state.out[count] = client
    state.out_day[count] = day
    state.is_out[client] = True
    state.old_chosen[client] = state.chosen[client]
    for day in range(state.carried.shape[1]):
        state.old_carried[client, day] = state.carried[client, day]
    state.counts[OUT] = count + 1


@compiled
def _take_visit(problem: Problem, state: State, client: int, day: int) -> None:
    route = state.carried[client, day]
    if route < 0:
        state.sums[COST] -= problem.absence[client]
        state.sums[FORGIVEN] -= problem.penalty[client] - problem.absence[client]
        state.sums[ABSENT] -= 1.0
        return
    touch(state, route)
    row, place = state.row[route], 1
    while state.stops[row, place] != client:
        place += 1
    _close_gap(problem, state, route, place)
    size = state.size[route]
    state.size[route] = size - 1
    state.load[route] -= problem.demand[client]
    state.carried[client, day] = -1
    state.sums[COST] += band(problem, route, size - 1) - band(problem, route, size)
    state.sums[COST] -= problem.extra[client, route]


@compiled
def _close_gap(problem: Problem, state: State, route: int, place: int) -> None:
    stops, leg = state.stops[state.row[route]], state.leg[state.row[route]]
    # An unused route costs nothing, wherever it begins and ends.
    used = state.size[route] > 1
    direct = problem.cost[stops[place - 1], stops[place + 1]] if used else 0.0
    state.sums[COST] += direct - leg[place - 1] - leg[place]
    leg[place - 1] = direct
    for later in range(place, state.size[route] + 1):
        stops[later] = stops[later + 1]
        leg[later] = leg[later + 1]


@compiled
def put_in(problem: Problem, state: State, client: int, route: int, place: int) -> None:
    """After the stop at that place; the spans of the route are made anew."""
    was_measured = state.is_touched[route]
    touch(state, route)
    _open_gap(problem, state, client, route, place)
    size = state.size[route]
    state.size[route] = size + 1
    state.load[route] += problem.demand[client]
    state.carried[client, problem.route_day[route]] = route
    state.sums[COST] += band(problem, route, size + 1) - band(problem, route, size)
    state.sums[COST] += problem.extra[client, route]
    if not (was_measured or problem.plain[route]):
        measure(problem, state, route)
        return
    if not problem.plain[route]:
        _shift_tails(state, route, place)
        _measure_heads(problem, state, route, place + 1)
        _measure_tails(problem, state, route, place + 1)
    _settle(problem, state, route)


@compiled
def _open_gap(
    problem: Problem, state: State, client: int, route: int, place: int
) -> None:
    stops, leg = state.stops[state.row[route]], state.leg[state.row[route]]
    for later in range(state.size[route] + 1, place, -1):
        stops[later + 1] = stops[later]
        leg[later] = leg[later - 1]
    stops[place + 1] = client
    before, after = stops[place], stops[place + 2]
    there, back = problem.cost[before, client], problem.cost[client, after]
    state.sums[COST] += there + back - leg[place]
    leg[place], leg[place + 1] = there, back
    state.busy[route] += problem.time[before, client] + problem.time[client, after]
    state.busy[route] += problem.service[client]
    if state.size[route] > 0:
        state.busy[route] -= problem.time[before, after]


@compiled
def leave_out(problem: Problem, state: State, client: int) -> None:
    """One visit stays unplaced."""
    state.sums[COST] += problem.absence[client]
    state.sums[FORGIVEN] += problem.penalty[client] - problem.absence[client]
    state.sums[ABSENT] += 1.0


@compiled
def measure(problem: Problem, state: State, route: int) -> None:
    """A route from end to end: its minutes, its spans where it needs any, its price."""
    state.busy[route] = _busy(problem, state, route)
    if not problem.plain[route]:
        _measure_spans(problem, state, route)
    _settle(problem, state, route)


@compiled
def _measure_spans(problem: Problem, state: State, route: int) -> None:
    row, last = state.row[route], state.size[route] + 1
    state.head[row, 0, MINUTES] = state.tail[row, last, MINUTES] = 0.0
    state.head[row, 0, EARLIEST] = state.tail[row, last, EARLIEST] = problem.open[route]
    state.head[row, 0, LATEST] = state.tail[row, last, LATEST] = problem.close[route]
    _measure_heads(problem, state, route, 1)
    _measure_tails(problem, state, route, last - 1)


@compiled
def _settle(problem: Problem, state: State, route: int) -> None:
    """A new version of a route, and its overtime in place of what it was."""
    state.counts[VERSION] += 1
    state.version[route] = state.counts[VERSION]
    if problem.usual[route] >= FOREVER:
        return
    minutes = min(_minutes(problem, state, route), ENDLESS)
    over = overtime(problem, route, minutes)
    state.sums[COST] += over - state.over[route]
    state.over[route] = over


@compiled
def _minutes(problem: Problem, state: State, route: int) -> float:
    """From leaving to return, at the shortest."""
    row, last = state.row[route], state.size[route] + 1
    if problem.plain[route] or last == 1:
        return float(state.busy[route])
    if problem.intricate[route]:
        return _simulated(problem, state, route)
    travel = problem.time[state.stops[row, last - 1], state.stops[row, last]]
    _, minutes, _, _ = join(
        state.head[row, last - 1, MINUTES], state.head[row, last - 1, EARLIEST],
        state.head[row, last - 1, LATEST], travel,
        0.0, problem.open[route], problem.close[route],
    )  # fmt: skip
    return float(minutes)


@compiled
def _simulated(problem: Problem, state: State, route: int) -> float:
    size, row = state.size[route], state.row[route]
    for place in range(size + 2):
        state.trip[place] = state.stops[row, place]
    return shortest(problem, state, route, size + 2)


@compiled
def are_possible(problem: Problem, state: State) -> bool:
    """Whether all that has changed can be driven.

    Taking a visit out can forbid a route: its lunch was between two visits, or the way
    past the client is longer than the way by it.
    """
    for index in range(state.counts[TOUCHED]):
        route = state.touched[index]
        if state.size[route] == 0:
            continue
        if problem.plain[route]:
            limit = min(problem.longest[route], open_for(problem, route))
            if state.busy[route] > limit + TOLERANCE:
                return False
        elif _simulated(problem, state, route) >= NEVER:
            return False
    return True


@inlined
def open_for(problem: Problem, route: int) -> float:
    return float(problem.close[route] - problem.open[route])


@compiled
def _busy(problem: Problem, state: State, route: int) -> float:
    row, busy = state.row[route], 0.0
    if state.size[route] == 0:
        return busy
    for place in range(state.size[route] + 1):
        stop = state.stops[row, place]
        busy += problem.time[stop, state.stops[row, place + 1]]
        busy += problem.service[stop] if place > 0 else 0.0
    return busy


@compiled
def _measure_heads(problem: Problem, state: State, route: int, since: int) -> None:
    row, last = state.row[route], state.size[route] + 1
    stops, head = state.stops[row], state.head[row]
    day = problem.route_day[route]
    minutes, earliest = head[since - 1, MINUTES], head[since - 1, EARLIEST]
    latest = head[since - 1, LATEST]
    for place in range(since, last):
        stop = stops[place]
        _, minutes, earliest, latest = join(
            minutes, earliest, latest, problem.time[stops[place - 1], stop],
            problem.service[stop], problem.opens[stop, day], problem.shuts[stop, day],
        )  # fmt: skip
        head[place, MINUTES] = minutes
        head[place, EARLIEST] = earliest
        head[place, LATEST] = latest


@compiled
def _shift_tails(state: State, route: int, place: int) -> None:
    tail = state.tail[state.row[route]]
    for later in range(state.size[route], place, -1):
        for part in range(3):
            tail[later + 1, part] = tail[later, part]


@compiled
def _measure_tails(problem: Problem, state: State, route: int, until: int) -> None:
    row = state.row[route]
    stops, tail = state.stops[row], state.tail[row]
    day = problem.route_day[route]
    minutes, earliest = tail[until + 1, MINUTES], tail[until + 1, EARLIEST]
    latest = tail[until + 1, LATEST]
    for place in range(until, 0, -1):
        stop = stops[place]
        _, minutes, earliest, latest = join(
            problem.service[stop], problem.opens[stop, day], problem.shuts[stop, day],
            problem.time[stop, stops[place + 1]], minutes, earliest, latest,
        )  # fmt: skip
        tail[place, MINUTES] = minutes
        tail[place, EARLIEST] = earliest
        tail[place, LATEST] = latest


@compiled
def touch(state: State, route: int) -> None:
    """Before its first change a route moves to its other row; spans are made anew."""
    if state.is_touched[route]:
        return
    state.is_touched[route] = True
    state.touched[state.counts[TOUCHED]] = route
    state.counts[TOUCHED] += 1
    state.old_size[route] = state.size[route]
    state.old_load[route] = state.load[route]
    state.old_busy[route] = state.busy[route]
    state.old_over[route] = state.over[route]
    state.old_version[route] = state.version[route]
    old = state.row[route]
    new = old ^ 1
    state.row[route] = new
    stops, leg = state.stops, state.leg
    for place in range(state.size[route] + 2):
        stops[new, place] = stops[old, place]
        leg[new, place] = leg[old, place]


@compiled
def keep(state: State) -> None:
    """The plan stays as it was changed."""
    for index in range(len(state.sums)):
        state.old_sums[index] = state.sums[index]
    for index in range(state.counts[TOUCHED]):
        route = state.touched[index]
        if _is_as_it_was(state, route):
            # What is known of it holds: most changes put most routes back.
            state.version[route] = state.old_version[route]
    _forget(state)


@compiled
def _is_as_it_was(state: State, route: int) -> bool:
    row = state.row[route]
    if state.size[route] != state.old_size[route]:
        return False
    for place in range(1, state.size[route] + 1):
        if state.stops[row, place] != state.stops[row ^ 1, place]:
            return False
    return True


@compiled
def undo(state: State) -> None:
    """The plan is as it was when last kept."""
    for index in range(state.counts[TOUCHED]):
        _restore(state, state.touched[index])
    for index in range(state.counts[OUT]):
        client = state.out[index]
        state.chosen[client] = state.old_chosen[client]
        for day in range(state.carried.shape[1]):
            state.carried[client, day] = state.old_carried[client, day]
    for index in range(len(state.sums)):
        state.sums[index] = state.old_sums[index]
    _forget(state)


@compiled
def _restore(state: State, route: int) -> None:
    state.size[route] = state.old_size[route]
    state.load[route] = state.old_load[route]
    state.busy[route] = state.old_busy[route]
    state.over[route] = state.old_over[route]
    state.version[route] = state.old_version[route]
    state.row[route] ^= 1


@compiled
def _forget(state: State) -> None:
    for index in range(state.counts[TOUCHED]):
        state.is_touched[state.touched[index]] = False
    for index in range(state.counts[OUT]):
        state.is_out[state.out[index]] = False
    state.counts[TOUCHED] = 0
    state.counts[OUT] = 0
