"""My day: what waits for one person, most urgent first (INTERFACE 1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from suprovid.handover.queries import CardRow, mine
from suprovid.journal.models import Parked
from suprovid.obligations.models import Message
from suprovid.obligations.queries import ObligationRow, Owed, calendar, owed_by
from suprovid.people.queries import staff, today
from suprovid.people.rules import Member, Role, Staff, Viewer
from suprovid.web import say

FULL = 12
"""Letters that failed so often are shown to the administrator."""
WITH_HANDOVERS = (
    Role.GROUP_HEAD,
    Role.DEPARTMENT_HEAD,
    Role.SALES,
    Role.SALES_HEAD,
    Role.MANAGER,
    Role.ENGINEER,
)


@dataclass(frozen=True)
class Colleague:
    """One of the viewer's groups today."""

    id: int
    name: str
    role: str
    away: bool
    deputy: str


@dataclass(frozen=True)
class Troubles:
    """What only an administrator mends."""

    parked: int = 0
    letters: int = 0

    @property
    def any(self) -> bool:
        return bool(self.parked or self.letters)


@dataclass(frozen=True)
class DayPage:
    owed: Owed
    late: tuple[ObligationRow, ...]
    soon: tuple[ObligationRow, ...]
    calm: tuple[ObligationRow, ...]
    handovers: tuple[CardRow, ...]
    colleagues: tuple[Colleague, ...]
    stands_for: tuple[str, ...]
    troubles: Troubles
    shows_handovers: bool
    closes: datetime | None
    """When the working hours of this day end; none on a day off."""


def my_day(viewer: Viewer, now: datetime) -> DayPage:
    """Everything that waits for the viewer, and the people beside."""
    members = staff(today(now))
    owed = owed_by(viewer, members, now)
    shows = any(viewer.may(role) for role in WITH_HANDOVERS)
    return DayPage(
        owed=owed,
        late=_of(owed.rows, "late"),
        soon=_of(owed.rows, "soon"),
        calm=_of(owed.rows, "calm"),
        handovers=mine(viewer, now) if shows else (),
        colleagues=_colleagues(viewer, members),
        stands_for=tuple(say.short_name(member.name) for member in viewer.stands_for),
        troubles=_troubles(viewer),
        shows_handovers=shows,
        closes=_closes(now),
    )


def _closes(now: datetime) -> datetime | None:
    worked = calendar().intervals_on(today(now))
    return worked[-1][1] if worked else None


def _of(rows: Iterable[ObligationRow], state: str) -> tuple[ObligationRow, ...]:
    return tuple(row for row in rows if row.state == state)


def _colleagues(viewer: Viewer, members: Staff) -> tuple[Colleague, ...]:
    groups = viewer.groups(Role.GROUP_HEAD)
    found = [
        _colleague(member, members)
        for member in members.members
        if member.id != viewer.id
        and any(grant.group_id in groups for grant in member.grants if grant.group_id)
    ]
    return tuple(sorted(found, key=lambda one: (one.away, one.name)))


def _colleague(member: Member, members: Staff) -> Colleague:
    deputy = members.by_id.get(member.deputy_id or 0)
    roles = sorted(grant.role for grant in member.grants if grant.group_id)
    return Colleague(
        id=member.id,
        name=say.short_name(member.name),
        role=", ".join(say.label(role) for role in roles),
        away=member.away,
        deputy=say.short_name(deputy.name) if member.away and deputy else "",
    )


def _troubles(viewer: Viewer) -> Troubles:
    if not viewer.has(Role.ADMINISTRATOR):
        return Troubles()
    return Troubles(
        parked=Parked.objects.filter(settled_at=None).count(),
        letters=Message.objects.filter(sent_at=None, tries__gte=FULL).count(),
    )
