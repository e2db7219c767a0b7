"""From chosen patterns and orders of visits to a plan with its hours."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import chain

from .check import violations
from .ground import Ground, told
from .groups import Group
from .model import Client, Plan, Problem, Reason, Shift, Trip, Unplaced, Visit
from .patterns import allowed_patterns
from .rhythm import in_rhythm
from .tables import Solution
from .timetable import Timing
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
    left_out = list(chain.from_iterable(wanted(problem, *pair) for pair in refused))
    visits: list[Visit] = []
    trips: list[Trip] = []
    for part, solution in parts:
        left_out += _unplaced(part, solution)
        for order, shift in zip(solution.routes, part.group.shifts, strict=True):
            driven, dropped = drive(part.group, order, shift)
            visits += driven[0]
            trips += driven[1]
            left_out += dropped
    plan = Plan(tuple(visits), tuple(trips), tuple(left_out), seed, engine)
    return _accepted(problem, in_rhythm(Ground(problem), plan))


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
        _left_out(clients[node], Reason.NO_ROOM, day) for node, day in solution.unplaced
    ]
    for node, chosen in enumerate(solution.chosen):
        missing = part.pattern(chosen, node).missing
        found += [_left_out(clients[node], Reason.NO_DAY, None)] * missing
    return found


def _left_out(client: Client, reason: Reason, day: int | None) -> Unplaced:
    return Unplaced(client.id, reason, day, told(reason, client))


Driven = tuple[list[Visit], list[Trip]]


def drive(
    group: Group, order: Sequence[int], shift: Shift
) -> tuple[Driven, list[Unplaced]]:
    """The day by the clock; what makes it impossible is left out, least loss first."""
    kept, dropped = _fitting(group, tuple(order), shift)
    left_out = [_left_out(group.clients[n], Reason.NO_ROOM, shift.day) for n in dropped]
    timing = group.timing(kept, shift) if kept else None
    if timing is None:
        return ([], []), left_out
    return (_visits(group, kept, shift, timing), [_trip(group, kept, shift, timing)]), (
        left_out
    )


def _fitting(
    group: Group, order: tuple[int, ...], shift: Shift
) -> tuple[tuple[int, ...], list[int]]:
    """The engine's orders fit; this stands guard over its rounding."""
    dropped: list[int] = []
    while order and group.timing(order, shift) is None:
        rests = [order[:k] + order[k + 1 :] for k in range(len(order))]
        fits = [rest for rest in rests if rest and group.timing(rest, shift)]
        rest = min(fits or rests, key=lambda rest: sum(group.legs(rest, shift)))
        dropped += set(order) - set(rest)
        order = rest
    return order, dropped


def _visits(
    group: Group, order: Sequence[int], shift: Shift, timing: Timing
) -> list[Visit]:
    legs = group.legs(order, shift)
    return [
        Visit(
            client=group.clients[node].id,
            manager=shift.manager,
            day=shift.day,
            arrive=math.ceil(timing.arrivals[k] - 1e-6),
            start=timing.starts[k],
            end=timing.starts[k] + group.clients[node].minutes,
            travel=legs[k],
            pinned=bool(group.ground.pins(group.clients[node], shift.day)),
        )
        for k, node in enumerate(order)
    ]


def _trip(group: Group, order: Sequence[int], shift: Shift, timing: Timing) -> Trip:
    return Trip(
        manager=shift.manager,
        day=shift.day,
        leave=math.floor(timing.leave + 1e-6),
        back=math.ceil(timing.back - 1e-6),
        travel=sum(group.legs(order, shift)),
        lunch=timing.lunch,
    )


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
    out, gone = set(clients), set(days)
    ground = Ground(problem)
    lost = [v for v in plan.visits if v.client in out or (v.manager, v.day) in gone]
    touched = {(visit.manager, visit.day) for visit in lost}
    left = [v for v in plan.visits if v not in set(lost)]
    remade = [v for v in left if (v.manager, v.day) in touched]
    group = group_of(ground, {visit.client for visit in remade}, touched)
    driven = retime(group, remade)
    return Plan(
        tuple(v for v in left if (v.manager, v.day) not in touched) + driven.visits,
        tuple(t for t in plan.trips if (t.manager, t.day) not in touched)
        + driven.trips,
        plan.unplaced
        + driven.unplaced
        + tuple(
            _left_out(ground.clients[v.client], Reason.NO_ROOM, v.day) for v in lost
        ),
        plan.seed,
        plan.engine,
    )


def group_of(
    ground: Ground, clients: Iterable[str], days: Iterable[tuple[str, int]]
) -> Group:
    """Any clients and manager-days as a group of their own."""
    shifts = [ground.shifts[key] for key in sorted(set(days)) if key in ground.shifts]
    return Group(
        ground,
        tuple(ground.clients[client] for client in sorted(set(clients))),
        tuple(shifts),
    )


def retime(group: Group, visits: Iterable[Visit]) -> Plan:
    """The manager-days of these visits by the clock, in the order that they have."""
    days = Plan(tuple(visits)).by_day()
    found: list[tuple[Driven, list[Unplaced]]] = []
    for shift in group.shifts:
        order = [group.node[v.client] for v in days.get((shift.manager, shift.day), ())]
        found.append(drive(group, order, shift))
    return Plan(
        tuple(visit for (driven, _), _ in found for visit in driven),
        tuple(trip for (_, trips), _ in found for trip in trips),
        tuple(chain.from_iterable(left_out for _, left_out in found)),
    )
