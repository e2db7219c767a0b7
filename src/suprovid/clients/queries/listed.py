"""The list of clients: filtered, sorted, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet

from suprovid.clients.models import Client
from suprovid.clients.queries.sight import (
    ClientRow,
    client_row,
    sees_all,
    visible,
    with_words,
)
from suprovid.clients.rules import may_add, may_import, may_look_up
from suprovid.lib.decision import Decision
from suprovid.people.models import Person, ServiceGroup
from suprovid.people.rules import Viewer

M = TypeVar("M", bound=Model)
PAGE = 50
COUNTED = 1000
SORTS = {"name": "sort_key", "since": "-served_since", "new": "-id"}


@dataclass(frozen=True)
class Filters:
    """What of the list is asked for."""

    text: str = ""
    serving: str = ""
    group_id: int | None = None
    manager_id: int | None = None
    sort: str = "name"
    page: int = 1


@dataclass(frozen=True)
class ClientList:
    """A page of the list; `total` is capped: None says "more than 1,000"."""

    rows: list[ClientRow]
    page: int
    has_next: bool
    total: int | None
    groups: list[tuple[int, str]]
    managers: list[tuple[int, str]]
    add: Decision
    bring_in: Decision
    look_up: Decision


def listed(viewer: Viewer, filters: Filters) -> ClientList:
    """The list as filtered, sorted and turned to a page."""
    rows = filtered(viewer, filters).order_by(SORTS[filters.sort], "sort_key", "pk")
    start = (filters.page - 1) * PAGE
    shown = list(rows.select_related("group", "manager")[start : start + PAGE + 1])
    total = rows.order_by()[: COUNTED + 1].count()
    groups = _met(viewer, "group", ServiceGroup.objects.order_by("name"))
    managers = _met(viewer, "manager", Person.objects.order_by("sort_key"))
    return ClientList(
        rows=[client_row(client) for client in shown[:PAGE]],
        page=filters.page,
        has_next=len(shown) > PAGE,
        total=total if total <= COUNTED else None,
        groups=[(group.pk, group.name) for group in groups],
        managers=[(person.pk, person.short_name) for person in managers],
        add=may_add(viewer),
        bring_in=may_import(viewer),
        look_up=may_look_up(viewer),
    )


def _met(viewer: Viewer, field: str, rows: QuerySet[M]) -> QuerySet[M]:
    """Those whom the clients one sees name; of all clients each asks for one only."""
    mine = visible(viewer)
    if sees_all(viewer):
        return rows.filter(Exists(mine.filter(**{field: OuterRef("pk")})))
    return rows.filter(pk__in=mine.values(field))


def filtered(viewer: Viewer, filters: Filters) -> QuerySet[Client]:
    """The clients one sees that fit what is asked."""
    rows = with_words(visible(viewer), filters.text)
    if filters.serving:
        rows = rows.filter(serving=filters.serving)
    if filters.group_id is not None:
        rows = rows.filter(group=filters.group_id)
    if filters.manager_id is not None:
        rows = rows.filter(manager=filters.manager_id)
    return rows
