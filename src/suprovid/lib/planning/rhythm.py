"""The same hour for the same client, and none just before its window closes.

With no more travel, a manager-day may be driven the other way round and may begin
earlier or later as a whole, as far as its windows, hours and lunch allow. Day by day
the way is taken that suits its clients best, by what the other days have come to.
Where the pace of traffic changes by the hour, days turn but do not move.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median_low

import numpy as np
from numpy.typing import NDArray

from .difference import MOVED
from .driving import Driven
from .ground import Ground
from .model import GRID, Trip, Visit, Window
from .timetable import HASTE

FARTHEST = 120
"""Minutes by which a day may move."""
ROUNDS = 5
NOT_YET = (-1, -1)
"""The way and the move of a day that has not been settled."""

Minutes = NDArray[np.float64]
MOVES: Minutes = np.array(
    sorted(range(-FARTHEST, FARTHEST + 1, GRID), key=abs), np.float64
)
"""The nearest first: of those that are as good it is taken."""


def in_rhythm(ground: Ground, days: Iterable[Sequence[Driven]]) -> list[Driven]:
    """Of each day one of its ways, moved; where no weight asks for it, the first."""
    weights = ground.problem.weights
    if weights.same_hour <= 0 and weights.late_in_window <= 0:
        return [ways[0] for ways in days]
    rhythm = _Rhythm(ground, [[_Way(ground, way) for way in ways] for ways in days])
    return rhythm.settled()


@dataclass(frozen=True)
class _Way:
    """One way to drive a day, with every move that it allows."""

    ground: Ground
    driven: Driven

    @cached_property
    def moves(self) -> Minutes:
        if self.driven.trip is None or self.ground.has_traffic:
            return np.zeros(1)
        allowed = _keeps_hours(self.ground, self.driven.trip)
        for visit in self.driven.visits:
            allowed &= _until_close(self._windows(visit), visit.start + MOVES) >= 0
        return np.asarray(MOVES[allowed | (MOVES == 0)])

    @cached_property
    def starts(self) -> Minutes:
        """(visits, moves)"""
        begun = np.array([visit.start for visit in self.driven.visits], np.float64)
        return np.asarray(begun[:, None] + self.moves)

    @cached_property
    def price(self) -> Minutes:
        """(moves,) what no other day has a say in: late in windows, hours published."""
        weights = self.ground.problem.weights
        price = np.zeros(len(self.moves))
        for visit, starts in zip(self.driven.visits, self.starts, strict=True):
            left = _until_close(self._windows(visit), starts)
            price += weights.late_in_window * np.maximum(HASTE - left, 0)
            published = self.ground.published_start.get((visit.client, visit.day))
            if published is not None:
                price += weights.start_moved * (np.abs(starts - published) > MOVED)
        return price

    def _windows(self, visit: Visit) -> tuple[Window, ...]:
        return self.ground.windows(self.ground.clients[visit.client], visit.day)

    def moved(self, by: int) -> Driven:
        trip = self.driven.trip and _trip(self.driven.trip, by)
        visits = tuple(_visit(visit, by) for visit in self.driven.visits)
        return self.driven._replace(visits=visits, trip=trip)


class _Rhythm:
    """`hours` has the starts that have been settled, by client and day."""

    def __init__(self, ground: Ground, days: Sequence[Sequence[_Way]]) -> None:
        self.weight = ground.problem.weights.same_hour
        self.days = days
        self.chosen = [NOT_YET] * len(days)
        self.hours: dict[str, dict[int, float]] = {}

    def settled(self) -> list[Driven]:
        rounds = 0
        while rounds < ROUNDS and self._has_changed():
            rounds += 1
        return [self._chosen(ways, number) for number, ways in enumerate(self.days)]

    def _has_changed(self) -> bool:
        """Each day once more, by what the others have come to."""
        before = list(self.chosen)
        for number in range(len(self.days)):
            self._settle(number)
        return self.chosen != before

    def _settle(self, number: int) -> None:
        ways = self.days[number]
        prices = [self._prices(way) for way in ways]
        way = min(range(len(ways)), key=lambda one: float(prices[one].min()))
        move = int(prices[way].argmin())
        self.chosen[number] = way, move
        for visit, starts in zip(
            ways[way].driven.visits, ways[way].starts, strict=True
        ):
            self.hours.setdefault(visit.client, {})[visit.day] = float(starts[move])

    def _prices(self, way: _Way) -> Minutes:
        usual = np.array([self._usual(visit) for visit in way.driven.visits])
        off = np.abs(way.starts - usual.reshape(-1, 1))
        return np.asarray(way.price + self.weight * np.nansum(off, axis=0))

    def _usual(self, visit: Visit) -> float:
        """The hour that the client's other days have come to; nan = none yet."""
        hours = self.hours.get(visit.client, {})
        others = [hour for day, hour in hours.items() if day != visit.day]
        return median_low(others) if others else np.nan

    def _chosen(self, ways: Sequence[_Way], number: int) -> Driven:
        way, move = self.chosen[number]
        return ways[way].moved(int(ways[way].moves[move]))


def _keeps_hours(ground: Ground, trip: Trip) -> NDArray[np.bool_]:
    shift = ground.shifts[trip.manager, trip.day]
    keeps = (trip.leave + MOVES >= shift.start) & (trip.back + MOVES <= shift.end)
    if trip.lunch is not None and shift.lunch is not None:
        first = max(shift.start, shift.lunch.start)
        last = min(shift.end, shift.lunch.end)
        keeps &= (trip.lunch.start + MOVES >= first) & (trip.lunch.end + MOVES <= last)
    return np.asarray(keeps)


def _until_close(windows: Iterable[Window], starts: Minutes) -> Minutes:
    """Minutes from each start to the end of the window it is in; below 0 = in none."""
    left = np.full(len(starts), -1.0)
    for window in windows:
        inside = (window.start <= starts) & (starts <= window.end)
        left = np.where(inside, np.maximum(left, window.end - starts), left)
    return left


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
