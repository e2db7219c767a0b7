"""The list of terms: filtered, sorted, paged by the last row seen (DESIGN 4, Lists)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from suprovid.clients.models import Client
from suprovid.clients.queries import with_words
from suprovid.obligations.models import Obligation
from suprovid.obligations.queries.calendar import calendar
from suprovid.obligations.queries.owed import done_by, falls_to, visible
from suprovid.obligations.queries.rows import ObligationRow, row_of, with_names
from suprovid.obligations.rules import TERMS
from suprovid.people.models import ServiceGroup
from suprovid.people.queries import KYIV, today
from suprovid.people.queries import staff as staff_on
from suprovid.people.rules import GROUP_ROLES, Role, Staff, Viewer
from suprovid.web import say
from suprovid.web.api import Problem, keyset

COUNTED = 1000
SIZE = 50
WIDE = (Role.SALES, Role.SALES_HEAD, Role.LAWYER, Role.ACCOUNTANT)


class Status(StrEnum):
    OPEN = "open"
    LATE = "late"
    SOON = "soon"
    MISSED = "missed"
    ENDED = "ended"
    DONE = "done"
    ALL = "all"


class Sort(StrEnum):
    DUE = "due"
    CLIENT = "client"
    NEWEST = "newest"


@dataclass(frozen=True)
class Wanted:
    """What a list is asked for; the days are of the due moment, both included."""

    status: Status = Status.OPEN
    mine: bool = False
    owner_id: int | None = None
    owner_role: Role | None = None
    group_id: int | None = None
    kind: str = ""
    client_id: int | None = None
    text: str = ""
    since: date | None = None
    until: date | None = None
    sort: Sort = Sort.DUE


@dataclass(frozen=True)
class Listed:
    rows: tuple[ObligationRow, ...]
    next: str
    total_text: str


_STATUS: dict[Status, Callable[[datetime], Q]] = {
    Status.OPEN: lambda now: Q(ended_at=None),
    Status.LATE: lambda now: Q(ended_at=None, due_at__lte=now),
    Status.SOON: lambda now: Q(ended_at=None, due_at__gt=now, soon_at__lte=now),
    Status.MISSED: lambda now: Q(missed_at__isnull=False),
    Status.ENDED: lambda now: Q(ended_at__isnull=False),
    Status.ALL: lambda now: Q(),
}


def wanted_rows(
    viewer: Viewer, staff: Staff, now: datetime, wanted: Wanted
) -> QuerySet[Obligation]:
    """The rows behind a list or a figure: both ask here, so they never differ."""
    asked = _asked(wanted)
    if wanted.status is Status.DONE:
        return Obligation.objects.filter(done_by(viewer.id or 0, now), asked)
    asked &= _STATUS[wanted.status](now)
    if wanted.mine:
        return falls_to(viewer.id or 0, staff, asked)
    return visible(viewer, asked)


def _asked(wanted: Wanted) -> Q:
    exact = {
        "owner_person": wanted.owner_id,
        "owner_role": wanted.owner_role,
        "owner_group": wanted.group_id,
        "client": wanted.client_id,
        "kind": wanted.kind,
        "due_at__gte": wanted.since and _midnight(wanted.since),
        "due_at__lt": wanted.until and _midnight(wanted.until + timedelta(days=1)),
    }
    asked = Q(**{name: value for name, value in exact.items() if value})
    if wanted.text:
        asked &= Q(client__in=with_words(Client.objects.all(), wanted.text))
    return asked


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), KYIV)


def ordered(
    rows: QuerySet[Obligation], wanted: Wanted
) -> tuple[QuerySet[Obligation], tuple[str, ...]]:
    """Rows with the fields they are sorted by; with the id these are unique."""
    if wanted.sort is Sort.CLIENT:
        named = rows.annotate(place=Coalesce("client__sort_key", Value("")))
        return named, ("place", "due_at", "id")
    if wanted.status in (Status.ENDED, Status.DONE):
        return rows.annotate(place=F("ended_at")), ("-place", "-id")
    return rows, ("-id",) if wanted.sort is Sort.NEWEST else ("due_at", "id")


def listing(
    viewer: Viewer, staff: Staff, now: datetime, wanted: Wanted, cursor: str = ""
) -> Listed:
    """A page of the list."""
    rows = wanted_rows(viewer, staff, now, wanted)
    found, by = ordered(with_names(rows), wanted)
    try:
        page = keyset(found, cursor, SIZE, by=by)
    except Problem:  # an old or foreign cursor: begin anew
        page = keyset(found, "", SIZE, by=by)
    work = calendar()
    return Listed(
        rows=tuple(row_of(row, now, work) for row in page["items"]),
        next=page["next"],
        total_text=total_text(count(rows)),
    )


def page_of_rows(
    viewer: Viewer, now: datetime, wanted: Wanted, cursor: str, limit: int
) -> dict[str, Any]:
    """The same list for programs, by `web.api.keyset`."""
    staff = staff_on(today(now)) if wanted.mine else Staff(())
    found, by = ordered(wanted_rows(viewer, staff, now, wanted), wanted)
    return keyset(found, cursor, limit, by=by)


def count(rows: QuerySet[Obligation]) -> int:
    """How many, counting no further than one above the cap."""
    return rows.order_by()[: COUNTED + 1].count()


def total_text(total: int) -> str:
    if total > COUNTED:
        return _("more than {limit}").format(limit=say.number(COUNTED))
    return say.number(total)


@dataclass(frozen=True)
class Choices:
    """What the filters of a list offer to this viewer."""

    owners: list[tuple[int, str]]
    groups: list[tuple[int, str]]
    kinds: list[tuple[str, str]]


def choices(viewer: Viewer, staff: Staff) -> Choices:
    """Colleagues and groups a viewer may meet in the list; kinds that have a word."""
    wide = viewer.may(Role.DEPARTMENT_HEAD) or any(map(viewer.may, WIDE))
    groups = ServiceGroup.objects.order_by("name").values_list("id", "name")
    mine = viewer.groups(*GROUP_ROLES)
    met = [
        (member.id, member.name)
        for member in staff.members
        if wide or any(g.group_id in mine for g in member.grants if g.group_id)
    ]
    return Choices(
        owners=met,
        groups=[(pk, name) for pk, name in groups if wide or pk in mine],
        kinds=sorted(
            ((kind, say.kind_label(kind)) for kind in TERMS if kind in say.KINDS),
            key=lambda pair: pair[1],
        ),
    )
