"""A month from nothing: every promise kept, the same each time, better with time."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

import pytest

from suprovid.lib.planning import assemble
from suprovid.lib.planning.check import Fault, Kind, remarks, violations
from suprovid.lib.planning.crew import Crew, Job, Outcome
from suprovid.lib.planning.driving import drive
from suprovid.lib.planning.ground import Ground
from suprovid.lib.planning.groups import Group, groups
from suprovid.lib.planning.model import (
    Band,
    Client,
    Manager,
    Periodicity,
    Pin,
    Problem,
    Reason,
    Rule,
    Weights,
    Window,
)
from suprovid.lib.planning.plan import Budget, Report, make_plan, plans
from suprovid.lib.planning.territory import (
    Proposal,
    priced,
    propose_owners,
    visits_of,
    with_owners,
)
from suprovid.lib.planning.travel import Plane, Point

from .town import (
    FOUR_WEEKS,
    MONTHLY,
    MORNING,
    TWICE,
    around,
    client,
    planned,
    told,
    town,
)

TWO = (Manager("olena"), Manager("ihor"))


def test_a_month_is_planned_without_a_fault() -> None:
    problem = town(*around(15), band=Band(0, 8))
    plan = planned(problem)
    assert len(plan.visits) == 60
    assert (violations(problem, plan), remarks(problem, plan)) == ((), ())
    assert plan.engine
    assert plan.travel > 0


@pytest.mark.parametrize(
    "rule",
    [
        TWICE,
        MONTHLY,
        Periodicity(Rule.EVERY_N_DAYS, 6, 9),
        Periodicity(Rule.FIXED_WEEKDAYS, weekdays=frozenset({0, 3})),
    ],
)
def test_every_rule_is_kept(rule: Periodicity) -> None:
    problem = town(*around(6, periodicity=rule))
    plan = planned(problem)
    assert plan.unplaced == ()
    assert violations(problem, plan) == ()


def test_hours_and_skills_and_absences_are_kept() -> None:
    skilled = Manager("ihor", skills=frozenset({"ledger"}), absences=frozenset({3}))
    clients = (
        *around(5, windows=MORNING),
        client("x", owner="ihor", skills=frozenset({"ledger"})),
    )
    problem = town(*clients, managers=(Manager("olena"), skilled))
    plan = planned(problem)
    assert violations(problem, plan) == ()
    assert plan.unplaced == ()


def test_a_client_without_the_skill_among_managers_is_told() -> None:
    problem = town(client("x", skills=frozenset({"ledger"})))
    assert {u.reason for u in planned(problem).unplaced} == {Reason.NO_SKILL}


def test_a_visit_of_no_length_is_told() -> None:
    assert {u.reason for u in planned(town(client("x", minutes=0))).unplaced} == {
        Reason.BAD_VISIT
    }


def test_a_group_without_managers_is_told() -> None:
    problem = town(client("x", owner=None, group="east"))
    assert {u.reason for u in planned(problem).unplaced} == {Reason.NO_MANAGERS}


def test_pins_are_kept() -> None:
    pins = (
        Pin("c00", day=7),
        Pin("c01", time=Window(700, 710)),
        Pin("c02", manager="ihor"),
        Pin("c03", day=6, manager="ihor", time=Window(600, 660)),
    )
    problem = town(*around(6), managers=TWO, pins=pins)
    plan = planned(problem)
    assert plan.unplaced == ()
    assert violations(problem, plan) == ()
    assert all(visit.pinned for visit in plan.of("c01"))


def test_a_manager_away_for_a_week_leaves_visits_missing_by_name() -> None:
    away = Manager("olena", absences=frozenset(range(5, 10)))
    problem = town(client("x"), managers=(away,))
    plan = planned(problem)
    assert [(u.client, u.reason) for u in plan.unplaced] == [("x", Reason.NO_DAY)]
    assert len(plan.visits) == 3


def test_a_client_whom_no_pattern_suits_is_told() -> None:
    strict = Periodicity(Rule.WEEKLY, 7, 7)
    away = Manager("olena", absences=frozenset({0, 6, 12, 18, 4}))
    plan = planned(town(client("x", periodicity=strict), managers=(away,)))
    assert len(plan.visits) + len(plan.unplaced) == 4


def test_visits_by_priority_when_there_is_no_room() -> None:
    clients = [client(f"c{n}", minutes=200, priority=1 + (n == 5)) for n in range(12)]
    plan = planned(town(*clients), iterations=300)
    assert plan.unplaced
    assert "c5" not in {left_out.client for left_out in plan.unplaced}


def test_a_published_plan_stays_where_nothing_has_changed() -> None:
    problem = town(*around(8))
    before = planned(problem)
    again = planned(replace(problem, previous=before), seed=5)
    assert {(v.client, v.day) for v in again.visits} == {
        (v.client, v.day) for v in before.visits
    }


def test_the_price_of_another_manager_is_asked_of_the_published_plan() -> None:
    problem = town(*around(6, owner=None), managers=TWO)
    before = planned(problem)
    again = planned(replace(problem, previous=before), seed=7)
    assert {(v.client, v.day, v.manager) for v in again.visits} == {
        (v.client, v.day, v.manager) for v in before.visits
    }


def test_a_day_is_longer_than_usual_only_where_that_costs_less() -> None:
    far = [client(n, 20.0, y, periodicity=MONTHLY) for n, y in (("a", 5.0), ("b", 5.5))]
    problem = town(*far, hours={"usual": 150, "lunch": None})
    days = [
        len({visit.day for visit in planned(replace(problem, weights=weights)).visits})
        for weights in (Weights(overtime=2.0), Weights(overtime=10.0))
    ]
    assert days == [1, 2]


def test_in_slow_hours_the_plan_still_holds() -> None:
    jam = Plane(by_hour={9: 10.0, 17: 10.0})
    problem = town(*around(8), travel=jam)
    plan = planned(problem)
    assert violations(problem, plan) == ()


# ------------------------------------------------------------------- budgets


def test_the_same_seed_and_iterations_give_the_same_plan_on_any_cores() -> None:
    problem = town(*around(8), *around_ihor(), managers=TWO)
    assert planned(problem) == planned(problem, cores=2)


def around_ihor() -> Iterator[Client]:
    return (replace(c, id=f"i{c.id}", owner="ihor") for c in around(6))


def test_another_process_finds_the_same_plan() -> None:
    asked = "from tests.lib.planning.department.town import told; print(told())"
    other = subprocess.run(
        [sys.executable, "-c", asked], check=True, capture_output=True, text=True
    )
    assert other.stdout.strip() == told()


def test_with_more_rounds_the_plan_is_never_worse() -> None:
    problem = town(*around(12))
    clock = iter(range(1000))
    budget = Budget(seconds=20, clock=lambda: next(clock) / 10)
    costs = [work.cost for work in plans(problem, budget=budget)]
    assert costs == sorted(costs, reverse=True)
    assert len(costs) > 1


def test_progress_is_told_part_by_part() -> None:
    heard: list[Report] = []
    problem = town(*around(4), *around_ihor(), managers=TWO)
    planned(problem, progress=heard.append)
    assert [(report.done, report.parts) for report in heard] == [(1, 2), (2, 2)]


def test_cores_that_have_no_part_take_one_that_another_has() -> None:
    heard: list[Report] = []
    clock = iter(range(1000))
    budget = Budget(seconds=20, clock=lambda: next(clock) / 5)
    problem = town(*around(6), *around_ihor(), managers=TWO)
    make_plan(problem, budget=budget, cores=4, progress=heard.append)
    first = [report.parts for report in heard if report.round == 0]
    later = [report.parts for report in heard if report.round == 1]
    assert (first, later) == ([2, 2], [4, 4, 4, 4])


def test_each_part_has_its_share_of_the_time_that_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[set[float | None]] = []
    do = Crew.do

    def heard(crew: Crew, jobs: Sequence[Job]) -> Iterator[Outcome]:
        asked.append({job.seconds for job in jobs})
        return do(crew, jobs)

    monkeypatch.setattr(Crew, "do", heard)
    clock = count()
    # 19 seconds for the search, of which each look at the clock takes one.
    budget = Budget(seconds=20, clock=lambda: next(clock))
    make_plan(town(*around(6), *around_ihor(), managers=TWO), budget=budget)
    assert asked[:2] == [{None}, {9.0}]


def test_who_cancels_gets_what_there_is() -> None:
    problem = town(*around(6))
    plan = make_plan(problem, budget=Budget(seconds=1000), cancelled=lambda: True)
    assert violations(problem, plan) == ()
    assert len(plan.visits) + len(plan.unplaced) == 24


def test_no_time_at_all_still_gives_a_plan() -> None:
    problem = town(*around(6))
    plan = make_plan(problem, budget=Budget(seconds=0.0))
    assert len(plan.visits) == 24


def test_nobody_to_visit_is_an_empty_plan() -> None:
    assert make_plan(town(), budget=Budget(seconds=5)).visits == ()
    assert planned(town()).visits == ()
    empty = Problem((), (), (), (), Plane())
    assert planned(empty).visits == ()


# ------------------------------------------------------------------- parts


def test_with_owners_each_manager_is_a_part() -> None:
    found, refused = groups(town(*around(4), *around_ihor(), managers=TWO))
    assert [{s.manager for s in part.shifts} for part in found] == [{"ihor"}, {"olena"}]
    assert refused == ()


def test_a_client_that_two_may_visit_joins_them_in_a_part() -> None:
    shared = client("x", owner=None)
    (part,), _ = groups(town(*around(3), shared, *around_ihor(), managers=TWO))
    assert {shift.manager for shift in part.shifts} == {"olena", "ihor"}


# ------------------------------------------------------------------- the guard


def test_what_the_checker_refuses_is_taken_out(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = town(*around(6))

    def wary(asked: Problem, plan: object) -> tuple[Fault, ...]:
        return (
            Fault(Kind.WINDOW, "c00", "c00"),
            Fault(Kind.LUNCH, "a day", None, "olena", 6),
        )

    monkeypatch.setattr(assemble, "violations", wary)
    plan = planned(problem)
    assert not plan.of("c00")
    assert not plan.on("olena", 6)
    assert len(plan.visits) + len(plan.unplaced) == 24
    assert violations(problem, plan) == ()


def test_an_order_that_cannot_be_driven_loses_what_makes_it_so() -> None:
    problem = town(client("near"), client("far", 305, 5))
    ground = Ground(problem)
    group = Group(ground, problem.clients, (ground.shifts["olena", 0],))
    day = drive(group, (0, 1), group.shifts[0])
    assert [visit.client for visit in day.visits] == ["near"]
    assert day.trip is not None
    assert [(u.client, u.day) for u in day.lost] == [("far", 0)]
    day = drive(group, (1,), group.shifts[0])
    assert (day.visits, day.trip, len(day.lost)) == ((), None, 1)


def test_where_lunch_forbids_what_seemed_possible_it_is_kept_all_the_same() -> None:
    noon = [
        client("a", minutes=60, windows={0: (Window(700, 705),)}),
        client("b", minutes=60, windows={0: (Window(785, 790),)}),
        client("c", minutes=60, windows={0: (Window(865, 870),)}),
    ]
    problem = town(*noon)
    plan = planned(problem, iterations=5000)
    assert plan.unplaced
    assert len(plan.visits) + len(plan.unplaced) == 12
    assert violations(problem, plan) == ()


# ------------------------------------------------------------------- territories


def dealt_badly() -> Problem:
    """Two managers, two clusters; every second client has the wrong one."""
    owners = ("olena", "ihor") * 4
    west = [client(f"w{n}", 5, 1 + n / 9, owner=o) for n, o in enumerate(owners)]
    east = [client(f"e{n}", 5, 9 + n / 9, owner=o) for n, o in enumerate(owners)]
    return town(*west, *east, managers=TWO)


def test_owners_are_proposed_by_place_and_even_in_visits() -> None:
    proposal = propose_owners(dealt_badly(), stay=5)
    west = {proposal.owners[f"w{n}"] for n in range(8)}
    east = {proposal.owners[f"e{n}"] for n in range(8)}
    assert len(west) == len(east) == 1
    assert west != east
    assert set(proposal.visits_after.values()) == {32}
    assert proposal.saved > 0


def test_where_it_does_not_pay_everybody_keeps_their_owner() -> None:
    proposal = propose_owners(dealt_badly(), stay=1e6)
    assert proposal.handovers == ()


def test_a_proposal_has_its_price_and_changes_nothing() -> None:
    problem = dealt_badly()
    proposal = propose_owners(problem, stay=5)
    worth = priced(problem, proposal, budget=Budget(iterations=60))
    assert worth.difference.travel < 0
    assert violations(with_owners(problem, proposal.owners), worth.after) == ()
    assert problem == dealt_badly()


def test_who_cannot_be_dealt_stays_out() -> None:
    nowhere = replace(client("x"), site=Point(float("nan"), 1))
    skilled = client("y", skills=frozenset({"ledger"}))
    assert propose_owners(town(nowhere, skilled)) == Proposal({}, (), {}, {})


def test_a_manager_without_clients_begins_at_home() -> None:
    newcomer = (*TWO, Manager("danylo"))
    proposal = propose_owners(town(*around(9), managers=newcomer), stay=0)
    assert proposal.visits_before["danylo"] == 0
    assert proposal.visits_after["danylo"] == 12


def test_a_client_without_an_owner_is_dealt_too() -> None:
    free = client("x", owner=None)
    proposal = propose_owners(town(*around(3), free, managers=TWO))
    assert {h.client for h in proposal.handovers if h.before is None} == {"x"}


@pytest.mark.parametrize(
    ("rule", "visits"),
    [
        (Periodicity(Rule.WEEKLY), 4),
        (TWICE, 2),
        (MONTHLY, 1),
        (Periodicity(Rule.EVERY_N_DAYS, 6, 8), 4),
        (Periodicity(Rule.FIXED_WEEKDAYS, weekdays=frozenset({0, 3})), 8),
    ],
)
def test_visits_are_counted_by_the_rule(rule: Periodicity, visits: int) -> None:
    assert visits_of(client("x", periodicity=rule), len(FOUR_WEEKS)) == visits
