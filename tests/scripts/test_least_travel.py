"""No month has less travel than is said, and no more is said than is so."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import pairwise, permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.bench_planning.least import Desk, least_travel, main, month
from suprovid.lib.planning.department import solve_department
from suprovid.lib.planning.generate import generate
from suprovid.lib.planning.public.judging import DETOUR, SPEED, judge

ALL_DAY = (0.0, 495.0)
Place = tuple[float, float]
PLACES = st.tuples(st.integers(0, 80), st.integers(0, 80)).map(
    lambda place: (place[0] / 10, place[1] / 10)
)


def document(places: Sequence[Place], days: int = 20, **said: Any) -> dict[str, Any]:
    """One manager, at home in the corner."""
    client = {"frequency": 4, "window": ALL_DAY, "owner": "olena"} | said
    return {
        "days": days,
        "visit_min": 45,
        "max_route_min": 480,
        "shift": [0, 540],
        "managers": [{"id": "olena", "start": (0.0, 0.0)}],
        "clients": [
            {"id": f"c{n}", "xy": place, **client} for n, place in enumerate(places)
        ],
    }


def least(made: dict[str, Any], grid: int = 5) -> float:
    return least_travel(Desk(made, made["managers"][0], grid))


def round_of(places: Sequence[Place]) -> float:
    way = [(0.0, 0.0), *places, (0.0, 0.0)]
    straight = sum(math.dist(one, two) for one, two in pairwise(way))
    return straight * DETOUR / SPEED


def test_clients_of_one_house_take_one_way_there_and_back_a_day() -> None:
    assert least(document([(3.0, 4.0)] * 20)) == pytest.approx(20 * 2 * 5 * 3.12)


@pytest.mark.parametrize(
    "places", [[], [(1.0, 1.0)] * 19, [(60.0, 60.0)] * 20, [(1.0, 1.0)] * 41]
)
def test_who_cannot_be_visited_four_to_eight_a_day_has_no_month(
    places: list[Place],
) -> None:
    assert least(document(places)) == math.inf


def test_without_owners_nothing_is_told() -> None:
    free = document([(1.0, 1.0)] * 20, owner=None)
    with pytest.raises(ValueError, match="owner"):
        month(free)


@settings(max_examples=25)
@given(st.lists(PLACES, min_size=4, max_size=6), st.sampled_from([1, 5]))
def test_of_one_day_it_is_the_shortest_round(places: list[Place], grid: int) -> None:
    shortest = min(map(round_of, permutations(places)))
    one_day = document(places, days=1, frequency=1)
    assert least(one_day, grid) == pytest.approx(shortest, abs=1e-3)


@pytest.mark.parametrize("seed", [1, 2])
def test_no_plan_is_below_it_and_good_ones_are_not_far_above(seed: int) -> None:
    made = generate(seed=seed, managers=1)
    plan = solve_department(made, seconds=None, iterations=4000, seed=1)
    judged = judge(made, plan)
    assert (judged.violations, judged.unplaced, judged.outside_band) == ((), 0, 0)
    bound, fives = least(made, grid=1), least(made)
    assert bound <= fives + 1e-6
    assert 0.9 * judged.travel < fives <= judged.travel + 1e-6


def test_hours_of_clients_make_a_month_longer() -> None:
    made = generate(seed=3, managers=1)
    free = [client | {"window": ALL_DAY} for client in made["clients"]]
    assert least(made | {"clients": free}) < least(made)


def test_it_is_told_of_each_department_measured(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    small = generate(seed=3, managers=1)
    monkeypatch.setattr(
        "scripts.bench_planning.least.documents",
        lambda times: [("small", small, times)],
    )
    assert main() == 0
    told = capsys.readouterr().out
    fives, minutes, beside = map(float, re.findall(r"0\.\d{4}", told))
    assert minutes <= fives
    assert beside <= fives
