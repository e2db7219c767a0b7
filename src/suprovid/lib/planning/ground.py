"""A problem made ready: who may serve whom and when, what people have pinned, and for
each client that cannot be served at all the first reason why."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from .model import Client, Manager, Pin, Problem, Reason, Shift, Window

TOLD = {
    Reason.NO_MANAGERS: "There are no managers to visit anybody.",
    Reason.UNKNOWN_OWNER: "The manager {owner} is not in the list of managers.",
    Reason.NO_SKILL: "No manager who may visit has the skills: {skills}.",
    Reason.NO_SHIFT: "No manager who may visit has a working day in the period.",
    Reason.BAD_SITE: "The place of the client is not known: give its coordinates.",
    Reason.BAD_VISIT: "The visit lasts {minutes} minutes: give a length of 1 to 1440.",
    Reason.BEYOND_REACH: "The way there, the visit and the way back do not fit a day.",
    Reason.NO_WINDOW: "No hours of the client can be met on any working day.",
    Reason.NO_DAY: "No working day is left that keeps the contract's periodicity.",
    Reason.NO_ROOM: "The days of its managers are full.",
    Reason.CALLED_OFF: "The visit was called off.",
}


def told(reason: Reason, client: Client) -> str:
    skills = ", ".join(sorted(client.skills))
    return TOLD[reason].format(
        owner=client.owner, skills=skills, minutes=client.minutes
    )


def _common(one: Window, other: Window) -> Window:
    return Window(max(one.start, other.start), min(one.end, other.end))


@dataclass(frozen=True)
class Ground:
    problem: Problem

    @cached_property
    def managers(self) -> dict[str, Manager]:
        return {manager.id: manager for manager in self.problem.managers}

    @cached_property
    def clients(self) -> dict[str, Client]:
        return {client.id: client for client in self.problem.clients}

    @cached_property
    def shifts(self) -> dict[tuple[str, int], Shift]:
        """Those that can be driven: both ends known."""
        at_work = self.problem.at_work()
        return {
            key: shift
            for key, shift in at_work.items()
            if shift.start_at.known and shift.end_at.known
        }

    @cached_property
    def days_of(self) -> dict[str, list[int]]:
        """Days at work, by manager."""
        days: dict[str, list[int]] = {}
        for manager, day in sorted(self.shifts):
            days.setdefault(manager, []).append(day)
        return days

    @cached_property
    def _pins(self) -> dict[str, list[Pin]]:
        pins: dict[str, list[Pin]] = {}
        for pin in self.problem.pins:
            pins.setdefault(pin.client, []).append(pin)
        return pins

    def pins(self, client: Client, day: int) -> Iterable[Pin]:
        found = self._pins.get(client.id, ())
        return [pin for pin in found if pin.day in (None, day)]

    def pinned_days(self, client: Client) -> frozenset[int]:
        found = self._pins.get(client.id, ())
        return frozenset(pin.day for pin in found if pin.day is not None)

    def windows(self, client: Client, day: int) -> tuple[Window, ...]:
        """When a visit may begin on the day: the client's hours and the pinned time."""
        windows = client.windows_on(self.problem.days[day])
        for pin in self.pins(client, day):
            if pin.time is not None:
                windows = tuple(_common(window, pin.time) for window in windows)
        return tuple(window for window in windows if window.start <= window.end)

    def servers(self, client: Client, day: int | None = None) -> frozenset[str]:
        """Managers who may visit on the day (None = on any), whoever is at work.

        A pinned manager stands for the owner; skills are asked of everybody.
        """
        if client.id not in self._pins:
            return self._able(self._usual(client), client.skills)
        chosen = self._pinned_managers(client, day) or self._usual(client)
        if day is None:
            chosen |= self._usual(client)
        return self._able(chosen, client.skills)

    def _able(self, names: frozenset[str], skills: frozenset[str]) -> frozenset[str]:
        key = names, skills
        if key not in self._known_able:
            self._known_able[key] = frozenset(
                name
                for name in names
                if name in self.managers and skills <= self.managers[name].skills
            )
        return self._known_able[key]

    @cached_property
    def _known_able(self) -> dict[tuple[frozenset[str], ...], frozenset[str]]:
        return {}

    def _pinned_managers(self, client: Client, day: int | None) -> frozenset[str]:
        found = self._pins.get(client.id, ())
        return frozenset(
            pin.manager
            for pin in found
            if pin.manager is not None and (day is None or pin.day in (None, day))
        )

    def _usual(self, client: Client) -> frozenset[str]:
        if client.owner is not None:
            return frozenset({client.owner})
        return self._members.get(client.group, frozenset())

    @cached_property
    def _members(self) -> dict[str, frozenset[str]]:
        """Managers, by group."""
        found: dict[str, set[str]] = {}
        for manager in self.problem.managers:
            found.setdefault(manager.group, set()).add(manager.id)
        return {group: frozenset(names) for group, names in found.items()}

    def is_pinned(self, client: Client) -> bool:
        return client.id in self._pins

    def refused(self, client: Client) -> Reason | None:
        """Why nobody can serve the client, as far as no travel is asked."""
        if not client.site.known:
            return Reason.BAD_SITE
        if not 0 < client.minutes <= 24 * 60 or not math.isfinite(client.minutes):
            return Reason.BAD_VISIT
        if not self.problem.managers:
            return Reason.NO_MANAGERS
        if self._usual(client).isdisjoint(self.managers) and not self.servers(client):
            return Reason.UNKNOWN_OWNER if client.owner else Reason.NO_MANAGERS
        return self._unserved(client)

    def _unserved(self, client: Client) -> Reason | None:
        servers = self.servers(client)
        if not servers:
            return Reason.NO_SKILL
        days = {day for name in servers for day in self.days_of.get(name, ())}
        if not days:
            return Reason.NO_SHIFT
        if not any(self.windows(client, day) for day in days):
            return Reason.NO_WINDOW
        return None

    @cached_property
    def has_traffic(self) -> bool:
        """Whether the pace of any hour is another than the usual one."""
        travel = self.problem.travel
        return any(travel.slowdown(60 * hour) != 1 for hour in range(24))

    @cached_property
    def published(self) -> Mapping[str, dict[int, str]]:
        """Managers of the published visits, by client and day."""
        found: dict[str, dict[int, str]] = {}
        previous = self.problem.previous
        for visit in () if previous is None else previous.visits:
            found.setdefault(visit.client, {})[visit.day] = visit.manager
        return found

    @cached_property
    def published_start(self) -> Mapping[tuple[str, int], int]:
        """Starts of the published visits, by client and day."""
        previous = self.problem.previous
        visits = () if previous is None else previous.visits
        return {(visit.client, visit.day): visit.start for visit in visits}

    def price_of_change(self, client: Client, manager: str, day: int) -> float:
        """What it costs to visit so one whom the published plan visits."""
        published = self.published[client.id]
        weights = self.problem.weights
        if day not in published:
            return weights.day_change
        return 0.0 if published[day] == manager else weights.manager_change
