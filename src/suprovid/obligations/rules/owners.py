"""Who owes, who must act today, and who hears of it (PROCESS 4, 5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from suprovid.obligations.rules.terms import Point
from suprovid.people.rules import GROUP_ROLES, Grant, Member, Role, Staff


@dataclass(frozen=True)
class Owner:
    """A role (in a group) or a person; who that is today is resolved when read.

    The group of a person says whose head stands above in this matter.
    """

    in_role: Role | None = None
    group_id: int | None = None
    person_id: int | None = None

    def __post_init__(self) -> None:
        if (self.in_role is None) == (self.person_id is None):
            raise ValueError("Name either a role or a person.")

    @classmethod
    def role(cls, role: Role, group_id: int | None = None) -> Self:
        return cls(in_role=role, group_id=group_id)

    @classmethod
    def person(cls, person_id: int, group_id: int | None = None) -> Self:
        return cls(person_id=person_id, group_id=group_id)


_HEAD, _GROUP, _SALES = Role.DEPARTMENT_HEAD, Role.GROUP_HEAD, Role.SALES_HEAD

_RUNGS: dict[Role, tuple[Role, ...]] = {
    Role.MANAGER: (_GROUP, _HEAD),
    Role.ENGINEER: (_GROUP, _HEAD),
    Role.SALES: (_SALES, _HEAD),
    Role.DEPARTMENT_HEAD: (),
}


def seats_of(owner: Owner, staff: Staff) -> frozenset[Grant]:
    """The roles in which the owner owes it."""
    if owner.in_role is not None:
        return frozenset({Grant(owner.in_role, owner.group_id)})
    member = staff.by_id.get(owner.person_id or 0)
    grants = member.grants if member else frozenset()
    here = frozenset(g for g in grants if g.group_id in (None, owner.group_id))
    return here or grants


def heads_above(owner: Owner, staff: Staff) -> tuple[Grant, ...]:
    """Who stands above the owner, the nearest first; the last is always the same."""
    near = {
        Grant(rung, seat.group_id if rung in GROUP_ROLES else None)
        for seat in seats_of(owner, staff)
        for rung in _RUNGS.get(seat.role, (_HEAD,))
        if rung is not _HEAD
    }
    nearest = sorted(near, key=lambda g: (g.role, g.group_id or 0))
    return (*nearest, Grant(_HEAD))


def answering(owner: Owner, staff: Staff) -> list[Member]:
    """Who must act today: the owner, an absent one's deputy, else the next head.

    When everybody up to the top is away it stays with the heads of department.
    """
    if owner.in_role is not None:
        found = staff.answering(owner.in_role, owner.group_id)
    else:
        member = staff.by_id.get(owner.person_id or 0)
        present = staff.present(member) if member else None
        found = [present] if present else []
    rungs = heads_above(owner, staff)
    levels = (staff.answering(rung.role, rung.group_id) for rung in rungs)
    return found or next((m for m in levels if m), staff.holders(_HEAD))


def told(
    point: Point, owner: Owner, escalate: Iterable[Grant], staff: Staff
) -> list[Member]:
    """Who hears of a point: a warning goes to the owner, a miss to heads too."""
    heard = answering(owner, staff)
    if point is Point.MISSED:
        for grant in escalate:
            heard += answering(Owner.role(grant.role, grant.group_id), staff)
    return list(dict.fromkeys(heard))


@dataclass(frozen=True)
class Chairs:
    """What falls to one person today.

    `strangers`: also what those who left owe, and groups where nobody is any more;
    `groups` are those where somebody is.
    """

    persons: frozenset[int]
    seats: frozenset[Grant]
    groups: frozenset[int]
    strangers: bool = False


def chairs(person_id: int, staff: Staff) -> Chairs:
    """Everything that falls to one person today, as owners to ask the table for."""
    me = staff.by_id.get(person_id)
    grants = {grant for member in staff.members for grant in member.grants}
    groups = frozenset(g.group_id for g in grants if g.group_id is not None)
    persons = {
        m.id for m in staff.members if me in answering(Owner.person(m.id), staff)
    }
    seats = {
        Grant(role, group)
        for role in Role
        for group in (groups if role in GROUP_ROLES else (None,))
        if me in answering(Owner.role(role, group), staff)
    }
    own = me.grants if me else frozenset()
    return Chairs(
        persons=frozenset(persons | {person_id}),
        seats=frozenset(seats | own),
        groups=groups,
        strangers=Grant(_HEAD) in seats,
    )


def escalation(
    roles: Iterable[Role], group_id: int | None
) -> list[dict[str, str | int | None]]:
    """Whom a miss goes to; without a group its head's chair is the department's."""
    near = [_HEAD if r in GROUP_ROLES and group_id is None else r for r in roles]
    return [
        {"role": role.value, "group": group_id if role in GROUP_ROLES else None}
        for role in dict.fromkeys(near)
    ]


def grants_of(rows: Iterable[Mapping[str, Any]]) -> list[Grant]:
    return [Grant(Role(row["role"]), row["group"]) for row in rows]
