"""From a file to a plan that the checker accepts, whatever the file asks."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.bench_planning.families import Family, disguised, generated
from suprovid.lib.planning.public import solving
from suprovid.lib.planning.public.checking import cost, violations
from suprovid.lib.planning.public.plans import Plan, Route
from suprovid.lib.planning.public.reading import Instance, read
from tests.lib.planning.public.problems import (
    GOOD,
    ROWS,
    WINDOWED,
    problem,
    public_folder,
    text_with,
)


def test_tables_say_what_the_problem_says() -> None:
    tables = solving.tables_of(problem())

    assert tables.cost[0, 4] == 5  # client 1 from the depot, which is the last node
    assert list(tables.route_day) == [0, 0, 1, 1]
    assert list(tables.longest) == [30, 30, 40, 40]
    assert [tables.days_of(pattern) for pattern in range(6)] == [
        (0, 1),
        (1,),
        (0,),
        (1,),
        (0,),
        (1,),
    ]
    assert np.isinf(tables.late).all()
    assert tables.penalty.min() > 2 * tables.cost.max()


def test_windows_and_hours_of_the_depot_are_in_the_tables() -> None:
    tables = solving.tables_of(problem(*WINDOWED))

    assert tables.early[:, 0, 0].tolist() == [5, 40]
    assert tables.late[:, 0, 0].tolist() == [30, 60]
    assert (tables.open[0], tables.close[0], tables.longest[0]) == (0, 100, np.inf)


def test_patterns_of_several_lengths_are_filled_up() -> None:
    rows = (
        "1 1 2 2",
        "9 9",
        "9 9",
        "0 0 0 0 0 0 0",
        "1 1 0 0 0 2 1 3",
        "2 1 0 0 0 1 1 1",
    )

    assert solving.tables_of(problem(*rows)).pattern_days.tolist() == [[0, 1], [1, -1]]


def test_more_vehicles_than_clients_are_not_worth_having() -> None:
    many = replace(problem(), vehicles=10**9)

    assert solving.tables_of(many).routes == 4 * 2


def test_a_small_problem_is_planned_whole() -> None:
    answer = solving.solve(problem(), iterations=200)

    assert violations(problem(), answer.plan) == ()
    assert answer.plan.unplaced == ()
    assert answer.plan.cost <= cost(problem(), GOOD.routes)
    assert answer.seconds > 0


def test_the_same_seed_and_iterations_give_the_same_plan() -> None:
    instance = generated(Family(16, 4, 2, 1.2), seed=3)

    plans = {solving.solve(instance, iterations=300, seed=7).plan for _ in range(2)}

    assert len(plans) == 1


@pytest.mark.parametrize("windows", [False, True])
def test_a_disguised_problem_is_planned_as_well(windows: bool) -> None:
    instance = generated(Family(12, 4, 2, 1.3, windows=windows), seed=2)
    hidden = disguised(instance, seed=4)

    for one in (instance, hidden):
        plan = solving.solve(one, iterations=2000).plan
        assert not plan.unplaced
        assert violations(one, plan) == ()


def test_a_plan_is_returned_when_nobody_is_left_to_visit() -> None:
    nobody = read(b"1 1 1 1\n9 9\n0 0 0 0 0 0 0\n1 nan 0 0 0 1 1 1\n")

    answer = solving.solve(nobody, iterations=1)

    assert answer.plan == Plan(0.0, (), ((1, None),))
    assert solving.as_json(nobody, answer)["feasible"] is False


def test_who_cannot_be_planned_is_told_and_the_others_are_planned() -> None:
    rows = text_with(5, "1 nan 4 1 5 2 1 3").decode().split("\n")
    rows[7] = "4 -30 -40 1 5 1 1 1"
    instance = problem(*rows)

    told = solving.as_json(instance, solving.solve(instance, iterations=100))

    assert {one["client"]: one["why"][:7] for one in told["unplaced"]} == {
        1: "Line 5:",
        4: "Line 8:",
    }
    assert {number for route in told["routes"] for number in route["visits"]} == {2, 3}
    assert (told["feasible"], told["violations"]) == (False, [])


def test_who_finds_no_room_beside_the_others_is_told_so() -> None:
    crowded = problem(
        "1 1 2 1", "9 9", "0 0 0 0 0 0 0", *(f"{n} 4 0 0 5 1 1 1" for n in (1, 2))
    )

    told = solving.as_json(crowded, solving.solve(crowded, iterations=100))

    (missed,) = told["unplaced"]
    assert missed["day"] == 1
    assert missed["why"] == "no vehicle has room left for it"
    assert len(told["routes"]) == 1


def test_an_answer_is_json_with_days_and_vehicles_from_1() -> None:
    told = solving.as_json(problem(), solving.solve(problem(), iterations=100))

    assert json.loads(json.dumps(told)) == told
    assert {"cost", "feasible", "violations", "unplaced", "iterations"} <= set(told)
    assert {route["day"] for route in told["routes"]} == {1, 2}
    assert {route["vehicle"] for route in told["routes"]} <= {1, 2}


wrong_routes = st.lists(
    st.builds(
        Route,
        st.integers(0, 3),
        st.integers(0, 3),
        st.lists(st.integers(0, 5), max_size=4).map(tuple),
    ),
    max_size=5,
).map(tuple)
wrong_unplaced = st.lists(
    st.tuples(st.integers(0, 5), st.none() | st.integers(0, 3)), max_size=3
).map(tuple)


@given(st.builds(Plan, st.floats(), wrong_routes, wrong_unplaced))
def test_whatever_the_engine_says_only_what_is_accepted_is_returned(plan: Plan) -> None:
    instance = read(text_with(5, "1 nan 4 1 5 2 1 3"))

    accepted = solving.accepted(instance, plan)

    assert violations(instance, accepted) == ()
    visited = {number for route in accepted.routes for number in route.visits}
    assert visited | {number for number, _ in accepted.unplaced} == {1, 2, 3, 4}


def test_a_good_plan_is_left_as_it_is() -> None:
    good = replace(GOOD, cost=cost(problem(), GOOD.routes))

    assert solving.accepted(problem(), good) == good


row = st.tuples(
    st.integers(-9, 9),
    st.integers(-9, 9),
    st.integers(0, 9),
    st.integers(0, 9),
    st.sampled_from(["1 1 1", "1 1 2", "1 2 1 2", "2 1 3"]),
    st.integers(0, 60),
    st.integers(-5, 60),
)


@settings(max_examples=25)
@given(
    st.integers(1, 3), st.integers(0, 60), st.integers(0, 30), st.lists(row, max_size=6)
)
def test_any_problem_is_answered_with_a_plan_that_is_accepted(
    vehicles: int, longest: int, capacity: int, rows: list[tuple[int, ...]]
) -> None:
    lines = [f"5 {vehicles} {len(rows)} 2", *[f"{longest} {capacity}"] * 2]
    lines.append("0 0 0 0 0 0 0 0 100")
    for number, (x, y, service, demand, days, early, width) in enumerate(rows, 1):
        window = f"{early} {early + width}"
        lines.append(f"{number} {x} {y} {service} {demand} {days} {window}")
    instance = problem(*lines)

    told = solving.as_json(instance, solving.solve(instance, iterations=50))

    assert told["violations"] == []
    assert all(one["why"] for one in told["unplaced"])


@pytest.mark.parametrize("name", ["pvrp/pr01", "pvrptw/pr01"])
def test_a_public_problem_is_planned_whole_in_few_iterations(name: str) -> None:
    instance: Instance = read((public_folder() / name).read_bytes())

    plan = solving.solve(instance, iterations=5000).plan

    assert not plan.unplaced
    assert violations(instance, plan) == ()


def test_rows_of_the_small_problem_are_as_long_as_it_says() -> None:
    assert len(ROWS) == 1 + 2 + 1 + len(problem().clients)
