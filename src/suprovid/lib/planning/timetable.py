"""Clock times of one manager-day: an order of visits becomes hours on the grid.

Forward, each visit begins as early as it can; so the day ends as early as it can. Then
backward each visit begins as late as the next one allows: what waiting there is moves
to the morning, at home rather than at a client's door. With a margin it does not go
into the last minutes of a window: better to wait a little than to come too late. Every
place of lunch is tried: at home before leaving, between two visits (after the one or
before the other), at home after the return. The day with least overtime is taken, then
the shortest, a minute of the margin counted as one; then the one whose lunch has most
room.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from .model import GRID, Lunch, Shift, Window

HASTE = 30
"""Minutes before a window closes in which to begin is called late in it."""
ROUNDING = 1e-6
"""Minutes that are lost in adding floats."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A visit of so many minutes that may begin within one of the windows."""

    minutes: int
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class Timing:
    """Starts on the grid; leaving and return to the exact minute; lunch if there is."""

    starts: tuple[int, ...]
    arrivals: tuple[float, ...]
    leave: float
    back: float
    lunch: Window | None
    room: float  # minutes by which the lunch could move

    @property
    def length(self) -> float:
        return self.back - self.leave


@dataclass(frozen=True, slots=True)
class Meal:
    """The lunch before stop `at` (0 = before leaving, n = after the return);
    `arrived` = already there, otherwise before the journey."""

    lunch: Lunch
    at: int
    arrived: bool


@dataclass(frozen=True)
class Day:
    """A manager-day before its hours: legs[k] lead to stop k, the last one home."""

    stops: Sequence[Stop]
    legs: Sequence[float]  # minutes at the provider's usual pace
    shift: Shift
    slowdown: Callable[[float], float]
    worst: float  # the greatest slowdown of the shift
    margin: int = 0  # minutes before windows close, when nobody would rather begin

    @property
    def longest(self) -> float:
        return math.inf if self.shift.longest is None else self.shift.longest

    def journey(self, k: int, depart: float) -> float:
        return self.legs[k] * self.slowdown(depart)

    def slow(self, k: int) -> float:
        return self.legs[k] * self.worst


def schedule(
    stops: Sequence[Stop],
    legs: Sequence[float],
    shift: Shift,
    slowdown: Callable[[float], float] = lambda _: 1.0,
    worst: float = 1.0,
    margin: int = 0,
) -> Timing | None:
    """The hours of the day, or None when the order cannot be kept."""
    day = Day(stops, legs, shift, slowdown, worst, margin)
    without_lunch = _forward(day, None)
    if without_lunch is None:
        return None  # as it is for most orders that are tried: lunch makes none better
    meals = _meals(day, without_lunch)
    timings = [timing for meal in meals if (timing := _timing(day, meal))]
    return min(timings, key=partial(_merit, day), default=None)


def _merit(day: Day, timing: Timing) -> tuple[float, float, float, float]:
    usual = math.inf if day.shift.usual is None else day.shift.usual
    haste = _haste(day, timing) if day.margin else 0.0
    overtime = max(0.0, timing.length - usual)
    return round(overtime, 6), round(timing.length + haste, 6), haste, -timing.room


def _haste(day: Day, timing: Timing) -> float:
    """Minutes of the margin that visits begin in."""
    pairs = zip(day.stops, timing.starts, strict=True)
    return sum(max(0.0, day.margin - _until_close(s.windows, at)) for s, at in pairs)


def _until_close(windows: Sequence[Window], start: int) -> int:
    """Minutes to the end of the last window that has opened by then."""
    return max(window.end - start for window in windows if window.start <= start)


def _meals(day: Day, earliest: Sequence[int]) -> Iterator[Meal | None]:
    """Every place of lunch, but for those that come too late at the earliest."""
    lunch, home = day.shift.lunch, len(day.stops)
    if lunch is None:
        yield None
        return
    yield Meal(lunch, home, arrived=True)
    yield Meal(lunch, 0, arrived=False)
    for at in range(1, home):
        if earliest[at - 1] + day.stops[at - 1].minutes + lunch.minutes > lunch.end:
            return
        yield Meal(lunch, at, arrived=False)
        yield Meal(lunch, at, arrived=True)


def _timing(day: Day, meal: Meal | None) -> Timing | None:
    """With as much of the margin as makes the day not too long and no more overtime."""
    earliest = _forward(day, meal)
    if earliest is None:
        return None
    tight = _settled(day, meal, _backward(day, meal, earliest, 0))
    if tight.length > day.longest + ROUNDING:
        return None
    usual = day.longest if day.shift.usual is None else day.shift.usual
    limit = min(day.longest, max(usual, tight.length)) + ROUNDING
    for margin in range(day.margin, 0, -GRID):
        timing = _settled(day, meal, _backward(day, meal, earliest, margin))
        if timing.length <= limit:
            return timing
    return tight


def _settled(day: Day, meal: Meal | None, starts: list[int]) -> Timing:
    leave = max(_free_from(day, meal), starts[0] - day.slow(0))
    ends = [start + stop.minutes for start, stop in zip(starts, day.stops, strict=True)]
    back = ends[-1] + day.journey(len(ends), ends[-1])
    lunch, room = (None, 0.0)
    if meal is not None:
        lunch, room = _eaten(day, meal, starts, ends, leave, back)
    arrivals = _arrivals(day, meal, leave, ends, lunch)
    return Timing(tuple(starts), arrivals, leave, back, lunch, room)


