"""The arithmetic of points and the decisions about terms, without a database."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suprovid.lib.worktime import Term, Unit, WorkCalendar, standard_calendar
from suprovid.obligations.rules import (
    TERMS,
    Owner,
    Point,
    Points,
    Recipe,
    answering,
    day_length,
    escalation,
    grants_of,
    heads_above,
    hours_of,
    may_manage,
    may_pause_letters,
    may_set_terms,
    may_take,
    missed_at,
    next_moment,
    point_at,
    points,
    row_of,
    state,
    told,
)
from suprovid.people.rules import Grant, Member, Role, Staff, Viewer
from tests.owing import MONDAY_10, TUESDAY_18

YEARS = standard_calendar(2026, 2026)
DAY = Term(1, Unit.WORKING_DAYS)


def member(number: int, *grants: Grant, away: bool = False) -> Member:
    return Member(number, f"N{number}", frozenset(grants), away)


STAFF = Staff(
    (
        member(1, Grant(Role.DEPARTMENT_HEAD)),
        member(2, Grant(Role.GROUP_HEAD, 7), Grant(Role.MANAGER, 7)),
        member(3, Grant(Role.MANAGER, 7)),
        member(4, Grant(Role.GROUP_HEAD, 8)),
        member(5, Grant(Role.MANAGER, 7), Grant(Role.ENGINEER, 8)),
        member(6, Grant(Role.SALES_HEAD)),
        member(7, Grant(Role.SALES)),
        member(8, Grant(Role.LAWYER)),
        member(9, Grant(Role.ADMINISTRATOR)),
    )
)


def viewer(number: int) -> Viewer:
    return STAFF.viewer(number)


# ---------------------------------------------------------------- points


moments = st.datetimes(
    datetime(2026, 1, 5),  # noqa: DTZ001  (made aware below)
    datetime(2026, 12, 20),  # noqa: DTZ001
).map(lambda at: at.replace(tzinfo=MONDAY_10.tzinfo))


@given(opened=moments, count=st.integers(1, 8), share=st.sampled_from(["0.5", "0.8"]))
def test_a_warning_comes_after_opening_and_before_the_end(
    opened: datetime, count: int, share: str
) -> None:
    term = Term(count, Unit.WORKING_DAYS)
    due = YEARS.due(opened, term).at
    found = points(YEARS, opened=opened, due=due, share=Decimal(share), term=term)
    assert found.warn_at is not None
    assert opened < found.warn_at < due
    whole = YEARS.worked(opened, due)
    run = YEARS.worked(opened, found.warn_at)
    assert abs(run - whole * float(share)) < timedelta(seconds=1)


@given(opened=moments, hours=st.integers(1, 7))
def test_a_term_shorter_than_a_day_gives_no_warning(
    opened: datetime, hours: int
) -> None:
    term = Term(hours, Unit.WORKING_HOURS)
    due = YEARS.due(opened, term).at
    found = points(YEARS, opened=opened, due=due, share=Decimal("0.8"), term=term)
    assert found.warn_at is None
    assert opened <= found.soon_at <= due


@given(first=moments, second=moments, now=moments, seen=st.none() | moments)
def test_the_latest_point_is_told_by_its_own_moment(
    first: datetime, second: datetime, now: datetime, seen: datetime | None
) -> None:
    warn, due = sorted((first, second))
    found = Points(due, warn, warn)
    nxt = next_moment(found, passed=seen)
    assert nxt in (warn, due)
    if seen is not None and seen >= warn:
        assert nxt == due
    if nxt <= now:
        point, at = point_at(found, now)
        assert at <= now
        assert (point is Point.MISSED) == (due <= now)


def test_without_a_share_nothing_warns() -> None:
    found = points(YEARS, opened=MONDAY_10, due=TUESDAY_18, share=None, term=DAY)
    assert found.warn_at is None
    assert next_moment(found) == TUESDAY_18


def test_a_state_follows_the_clock() -> None:
    soon = TUESDAY_18 - timedelta(hours=2)
    states = [
        state(now=now, soon_at=soon, due_at=TUESDAY_18, ended=False)
        for now in (MONDAY_10, soon, TUESDAY_18)
    ]
    assert states == ["calm", "soon", "late"]
    assert state(now=MONDAY_10, soon_at=soon, due_at=soon, ended=True) == "met"


def test_a_miss_is_kept_whether_it_fired_or_not() -> None:
    late = TUESDAY_18 + timedelta(seconds=1)
    assert missed_at(due=TUESDAY_18, ended=TUESDAY_18, already=None) is None
    assert missed_at(due=TUESDAY_18, ended=late, already=None) == TUESDAY_18
    assert missed_at(due=late, ended=MONDAY_10, already=MONDAY_10) == MONDAY_10


def test_of_a_term_and_an_agreed_day_the_earlier_counts() -> None:
    both = Recipe(DAY, date(2026, 4, 20))
    assert both.due(MONDAY_10, YEARS).at == TUESDAY_18
    assert Recipe(DAY, date(2026, 4, 13)).due(MONDAY_10, YEARS).at < TUESDAY_18
    assert Recipe.from_json(both.as_json()) == both
    assert Recipe.from_json(None).as_json() is None
    assert not Recipe()


def test_a_day_is_as_long_as_its_week_says() -> None:
    assert day_length(YEARS, MONDAY_10) == 480
    assert day_length(WorkCalendar(weeks=()), MONDAY_10) == 480


def test_hours_are_kept_as_rows() -> None:
    assert row_of(hours_of(None)) is None
    whole: list[str | None] = ["09:00", "18:00", "13:00", "14:00"]
    assert row_of(hours_of(whole)) == whole
    assert row_of(hours_of(["09:00", "18:00"])) == ["09:00", "18:00", None, None]
    assert hours_of([None, "18:00"]) is None


def test_kinds_of_a_given_term_have_none_of_their_own() -> None:
    assert TERMS["handover.visa"].term == DAY
    assert TERMS["growth.renewal"].term is None


# ---------------------------------------------------------------- owners


@pytest.mark.parametrize(
    ("owner", "heads"),
    [
        (Owner.person(3), [Grant(Role.GROUP_HEAD, 7), Grant(Role.DEPARTMENT_HEAD)]),
        (Owner.person(5, 8), [Grant(Role.GROUP_HEAD, 8), Grant(Role.DEPARTMENT_HEAD)]),
        (Owner.person(7), [Grant(Role.SALES_HEAD), Grant(Role.DEPARTMENT_HEAD)]),
        (Owner.role(Role.GROUP_HEAD, 7), [Grant(Role.DEPARTMENT_HEAD)]),
        (Owner.role(Role.LAWYER), [Grant(Role.DEPARTMENT_HEAD)]),
        (Owner.person(99), [Grant(Role.DEPARTMENT_HEAD)]),
    ],
)
def test_heads_stand_above_the_owner(owner: Owner, heads: list[Grant]) -> None:
    assert list(heads_above(owner, STAFF)) == heads


def test_an_owner_is_a_role_or_a_person() -> None:
    with pytest.raises(ValueError, match="either"):
        Owner()


def test_when_everybody_is_away_it_stays_at_the_top() -> None:
    empty = Staff((member(1, Grant(Role.DEPARTMENT_HEAD), away=True),))
    assert [m.id for m in answering(Owner.role(Role.LAWYER), empty)] == [1]


def test_a_head_who_owes_it_hears_of_a_miss_once() -> None:
    owner = Owner.role(Role.GROUP_HEAD, 7)
    heard = told(Point.MISSED, owner, [Grant(Role.GROUP_HEAD, 7)], STAFF)
    assert [m.id for m in heard] == [2]


def test_without_a_group_its_heads_chair_is_the_departments() -> None:
    rows = escalation((Role.GROUP_HEAD, Role.DEPARTMENT_HEAD), None)
    assert grants_of(rows) == [Grant(Role.DEPARTMENT_HEAD)]
    rows = escalation((Role.SALES_HEAD, Role.GROUP_HEAD), 7)
    assert grants_of(rows) == [Grant(Role.SALES_HEAD), Grant(Role.GROUP_HEAD, 7)]


# ---------------------------------------------------------------- decisions


@pytest.mark.parametrize(
    ("who", "owner", "may"),
    [
        (1, Owner.role(Role.GROUP_HEAD, 7), True),
        (1, Owner.person(1), True),
        (2, Owner.person(3), True),
        (2, Owner.person(2), False),
        (2, Owner.role(Role.GROUP_HEAD, 7), False),
        (4, Owner.person(3), False),
        (4, Owner.person(5, 8), True),
        (3, Owner.person(3), False),
        (6, Owner.person(7), True),
        (6, Owner.role(Role.LAWYER), False),
        (8, Owner.role(Role.LAWYER), False),
        (9, Owner.person(3), False),
    ],
)
def test_a_head_above_the_owner_manages_a_term(
    who: int, owner: Owner, may: bool
) -> None:
    decision = may_manage(viewer(who), owner, STAFF, open_=True)
    assert decision.allowed is may
    assert not may_manage(viewer(who), owner, STAFF, open_=False)


def test_one_who_takes_over_holds_the_role() -> None:
    visa = Owner.role(Role.LAWYER)
    assert may_take(STAFF.by_id[8], visa, STAFF)
    assert not may_take(STAFF.by_id[3], visa, STAFF)
    assert may_take(STAFF.by_id[2], Owner.person(3), STAFF)


def test_settings_are_the_head_of_departments() -> None:
    system = Viewer(None, "", system=True)
    assert [n for n in range(1, 10) if may_set_terms(viewer(n))] == [1]
    assert [n for n in range(1, 10) if may_pause_letters(viewer(n))] == [1, 9]
    assert may_set_terms(system)
    assert may_pause_letters(system)
