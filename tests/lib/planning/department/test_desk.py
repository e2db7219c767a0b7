"""At the desk: hours to offer, reasons to give, two plans to compare, pictures."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree

import pytest

from suprovid.lib.planning.difference import difference
from suprovid.lib.planning.drawing import day_svg, month_svg
from suprovid.lib.planning.explain import Constraint, why_this_day, why_unplaced
from suprovid.lib.planning.model import (
    Band,
    Client,
    Manager,
    Pin,
    Plan,
    Problem,
    Reason,
    Unplaced,
    Visit,
    Window,
)
from suprovid.lib.planning.slots import suggest_slots
from suprovid.lib.planning.travel import Plane, Point

from .town import MONTHLY, around, booked, client, shift, town

TOWN = town(*around(10), managers=(Manager("olena"), Manager("ihor")))


@cache
def published() -> Plan:
    return booked(TOWN)


# ----------------------------------------------------------------------- slots


def test_three_hours_are_offered_on_three_days() -> None:
    slots = suggest_slots(TOWN, published(), client("new"))
    assert len({slot.date for slot in slots}) == 3
    assert {slot.manager for slot in slots} == {"olena"}
    assert all(540 <= slot.start <= 1035 for slot in slots)
    assert [s.price for s in slots] == sorted(s.price for s in slots)


def test_the_hours_offered_lie_on_the_days_asked() -> None:
    slots = suggest_slots(TOWN, published(), client("new"), days=(3, 4), count=5)
    assert {TOWN.days.index(slot.date) for slot in slots} == {3, 4}


def test_of_a_client_without_an_owner_any_manager_may_come() -> None:
    free = client("new", 5.0, 5.1, owner=None)
    slots = suggest_slots(TOWN, published(), free)
    assert {slot.manager for slot in slots} <= {"olena", "ihor"}
    assert len({slot.date for slot in slots}) == 3


def test_a_full_day_offers_nothing() -> None:
    full = replace(TOWN, band=Band(0, 0))
    assert suggest_slots(full, published(), client("new")) == ()


def test_a_known_client_is_not_offered_a_day_it_has() -> None:
    visits = published().of("c00")
    slots = suggest_slots(TOWN, published(), TOWN.clients[0], count=20)
    days = {TOWN.days[visit.day] for visit in visits}
    assert days.isdisjoint({slot.date for slot in slots})


def test_an_hour_that_moves_others_costs_more() -> None:
    narrow = client(
        "new", 5.0, 5.1, windows=dict.fromkeys(range(5), (Window(600, 600),))
    )
    (slot, *_) = suggest_slots(TOWN, published(), narrow)
    assert slot.start == 600
    assert slot.price == pytest.approx(slot.place.added + 10 * slot.place.moved)


def test_an_hour_that_makes_a_day_longer_than_usual_costs_more() -> None:
    today, new = TOWN.days[:1], client("new")
    as_usual = town(client("known"), days=today)
    short = town(client("known"), days=today, hours={"usual": 60})
    plan = booked(as_usual)
    one, other = (suggest_slots(p, plan, new, count=1)[0] for p in (as_usual, short))
    way, visits = 2 * 3.12, 2 * 45
    assert other.price - one.price == pytest.approx(2.0 * (way + visits - 60))


def test_in_quick_hours_more_fits() -> None:
    quick = replace(TOWN, travel=Plane(by_hour={10: 50.0, 15: 5.0}))
    assert suggest_slots(quick, published(), client("new"))


# ----------------------------------------------------------------------- explain


def helpful(problem: Problem, plan: Plan, who: str = "new") -> set[Constraint]:
    return {found.constraint for found in why_unplaced(problem, plan, who)}


def beside(new: Client, **said: object) -> tuple[Problem, Plan]:
    problem = replace(TOWN, clients=(*TOWN.clients, new), **said)  # type: ignore[arg-type]
    return problem, published()


def test_a_visit_that_fits_as_things_are_needs_nothing() -> None:
    assert helpful(*beside(client("new"))) == {Constraint.NOTHING}


@pytest.mark.parametrize(
    ("new", "constraint"),
    [
        (client("new", windows=dict.fromkeys(range(5), (Window(0, 60),))), "window"),
        (client("new", owner="nobody"), "owner"),
        (client("new", windows={6: (Window(600, 700),)}), "weekdays"),
        (client("new", skills=frozenset({"ledger"})), "skills"),
        (client("new", minutes=390), "shift_end"),
    ],
)
def test_the_one_constraint_that_would_help_is_named(
    new: Client, constraint: str
) -> None:
    assert Constraint(constraint) in helpful(*beside(new))


def test_a_pin_that_cannot_be_kept_is_named() -> None:
    pins = (Pin("new", time=Window(0, 30)),)
    assert Constraint.PINS in helpful(*beside(client("new"), pins=pins))


def test_a_full_department_is_named() -> None:
    assert Constraint.BAND in helpful(*beside(client("new"), band=Band(0, 0)))


def test_lunch_in_the_way_is_named() -> None:
    long = client(
        "new", minutes=150, windows=dict.fromkeys(range(5), (Window(725, 740),))
    )
    problem, plan = beside(long)
    shifts = tuple(replace(s, end=900, start=700) for s in problem.shifts)
    empty = replace(plan, visits=(), trips=())
    assert Constraint.LUNCH in helpful(replace(problem, shifts=shifts), empty)


def test_a_client_without_a_place_on_earth_is_helped_by_nothing() -> None:
    nowhere = replace(client("new"), site=Point(math.nan, 5))
    assert helpful(*beside(nowhere)) == set()


def test_a_client_open_at_any_time_has_no_weekdays_to_relax() -> None:
    far = client("new", 500, 500, windows=None)
    assert helpful(*beside(far)) == set()


def test_what_would_help_is_told_with_its_price_cheapest_first() -> None:
    new = client("new", owner="nobody")
    found = why_unplaced(*beside(new), "new")
    assert [f.price for f in found] == sorted(f.price for f in found)


def test_every_other_day_has_its_price_and_says_whether_gaps_allow_it() -> None:
    visit = published().of("c00")[1]
    days = why_this_day(TOWN, published(), visit)
    assert len(days) == 19
    assert {other.day for other in days if other.keeps_gaps} >= {visit.day + 1}
    assert not next(o for o in days if o.day == published().of("c00")[0].day).keeps_gaps
    assert any(other.more is None for other in days)
    assert any(other.more is not None for other in days)


def test_who_is_not_in_the_plan_has_no_reasons() -> None:
    with pytest.raises(ValueError, match="nobody is not in the plan"):
        why_unplaced(TOWN, published(), "nobody")


# ----------------------------------------------------------------------- difference


def visit(who: str, day: int, start: int = 600, manager: str = "olena") -> Visit:
    return Visit(who, manager, day, start, start, start + 45, 3.0)


def test_the_same_plan_has_no_difference() -> None:
    found = difference(published(), published())
    assert (found.changed, found.travel, found.unplaced) == ((), 0, 0)


def test_a_day_a_manager_an_hour_and_a_length_are_told_apart() -> None:
    before = Plan((visit("a", 1), visit("b", 1), visit("c", 1), visit("d", 1)))
    longer = replace(visit("d", 1), end=700)
    later = visit("c", 1, 640)
    after = Plan((visit("a", 2), visit("b", 1, manager="ihor"), later, longer))
    a, b, c, d = difference(before, after).changed
    assert (a.day_changed, a.manager_changed) == (True, False)
    assert (b.day_changed, b.manager_changed) == (False, True)
    assert (c.before, c.after) == (before.visits[2], later)
    assert d.after == longer


def test_half_an_hour_is_no_change() -> None:
    assert not difference(Plan((visit("a", 1),)), Plan((visit("a", 1, 630),))).changed


def test_visits_come_and_go() -> None:
    before = Plan((visit("a", 1), visit("a", 6)))
    after = Plan((visit("b", 1),), unplaced=(Unplaced("a", Reason.NO_ROOM),))
    found = difference(before, after)
    assert found.removed == before.visits
    assert found.added == after.visits
    assert found.unplaced == 1
    assert not any(
        change.day_changed or change.manager_changed for change in found.changed
    )


# ----------------------------------------------------------------------- pictures


def test_a_month_is_a_grid_of_managers_and_days() -> None:
    picture = ElementTree.fromstring(month_svg(TOWN, published()))
    rects = picture.iter("{http://www.w3.org/2000/svg}rect")
    assert len(list(rects)) == 1 + 2 * 20


def test_a_day_is_the_ways_of_its_managers() -> None:
    day = published().visits[0].day
    picture = ElementTree.fromstring(day_svg(TOWN, published(), day))
    circles = list(picture.iter("{http://www.w3.org/2000/svg}circle"))
    assert len(circles) == len(published().on("olena", day))
    assert day_svg(TOWN, published(), day, ["ihor"]).count("circle") == 0


def test_names_in_a_picture_are_text() -> None:
    odd = town(client("<a & b>", periodicity=MONTHLY))
    plan = booked(odd)
    ElementTree.fromstring(day_svg(odd, plan, plan.visits[0].day))


def test_an_empty_problem_is_an_empty_picture() -> None:
    nothing = Problem((), (), (), (), Plane())
    ElementTree.fromstring(month_svg(nothing, Plan(())))
    ElementTree.fromstring(day_svg(nothing, Plan(()), 0))
    assert shift("olena", 0).start == 540
