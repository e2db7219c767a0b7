import json
import subprocess
import sys
from dataclasses import replace
from itertools import count

import numpy as np
import pytest
from hypothesis import assume, given, settings

from suprovid.lib.planning import engine, twin
from suprovid.lib.planning.engine import Progress
from suprovid.lib.planning.kernel import doors
from suprovid.lib.planning.tables import Solution, Tables

from .small import least_cost, needs_company, problems, small

WEEK = [[(0,), (1,)]] * 4
SQUARE = [(10, 0), (11, 0), (-10, 0), (-11, 0)]


def solved(tables: Tables, iterations: int = 300, seed: int = 1) -> Solution:
    return engine.solve(tables, iterations=iterations, seconds=None, seed=seed).solution


@settings(max_examples=40, deadline=None)
@given(problems(most=5))
def test_no_plan_is_better_than_the_engine_s(tables: Tables) -> None:
    assume(not needs_company(tables))
    solution = solved(tables, iterations=2000)
    assert twin.is_sound(tables, solution)
    assert solution.cost == pytest.approx(least_cost(tables))


@settings(max_examples=15, deadline=None)
@given(problems(least=6))
def test_nor_is_any_for_six_clients(tables: Tables) -> None:
    assume(not needs_company(tables))
    assert solved(tables, iterations=4000).cost == pytest.approx(least_cost(tables))


@settings(max_examples=60, deadline=None)
@given(problems())
def test_the_engine_offers_each_place_that_there_is(tables: Tables) -> None:
    solution = solved(tables, iterations=30)
    for client, day in [(0, 0), (0, 1)]:
        offered = engine.insertions(tables, solution, client, day)
        known = twin.insertions(tables, solution, client, day)
        places = sorted((one.route, one.position) for one in offered)
        assert places == sorted((route, position) for _, route, position in known)
        assert [one.cost for one in offered] == pytest.approx(
            [cost for cost, _, _ in known]
        )


def test_neighbours_are_visited_on_one_day() -> None:
    solution = solved(small(SQUARE, WEEK, capacity=2.0))
    assert {frozenset(route) for route in solution.routes} == {
        frozenset({0, 1}),
        frozenset({2, 3}),
    }
    assert solution.cost == pytest.approx(44.0)


def test_a_visit_that_fits_nowhere_is_left_unplaced_at_its_price() -> None:
    tables = small([(10, 0), (400, 0)], [[(0, 1)], [(0,)]])
    solution = solved(tables)
    assert solution.unplaced == ((1, 0),)
    assert solution.cost == pytest.approx(2 * 20.0 + 1e5)


def test_of_two_who_cannot_both_be_visited_the_dearer_one_is() -> None:
    tables = small(
        [(10, 0), (11, 0)],
        [[(0,)], [(0,)]],
        days=1,
        capacity=1.0,
        penalty=np.array([1e5, 2e5]),
    )
    assert solved(tables).unplaced == ((0, 0),)


