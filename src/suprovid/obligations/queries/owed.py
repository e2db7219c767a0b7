"""What waits for whom, and what is owed about a client or a thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

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
from suprovid.people.models import Person, ServiceGroup
from suprovid.people.queries import KYIV, today
from suprovid.people.rules import GROUP_ROLES, Grant, Role, Staff, Viewer
from suprovid.web.parts import TermView


def visible(viewer: Viewer, besides: Q | None = None) -> QuerySet[Obligation]:
    """What a person may see of what others owe (PROCESS 5).

    Args:
        besides: what else must hold; said here, an index finds it (`any_of`).
    """
    if viewer.system or viewer.may(Role.DEPARTMENT_HEAD):
        return Obligation.objects.filter(besides or Q())
    grants = viewer.grants.union(*(m.grants for m in viewer.stands_for))
    seen = (part for grant in grants for part in _seen_by(viewer, grant))
    return any_of([Q(owner_person__in=viewer.ids), *seen], besides)


def any_of(parts: Iterable[Q], besides: Q | None = None) -> QuerySet[Obligation]:
    """Rows for which one of the parts holds, and what else is asked of them.

    Each part finds its own rows by its own index. Asked as one condition with OR
    between, a database reads every row there is, whomever it is about.
    """
    first, *others = (
        Obligation.objects.filter(part, besides or Q()).order_by().values("pk")
        for part in parts
    )
    return Obligation.objects.filter(pk__in=first.union(*others))


def _seen_by(viewer: Viewer, grant: Grant) -> Iterator[Q]:
    if grant.role in (Role.MANAGER, Role.GROUP_HEAD):
        yield Q(client__group=grant.group_id)
        yield Q(owner_group=grant.group_id)
    elif grant.role is Role.SALES:
        yield Q(client__sales__in=viewer.ids, kind__in=SEEN_BY_SALES)
    elif grant.role is Role.SALES_HEAD:
        yield Q(client__sales__isnull=False, kind__in=SEEN_BY_SALES)
        yield Q(owner_role=grant.role)
    else:
        yield _owed_in(grant)


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
    seats = _of_chairs(chairs(viewer.id, staff))
    open_ones = (part & Q(ended_at=None) for part in seats)
    rows = any_of([*open_ones, done_by(viewer.id, now)])
    counted = {name: Window(Count("id", filter=q)) for name, q in _heaps(now).items()}
    found = list(
        with_names(rows)
        .annotate(**counted)
        .order_by(F("ended_at").asc(nulls_first=True), "due_at", "id")[:limit]
    )
    work = calendar()
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


def falls_to(
    person_id: int, staff: Staff, besides: Q | None = None
) -> QuerySet[Obligation]:
    """Rows of this person's chairs today, ended ones included; asks nothing itself.

    Args:
        besides: what else must hold; said here, an index finds it (`any_of`).
    """
    return any_of(_of_chairs(chairs(person_id, staff)), besides)


def _of_chairs(seats: Chairs) -> Iterator[Q]:
    yield Q(owner_person__in=seats.persons)
    groups: dict[Role, list[int | None]] = {}
    for seat in seats.seats:
        groups.setdefault(seat.role, []).append(seat.group_id)
    for role, held in groups.items():
        one = Q(owner_role=role)
        yield one & Q(owner_group__in=held) if role in GROUP_ROLES else one
    if seats.strangers:
        yield from _of_strangers(seats)


def _of_strangers(seats: Chairs) -> Iterator[Q]:
    """What those who left owe, and groups where nobody is: few, so they are named."""
    left = Person.objects.filter(is_active=False)
    empty = ServiceGroup.objects.exclude(pk__in=seats.groups)
    yield Q(owner_person__in=left)
    nobodys = Q(owner_person=None, owner_role__in=sorted(GROUP_ROLES))
    yield nobodys & Q(owner_group__in=empty)
    yield nobodys & Q(owner_group=None)


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
    rows = visible(viewer, Q(client=client_id, ended_at=None))
    work = calendar()
    found = [
        row_of(row, now, work) for row in with_names(rows).order_by("due_at", "id")
    ]
    return AboutClient(
        ours=tuple(row for row in found if row.kind not in OWED_BY_CLIENT),
        theirs=tuple(row for row in found if row.kind in OWED_BY_CLIENT),
    )
