"""One manager-day from an order of clients to its visits, its trip and its hours."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .ground import Ground, told
from .groups import Group
from .model import GRID, Client, Reason, Shift, Trip, Unplaced, Visit
from .timetable import Timing


class Driven(NamedTuple):
    """A manager-day by the clock; `lost` are those whom the day has no room for."""

    visits: tuple[Visit, ...] = ()
    trip: Trip | None = None
    lost: tuple[Unplaced, ...] = ()


def drive(group: Group, order: Sequence[int], shift: Shift) -> Driven:
    """The day by the clock; what makes it impossible is left out, least loss first."""
    kept, timing = _fitting(group, tuple(order), shift)
    dropped = (group.clients[node] for node in order if node not in kept)
    lost = tuple(left_out(client, Reason.NO_ROOM, shift.day) for client in dropped)
    if timing is None:
        return Driven(lost=lost)
    trip = _trip(group, kept, shift, timing)
    return Driven(_visits(group, kept, shift, timing), trip, lost)


def turned(group: Group, driven: Driven, shift: Shift) -> Driven | None:
    """The same day the other way round, if that takes no more travel and overtime,
    and no more time than the grid rounds away."""
    order = tuple(group.node[visit.client] for visit in reversed(driven.visits))
    timing = group.timing(order, shift) if len(order) > 1 else None
    if timing is None or driven.trip is None:
        return None
    trip = _trip(group, order, shift, timing)
    if _is_worse(trip, driven.trip, shift):
        return None
    return Driven(_visits(group, order, shift, timing), trip)


def _is_worse(trip: Trip, known: Trip, shift: Shift) -> bool:
    minutes, before = trip.back - trip.leave, known.back - known.leave
    overtime = shift.usual is not None and minutes > max(shift.usual, before)
    longer = minutes > before + GRID
    return overtime or longer or trip.travel > known.travel + 1e-6


def _fitting(
    group: Group, order: tuple[int, ...], shift: Shift
) -> tuple[tuple[int, ...], Timing | None]:
    """The engine's orders fit; this stands guard over its rounding."""
    while order:
        timing = group.timing(order, shift)
        if timing is not None:
            return order, timing
        rests = [order[:k] + order[k + 1 :] for k in range(len(order))]
        fits = [rest for rest in rests if rest and group.timing(rest, shift)]
        order = min(fits or rests, key=lambda rest: sum(group.legs(rest, shift)))
    return order, None


def _visits(
    group: Group, order: Sequence[int], shift: Shift, timing: Timing
) -> tuple[Visit, ...]:
    legs = group.legs(order, shift)
    return tuple(
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
    )


def _trip(group: Group, order: Sequence[int], shift: Shift, timing: Timing) -> Trip:
    return Trip(
        manager=shift.manager,
        day=shift.day,
        leave=math.floor(timing.leave + 1e-6),
        back=math.ceil(timing.back - 1e-6),
        travel=sum(group.legs(order, shift)),
        lunch=timing.lunch,
    )


def left_out(client: Client, reason: Reason, day: int | None) -> Unplaced:
    return Unplaced(client.id, reason, day, told(reason, client))


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
