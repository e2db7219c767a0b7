"""The department in parts that are planned apart: managers who share a client, and all
clients of theirs. With one owner for each client a part is one manager."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .ground import Ground
from .model import Client, Problem, Reason, Shift
from .timetable import HASTE, Stop, Timing, schedule
from .travel import Point, slowest

FAR = 1e5
"""Minutes that stand for a way which is not there."""


@dataclass(frozen=True)
class Group:
    """A part: its clients are nodes 0 .. n-1 of `minutes`, its points follow."""

    ground: Ground
    clients: tuple[Client, ...]
    shifts: tuple[Shift, ...]

    @cached_property
    def points(self) -> tuple[Point, ...]:
        ends = (point for s in self.shifts for point in (s.start_at, s.end_at))
        return tuple(dict.fromkeys(ends))

    @cached_property
    def minutes(self) -> NDArray[np.float64]:
        """Of travel at the provider's usual pace."""
        sites = [client.site for client in self.clients]
        legs = self.ground.problem.travel.legs([*sites, *self.points])
        return np.minimum(np.nan_to_num(legs.minutes, nan=FAR, posinf=FAR), FAR)

    @cached_property
    def rows(self) -> list[list[float]]:
        """The same as plain floats: quicker one by one."""
        rows: list[list[float]] = self.minutes.tolist()
        return rows

    @cached_property
    def node(self) -> dict[str, int]:
        return {client.id: node for node, client in enumerate(self.clients)}

    @cached_property
    def _point_node(self) -> dict[Point, int]:
        first = len(self.clients)
        return {point: first + place for place, point in enumerate(self.points)}

    def ends(self, shift: Shift) -> tuple[int, int]:
        """Nodes where the day begins and ends."""
        return self._point_node[shift.start_at], self._point_node[shift.end_at]

    @cached_property
    def worst(self) -> float:
        """The slowest hour of any of its shifts."""
        travel = self.ground.problem.travel
        hours = {(shift.start, shift.end) for shift in self.shifts}
        return max((slowest(travel, *span) for span in hours), default=1.0)

    def legs(self, order: Iterable[int], shift: Shift) -> list[float]:
        start, end = self.ends(shift)
        way = [start, *order, end]
        return [self.rows[way[k]][way[k + 1]] for k in range(len(way) - 1)]

    def stop(self, node: int, day: int) -> Stop:
        client = self.clients[node]
        return Stop(client.minutes, self.ground.windows(client, day))

    def timing(self, order: tuple[int, ...], shift: Shift) -> Timing | None:
        """The hours of a day that visits the nodes in this order."""
        stops = [self.stop(node, shift.day) for node in order]
        travel, legs = self.ground.problem.travel, self.legs(order, shift)
        margin = HASTE if self.ground.problem.weights.late_in_window > 0 else 0
        return schedule(stops, legs, shift, travel.slowdown, self.worst, margin)


def groups(
    problem: Problem,
) -> tuple[tuple[Group, ...], tuple[tuple[Client, Reason], ...]]:
    """The parts, and the clients whom nobody can serve."""
    ground = Ground(problem)
    reasons = [(client, ground.refused(client)) for client in problem.clients]
    served = [client for client, reason in reasons if reason is None]
    refused = [(client, reason) for client, reason in reasons if reason is not None]
    leaders = _leaders(ground, served)
    parts: dict[str, list[Client]] = {}
    for client in served:
        parts.setdefault(leaders[min(ground.servers(client))], []).append(client)
    found = tuple(
        Group(ground, tuple(clients), _shifts(ground, leaders, leader))
        for leader, clients in sorted(parts.items())
    )
    return found, tuple(refused)


def _shifts(
    ground: Ground, leaders: Mapping[str, str], leader: str
) -> tuple[Shift, ...]:
    return tuple(
        shift
        for (manager, _), shift in sorted(ground.shifts.items())
        if leaders[manager] == leader
    )


def _leaders(ground: Ground, clients: Iterable[Client]) -> dict[str, str]:
    """For each manager one name that stands for all who share clients with them."""
    leaders = {name: name for name in ground.managers}

    def leader(name: str) -> str:
        while leaders[name] != name:
            name = leaders[name]
        return name

    for servers in {ground.servers(client) for client in clients}:
        first = min(leader(name) for name in servers)
        for name in servers:
            leaders[leader(name)] = first
    return {name: leader(name) for name in leaders}
