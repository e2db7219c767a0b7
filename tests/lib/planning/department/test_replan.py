"""A published plan after something has happened: few changes, nothing before now."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from suprovid.lib.planning.changes import (
    Absence,
    CalledOff,
    Change,
    Moment,
    NewClient,
    Overrun,
)
from suprovid.lib.planning.check import Kind, violations
from suprovid.lib.planning.model import (
    Band,
    Manager,
    Pin,
    Plan,
    Problem,
    Reason,
    Visit,
    Window,
)
from suprovid.lib.planning.replan import Replanned, replan

from .town import MONTHLY, MORNING, around, booked, client, town

TWO = (Manager("olena"), Manager("ihor"))
TOWN = town(*around(12), managers=TWO)
MONDAY, TUESDAY = 5, 6


@cache
def published() -> Plan:
    return booked(TOWN)


def after(change: Change, problem: Problem = TOWN, **said: object) -> Replanned:
    done = replan(problem, published(), change, **said)  # type: ignore[arg-type]
    assert violations(done.problem, done.plan) == ()
    return done


def test_the_visits_of_an_ill_manager_move_and_no_others() -> None:
    ill = after(Absence("olena", frozenset({MONDAY})), now=Moment(MONDAY, 490))
    lost = published().on("olena", MONDAY)
    assert lost
    assert len(ill.difference.changed) == len(lost)
    assert {change.client for change in ill.difference.changed} == {
        visit.client for visit in lost
    }
    assert all(change.day_changed for change in ill.difference.changed)
    assert not ill.plan.on("olena", MONDAY)
    assert not ill.plan.unplaced


def test_weekly_visits_stay_in_their_week() -> None:
    ill = after(Absence("olena", frozenset({MONDAY})))
    for change in ill.difference.changed:
        assert change.after is not None
        assert change.after.day // 5 == 1


def test_who_falls_ill_at_noon_has_made_the_visits_of_the_morning() -> None:
    visits = published().on("olena", MONDAY)
    noon = Moment(MONDAY, visits[1].start + 1)
    ill = after(Absence("olena", frozenset({MONDAY})), now=noon)
    assert ill.plan.on("olena", MONDAY) == visits[:2]
    assert {change.client for change in ill.difference.changed} == {
        visit.client for visit in visits[2:]
    }


def test_where_the_owner_has_no_day_left_another_stands_in_by_a_pin() -> None:
    away = Absence("olena", frozenset(range(5, 10)))
    ill = after(away, now=Moment(MONDAY, 490))
    assert any(change.manager_changed for change in ill.difference.changed)
    pins = set(ill.problem.pins) - set(TOWN.pins)
    assert {pin.manager for pin in pins} == {"ihor"}
    assert {pin.reason for pin in pins} == {"substitute"}


def test_without_substitutes_the_week_of_absence_stays_out() -> None:
    away = Absence("olena", frozenset(range(5, 10)))
    ill = after(away, substitutes=False)
    lost = [v for v in published().visits if v.day in away.days]
    assert len(ill.plan.unplaced) == len(lost)
    assert {u.reason for u in ill.plan.unplaced} == {Reason.NO_ROOM}


def test_nobody_stands_in_where_the_manager_is_pinned() -> None:
    pinned = tuple(Pin(each.id, manager="olena") for each in TOWN.clients)
    away = Absence("olena", frozenset(range(5, 10)))
    ill = after(away, replace(TOWN, pins=pinned))
    assert {change.after for change in ill.difference.changed} == {None}


def test_a_visit_pinned_to_the_day_goes_to_no_other_day() -> None:
    visit = published().on("olena", MONDAY)[0]
    pinned = replace(TOWN, pins=(Pin(visit.client, day=MONDAY),))
    ill = after(Absence("olena", frozenset({MONDAY})), pinned)
    moved = {change.client: change for change in ill.difference.changed}
    found = moved[visit.client].after
    assert found is not None
    assert (found.manager, found.day) == ("ihor", MONDAY)


def test_a_new_client_is_put_between_the_others() -> None:
    new = after(NewClient(client("new", 5.2, 5.2)))
    assert {change.client for change in new.difference.changed} == {"new"}
    assert len(new.difference.added) == 4


def test_a_new_client_has_no_visits_before_now() -> None:
    new = after(NewClient(client("new", periodicity=MONTHLY)), now=Moment(12, 600))
    (visit,) = new.plan.of("new")
    assert (visit.day, visit.start) >= (12, 600)


def test_a_new_client_whom_nobody_can_serve_is_told() -> None:
    stranger = after(NewClient(client("new", owner="nobody")))
    assert stranger.plan.unplaced[-1].reason is Reason.UNKNOWN_OWNER
    closed = after(NewClient(client("new", windows={6: (Window(540, 600),)})))
    assert closed.plan.unplaced[-1].reason is Reason.NO_WINDOW


def test_a_new_client_without_room_is_unplaced() -> None:
    crowded = replace(TOWN, band=Band(0, 0))
    new = replan(crowded, published(), NewClient(client("new", windows=MORNING)))
    assert {left_out.reason for left_out in new.plan.unplaced} == {Reason.NO_ROOM}


def test_on_the_last_afternoon_a_new_client_comes_too_late() -> None:
    new = after(NewClient(client("new", windows=MORNING)), now=Moment(19, 1070))
    assert not new.plan.of("new")


def test_a_visit_called_off_leaves_the_others_where_they_are() -> None:
    visit = published().on("olena", MONDAY)[1]
    off = after(CalledOff(visit.client, MONDAY))
    assert off.difference.removed == (visit,)
    assert len(off.difference.changed) == 1
    assert off.plan.unplaced[-1].reason is Reason.CALLED_OFF


def test_a_visit_that_is_over_cannot_be_called_off() -> None:
    visit = published().on("olena", MONDAY)[0]
    off = after(CalledOff(visit.client, MONDAY), now=Moment(MONDAY, 1000))
    assert off.plan == published()


def test_after_the_only_visit_of_a_day_is_called_off_nobody_drives() -> None:
    alone = town(client("one", periodicity=MONTHLY))
    plan = booked(alone)
    off = replan(alone, plan, CalledOff("one", plan.visits[0].day))
    assert off.plan.trips == ()


def overrun(minutes: int, clients: int) -> tuple[tuple[Visit, ...], Replanned]:
    problem = town(*around(clients))
    plan = booked(problem)
    visits = plan.on("olena", MONDAY)
    first = visits[0]
    change = Overrun(first.client, MONDAY, first.end + minutes)
    done = replan(problem, plan, change, now=Moment(MONDAY, first.end))
    assert violations(done.problem, done.plan) == ()
    return visits, done


def test_a_short_overrun_moves_hours_only() -> None:
    visits, late = overrun(20, clients=4)
    left = late.plan.on("olena", MONDAY)
    assert {v.client for v in left} == {v.client for v in visits}
    assert left[0].end == visits[0].end + 20


def test_a_long_overrun_moves_the_last_visits_to_other_days() -> None:
    visits, late = overrun(150, clients=8)
    left = late.plan.on("olena", MONDAY)
    assert 1 <= len(left) < len(visits)
    assert not late.plan.unplaced
    assert any(change.day_changed for change in late.difference.changed)


def test_after_an_overrun_past_lunch_the_others_are_still_visited() -> None:
    problem = town(*around(4))
    plan = booked(problem)
    visits = plan.on("olena", MONDAY)
    change = Overrun(visits[0].client, MONDAY, 860)
    late = replan(problem, plan, change, now=Moment(MONDAY, visits[0].end))
    assert len(late.plan.on("olena", MONDAY)) > 1
    found = violations(late.problem, late.plan)
    assert {fault.kind for fault in found} == {Kind.LUNCH}


def test_an_overrun_of_a_day_that_is_over_is_only_written() -> None:
    visit = published().on("olena", MONDAY)[-1]
    change = Overrun(visit.client, MONDAY, visit.end + 15)
    late = replan(TOWN, published(), change, now=Moment(TUESDAY, 0))
    assert len(late.plan.visits) == len(published().visits)


def test_who_is_on_the_way_has_left_when_it_was_written() -> None:
    visits = published().on("olena", MONDAY)
    trip = next(t for t in published().trips if (t.manager, t.day) == ("olena", MONDAY))
    off = after(
        CalledOff(visits[-1].client, MONDAY), now=Moment(MONDAY, trip.leave + 1)
    )
    assert off.plan.on("olena", MONDAY) == visits[:-1]


def test_lunch_that_was_eaten_is_not_eaten_twice() -> None:
    plan = published()
    visits = plan.on("olena", MONDAY)
    last = visits[-1]
    off = after(CalledOff(last.client, MONDAY), now=Moment(MONDAY, last.start))
    trip = next(t for t in off.plan.trips if (t.manager, t.day) == ("olena", MONDAY))
    assert trip.lunch is not None


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (Absence("nobody", frozenset({1})), "nobody is not in the plan"),
        (NewClient(TOWN.clients[0]), "is there already"),
        (CalledOff("nobody", 1), "nobody is not in the plan"),
        (Overrun("nobody", 1, 700), "nobody is not in the plan"),
    ],
)
def test_a_change_of_somebody_who_is_not_there_is_refused(
    change: Change, told: str
) -> None:
    with pytest.raises(ValueError, match=told):
        replan(TOWN, published(), change)


def test_the_checker_would_see_a_manager_changed_without_a_pin() -> None:
    away = Absence("olena", frozenset(range(5, 10)))
    ill = replan(TOWN, published(), away)
    bare = replace(ill.problem, pins=())
    assert Kind.OWNER in {fault.kind for fault in violations(bare, ill.plan)}


def test_a_monthly_visit_may_go_to_another_week() -> None:
    monthly = town(client("one", periodicity=MONTHLY), managers=TWO)
    plan = booked(monthly)
    day = plan.visits[0].day
    week = frozenset(range(day // 5 * 5, day // 5 * 5 + 5))
    ill = replan(monthly, plan, Absence("olena", week))
    (visit,) = ill.plan.visits
    assert (visit.manager, visit.day // 5 != day // 5) == ("olena", True)


def test_a_new_client_misses_the_week_in_which_nobody_works() -> None:
    away = Manager("olena", absences=frozenset(range(5, 10)))
    problem = town(managers=(away,))
    new = replan(problem, Plan(()), NewClient(client("new")))
    assert len(new.plan.visits) == 3
    assert [u.reason for u in new.plan.unplaced] == [Reason.NO_DAY]
    assert violations(new.problem, new.plan) == ()


def test_a_published_day_that_cannot_be_driven_loses_its_last_visits() -> None:
    far = client("far", 205, 5, periodicity=MONTHLY)
    near = [client(name, periodicity=MONTHLY) for name in ("one", "two")]
    problem = town(*near, far)
    times = {"one": 600, "two": 700, "far": 800}
    visits = tuple(
        Visit(name, "olena", MONDAY, start, start, start + 45, 3.0)
        for name, start in times.items()
    )
    off = replan(problem, Plan(visits), CalledOff("one", MONDAY))
    assert [visit.client for visit in off.plan.visits] == ["two"]
    assert {u.reason for u in off.plan.unplaced} == {
        Reason.CALLED_OFF,
        Reason.NO_ROOM,
    }


def test_where_there_is_no_lunch_none_is_written() -> None:
    problem = town(*around(4), hours={"lunch": None})
    plan = booked(problem)
    visits = plan.on("olena", plan.visits[0].day)
    day = visits[0].day
    off = CalledOff(visits[-1].client, day)
    late = replan(problem, plan, off, now=Moment(day, visits[-1].start))
    assert {trip.lunch for trip in late.plan.trips} == {None}
    assert violations(late.problem, late.plan) == ()


def test_where_too_many_hours_would_move_others_are_left_in_peace() -> None:
    """Ihor's day is as free as can be; the days of olena are full and tight."""
    crowd = around(36, windows=dict.fromkeys(range(5), (Window(540, 990),)))
    problem = town(*crowd, managers=TWO)
    plan = booked(problem)
    for day in range(5):
        lost = len(plan.on("olena", day))
        ill = replan(problem, plan, Absence("olena", frozenset({day})))
        assert violations(ill.problem, ill.plan) == ()
        assert ill.problem.weights == problem.weights
        assert len(ill.difference.changed) <= 1.2 * lost
