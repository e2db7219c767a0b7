"""Putting visits back: each client, in some order, on its cheapest pattern."""

from .chance import chance
from .compiled import compiled, inlined
from .routes import band, leave_out, open_for, overtime, put_in
from .spans import EARLIEST, LATEST, MINUTES, eats_at_home, join, shortest
from .state import COST, NEVER, OUT, TOLERANCE, Manner, Problem, State

NOWHERE = 1e30
"""The price of a place that does not exist."""


@compiled
def recreate(problem: Problem, state: State, manner: Manner, ceiling: float) -> None:
    """A plan that passes the ceiling before all are back is left as it is, unfinished,
    where it can only become dearer."""
    # Not where taking out made it so: past a client the way may be longer than by it.
    rising = problem.rising[0] and state.sums[COST] <= state.old_sums[COST]
    _put_in_order(problem, state)
    for index in range(state.counts[OUT]):
        if rising and state.sums[COST] >= ceiling:
            return
        client, day = state.out[index], state.out_day[index]
        if day >= 0:
            cheapest_on(problem, state, client, day, manner.sight)
            _place(problem, state, client, day)
        else:
            _place_on_pattern(problem, state, client, manner.sight)


@compiled
def _place_on_pattern(
    problem: Problem, state: State, client: int, sight: float
) -> None:
    for day in range(len(state.day_cost)):
        cheapest_on(problem, state, client, day, sight)
    pattern = _cheapest_pattern(problem, state, client, sight)
    state.chosen[client] = pattern
    state.sums[COST] += problem.pattern_cost[pattern]
    for index in range(problem.pattern_days.shape[1]):
        if problem.pattern_days[pattern, index] >= 0:
            _place(problem, state, client, problem.pattern_days[pattern, index])


@compiled
def _cheapest_pattern(problem: Problem, state: State, client: int, sight: float) -> int:
    """A day without a place is priced as an absence; one is overlooked by chance."""
    first, beyond = problem.pattern_of[client], problem.pattern_of[client + 1]
    best, cheapest = first, NOWHERE
    count = beyond - first
    overlooked = first + _overlooked(state, count, sight) if count > 1 else -1
    for pattern in range(first, beyond):
        if pattern == overlooked:
            continue
        price = problem.pattern_cost[pattern]
        for index in range(problem.pattern_days.shape[1]):
            day = problem.pattern_days[pattern, index]
            if day >= 0:
                price += min(state.day_cost[day], problem.absence[client])
        if price < cheapest:
            best, cheapest = pattern, price
    return int(best)


@compiled
def _place(problem: Problem, state: State, client: int, day: int) -> None:
    if state.day_cost[day] < problem.absence[client]:
        put_in(problem, state, client, state.day_route[day], state.day_place[day])
    else:
        leave_out(problem, state, client)


@compiled
def cheapest_on(
    problem: Problem, state: State, client: int, day: int, sight: float
) -> None:
    """The best place on a day, left in day_cost, day_route and day_place.

    Whether a route is possible is asked in the order of what it costs at least, until
    none that is left could be cheaper. What is found of a route as it was when the plan
    was last kept stays known as long as the route does.
    """
    first = client * len(state.day_cost) + day
    since, until = problem.allowed_of[first], problem.allowed_of[first + 1]
    _estimate_all(problem, state, client, since, until, sight)
    cheapest = NOWHERE
    route = _most_promising(problem, state, since, until, cheapest)
    while route >= 0:
        certain = state.now_place[route] >= 0
        if not certain:
            _ask(problem, state, client, route, cheapest)
            if not state.is_touched[route]:
                _know(state, client, route)
        price = state.now_cost[route]
        if state.now_place[route] >= 0 and price < cheapest:
            cheapest = price
            state.day_route[day] = route
            state.day_place[day] = state.now_place[route]
        if certain:
            break
        route = _most_promising(problem, state, since, until, cheapest)
    state.day_cost[day] = cheapest


@inlined
def _estimate_all(
    problem: Problem, state: State, client: int, since: int, until: int, sight: float
) -> None:
    """What each route of a day costs at least; one of them is overlooked by chance, and
    of empty ones that are alike all but one."""
    seen, overlooked = -1, since + _overlooked(state, until - since, sight)
    for index in range(since, until):
        route = problem.allowed[index]
        empty = state.size[route] == 0
        if index == overlooked or (empty and problem.twin[route] == seen):
            state.now_cost[route] = NOWHERE
            continue
        if empty:
            seen = problem.twin[route]
        if state.is_touched[route]:
            _estimate(problem, state, client, route)
        elif state.known_version[client, route] == state.version[route]:
            state.now_cost[route] = state.known_cost[client, route]
            state.now_place[route] = state.known_place[client, route]
        else:
            _estimate(problem, state, client, route)
            _know(state, client, route)


