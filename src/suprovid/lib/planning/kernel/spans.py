"""Time along a route, exactly: when it may be left, and how long it then takes.

A span (minutes, earliest, latest) is a part of a route that, left at any moment from
`earliest` to `latest`, takes `minutes` and no waiting could be saved; left earlier it
ends no earlier, left later it comes too late. Spans are joined in constant time.
With several windows or a lunch one span is not enough: a set of them is carried along.
"""

from suprovid.lib.planning.tables import Floats

from .compiled import compiled, inlined
from .state import NEVER, SPANS, TOLERANCE, Problem, State

MINUTES, EARLIEST, LATEST = 0, 1, 2


@inlined
def join(
    minutes: float,
    earliest: float,
    latest: float,
    travel: float,
    next_minutes: float,
    next_earliest: float,
    next_latest: float,
) -> tuple[bool, float, float, float]:
    """Whether one span can be followed by the next, and the span of both."""
    before = minutes + travel
    possible = earliest + before <= next_latest + TOLERANCE
    waiting = max(0.0, next_earliest - (latest + before))
    both = before + waiting + next_minutes
    left_from = min(max(earliest, next_earliest - before), latest)
    left_until = max(left_from, min(latest, next_latest - before))
    return possible, both, left_from, left_until


@compiled
def shortest(problem: Problem, state: State, route: int, stops: int) -> float:
    """Minutes of state.trip, of so many stops with its ends, on the route; or NEVER."""
    fasting, fed = simulate(problem, state, route, stops, stops)
    last = (stops - 1) % 2
    return _shortest_day(
        problem, route, state.fasting[last], fasting, state.fed[last], fed
    )


@compiled
def simulate(
    problem: Problem, state: State, route: int, until: int, stops: int
) -> tuple[int, int]:
    """Goes through the first `until` stops; how many spans without and with lunch.

    The spans of a stop are in fasting[place % 2] and fed[place % 2].
    """
    fasting, fed = 1, 0
    state.fasting[0, 0, MINUTES] = 0.0
    state.fasting[0, 0, EARLIEST] = problem.open[route]
    state.fasting[0, 0, LATEST] = problem.close[route]
    for place in range(1, until):
        now, then = (place - 1) % 2, place % 2
        eaten = 0
        if problem.has_lunch[route] and 1 < place < stops - 1:
            eaten = _eat(problem, state, route, place, fasting)
        fed = _go_on(
            problem, state, route, place, state.fed[now], fed, state.fed[then], eaten
        )
        fasting = _go_on(
            problem, state, route, place, state.fasting[now], fasting,
            state.fasting[then], 0,
        )  # fmt: skip
        if fasting + fed == 0:
            break
    return fasting, fed


@compiled
def _eat(problem: Problem, state: State, route: int, place: int, fasting: int) -> int:
    """Lunch after the stop before, or at the door of this one; how many spans."""
    now, then = (place - 1) % 2, place % 2
    lunch = problem.lunch[route]
    begin, by = problem.lunch_from[route], problem.lunch_until[route] - lunch
    before, stop = state.trip[place - 1], state.trip[place]
    travel = problem.time[before, stop]
    kept = 0
    for index in range(fasting):
        span = state.fasting[now, index]
        for at_the_door in range(2):
            first, second = (travel, 0.0) if at_the_door == 1 else (0.0, travel)
            possible, minutes, earliest, latest = join(
                span[MINUTES], span[EARLIEST], span[LATEST], first, lunch, begin, by
            )
            if possible:
                kept = _serve(
                    problem, route, stop, minutes, earliest, latest, second,
                    state.fed[then], kept,
                )  # fmt: skip
    return kept


@compiled
def _go_on(
    problem: Problem,
    state: State,
    route: int,
    place: int,
    spans: Floats,
    count: int,
    after: Floats,
    kept: int,
) -> int:
    """Each span with the travel to the next stop and its service; how many are kept."""
    before, stop = state.trip[place - 1], state.trip[place]
    travel = problem.time[before, stop]
    for index in range(count):
        kept = _serve(
            problem, route, stop, spans[index, MINUTES], spans[index, EARLIEST],
            spans[index, LATEST], travel, after, kept,
        )  # fmt: skip
    return kept


@compiled
def _serve(
    problem: Problem,
    route: int,
    stop: int,
    minutes: float,
    earliest: float,
    latest: float,
    travel: float,
    after: Floats,
    kept: int,
) -> int:
    """Adds a span for each window of the stop that can be reached."""
    if stop >= len(problem.service):
        possible, whole, left_from, left_until = join(
            minutes, earliest, latest, travel,
            0.0, problem.open[route], problem.close[route],
        )  # fmt: skip
        return _keep(after, kept, whole, left_from, left_until) if possible else kept
    day = problem.route_day[route]
    for window in range(problem.early.shape[2]):
        begin, end = problem.early[stop, day, window], problem.late[stop, day, window]
        possible, whole, left_from, left_until = join(
            minutes, earliest, latest, travel, problem.service[stop], begin, end
        )
        if possible and begin <= end:
            kept = _keep(after, kept, whole, left_from, left_until)
    return kept


@compiled
def _keep(
    spans: Floats,
    count: int,
    minutes: float,
    earliest: float,
    latest: float,
) -> int:
    """Adds a span unless another does all it can as early and as shortly."""
    for index in range(count):
        if (
            spans[index, LATEST] >= latest
            and spans[index, MINUTES] <= minutes
            and spans[index, EARLIEST] + spans[index, MINUTES] <= earliest + minutes
        ):
            return count
    if count < SPANS:
        spans[count, MINUTES] = minutes
        spans[count, EARLIEST] = earliest
        spans[count, LATEST] = latest
        count += 1
    return count


@compiled
def _shortest_day(
    problem: Problem,
    route: int,
    fasting: Floats,
    count: int,
    fed: Floats,
    fed_count: int,
) -> float:
    least = NEVER
    for index in range(fed_count):
        least = min(least, fed[index, MINUTES])
    for index in range(count):
        minutes, earliest = fasting[index, MINUTES], fasting[index, EARLIEST]
        latest = fasting[index, LATEST]
        if minutes < least and eats_at_home(problem, route, minutes, earliest, latest):
            least = minutes
    return least if least <= problem.longest[route] + TOLERANCE else NEVER


@compiled
def eats_at_home(
    problem: Problem, route: int, minutes: float, earliest: float, latest: float
) -> bool:
    """No lunch to have, or it is over before leaving, or begins after the return."""
    if not problem.has_lunch[route]:
        return True
    lunch, begin = problem.lunch[route], problem.lunch_from[route]
    fed_by = max(problem.open[route], begin) + lunch
    back_by = min(problem.close[route], problem.lunch_until[route]) - lunch
    before = fed_by <= min(problem.lunch_until[route], latest) + TOLERANCE
    after = max(earliest + minutes, begin) <= back_by + TOLERANCE
    return bool(before or after)
