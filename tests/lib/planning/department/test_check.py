"""The checker catches each kind of breach, planted one at a time in a good plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from suprovid.lib.planning.check import Kind, remarks, violations
from suprovid.lib.planning.model import (
    Band,
    Manager,
    Periodicity,
    Pin,
    Plan,
    Problem,
    Reason,
    Rule,
    Trip,
    Unplaced,
    Visit,
    Window,
)
from suprovid.lib.planning.travel import Plane

from .town import FOUR_WEEKS, MONTHLY, TWICE, client, planned, shift, town

# The office is at (5, 5): a kilometre away one is in 3.12 minutes.
NEAR = client("near", 5, 6, periodicity=MONTHLY)
NEXT = client("next", 5, 7, periodicity=MONTHLY)
TWO_MANAGERS = (Manager("olena"), Manager("ihor", skills=frozenset({"ledger"})))


def visit(who: str, start: int, day: int = 0, manager: str = "olena") -> Visit:
    return Visit(who, manager, day, start, start, start + 45, 3.12)


def trip(**said: object) -> Trip:
    usual = Trip("olena", 0, 596, 712, 12.48, Window(720, 780))
    return replace(usual, **said)  # type: ignore[arg-type]


GOOD = Plan((visit("near", 600), visit("next", 660)), (trip(),))
TOWN = town(NEAR, NEXT, managers=TWO_MANAGERS)


def kinds(problem: Problem, plan: Plan) -> set[Kind]:
    return {fault.kind for fault in violations(problem, plan)}


def test_a_good_plan_has_no_faults() -> None:
    assert violations(TOWN, GOOD) == ()


def first(**said: object) -> Plan:
    changed = replace(GOOD.visits[0], **said)  # type: ignore[arg-type]
    return replace(GOOD, visits=(changed, GOOD.visits[1]))


def with_trip(**said: object) -> Plan:
    return replace(GOOD, trips=(trip(**said),))


@pytest.mark.parametrize(
    ("plan", "kind"),
    [
        (first(client="nobody"), Kind.UNKNOWN),
        (first(manager="nobody"), Kind.UNKNOWN),
        (first(day=20), Kind.UNKNOWN),
        (first(start=602, end=647), Kind.GRID),
        (first(end=630), Kind.GRID),
        (first(start=520, end=565), Kind.WINDOW),
        (first(start=620, end=665), Kind.TRAVEL),
        (first(manager="ihor"), Kind.OWNER),
        (replace(GOOD, visits=GOOD.visits[:1]), Kind.FORGOTTEN),
        (replace(GOOD, trips=()), Kind.SHIFT),
        (with_trip(leave=530), Kind.SHIFT),
        (with_trip(leave=598), Kind.TRAVEL),
        (with_trip(lunch=None), Kind.LUNCH),
        (with_trip(lunch=Window(720, 750)), Kind.LUNCH),
        (with_trip(lunch=Window(650, 710)), Kind.LUNCH),
        (with_trip(lunch=Window(700, 760)), Kind.LUNCH),
        (replace(GOOD, visits=(*GOOD.visits, visit("near", 720))), Kind.TWICE),
        (replace(GOOD, visits=(*GOOD.visits, visit("near", 720, 4))), Kind.PATTERN),
    ],
)
def test_a_planted_breach_is_caught(plan: Plan, kind: Kind) -> None:
    assert kind in kinds(TOWN, plan)


def test_nobody_works_on_a_day_of_absence() -> None:
    away = Manager("olena", absences=frozenset({0}))
    assert Kind.ABSENT in kinds(replace(TOWN, managers=(away,)), GOOD)


def test_a_manager_without_the_skill_is_caught() -> None:
    skilled = replace(NEAR, skills=frozenset({"ledger"}))
    assert kinds(town(skilled, NEXT), GOOD) == {Kind.SKILL}


def test_a_client_of_a_group_is_anybodys_of_that_group() -> None:
    free = replace(NEAR, owner=None)
    assert kinds(town(free, NEXT), GOOD) == set()
    other = replace(free, group="east")
    assert kinds(town(other, NEXT), GOOD) == {Kind.OWNER}


def test_a_day_longer_than_allowed_is_caught() -> None:
    shifts = tuple(shift("olena", day, longest=110) for day in range(20))
    assert kinds(replace(TOWN, shifts=shifts), GOOD) == {Kind.LONGEST}


def test_lunch_at_a_door_or_before_the_way_is_idle() -> None:
    later = visit("next", 785)
    plan = Plan((GOOD.visits[0], later), (trip(back=840, lunch=Window(722, 782)),))
    assert violations(TOWN, plan) == ()
    before = replace(plan, trips=(trip(back=840, lunch=Window(720, 780)),))
    assert violations(TOWN, before) == ()
    at_the_visit = replace(plan, trips=(trip(back=840, lunch=Window(740, 800)),))
    assert kinds(TOWN, at_the_visit) == {Kind.LUNCH}


def test_who_leaves_within_the_minute_before_a_slow_hour_is_in_time() -> None:
    jam = Plane(by_hour={10: 2.5})
    far = client("far", 5.0, 5.0 + 5.03 / 3.12, windows={0: (Window(650, 650),)})
    problem = town(far, travel=jam, hours={"lunch": None}, days=FOUR_WEEKS[:1])
    plan = planned(problem)
    assert [trip.leave for trip in plan.trips] == [599]
    assert (violations(problem, plan), plan.unplaced) == ((), ())


def test_lunch_before_leaving_is_idle() -> None:
    plan = Plan(
        (visit("near", 800), visit("next", 850)),
        (trip(leave=796, back=902, lunch=Window(730, 790)),),
    )
    assert violations(TOWN, plan) == ()


@pytest.mark.parametrize(
    ("pin", "caught"),
    [
        (Pin("near", day=0), False),
        (Pin("near", day=3), True),
        (Pin("near", manager="olena"), False),
        (Pin("near", manager="ihor"), True),
        (Pin("near", day=3, manager="ihor"), True),
        (Pin("near", time=Window(600, 610)), False),
        (Pin("near", time=Window(700, 710)), True),
        (Pin("next", day=1, time=Window(700, 710)), True),
    ],
)
def test_pins_of_day_manager_and_time_each_alone(pin: Pin, *, caught: bool) -> None:
    found = kinds(replace(TOWN, pins=(pin,)), GOOD)
    assert found == ({Kind.PIN} if caught else set())


def test_a_pinned_manager_stands_for_the_owner() -> None:
    pinned = replace(TOWN, pins=(Pin("near", manager="ihor", reason="illness"),))
    plan = replace(
        GOOD,
        visits=(visit("near", 600, manager="ihor"), visit("next", 660)),
        trips=(
            trip(leave=653),
            trip(manager="ihor", leave=596, back=649),
        ),
    )
    assert violations(pinned, plan) == ()


def on_days(*days: int) -> Plan:
    return Plan(
        tuple(visit("near", 600, day) for day in days),
        tuple(trip(day=day, back=649) for day in days),
    )


def missing(count: int, *days: int) -> Plan:
    left_out = (Unplaced("near", Reason.NO_ROOM),) * count
    return replace(on_days(*days), unplaced=left_out)


WEEKLY_FROM_MONDAY = (0, 5, 10, 15)
EVERY_TEN = Periodicity(Rule.EVERY_N_DAYS, 7, 10)
TUESDAYS = Periodicity(Rule.FIXED_WEEKDAYS, weekdays=frozenset({1}))


@pytest.mark.parametrize(
    ("rule", "plan", "found"),
    [
        (Periodicity(Rule.WEEKLY), on_days(*WEEKLY_FROM_MONDAY), set()),
        (Periodicity(Rule.WEEKLY), on_days(0, 5, 10), {Kind.PATTERN}),
        (Periodicity(Rule.WEEKLY), missing(1, 0, 5, 15), set()),
        (Periodicity(Rule.WEEKLY), on_days(0, 3, 5, 10), {Kind.PATTERN}),
        (Periodicity(Rule.WEEKLY, 4, 10), on_days(0, 9, 10, 15), {Kind.GAP}),
        (TWICE, on_days(0, 10), set()),
        (TWICE, on_days(0, 2), {Kind.GAP}),
        (TWICE, on_days(0, 17), {Kind.GAP}),
        (TWICE, on_days(0), {Kind.PATTERN}),
        (EVERY_TEN, on_days(0, 5, 10, 15), set()),
        (EVERY_TEN, on_days(0, 5, 10), {Kind.PATTERN}),
        (EVERY_TEN, on_days(9, 14, 19), {Kind.PATTERN}),
        (EVERY_TEN, on_days(0, 8, 15), {Kind.GAP}),
        (EVERY_TEN, missing(1, 14), set()),
        (TUESDAYS, on_days(1, 6, 11, 16), set()),
        (TUESDAYS, on_days(1, 6, 11), {Kind.PATTERN}),
    ],
)
def test_each_rule_is_asked_of_its_visits(
    rule: Periodicity, plan: Plan, found: set[Kind]
) -> None:
    assert kinds(town(replace(NEAR, periodicity=rule)), plan) == found


def test_beside_a_pinned_visit_gaps_are_not_judged() -> None:
    weekly = town(replace(NEAR, periodicity=Periodicity(Rule.WEEKLY)))
    pinned = replace(weekly, pins=(Pin("near", day=9),))
    assert kinds(pinned, on_days(0, 9, 10, 15)) == set()


def test_the_rule_of_gaps_counts_from_the_last_visit() -> None:
    long_ago = replace(NEAR, periodicity=EVERY_TEN, last_visit=date(2026, 2, 23))
    assert kinds(town(long_ago), on_days(2, 8, 14, 19)) == set()
    assert kinds(town(long_ago), on_days(5, 10, 15)) == {Kind.PATTERN}


def test_a_week_cut_by_the_period_asks_for_nothing() -> None:
    days = FOUR_WEEKS[2:8]
    weekly = town(replace(NEAR, periodicity=Periodicity(Rule.WEEKLY)), days=days)
    assert kinds(weekly, on_days(1)) == set()


def remarked(problem: Problem, plan: Plan) -> set[Kind]:
    return {fault.kind for fault in remarks(problem, plan)}


@pytest.mark.parametrize(
    ("said", "plan", "found"),
    [
        (Band(0, 8), GOOD, set()),
        (Band(0, 1), GOOD, {Kind.BAND}),
        (Band(1, 8), GOOD, {Kind.BAND}),
        (Band(0, 8), first(client="nobody"), set()),
    ],
)
def test_a_band_missed_is_a_remark(said: Band, plan: Plan, found: set[Kind]) -> None:
    assert remarked(replace(TOWN, band=said), plan) == found
    assert Kind.BAND not in kinds(replace(TOWN, band=said), plan)


def test_a_visit_off_its_weekday_is_a_remark() -> None:
    weekly = town(replace(NEAR, periodicity=Periodicity(Rule.WEEKLY)))
    assert remarked(weekly, on_days(0, 6, 10, 15)) == {Kind.OFF_WEEKDAY}
    assert remarked(weekly, Plan(())) == set()


@pytest.mark.parametrize(
    ("build", "told"),
    [
        (lambda: town(NEAR, NEAR), "near is there twice"),
        (lambda: town(NEAR, days=FOUR_WEEKS[::-1]), "must ascend"),
        (lambda: replace(TOWN, shifts=(shift("olena", 20),)), "outside the horizon"),
    ],
)
def test_a_problem_that_makes_no_sense_is_refused(
    build: Callable[[], Problem], told: str
) -> None:
    with pytest.raises(ValueError, match=told):
        build()