@inlined
def _know(state: State, client: int, route: int) -> None:
    state.known_cost[client, route] = state.now_cost[route]
    state.known_place[client, route] = state.now_place[route]
    state.known_version[client, route] = state.version[route]


@inlined
def _overlooked(state: State, count: int, sight: float) -> int:
    """One of so many, each by the chance of 1 / sight; beyond them all: none."""
    return int(chance(state) * max(float(count), sight))


@inlined
def _most_promising(
    problem: Problem, state: State, since: int, until: int, below: float
) -> int:
    """The route that costs least at least, if that is below what is known; or -1."""
    least, best = below, -1
    for index in range(since, until):
        route = problem.allowed[index]
        price = state.now_cost[route]
        if price < least:
            least, best = price, route
    return best


@inlined
def _estimate(problem: Problem, state: State, client: int, route: int) -> None:
    """What a place in it costs at least; now_place is below 0 where it may be more."""
    price, place = NOWHERE, 0
    room = problem.capacity[route] + TOLERANCE - problem.demand[client]
    if state.load[route] <= room and state.size[route] < state.stops.shape[1] - 2:
        detour, place = _least_detour(problem, state, client, route)
        if not _is_too_long(problem, state, client, route, detour):
            price = detour - state.over[route] + _fixed(problem, state, client, route)
    state.now_cost[route] = price
    state.now_place[route] = place if problem.simple[route] else -1 - place


@inlined
def _ask(
    problem: Problem, state: State, client: int, route: int, ceiling: float
) -> None:
    """The cheapest place that keeps all limits, or only that none is below the ceiling;
    now_place stays below 0 then."""
    # Most often the place with the least detour is possible: one look at time.
    place = -1 - state.now_place[route]
    minutes = day_with(problem, state, client, route, place)
    if minutes > problem.usual[route]:
        fixed = _fixed(problem, state, client, route) - state.over[route]
        price, place = _least_possible_price(
            problem, state, client, route, ceiling - fixed
        )
        price += fixed
        # Rounded below the ceiling, what was skipped would be asked again for ever.
        state.now_cost[route] = price if place >= 0 else max(price, ceiling)
    state.now_place[route] = place


@inlined
def _fixed(problem: Problem, state: State, client: int, route: int) -> float:
    """What the client costs in the route at whatever place."""
    size = state.size[route]
    more = band(problem, route, size + 1) - band(problem, route, size)
    return float(problem.extra[client, route] + more)


@inlined
def _is_too_long(
    problem: Problem, state: State, client: int, route: int, detour: float
) -> bool:
    """At every place, if it is so even for the least detour in minutes."""
    minutes = state.busy[route] + problem.service[client] + detour - problem.apart[0]
    longest = min(problem.longest[route], open_for(problem, route))
    return bool(minutes > longest + TOLERANCE)


@inlined
def _least_detour(
    problem: Problem, state: State, client: int, route: int
) -> tuple[float, int]:
    row = state.row[route]
    least, best = NOWHERE, 0
    there = problem.cost_into[client, state.stops[row, 0]]
    for place in range(state.size[route] + 1):
        after = state.stops[row, place + 1]
        back = problem.cost[client, after]
        price = there + back - state.leg[row, place]
        # Chosen without a jump, which would be foretold wrong two times a route.
        best = place if price < least else best
        least = price if price < least else least
        # Where both ways cost the same, half of the looking up is spared.
        there = back if problem.even[0] else problem.cost_into[client, after]
    return least, best


@inlined
def _is_timely(
    problem: Problem, state: State, client: int, route: int, place: int
) -> bool:
    """Neither the client nor the rest of the route is reached too late, at best."""
    row, day = state.row[route], problem.route_day[route]
    before, after = state.stops[row, place], state.stops[row, place + 1]
    ready = state.head[row, place, EARLIEST] + state.head[row, place, MINUTES]
    reached = ready + problem.time_into[client, before]
    begun = max(reached, problem.opens[client, day])
    ready = begun + problem.service[client] + problem.time[client, after]
    late = reached > problem.shuts[client, day] + 2.0 * TOLERANCE
    return not late and ready <= state.tail[row, place + 1, LATEST] + 2.0 * TOLERANCE


