"""Clock times on the grid, lunch placed, waiting at home; against all possible days."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from suprovid.lib.planning.model import Lunch, Shift, Window
from suprovid.lib.planning.timetable import HASTE, Stop, Timing, schedule

from .town import shift

TEN_TO_TWO = shift("olena", 0, start=600, end=840, lunch=None, longest=None)
ALL_DAY = (Window(0, 1440),)


def stop(minutes: int = 30, *windows: tuple[int, int]) -> Stop:
    return Stop(minutes, tuple(Window(*w) for w in windows) or ALL_DAY)


def timed(*stops: Stop, legs: Sequence[float], day: Shift = TEN_TO_TWO) -> Timing:
    found = schedule(stops, legs, day)
    assert found is not None
    return found


def test_visits_begin_at_multiples_of_five_minutes() -> None:
    day = timed(stop(), stop(), legs=[7, 12.5, 9])
    assert day.starts == (610, 655)
    assert day.back == 655 + 30 + 9


def test_waiting_is_done_at_home() -> None:
    day = timed(stop(30, (600, 800)), stop(30, (780, 800)), legs=[5, 10, 5])
    assert day.starts == (740, 780)
    assert day.leave == 735
    assert day.arrivals == (740, 780)


def test_of_several_windows_the_first_that_can_be_met_is_taken() -> None:
    assert timed(stop(30, (600, 605), (700, 720)), legs=[20, 5]).starts == (700,)


def test_a_window_passed_is_no_day() -> None:
    assert schedule([stop(30, (600, 605))], [20, 5], TEN_TO_TWO) is None


def test_a_return_after_the_shift_is_no_day() -> None:
    assert schedule([stop(200)], [5, 40], TEN_TO_TWO) is None


def test_a_day_longer_than_allowed_is_none() -> None:
    stops = [stop(30, (600, 620)), stop(30, (780, 800))]
    assert schedule(stops, [5, 5, 5], replace(TEN_TO_TWO, longest=180)) is None
    assert schedule(stops, [5, 5, 5], replace(TEN_TO_TWO, longest=240)) is not None


def test_lunch_at_home_is_no_part_of_the_way() -> None:
    noon = replace(TEN_TO_TWO, lunch=Lunch(720, 840, 60))
    day = timed(stop(90), legs=[10, 10], day=noon)
    assert (day.leave, day.back) == (600, 710)
    assert day.lunch == Window(720, 780)


def test_lunch_before_leaving() -> None:
    early = replace(TEN_TO_TWO, lunch=Lunch(600, 670, 60))
    day = timed(stop(90), legs=[10, 10], day=early)
    assert day.lunch == Window(600, 660)
    assert (day.leave, day.starts) == (660, (670,))


def test_lunch_between_two_visits_counts_in_the_way() -> None:
    tight = replace(TEN_TO_TWO, lunch=Lunch(660, 760, 60))
    day = timed(stop(50), stop(50), legs=[10, 10, 5], day=tight)
    assert day.length == 50 + 50 + 60 + 25
    assert day.lunch is not None
    assert day.lunch.start >= 660
    assert day.lunch.end <= 760


def test_without_a_place_for_lunch_there_is_no_day() -> None:
    noon = replace(TEN_TO_TWO, lunch=Lunch(700, 730, 60))
    assert schedule([stop()], [10, 10], noon) is None


def test_a_slow_hour_makes_the_way_longer() -> None:
    def slow_from_eleven(minute: float) -> float:
        return 2.0 if minute >= 660 else 1.0

    stops = [stop(60), stop(30)]
    day = schedule(stops, [10, 20, 10], TEN_TO_TWO, slow_from_eleven, 2.0)
    assert day is not None
    assert day.starts[1] - (day.starts[0] + 60) >= 40
    assert day.back == day.starts[1] + 30 + 20


# ------------------------------------------------------------- against all days


def all_days(
    stops: Sequence[Stop], legs: Sequence[float], day: Shift
) -> Iterator[tuple[float, int]]:
    """Length and haste of each day that can be driven in this order, single windows."""
    for starts in _starts(stops, legs, day, 0, day.start):
        ends = [s + stop.minutes for s, stop in zip(starts, stops, strict=True)]
        leave, back = starts[0] - legs[0], ends[-1] + legs[-1]
        if back <= day.end and _eats(starts, ends, legs, leave, back, day):
            yield back - leave, haste(stops, starts)


def haste(stops: Sequence[Stop], starts: Sequence[int]) -> int:
    """Minutes of the last half hour of windows that visits begin in."""
    pairs = zip(stops, starts, strict=True)
    return sum(max(0, HASTE - (s.windows[-1].end - start)) for s, start in pairs)


def _starts(
    stops: Sequence[Stop], legs: Sequence[float], day: Shift, k: int, clock: float
) -> Iterator[list[int]]:
    if k == len(stops):
        yield []
        return
    window = stops[k].windows[0]
    for start in range(600, 841, 5):
        if start >= clock + legs[k] and window.start <= start <= window.end:
            rest = _starts(stops, legs, day, k + 1, start + stops[k].minutes)
            yield from ([start, *others] for others in rest)


def _eats(
    starts: list[int],
    ends: list[int],
    legs: Sequence[float],
    leave: float,
    back: float,
    day: Shift,
) -> bool:
    lunch = day.lunch
    if lunch is None:
        return True
    idle = [(day.start, leave), (back, day.end)]
    for k in range(1, len(starts)):
        idle.append((ends[k - 1], starts[k] - legs[k]))
        idle.append((ends[k - 1] + legs[k], starts[k]))
    return any(
        min(high, lunch.end) - max(low, lunch.start) >= lunch.minutes
        for low, high in idle
    )


minutes = st.sampled_from([15, 30, 45, 50])
windows = st.tuples(st.integers(118, 160), st.integers(0, 30)).map(
    lambda w: (Window(w[0] * 5, w[0] * 5 + w[1] * 5),)
)
lunches = st.none() | st.builds(
    Lunch, st.integers(600, 760), st.integers(700, 840), st.sampled_from([20, 45])
)


@given(
    st.lists(st.builds(Stop, minutes, windows), min_size=1, max_size=3),
    st.lists(st.integers(1, 25), min_size=4, max_size=4),
    lunches,
    st.none() | st.integers(60, 240),
)
def test_the_shortest_of_all_possible_days_is_found(
    stops: list[Stop], legs: list[int], lunch: Lunch | None, longest: int | None
) -> None:
    day = replace(TEN_TO_TWO, lunch=lunch)
    legs = legs[: len(stops) + 1]
    lengths = (length for length, _ in all_days(stops, legs, day))
    possible = min(lengths, default=math.inf)
    found = schedule(stops, legs, replace(day, longest=longest))
    if possible > (longest or math.inf) or possible == math.inf:
        assert found is None
    else:
        assert found is not None
        assert found.length == possible


@given(
    st.lists(st.builds(Stop, minutes, windows), min_size=1, max_size=3),
    st.lists(st.integers(1, 25), min_size=4, max_size=4),
    lunches,
    st.none() | st.integers(60, 240),
    st.none() | st.integers(60, 240),
)
def test_a_margin_is_kept_where_it_costs_no_more_than_it_spares(
    stops: list[Stop],
    legs: list[int],
    lunch: Lunch | None,
    longest: int | None,
    usual: int | None,
) -> None:
    day = replace(TEN_TO_TWO, lunch=lunch, longest=longest, usual=usual)
    legs = legs[: len(stops) + 1]
    tight = schedule(stops, legs, day)
    found = schedule(stops, legs, day, margin=HASTE)
    assert (found is None) == (tight is None)
    if found is None or tight is None:
        return
    possible = [
        (length, late)
        for length, late in all_days(stops, legs, day)
        if length <= (longest or math.inf)
    ]
    late = haste(stops, found.starts)
    assert (found.length, late) in possible
    assert late <= haste(stops, tight.starts)
    assert over(found, usual) <= over(tight, usual)
    if longest is None and usual is None:
        assert found.length + late == min(map(sum, possible))


def over(timing: Timing, usual: int | None) -> float:
    return max(0.0, timing.length - (usual or math.inf))


def test_a_visit_begins_no_later_than_half_an_hour_before_closing() -> None:
    stops = [stop(30, (600, 720)), stop(30, (780, 840))]
    tight = timed(*stops, legs=[10, 10, 10])
    calm = schedule(stops, [10, 10, 10], TEN_TO_TWO, margin=HASTE)
    assert calm is not None
    assert (tight.starts, calm.starts) == ((720, 780), (690, 780))
    short = replace(TEN_TO_TWO, longest=120)
    some = schedule(stops, [10, 10, 10], short, margin=HASTE)
    assert some is not None
    assert some.starts == (710, 780)


def test_on_a_day_of_overtime_a_margin_that_costs_nothing_is_kept() -> None:
    stops = [stop(30, (600, 600)), stop(30, (600, 700)), stop(30, (800, 900))]
    long = replace(TEN_TO_TWO, start=540, end=1000, usual=60)
    day = schedule(stops, [10] * 4, long, margin=HASTE)
    assert day is not None
    assert day.starts == (600, 670, 800)
