"""Among days of equal travel: the usual hour, and nobody just before closing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from suprovid.lib.planning.check import violations
from suprovid.lib.planning.department import read_department
from suprovid.lib.planning.difference import MOVED
from suprovid.lib.planning.driving import Driven, drive, turned
from suprovid.lib.planning.generate import generate
from suprovid.lib.planning.ground import Ground
from suprovid.lib.planning.groups import Group
from suprovid.lib.planning.model import Client, Plan, Problem, Weights, Window
from suprovid.lib.planning.rhythm import in_rhythm
from suprovid.lib.planning.timetable import HASTE
from suprovid.lib.planning.travel import Given, Plane

from .town import MORNING, OFFICE, TWICE, around, client, planned, town

AT_ONCE = {0: (Window(540, 615),)}
"""An early morning: who comes second comes just before it is over."""
INDIFFERENT = Weights(same_hour=0, late_in_window=0)


def unrest(plan: Plan) -> int:
    """Minutes between the earliest and the latest start of each client, in all."""
    starts: dict[str, list[int]] = {}
    for visit in plan.visits:
        starts.setdefault(visit.client, []).append(visit.start)
    return sum(max(found) - min(found) for found in starts.values())


def hasty(problem: Problem, plan: Plan) -> int:
    """Visits that begin in the last half hour before a window closes."""
    clients = Ground(problem).clients
    return sum(
        all(
            window.end - visit.start < HASTE
            for window in clients[visit.client].windows_on(problem.days[visit.day])
            if window.start <= visit.start <= window.end
        )
        for visit in plan.visits
    )


@pytest.mark.parametrize("hours", [{}, {"lunch": None}])
def test_a_client_is_visited_at_much_the_same_hour(hours: dict[str, object]) -> None:
    mixed = (*around(8), client("x", periodicity=TWICE), client("y", windows=MORNING))
    problem = town(*mixed, hours=hours)
    calm = planned(problem)
    any_hour = planned(replace(problem, weights=INDIFFERENT))
    assert unrest(calm) < unrest(any_hour)
    assert calm.travel == pytest.approx(any_hour.travel)
    assert violations(problem, calm) == ()


def test_few_visits_begin_just_before_a_window_closes() -> None:
    problem = read_department(generate(seed=5, managers=3))
    careful = planned(problem, iterations=2000)
    careless = planned(replace(problem, weights=INDIFFERENT), iterations=2000)
    assert hasty(problem, careful) < hasty(problem, careless)
    assert violations(problem, careful) == ()


def days(
    *clients: Client, order: tuple[int, ...] = (0, 1), **said: Any
) -> tuple[Group, list[Driven]]:
    """A Monday in that order, and its other ways."""
    problem = town(*clients, **said)
    ground = Ground(problem)
    group = Group(ground, problem.clients, (ground.shifts["olena", 0],))
    driven = drive(group, order, group.shifts[0])
    other = turned(group, driven, group.shifts[0])
    return group, [driven] if other is None else [driven, other]


def names(driven: Driven) -> list[str]:
    return [visit.client for visit in driven.visits]


def test_a_day_is_turned_round_for_a_client_who_closes_early() -> None:
    pair = (client("late", y=6.0), client("early", y=7.0, windows=AT_ONCE))
    group, ways = days(*pair)
    assert [names(way) for way in ways] == [["late", "early"], ["early", "late"]]
    (settled,) = in_rhythm(group.ground, [ways])
    assert names(settled) == ["early", "late"]
    assert settled.trip is not None
    assert ways[0].trip is not None
    assert settled.trip.travel == pytest.approx(ways[0].trip.travel)


def test_nothing_is_turned_where_no_weight_asks_for_it() -> None:
    pair = (client("late", y=6.0), client("early", y=7.0, windows=AT_ONCE))
    group, ways = days(*pair, weights=INDIFFERENT)
    assert in_rhythm(group.ground, [ways]) == [ways[0]]


def test_a_day_is_not_turned_where_that_takes_more_travel() -> None:
    pair = (client("a", y=6.0), client("b", y=7.0))
    one_way = np.array([[0, 10, 40], [40, 0, 10], [10, 40, 0]], np.float64)
    known = Given((*(each.site for each in pair), OFFICE), one_way)
    _, ways = days(*pair, travel=known)
    assert [names(way) for way in ways] == [["a", "b"]]


def test_a_day_is_not_turned_where_that_takes_more_time() -> None:
    noon, twice = {0: (Window(715, 720),)}, {0: (Window(600, 600), Window(780, 780))}
    pair = (client("a", windows=noon), client("b", windows=twice))
    _, ways = days(*pair, hours={"lunch": None})
    assert [names(way) for way in ways] == [["a", "b"]]


@pytest.mark.parametrize(("usual", "ways"), [(69, 1), (71, 2)])
def test_a_day_is_not_turned_where_that_makes_overtime(usual: int, ways: int) -> None:
    """Two minutes longer, by what the grid rounds away."""
    sizes = ((5.1, 15), (5.5, 15), (6.3, 23))
    three = [client(f"c{x}", x, 5.0, minutes=minutes) for x, minutes in sizes]
    hours = {"lunch": None, "usual": usual}
    assert len(days(*three, order=(0, 1, 2), hours=hours)[1]) == ways


def test_hours_that_were_published_stay() -> None:
    problem = town(*around(8))
    before = planned(problem)
    again = planned(replace(problem, previous=before), seed=5)
    published = {(visit.client, visit.day): visit.start for visit in before.visits}
    assert all(
        abs(visit.start - published[visit.client, visit.day]) <= MOVED
        for visit in again.visits
    )


@pytest.mark.parametrize(
    ("travel", "starts"),
    [(Plane(), [590, 590]), (Plane(by_hour={16: 2.0}), [545, 590])],
)
def test_a_day_moves_to_the_usual_hour_but_not_where_the_pace_changes(
    travel: Plane, starts: list[int]
) -> None:
    weekly = (client("a"), client("b", windows={1: (Window(540, 545),)}))
    problem = town(*weekly, travel=travel)
    ground = Ground(problem)
    shifts = [ground.shifts["olena", day] for day in (0, 1)]
    group = Group(ground, problem.clients, tuple(shifts))
    drives = [drive(group, (0,), shifts[0]), drive(group, (1, 0), shifts[1])]
    settled = in_rhythm(ground, [[way] for way in drives])
    assert [day.visits[-1].start for day in settled] == starts


def test_in_slow_hours_a_day_turns_all_the_same() -> None:
    jam = Plane(by_hour={16: 2.0})
    pair = (client("late", y=6.0), client("early", y=7.0, windows=AT_ONCE))
    group, ways = days(*pair, travel=jam)
    (settled,) = in_rhythm(group.ground, [ways])
    assert settled == ways[1]