@compiled
def _least_possible_price(
    problem: Problem, state: State, client: int, route: int, ceiling: float
) -> tuple[float, int]:
    """Of a detour with the overtime that it makes; below 0 is the first place, from -1
    on, that was not looked at, being dearer than the ceiling."""
    row, timeless = state.row[route], problem.plain[route]
    least, best, skipped, first = NOWHERE, 0, NOWHERE, 0
    for place in range(state.size[route] + 1):
        before, after = state.stops[row, place], state.stops[row, place + 1]
        price = problem.cost_into[client, before] + problem.cost[client, after]
        price -= state.leg[row, place]
        if price >= min(least, skipped):
            continue
        if price >= ceiling:
            skipped, first = price, place
            continue
        if not (timeless or _is_timely(problem, state, client, route, place)):
            continue
        minutes = day_with(problem, state, client, route, place)
        price += overtime(problem, route, minutes)
        if minutes < NEVER and price < least:
            least, best = price, place
    return (least, best) if least <= skipped else (skipped, -1 - first)


@inlined
def fits(problem: Problem, state: State, client: int, route: int, place: int) -> bool:
    return bool(day_with(problem, state, client, route, place) < NEVER)


@inlined
def day_with(
    problem: Problem, state: State, client: int, route: int, place: int
) -> float:
    """Minutes from leaving to return with the client at a place; NEVER: it cannot be.

    By the spans of both parts of the route; exactly so when it is not intricate.
    """
    row, day = state.row[route], problem.route_day[route]
    there = problem.time_into[client, state.stops[row, place]]
    back = problem.time[client, state.stops[row, place + 1]]
    longest = problem.longest[route] + TOLERANCE
    if problem.plain[route]:
        direct = problem.time[state.stops[row, place], state.stops[row, place + 1]]
        busy = state.busy[route] - (direct if state.size[route] > 0 else 0.0)
        whole = busy + problem.service[client] + there + back
        limit = min(longest, open_for(problem, route) + TOLERANCE)
        return whole if whole <= limit else NEVER
    parts = state.head[row, place, MINUTES] + state.tail[row, place + 1, MINUTES]
    parts += problem.service[client]
    if parts + there + back > longest:  # before any waiting: most refusals end here
        return NEVER
    reached, minutes, earliest, latest = join(
        state.head[row, place, MINUTES], state.head[row, place, EARLIEST],
        state.head[row, place, LATEST],
        there, problem.service[client],
        problem.opens[client, day], problem.shuts[client, day],
    )  # fmt: skip
    returned, minutes, earliest, latest = join(
        minutes, earliest, latest, back,
        state.tail[row, place + 1, MINUTES], state.tail[row, place + 1, EARLIEST],
        state.tail[row, place + 1, LATEST],
    )  # fmt: skip
    if not (reached and returned and minutes <= longest):
        return NEVER
    if problem.intricate[route]:
        # One window from the first to the last, so this only refuses what is hopeless.
        hungry = not eats_at_home(problem, route, minutes, earliest, latest)
        if hungry and parts + there + back + problem.lunch[route] > longest:
            return NEVER
        minutes = _shortest_with(problem, state, client, route, place)
    return minutes


@compiled
def _shortest_with(
    problem: Problem, state: State, client: int, route: int, place: int
) -> float:
    row, size = state.row[route], state.size[route]
    stops = state.stops[row]
    for before in range(place + 1):
        state.trip[before] = stops[before]
    state.trip[place + 1] = client
    for after in range(place + 1, size + 2):
        state.trip[after + 1] = stops[after]
    return shortest(problem, state, route, size + 3)


@compiled
def _put_in_order(problem: Problem, state: State) -> None:
    """Those taken out: by chance, the hard first, the far first or the near first."""
    way = chance(state)
    for index in range(state.counts[OUT]):
        client = state.out[index]
        if way < 0.36:
            state.key[client] = chance(state)
        elif way < 0.73:
            state.key[client] = -problem.weight[client]
        elif way < 0.91:
            state.key[client] = -problem.distance[client]
        else:
            state.key[client] = problem.distance[client]
    _sort_out(state)


@compiled
def _sort_out(state: State) -> None:
    for index in range(1, state.counts[OUT]):
        client, day = state.out[index], state.out_day[index]
        at = index
        while at > 0 and state.key[state.out[at - 1]] > state.key[client]:
            state.out[at] = state.out[at - 1]
            state.out_day[at] = state.out_day[at - 1]
            at -= 1
        state.out[at] = client
        state.out_day[at] = day
