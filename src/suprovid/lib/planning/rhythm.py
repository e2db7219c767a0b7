"""The same hour for the same client: whole days moved a little, nothing else changed.

Each manager-day may begin earlier or later as a whole, as far as its windows, hours and
lunch allow; it moves towards the usual hours of its clients. Where the pace of traffic
changes by the hour, days stay where they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import median_low

from .ground import Ground
from .model import GRID, Plan, Trip, Visit, Window

FARTHEST = 120
"""Minutes by which a day may move."""
ROUNDS = 2

Key = tuple[str, int]


def in_rhythm(ground: Ground, plan: Plan) -> Plan:
    """The plan with its days moved; the same one where the weight is 0."""
    if ground.problem.weights.same_hour <= 0 or _has_traffic(ground):
        return plan
    for _ in range(ROUNDS):
        plan = _moved(ground, plan)
    return plan


def _has_traffic(ground: Ground) -> bool:
    travel = ground.problem.travel
    return any(travel.slowdown(60 * hour) != 1 for hour in range(24))


def _moved(ground: Ground, plan: Plan) -> Plan:
    usual, days = _usual(plan), plan.by_day()
    visits: list[Visit] = []
    trips: list[Trip] = []
    for trip in plan.trips:
        key = (trip.manager, trip.day)
        by = _best(ground, days[key], trip, usual)
        visits += [_visit(visit, by) for visit in days[key]]
        trips.append(_trip(trip, by))
    return replace(plan, visits=tuple(visits), trips=tuple(trips))


def _usual(plan: Plan) -> dict[str, int]:
    starts: dict[str, list[int]] = {}
    for visit in plan.visits:
        starts.setdefault(visit.client, []).append(visit.start)
    return {client: median_low(found) for client, found in starts.items()}


def _best(
    ground: Ground, visits: Sequence[Visit], trip: Trip, usual: Mapping[str, int]
) -> int:
    """Minutes by which the day moves: the nearest to its clients' usual hours."""
    ways = range(-FARTHEST, FARTHEST + 1, GRID)
    possible = [by for by in ways if _can(ground, visits, trip, by)]
    return min(possible, key=lambda by: (_off(visits, usual, by), abs(by)), default=0)


def _off(visits: Sequence[Visit], usual: Mapping[str, int], by: int) -> int:
    return sum(abs(visit.start + by - usual[visit.client]) for visit in visits)


def _can(ground: Ground, visits: Sequence[Visit], trip: Trip, by: int) -> bool:
    shift = ground.shifts[trip.manager, trip.day]
    if trip.leave + by < shift.start or trip.back + by > shift.end:
        return False
    if trip.lunch is not None and shift.lunch is not None:
        first = max(shift.start, shift.lunch.start)
        last = min(shift.end, shift.lunch.end)
        if trip.lunch.start + by < first or trip.lunch.end + by > last:
            return False
    return all(_may_begin(ground, visit, visit.start + by) for visit in visits)


def _may_begin(ground: Ground, visit: Visit, start: int) -> bool:
    windows = ground.windows(ground.clients[visit.client], visit.day)
    return any(window.start <= start <= window.end for window in windows)


def _visit(visit: Visit, by: int) -> Visit:
    return replace(
        visit,
        arrive=visit.arrive + by,
        start=visit.start + by,
        end=visit.end + by,
    )


def _trip(trip: Trip, by: int) -> Trip:
    lunch = trip.lunch and Window(trip.lunch.start + by, trip.lunch.end + by)
    return replace(trip, leave=trip.leave + by, back=trip.back + by, lunch=lunch)
