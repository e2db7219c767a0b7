"""What waits for whom, and what is owed about a client or a thing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import reduce
from operator import or_

from django.db.models import Count, F, Model, Q, QuerySet, Window

from suprovid.journal.actions import subject_of
from suprovid.obligations.models import Obligation
from suprovid.obligations.queries.calendar import calendar
from suprovid.obligations.queries.rows import (
    ObligationRow,
    row_of,
    term_view,
    with_names,
)
from suprovid.obligations.rules import (
    OWED_BY_CLIENT,
    SEEN_BY_SALES,
    Chairs,
    Ending,
    chairs,
)
from suprovid.people.queries import KYIV, today
from suprovid.people.rules import GROUP_ROLES, Grant, Role, Staff, Viewer
from suprovid.web.parts import TermView


def visible(viewer: Viewer) -> QuerySet[Obligation]:
    """What a person may see of what others owe (PROCESS 5)."""
    rows = Obligation.objects.all()
    if viewer.system or viewer.may(Role.DEPARTMENT_HEAD):
        return rows
    grants = viewer.grants.union(*(m.grants for m in viewer.stands_for))
    own = Q(owner_person__in=viewer.ids)
    return rows.filter(reduce(or_, (_seen_by(viewer, g) for g in grants), own))


def _seen_by(viewer: Viewer, grant: Grant) -> Q:
    if grant.role in (Role.MANAGER, Role.GROUP_HEAD):
        return Q(client__group=grant.group_id) | Q(owner_group=grant.group_id)
    if grant.role is Role.SALES:
        return Q(client__sales__in=viewer.ids, kind__in=SEEN_BY_SALES)
    if grant.role is Role.SALES_HEAD:
        handed = Q(client__sales__isnull=False, kind__in=SEEN_BY_SALES)
        return handed | Q(owner_role=grant.role)
    return _owed_in(grant)


def _owed_in(grant: Grant) -> Q:
    if grant.role in GROUP_ROLES:
        return Q(owner_role=grant.role, owner_group=grant.group_id)
    return Q(owner_role=grant.role)


@dataclass(frozen=True)
class Owed:
    """What waits for one person, most urgent first; the counts are of all of it."""

    rows: tuple[ObligationRow, ...] = ()
    late: int = 0
    soon: int = 0
    calm: int = 0
    done: int = 0
    """How many terms this person met on this day of the company's calendar."""

    @property
    def total(self) -> int:
        return self.late + self.soon + self.calm


def owed_by(viewer: Viewer, staff: Staff, now: datetime, limit: int = 100) -> Owed:
    """My own, my roles', those I stand in for, those of the absent that fall to me.

    One query: the counts stand on every row, and what was done today lies at the end.
    """
    if viewer.id is None:
        return Owed()
    mine = Q(_of_chairs(chairs(viewer.id, staff), staff), ended_at=None)
    counted = {name: Window(Count("id", filter=q)) for name, q in _heaps(now).items()}
    rows = (
        with_names(Obligation.objects.filter(mine | done_by(viewer.id, now)))
        .annotate(**counted)
        .order_by(F("ended_at").asc(nulls_first=True), "due_at", "id")[:limit]
    )
    found, work = list(rows), calendar()
    counts = {name: getattr(found[0], name) for name in counted} if found else {}
    waiting = (row_of(row, now, work) for row in found if row.ended_at is None)
    return Owed(tuple(waiting), **counts)


def _heaps(now: datetime) -> dict[str, Q]:
    waiting = Q(ended_at=None)
    return {
        "late": waiting & Q(due_at__lte=now),
        "soon": waiting & Q(due_at__gt=now, soon_at__lte=now),
        "calm": waiting & Q(due_at__gt=now, soon_at__gt=now),
        "done": Q(ended_at__isnull=False),
    }


def done_by(person_id: int, now: datetime) -> Q:
    """What this person met on this day of the company's calendar."""
    day = today(now)
    start = datetime.combine(day, time(), KYIV)
    end = datetime.combine(day + timedelta(days=1), time(), KYIV)
    met = Q(ended_by=person_id, ending=Ending.MET)
    return met & Q(ended_at__gte=start, ended_at__lt=end)


def falls_to(person_id: int, staff: Staff) -> QuerySet[Obligation]:
    """Rows of this person's chairs today, ended ones included; asks nothing itself."""
    return Obligation.objects.filter(_of_chairs(chairs(person_id, staff), staff))


def _of_chairs(seats: Chairs, staff: Staff) -> Q:
    mine = Q(owner_person__in=seats.persons)
    if seats.strangers:
        mine |= Q(owner_person__isnull=False) & ~Q(owner_person__in=list(staff.by_id))
        empty = ~Q(owner_group__in=seats.groups)
        mine |= Q(owner_person=None, owner_role__in=list(GROUP_ROLES)) & empty
    return reduce(or_, map(_owed_in, seats.seats), mine)


def term_views(
    subjects: Iterable[str], now: datetime, kinds: Iterable[str] | None = None
) -> dict[tuple[str, str], TermView]:
    """The terms of a page's things, the newest round of each; in two queries.

    The caller has asked whether the things themselves may be seen.
    """
    rows = Obligation.objects.filter(subject__in=list(subjects)).order_by("round")
    if kinds is not None:
        rows = rows.filter(kind__in=list(kinds))
    work = calendar()
    return {
        (row.kind, row.subject): term_view(row, now, work) for row in with_names(rows)
    }


def open_kinds(subject: Model) -> set[str]:
    """Which kinds are owed about a thing now."""
    rows = Obligation.objects.filter(subject=subject_of(subject), ended_at=None)
    return set(rows.values_list("kind", flat=True))


@dataclass(frozen=True)
class AboutClient:
    """What we owe the client's case, and what the client owes us."""

    ours: tuple[ObligationRow, ...] = ()
    theirs: tuple[ObligationRow, ...] = ()


def about_client(viewer: Viewer, client_id: int, now: datetime) -> AboutClient:
    """Open terms about a client, most urgent first."""
    rows = visible(viewer).filter(client=client_id, ended_at=None)
    work = calendar()
    found = [
        row_of(row, now, work) for row in with_names(rows).order_by("due_at", "id")
    ]
    return AboutClient(
        ours=tuple(row for row in found if row.kind not in OWED_BY_CLIENT),
        theirs=tuple(row for row in found if row.kind in OWED_BY_CLIENT),
    )
