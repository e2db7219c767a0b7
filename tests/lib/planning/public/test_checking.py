"""The checker names each kind of rule that a plan breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suprovid.lib.planning.public.checking import (
    Kind,
    alone,
    clock,
    cost,
    violations,
)
from suprovid.lib.planning.public.plans import Plan, Route
from suprovid.lib.planning.public.reading import Client, Depot, Instance
from tests.lib.planning.public.problems import GOOD, WINDOWED, problem, text_with


def kinds(
    instance: Instance,
    routes: list[Route],
    unplaced: Sequence[tuple[int, int | None]] = (),
) -> set[Kind]:
    plan = Plan(cost_or_0(instance, routes), tuple(routes), tuple(unplaced))
    return {one.kind for one in violations(instance, plan)}


def cost_or_0(instance: Instance, routes: list[Route]) -> float:
    try:
        return cost(instance, routes)
    except KeyError:
        return 0.0


def test_a_good_plan_breaks_no_rule() -> None:
    plan = replace(GOOD, cost=cost(problem(), GOOD.routes))

    assert violations(problem(), plan) == ()


@pytest.mark.parametrize(
    ("kind", "routes"),
    [
        (Kind.UNKNOWN_CLIENT, [Route(1, 1, (1, 9))]),
        (Kind.UNKNOWN_DAY, [Route(3, 1, (1,))]),
        (Kind.UNKNOWN_VEHICLE, [Route(1, 3, (1,))]),
        (Kind.VEHICLE_TWICE, [Route(1, 1, (1,)), Route(1, 1, (2,)), Route(2, 1, (1,))]),
        (Kind.CLIENT_TWICE, [Route(1, 1, (2,)), Route(1, 2, (2,))]),
        (Kind.OTHER_DAYS, [Route(1, 1, (1,))]),
        (Kind.OTHER_DAYS, [Route(1, 1, (2,)), Route(2, 1, (2,))]),
        (Kind.FORGOTTEN, [Route(1, 1, ()), Route(2, 1, (4,))]),
        (Kind.OVERLOAD, [Route(1, 1, (1, 2, 3))]),
        (Kind.TOO_LONG, [Route(1, 1, (2, 4, 3))]),
    ],
)
def test_a_broken_rule_is_named(kind: Kind, routes: list[Route]) -> None:
    assert kind in kinds(problem(), routes)


@pytest.mark.parametrize(
    ("kind", "visits", "closes"),
    [(Kind.LATE, (2, 1), 100), (Kind.RETURN_LATE, (1, 2), 50)],
)
def test_the_clock_is_kept(kind: Kind, visits: tuple[int, ...], closes: int) -> None:
    rows = (*WINDOWED[:2], f"0 0 0 0 0 0 0 0 {closes}", *WINDOWED[3:])

    assert kinds(problem(*rows), [Route(1, 1, visits)]) == {kind}


def test_a_cost_that_is_not_the_length_of_the_routes_is_named() -> None:
    said = replace(GOOD, cost=cost(problem(), GOOD.routes) + 0.02)

    (found,) = violations(problem(), said)

    assert found.kind is Kind.OTHER_COST
    assert str(found).startswith("another cost: the plan says ")
    assert violations(problem(), replace(said, cost=float("nan")))


def test_visits_told_unplaced_are_not_forgotten() -> None:
    routes = [Route(1, 1, (1, 2))]

    assert kinds(problem(), routes, [(1, 2), (3, None), (4, 2)]) == set()
    assert kinds(problem(), routes, [(1, 2), (3, None)]) == {Kind.FORGOTTEN}
    assert kinds(problem(), routes, [(1, 1), (3, 1), (4, 2)]) == {Kind.CLIENT_TWICE}
    assert kinds(problem(), [], [(7, None)]) == {Kind.UNKNOWN_CLIENT}
    assert kinds(problem(), [], [(1, 5)]) == {Kind.UNKNOWN_DAY}


def test_leaving_is_put_off_until_there_is_no_waiting_that_can_be_saved() -> None:
    told = clock(problem(*WINDOWED).depot, list(problem(*WINDOWED).clients))

    # 5 away, 10 of service by 30 at the latest, 5 away, from 40 on for 10; 10 back.
    assert told.starts == (5, 40)
    assert (told.leaves, told.returns, told.duration) == (20, 60, 40)


def test_a_client_beyond_reach_is_told_alone() -> None:
    far = text_with(8, "4 -30 -40 1 5 1 1 1").decode().split("\n")

    assert alone(problem(*far), problem(*far).clients[-1])[0].kind is Kind.TOO_LONG
    assert alone(problem(), problem().clients[-1]) == ()


stop = st.tuples(
    st.integers(-9, 9), st.integers(-9, 9), st.integers(0, 9), st.integers(0, 40)
)


@given(st.lists(stop, min_size=1, max_size=4), st.integers(0, 30))
def test_no_other_moment_of_leaving_makes_a_shorter_day(
    stops: list[tuple[int, int, int, int]], width: int
) -> None:
    depot = Depot(0, 0)
    clients = [
        Client(i, x, y, service, 0, ((1,),), early, early + width)
        for i, (x, y, service, early) in enumerate(stops)
    ]
    told = clock(depot, clients)
    if any(s > c.late for s, c in zip(told.starts, clients, strict=True)):
        return

    for tenth in range(800):
        leaves = tenth / 10
        put_off = clock(Depot(0, 0, opens=leaves), clients)
        late = any(s > c.late for s, c in zip(put_off.starts, clients, strict=True))
        if not late:
            assert put_off.returns - leaves >= told.duration - 1e-9
