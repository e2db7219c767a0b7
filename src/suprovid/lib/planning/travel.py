"""Travel times: straight lines with a detour, a given matrix, or a routing service.

A provider answers for a list of points at once: minutes and kilometres between any two
of them. `slowdown` says how many times longer a journey takes that begins at a minute
of the day. The planner reckons with the slowest hour of a shift, so that a plan holds
whenever one leaves; the clock times that it writes use the hour itself.
"""

from __future__ import annotations

import json
import math
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

EARTH = 6371.0
"""Mean radius, km."""
DETOUR = 1.3
SPEED = 25.0
"""Kilometres an hour in a town, by whatever means."""


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees north and east; on a plane kilometres along its two axes."""

    lat: float
    lon: float

    @property
    def known(self) -> bool:
        return math.isfinite(self.lat) and math.isfinite(self.lon)


@dataclass(frozen=True, eq=False)
class Legs:
    """Between the points of a list: minutes and km, by row from and column to."""

    minutes: NDArray[np.float64]
    km: NDArray[np.float64]


class Unreachable(Exception):
    """A routing service did not answer, or not with a matrix."""


class Travel(Protocol):
    def legs(self, points: Sequence[Point]) -> Legs: ...

    def slowdown(self, minute: float) -> float: ...


def slowest(travel: Travel, start: int, end: int) -> float:
    """The worst slowdown of a journey that begins within these minutes of the day."""
    return max(travel.slowdown(minute) for minute in _hours(start, end))


def quickest(travel: Travel, start: int, end: int) -> float:
    """The least slowdown of a journey that begins within these minutes of the day."""
    return min(travel.slowdown(minute) for minute in _hours(start, end))


def _hours(start: int, end: int) -> list[int]:
    """The first minute of each hour, or of the part of it, from start to end."""
    return [start, *range(start // 60 * 60 + 60, end, 60)]


@dataclass(frozen=True)
class _ByHour:
    """`speed` in km/h; `by_hour` where the hour of leaving has another."""

    detour: float = DETOUR
    speed: float = SPEED
    by_hour: Mapping[int, float] = field(default_factory=dict)

    def slowdown(self, minute: float) -> float:
        return self.speed / self.by_hour.get(int(minute // 60), self.speed)

    def _legs(self, straight: NDArray[np.float64]) -> Legs:
        km = straight * self.detour
        return Legs(minutes=km / self.speed * 60, km=km)


class GreatCircle(_ByHour):
    """Along the great circle, times a detour, at a speed by the hour."""

    def legs(self, points: Sequence[Point]) -> Legs:
        lat, lon = np.radians(_columns(points))
        half = (
            np.sin((lat[:, None] - lat) / 2) ** 2
            + np.cos(lat)[:, None] * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
        )
        return self._legs(2 * EARTH * np.arcsin(np.sqrt(np.minimum(half, 1))))


class Plane(_ByHour):
    """On a plane in kilometres, times a detour, at a speed by the hour."""

    def legs(self, points: Sequence[Point]) -> Legs:
        first, second = _columns(points)
        return self._legs(
            np.hypot(first[:, None] - first, second[:, None] - second),
        )


def _columns(points: Sequence[Point]) -> NDArray[np.float64]:
    return np.array([(p.lat, p.lon) for p in points], float).reshape(-1, 2).T


@dataclass(frozen=True, eq=False)
class Given:
    """A matrix over its own list of points; another point is beyond reach."""

    points: tuple[Point, ...]
    minutes: NDArray[np.float64]
    km: NDArray[np.float64] | None = None
    by_hour: Mapping[int, float] = field(default_factory=dict)
    """How many times longer a journey takes that begins in the hour."""

    def slowdown(self, minute: float) -> float:
        return self.by_hour.get(int(minute // 60), 1.0)

    @cached_property
    def _places(self) -> dict[Point, int]:
        return {point: place for place, point in enumerate(self.points)}

    def knows(self, points: Sequence[Point]) -> bool:
        return all(point in self._places for point in points)

    def legs(self, points: Sequence[Point]) -> Legs:
        rows = [self._places.get(point, len(self.points)) for point in points]
        minutes = _with_a_far_place(self.minutes)
        km = minutes if self.km is None else _with_a_far_place(self.km)
        return Legs(minutes[np.ix_(rows, rows)], km[np.ix_(rows, rows)])


def _with_a_far_place(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.pad(matrix, ((0, 1), (0, 1)), constant_values=math.inf)


@dataclass(frozen=True)
class Service:
    """A routing service on an address; its answers are kept while the value lives.

    Raises:
        ValueError: the address is not one of http or https.
    """

    address: str
    seconds: float = 30.0
    _kept: list[Given] = field(default_factory=list, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not self.address.startswith(("http://", "https://")):
            raise ValueError("address: give one that begins with http:// or https://.")

    def slowdown(self, minute: float) -> float:
        return 1.0

    def legs(self, points: Sequence[Point]) -> Legs:
        """Asked once: whoever asks for some of the same points hears from memory."""
        for known in self._kept:
            if known.knows(points):
                return known.legs(points)
        answer = self._ask(tuple(points))
        self._kept.append(Given(tuple(points), answer.minutes, answer.km))
        return answer

    def _ask(self, points: tuple[Point, ...]) -> Legs:
        raise NotImplementedError

    def _answer(self, path: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(  # noqa: S310 - the scheme is checked above
            self.address.rstrip("/") + path,
            data=data,
            headers={"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=self.seconds) as answer:  # noqa: S310
                return json.load(answer)
        except (OSError, ValueError) as wrong:
            raise self._refusal() from wrong

    def _matrix(self, rows: Any, size: int, unit: float) -> NDArray[np.float64]:
        """A place that the service cannot reach is null in it: beyond reach here."""
        try:
            values = np.array(rows, dtype=np.float64) * unit
        except (TypeError, ValueError) as wrong:
            raise self._refusal() from wrong
        if values.shape != (size, size):
            raise self._refusal()
        return np.where(np.isnan(values), math.inf, values)

    def _refusal(self) -> Unreachable:
        return Unreachable(
            f"The service of travel times at {self.address} gives no answer that can "
            "be used; try again later or plan by straight lines."
        )


class Osrm(Service):
    """The table of OSRM (GET /table/v1): seconds and metres."""

    def _ask(self, points: tuple[Point, ...]) -> Legs:
        places = ";".join(f"{point.lon:.6f},{point.lat:.6f}" for point in points)
        answer = self._answer(
            f"/table/v1/driving/{places}?annotations=duration,distance"
        )
        if not isinstance(answer, dict):
            raise self._refusal()
        size = len(points)
        return Legs(
            self._matrix(answer.get("durations"), size, 1 / 60),
            self._matrix(answer.get("distances"), size, 1 / 1000),
        )


class Valhalla(Service):
    """The matrix of Valhalla (POST /sources_to_targets): seconds and kilometres."""

    def _ask(self, points: tuple[Point, ...]) -> Legs:
        places = [{"lat": point.lat, "lon": point.lon} for point in points]
        body = {"sources": places, "targets": places, "costing": "auto"}
        answer = self._answer("/sources_to_targets", body)
        try:
            rows = answer["sources_to_targets"]
            seconds = [[cell["time"] for cell in row] for row in rows]
            km = [[cell["distance"] for cell in row] for row in rows]
        except (KeyError, TypeError) as wrong:
            raise self._refusal() from wrong
        size = len(points)
        return Legs(self._matrix(seconds, size, 1 / 60), self._matrix(km, size, 1.0))
