"""From chosen patterns and orders of visits to a plan with its hours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from .check import violations
from .driving import Driven, drive, group_of, left_out, turned
from .ground import Ground, told
from .groups import Group
from .model import Client, Plan, Problem, Reason, Shift, Unplaced, Visit
from .patterns import allowed_patterns
from .rhythm import in_rhythm
from .tables import Solution
from .translate import Part


def assemble(
    problem: Problem,
    parts: Sequence[tuple[Part, Solution]],
    refused: Sequence[tuple[Client, Reason]],
    *,
    seed: int = 0,
    engine: str = "",
) -> Plan:
    """The plan; visits that the checker refuses are taken out of it, as unplaced."""
    lost = list(chain.from_iterable(wanted(problem, *pair) for pair in refused))
    days: list[list[Driven]] = []
    for part, solution in parts:
        lost += _unplaced(part, solution)
        pairs = zip(solution.routes, part.group.shifts, strict=True)
        days += [_ways(part.group, order, shift) for order, shift in pairs if order]
    driven = in_rhythm(Ground(problem), days)
    plan = _plan(driven)
    whole = replace(plan, unplaced=(*lost, *plan.unplaced), seed=seed, engine=engine)
    return _accepted(problem, whole)


def _ways(group: Group, order: Sequence[int], shift: Shift) -> list[Driven]:
    """The day as it was found, and turned round where that is as good."""
    driven = drive(group, order, shift)
    other = turned(group, driven, shift)
    return [driven] if other is None else [driven, other._replace(lost=driven.lost)]


def _plan(days: Sequence[Driven]) -> Plan:
    visits = chain.from_iterable(day.visits for day in days)
    trips = (day.trip for day in days if day.trip is not None)
    lost = chain.from_iterable(day.lost for day in days)
    return Plan(tuple(visits), tuple(trips), tuple(lost))


def wanted(problem: Problem, client: Client, reason: Reason) -> list[Unplaced]:
    """One for each visit that the contract wants of one who cannot be served."""
    days = problem.days
    every = frozenset(range(len(days)))
    patterns = allowed_patterns(client.periodicity, days, every, since=client.since)
    pattern = patterns[0] if patterns else None
    count = 1 if pattern is None else len(pattern.days) + pattern.missing
    return [Unplaced(client.id, reason, None, told(reason, client))] * max(count, 1)


def _unplaced(part: Part, solution: Solution) -> list[Unplaced]:
    clients = part.group.clients
    found = [
        left_out(clients[node], Reason.NO_ROOM, day) for node, day in solution.unplaced
    ]
    for node, chosen in enumerate(solution.chosen):
        missing = part.pattern(chosen, node).missing
        found += [left_out(clients[node], Reason.NO_DAY, None)] * missing
    return found


def _accepted(problem: Problem, plan: Plan) -> Plan:
    """The plan without the manager-days and clients that the checker refuses.

    The planner makes no such plan; were it to, nobody would be sent by it.
    """
    wrong = violations(problem, plan)
    if not wrong:
        return plan
    clients = {fault.client for fault in wrong if fault.client}
    days = {(fault.manager, fault.day) for fault in wrong if not fault.client}
    return without(problem, plan, clients, days)


def without(
    problem: Problem,
    plan: Plan,
    clients: Iterable[str],
    days: Iterable[tuple[str | None, int | None]],
) -> Plan:
    """The plan without those visits, which become unplaced; the days timed anew."""
    out, away = set(clients), set(days)
    ground = Ground(problem)
    lost = [v for v in plan.visits if v.client in out or (v.manager, v.day) in away]
    touched = {(visit.manager, visit.day) for visit in lost}
    left = [v for v in plan.visits if v not in set(lost)]
    remade = [v for v in left if (v.manager, v.day) in touched]
    group = group_of(ground, {visit.client for visit in remade}, touched)
    driven = retime(group, remade)
    gone = (left_out(ground.clients[v.client], Reason.NO_ROOM, v.day) for v in lost)
    kept = [visit for visit in left if (visit.manager, visit.day) not in touched]
    trips = [trip for trip in plan.trips if (trip.manager, trip.day) not in touched]
    return replace(
        plan,
        visits=(*kept, *driven.visits),
        trips=(*trips, *driven.trips),
        unplaced=(*plan.unplaced, *driven.unplaced, *gone),
    )


def retime(group: Group, visits: Iterable[Visit]) -> Plan:
    """The manager-days of these visits by the clock, in the order that they have."""
    days = Plan(tuple(visits)).by_day()
    found = []
    for shift in group.shifts:
        order = [group.node[v.client] for v in days.get((shift.manager, shift.day), ())]
        found.append(drive(group, order, shift))
    return _plan(found)