def _forward(day: Day, meal: Meal | None) -> list[int] | None:
    """The earliest starts, or None when one of them or the return is too late."""
    starts: list[int] = []
    clock: float = day.shift.start
    for k, stop in enumerate(day.stops):
        ready = _ready(day, meal, k, clock)
        start = earliest_start(stop.windows, ready)
        if start is None:
            return None
        starts.append(start)
        clock = start + stop.minutes
    done = _ready(day, meal, len(day.stops), clock)
    return starts if done <= day.shift.end + ROUNDING else None


def _ready(day: Day, meal: Meal | None, k: int, clock: float) -> float:
    """When one who is free at `clock` is at stop k and has eaten if it is the place."""
    here = meal if meal is not None and meal.at == k else None
    if here is not None and not here.arrived:
        clock = _after(here.lunch, clock)
    clock += day.journey(k, clock) if clock < math.inf else 0
    if here is not None and here.arrived:
        clock = _after(here.lunch, clock)
    return clock


def _after(lunch: Lunch, clock: float) -> float:
    """The end of a lunch that begins as soon as it can; inf = never."""
    end = max(clock, lunch.start) + lunch.minutes
    return end if end <= lunch.end + ROUNDING else math.inf


def earliest_start(windows: Sequence[Window], ready: float) -> int | None:
    """The first minute of the grid within a window, not before `ready`."""
    if ready == math.inf:
        return None
    first, best = math.ceil((ready - ROUNDING) / GRID) * GRID, math.inf
    for window in windows:
        start = max(first, -(-window.start // GRID) * GRID)
        if start <= window.end and start < best:
            best = start
    return None if best == math.inf else int(best)


def latest_start(windows: Sequence[Window], limit: float) -> int | None:
    """The last minute of the grid within a window, not after `limit`."""
    last, best = math.floor((limit + ROUNDING) / GRID) * GRID, -1
    for window in windows:
        start = min(last, window.end // GRID * GRID)
        if start >= window.start and start > best:
            best = start
    return None if best < 0 else best


def _backward(
    day: Day, meal: Meal | None, earliest: list[int], margin: int
) -> list[int]:
    """The last visit stays; each one before it as late as the next allows."""
    starts = list(earliest)
    for k in range(len(starts) - 2, -1, -1):
        end = _must_end(day, meal, k + 1, starts[k + 1])
        windows = _without_margin(day.stops[k].windows, margin)
        latest = latest_start(windows, end - day.stops[k].minutes)
        starts[k] = max(starts[k], starts[k] if latest is None else latest)
    return starts


def _without_margin(windows: Sequence[Window], margin: int) -> Sequence[Window]:
    if not margin:
        return windows
    return [Window(w.start, max(w.start, w.end - margin)) for w in windows]


def _must_end(day: Day, meal: Meal | None, k: int, start: int) -> float:
    """When the visit before stop k must be over for stop k to begin at `start`."""
    if meal is None or meal.at != k:
        return start - day.slow(k)
    if meal.arrived:
        return min(start, meal.lunch.end) - meal.lunch.minutes - day.slow(k)
    return min(start - day.slow(k), meal.lunch.end) - meal.lunch.minutes


def _free_from(day: Day, meal: Meal | None) -> float:
    """The earliest leaving."""
    if meal is None or meal.at > 0:
        return day.shift.start
    return _after(meal.lunch, day.shift.start)


def _eaten(
    day: Day, meal: Meal, starts: list[int], ends: list[int], leave: float, back: float
) -> tuple[Window, float]:
    """The lunch itself and the minutes by which it could move."""
    lunch = meal.lunch
    low, high = _idle(day, meal, starts, ends, leave, back)
    low, high = max(low, lunch.start), min(high, lunch.end)
    # At the door it is eaten just before the visit, elsewhere as soon as one is free.
    begin = math.ceil(low - ROUNDING)
    if (0 < meal.at < len(starts) and meal.arrived) or meal.at == 0:
        begin = math.floor(high + ROUNDING) - lunch.minutes
    return Window(begin, begin + lunch.minutes), max(high - low - lunch.minutes, 0.0)


def _idle(
    day: Day, meal: Meal, starts: list[int], ends: list[int], leave: float, back: float
) -> tuple[float, float]:
    if meal.at == 0:
        return day.shift.start, leave
    if meal.at == len(starts):
        return back, day.shift.end
    before, start = ends[meal.at - 1], starts[meal.at]
    if meal.arrived:
        return before + day.journey(meal.at, before), start
    return before, start - day.slow(meal.at)


def _arrivals(
    day: Day, meal: Meal | None, leave: float, ends: list[int], lunch: Window | None
) -> tuple[float, ...]:
    """When one stands at each door, leaving as soon as the one before is done."""
    arrivals = []
    for k, depart in enumerate([leave, *ends[:-1]]):
        eaten_first = meal is not None and meal.at == k and not meal.arrived and k > 0
        clock = lunch.end if eaten_first and lunch is not None else depart
        arrivals.append(clock + day.journey(k, clock))
    return tuple(arrivals)
