"""Who answers for what on a day: the rules against a reading word by word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from suprovid.people.rules import (
    GROUP_ROLES,
    Capacity,
    Grant,
    Member,
    Role,
    Staff,
    Viewer,
    seat,
)

IDS = range(1, 6)
GROUPS = (1, 2)
ROLES = st.sampled_from(list(Role))
PERSONS = st.sampled_from(IDS)
SOME_GROUP = st.sampled_from(GROUPS)


@st.composite
def grants(draw: st.DrawFn) -> Grant:
    role = draw(ROLES)
    return Grant(role, draw(st.sampled_from(GROUPS)) if role in GROUP_ROLES else None)


@st.composite
def staffs(draw: st.DrawFn) -> Staff:
    return Staff(
        tuple(
            Member(
                id=pk,
                name=f"P{pk}",
                grants=frozenset(draw(st.lists(grants(), max_size=3))),
                away=draw(st.booleans()),
                deputy_id=draw(st.none() | st.sampled_from(sorted({*IDS} - {pk}))),
            )
            for pk in IDS
        )
    )


def held(member: Member, role: Role, group: int | None) -> bool:
    """By PROCESS 5: the role itself, and its group when one is asked."""
    for grant in member.grants:
        if grant.role == role and (
            group is None or grant.group_id is None or grant.group_id == group
        ):
            return True
    return False


def stands_for(staff: Staff, me: int, other: Member) -> bool:
    mine = next(m for m in staff.members if m.id == me)
    return other.away and other.deputy_id == me and not mine.away


@given(
    staff=staffs(),
    me=PERSONS,
    role=ROLES,
    group=st.none() | SOME_GROUP,
)
def test_one_acts_in_a_role_by_own_right_or_for_one_who_is_away(
    staff: Staff, me: int, role: Role, group: int | None
) -> None:
    capacity = staff.viewer(me).capacity(role, group)

    own = held(staff.by_id[me], role, group)
    absent = [
        m.id for m in staff.members if stands_for(staff, me, m) and held(m, role, group)
    ]
    if own:
        assert capacity == Capacity(role)
    elif absent:
        assert capacity is not None
        assert capacity.for_whom in absent
    else:
        assert capacity is None


@given(staff=staffs(), me=PERSONS, role=ROLES, group=st.none() | SOME_GROUP)
def test_whose_right_one_uses_is_told_only_when_the_own_is_not_enough(
    staff: Staff, me: int, role: Role, group: int | None
) -> None:
    viewer = staff.viewer(me)
    capacity = viewer.capacity(role, group)

    for_whom = viewer.for_whom(lambda one: one.may(role, group))

    assert for_whom == (capacity.for_whom if capacity else None)


@given(staff=staffs(), role=ROLES, group=st.none() | SOME_GROUP)
def test_who_answers_is_here_and_has_the_chair_by_one_step(
    staff: Staff, role: Role, group: int | None
) -> None:
    answering = {m.id for m in staff.answering(role, group)}

    expected = set()
    for member in staff.members:
        if held(member, role, group):
            if not member.away:
                expected.add(member.id)
            expected |= {pk for pk in IDS if stands_for(staff, pk, member)}
    assert answering == expected


@given(staff=staffs(), me=PERSONS, role=ROLES)
def test_groups_are_those_in_which_one_may_act(
    staff: Staff, me: int, role: Role
) -> None:
    viewer = staff.viewer(me)

    groups = viewer.groups(role)

    assert groups == {g for g in GROUPS if role in GROUP_ROLES and viewer.may(role, g)}


@given(staff=staffs(), me=PERSONS, role=ROLES, group=st.sampled_from(GROUPS))
def test_only_the_head_of_department_takes_the_chair_of_a_group_head(
    staff: Staff, me: int, role: Role, group: int
) -> None:
    viewer = staff.viewer(me)
    asked = group if role in GROUP_ROLES else None

    taken = seat(viewer, staff, role, asked)

    by_right = viewer.capacity(role, asked)
    leads = held(staff.by_id[me], Role.DEPARTMENT_HEAD, None)
    if by_right is None and role is Role.GROUP_HEAD and leads:
        heads = {m.id for m in staff.members if held(m, role, group)}
        assert taken is not None
        assert taken.for_whom in heads if heads else taken.for_whom is None
    else:
        assert taken == by_right


def test_a_deputy_of_a_deputy_holds_nothing() -> None:
    lawyer = Member(1, "L", frozenset({Grant(Role.LAWYER)}), away=True, deputy_id=2)
    second = Member(2, "S", frozenset(), away=True, deputy_id=3)
    third = Member(3, "T", frozenset())

    staff = Staff((lawyer, second, third))

    assert not staff.viewer(3).may(Role.LAWYER)
    assert staff.answering(Role.LAWYER) == []


def test_one_who_is_not_on_the_staff_may_nothing() -> None:
    stranger = Staff(()).viewer(7)

    assert not any(stranger.may(role) for role in Role)
    assert stranger.ids == {7}


def test_the_console_may_all_and_answers_for_nobody() -> None:
    console = Viewer(None, "", system=True)

    assert all(console.capacity(role) == Capacity(role) for role in Role)
    assert console.has(Role.LAWYER)
    assert console.ids == frozenset()