def test_the_same_seed_and_iterations_give_the_same_plan_in_another_process() -> None:
    code = (
        "import json, sys; from suprovid.lib.planning import engine;"
        "from tests.lib.planning.engine.test_engine import scattered;"
        "s = engine.solve(scattered(), iterations=500, seconds=None, seed=3, cores=2);"
        "json.dump([s.solution.routes, s.solution.cost], sys.stdout)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    here = engine.solve(scattered(), iterations=500, seconds=None, seed=3, cores=2)
    routes, cost = json.loads(told.stdout)
    assert tuple(map(tuple, routes)) == here.solution.routes
    assert cost == here.solution.cost


def scattered() -> Tables:
    """Thirty clients on four days, in places that only look random."""
    places = [((7 * k * k) % 83 - 41, (11 * k * k) % 79 - 39) for k in range(30)]
    kinds: list[list[tuple[int, ...]]] = [
        [(0, 2), (1, 3)],
        [(0,), (1,), (2,), (3,)],
        [(0, 1, 2, 3)],
    ]
    patterns = [kinds[k % 3] for k in range(30)]
    service = np.full(30, 20.0)
    return small(places, patterns, days=4, vehicles=2, service=service)


def test_a_plan_never_becomes_worse_than_it_was() -> None:
    tables = scattered()
    start = solved(tables, iterations=2000)
    after = engine.solve(tables, iterations=1, seconds=None, seed=9, start=start)
    assert after.solution.cost <= start.cost
    assert twin.is_sound(tables, after.solution)


def test_what_a_given_plan_cannot_keep_is_placed_anew() -> None:
    tables = scattered()
    start = Solution(
        routes=((*range(30), 1), (2, 2), (), (3,), (), (), (), ()),
        chosen=tuple(int(first) for first in tables.pattern_of[:-1]),
        unplaced=(),
        cost=0.0,
    )
    after = engine.solve(tables, iterations=2000, seconds=None, seed=1, start=start)
    assert twin.is_sound(tables, after.solution)
    assert after.solution.unplaced == ()


def test_progress_is_told_and_cost_only_falls() -> None:
    told: list[Progress] = []
    tables = scattered()
    end = engine.solve(
        tables, iterations=400, seconds=None, seed=1, cores=2, progress=told.append
    )
    costs = [one.cost for one in told]
    assert costs == sorted(costs, reverse=True)
    assert told[-1].cost == end.solution.cost
    assert told[-1].iterations == end.iterations == 800


def test_a_search_ends_when_its_seconds_are_over() -> None:
    end = engine.solve(scattered(), iterations=None, seconds=0.2, seed=1)
    assert end.iterations > 0


def test_of_two_budgets_the_one_that_is_spent_first_ends_a_search() -> None:
    tables = scattered()
    by_clock = engine.solve(tables, iterations=10**9, seconds=0.2, seed=1)
    assert by_clock.seconds < 60
    by_count = engine.solve(tables, iterations=400, seconds=1000.0, seed=1)
    assert by_count.iterations == 400


def test_what_the_clock_will_end_has_cooled_by_then(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = count()
    monkeypatch.setattr("time.perf_counter", lambda: next(clock) / 100)
    budget = engine._Budget(10**9, 1.0, lambda: False)
    ends = [piece.until for piece in budget.pieces()]
    assert ends == sorted(ends)
    assert ends[0] < 0.1
    assert ends[-1] > 0.9


def test_a_search_that_is_cancelled_answers_with_its_best() -> None:
    looks = count()
    end = engine.solve(
        scattered(),
        iterations=10**9,
        seconds=None,
        seed=1,
        cancelled=lambda: next(looks) >= 2,
    )
    assert end.iterations == 2000
    assert twin.is_sound(scattered(), end.solution)


def test_a_search_without_a_budget_is_refused() -> None:
    with pytest.raises(ValueError, match="Give a budget"):
        engine.solve(scattered(), iterations=None, seconds=None, seed=1)


def test_without_clients_or_routes_there_is_an_empty_plan() -> None:
    nobody = small([], [])
    assert solved(nobody) == Solution(((), ()), (), (), 0.0)
    no_vehicle = small([(1, 1)], [[(0,)]], days=1, vehicles=0)
    assert solved(no_vehicle).unplaced == ((0, 0),)


def test_a_day_without_time_for_its_lunch_carries_nobody() -> None:
    tables = small(
        [(10, 0)], [[(0,)]], days=1, lunch_from=0.0, lunch_until=30.0, lunch=40.0
    )
    solution = solved(tables)
    assert solution.unplaced == ((0, 0),)
    assert twin.is_sound(tables, solution)
    assert not twin.is_possible(tables, 0, [0])


def test_a_lunch_between_two_visits_is_not_lost_with_one_of_them() -> None:
    tables = small(
        [(51, 0), (0, 1), (0, 1)],
        [[(0,)], [(0,), (1,)], [(0,), (1,)]],
        windows={(0, 0): [(120.0, 200.0)]},
        capacity=2.0,
        lunch_from=180.0,
        lunch_until=270.0,
        lunch=40.0,
    )
    solution = solved(tables)
    assert twin.is_sound(tables, solution)
    assert solution.cost == pytest.approx(least_cost(tables)) == pytest.approx(106.0)


def test_no_plan_becomes_worse_where_lunch_and_overtime_meet() -> None:
    places = [(51, 0), (0, 1), (9, -4), (-7, 8), (3, 12), (-11, -6)]
    either = [[(0,), (1,)]] * 5
    tables = small(
        places,
        [[(0,)], *either],
        vehicles=2,
        windows={(0, 0): [(120.0, 200.0)]},
        capacity=3.0,
        usual=100.0,
        over_price=2.0,
        lunch_from=180.0,
        lunch_until=270.0,
        lunch=40.0,
    )
    start = solved(tables)
    for seed in range(40):
        few = engine.solve(tables, iterations=4, seconds=None, seed=seed, start=start)
        assert few.solution.cost <= start.cost + 1e-6


def test_a_tie_that_rounding_breaks_does_not_stop_the_search() -> None:
    start = Solution(((), (1,)), (0, 1), ((0, 0),), 0.0)
    found = engine.solve(tied(), iterations=50, seconds=None, seed=1, start=start)
    assert found.solution.unplaced == ()


def tied() -> Tables:
    """12.3 on one route, 52.3 less 40 on the other, which is below 12.3 in floats."""
    cost = np.zeros((4, 4))
    cost[2, 0], cost[3, 0], cost[1, 0] = 5.0, 52.0, 52.3
    minutes = np.zeros((4, 4))
    minutes[2, 0] = 10.0
    tables = small(
        [(0, 0), (0, 0)],
        [[(0,)], [(0,)]],
        days=1,
        vehicles=2,
        windows={(0, 0): [(0.0, 100.0)], (1, 0): [(0.0, 1000.0)]},
        close=1000.0,
        longest=1000.0,
        extra=np.array([[0.0, 0.0], [np.inf, 0.0]]),
    )
    return replace(
        tables,
        cost=cost,
        time=minutes,
        service=np.ones(2),
        route_from=np.array([2, 3], np.int32),
        route_to=np.array([2, 3], np.int32),
        open=np.array([0.0, 200.0]),
        usual=np.array([1.0, np.inf]),
        over_price=np.array([0.73, 0.0]),
        least=np.array([0, 2], np.int32),
        band_price=np.array([0.0, 40.0]),
    )


def test_a_client_reached_only_past_another_is_not_left_alone() -> None:
    solution = solved(roundabout(), iterations=3000)
    assert twin.is_sound(roundabout(), solution)
    assert solution.routes == ((0, 1), ())


def roundabout() -> Tables:
    """From the depot to client 1 it takes too long but by client 0, who would rather
    be visited on another day."""
    tables = small(
        [(1, 0), (2, 0)],
        [[(0,), (1,)], [(0,)]],
        longest=400.0,
        close=400.0,
        extra=np.array([[5.0, 0.0], [0.0, 0.0]]),
    )
    minutes = np.array([[0, 30, 30], [30, 0, 30], [30, 500, 0]], np.float64)
    return replace(tables, time=minutes)


def test_kernels_compiled_once_are_compiled_no_more() -> None:
    engine.compile_kernels()
    compiled = dict(doors.search.overloads)
    engine.compile_kernels()
    assert doors.search.overloads == compiled
