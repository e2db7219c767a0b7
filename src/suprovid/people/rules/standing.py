"""Who holds what on a day, and who answers for one who is away (PROCESS 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Role(StrEnum):
    MANAGER = "manager"
    ENGINEER = "engineer"
    GROUP_HEAD = "group_head"
    DEPARTMENT_HEAD = "department_head"
    SALES = "sales"
    SALES_HEAD = "sales_head"
    LAWYER = "lawyer"
    ACCOUNTANT = "accountant"
    ADMINISTRATOR = "administrator"


GROUP_ROLES = frozenset({Role.MANAGER, Role.ENGINEER, Role.GROUP_HEAD})


class AbsenceKind(StrEnum):
    VACATION = "vacation"
    ILLNESS = "illness"
    TRIP = "trip"
    OTHER = "other"


@dataclass(frozen=True)
class Grant:
    """A role held on a day; group roles name their group."""

    role: Role
    group_id: int | None = None


@dataclass(frozen=True)
class Capacity:
    """In what role one acts, and for whom when standing in (printed "за ...")."""

    role: Role
    for_whom: int | None = None
    for_name: str = ""


@dataclass(frozen=True)
class Member:
    """One of the staff as seen on a day."""

    id: int
    name: str
    grants: frozenset[Grant]
    away: bool = False
    deputy_id: int | None = None

    def holds(self, role: Role, group_id: int | None = None) -> bool:
        return any(
            g.role is role and (group_id is None or g.group_id in (None, group_id))
            for g in self.grants
        )


@dataclass(frozen=True)
class Viewer:
    """Whose rights are asked: own grants and the chairs one sits in today."""

    id: int | None
    name: str
    grants: frozenset[Grant] = frozenset()
    stands_for: tuple[Member, ...] = ()
    system: bool = False

    def has(self, *roles: Role) -> bool:
        """Own roles only, in any group."""
        return self.system or any(g.role in roles for g in self.grants)

    def capacity(self, role: Role, group_id: int | None = None) -> Capacity | None:
        """How one may act in a role: in the own right first, else for whom."""
        if self.system or Member(0, "", self.grants).holds(role, group_id):
            return Capacity(role)
        for absent in self.stands_for:
            if absent.holds(role, group_id):
                return Capacity(role, absent.id, absent.name)
        return None

    def may(self, role: Role, group_id: int | None = None) -> bool:
        return self.capacity(role, group_id) is not None

    def for_whom(self, may: Callable[[Viewer], object]) -> int | None:
        """The absent person whose right one uses; nobody when the own is enough."""
        if self.system or may(replace(self, stands_for=())):
            return None
        seats = (Viewer(one.id, one.name, one.grants) for one in self.stands_for)
        return next((seat.id for seat in seats if may(seat)), None)

    def groups(self, *roles: Role) -> frozenset[int]:
        """Groups in which one of the roles is held, deputations included."""
        seats = (self.grants, *(m.grants for m in self.stands_for))
        return frozenset(
            g.group_id
            for grants in seats
            for g in grants
            if g.role in roles and g.group_id is not None
        )

    @property
    def ids(self) -> frozenset[int]:
        """The persons one answers for: oneself and those one stands in for."""
        own = frozenset() if self.id is None else frozenset({self.id})
        return own | frozenset(m.id for m in self.stands_for)


@dataclass(frozen=True)
class Staff:
    """Everybody on a day: who holds a role, who is away, who stands in."""

    members: tuple[Member, ...]
    by_id: dict[int, Member] = field(init=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {m.id: m for m in self.members})

    def holders(self, role: Role, group_id: int | None = None) -> list[Member]:
        return [m for m in self.members if m.holds(role, group_id)]

    def present(self, member: Member) -> Member | None:
        """The member, or the deputy when away, or nobody (one level only)."""
        if not member.away:
            return member
        deputy = self.by_id.get(member.deputy_id or 0)
        return deputy if deputy is not None and not deputy.away else None

    def answering(self, role: Role, group_id: int | None = None) -> list[Member]:
        """Who answers for a role today; empty when all are away without deputy."""
        found = (self.present(m) for m in self.holders(role, group_id))
        return list(dict.fromkeys(m for m in found if m is not None))

    def viewer(self, person_id: int) -> Viewer:
        me = self.by_id.get(person_id)
        if me is None:
            return Viewer(person_id, "")
        return Viewer(me.id, me.name, me.grants, tuple(self._chairs(me)))

    def _chairs(self, me: Member) -> Iterator[Member]:
        if me.away:
            return
        for other in self.members:
            if other.away and other.deputy_id == me.id:
                yield other


def seat(
    viewer: Viewer, staff: Staff, role: Role, group_id: int | None = None
) -> Capacity | None:
    """In what capacity one acts in a role; the head of department for a group head.

    Own role first, then a chair one sits in. A deputy of the head of department does
    not act for group heads: deputies go one level only (PROCESS 5).
    """
    if own := viewer.capacity(role, group_id):
        return own
    if role is not Role.GROUP_HEAD or not viewer.has(Role.DEPARTMENT_HEAD):
        return None
    head = next(iter(staff.holders(role, group_id)), None)
    return Capacity(role, head.id, head.name) if head else Capacity(role)
