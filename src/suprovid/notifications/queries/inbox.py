"""What a person was told, the newest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import NoReverseMatch, reverse

from suprovid.clients.queries import telling
from suprovid.journal.models import Fact, PersonalValues
from suprovid.journal.rules import person_of
from suprovid.obligations.models import Message
from suprovid.obligations.queries import place_of
from suprovid.obligations.rules import Point
from suprovid.people.queries import names
from suprovid.people.rules import Viewer
from suprovid.web import say
from suprovid.web.api import Problem, keyset

COUNTED = 1000
SIZE = 50


@dataclass(frozen=True)
class NotificationRow:
    """One thing told. `url` is where one goes from here."""

    id: int
    kind: str
    sentence: str
    at: datetime
    who: str
    client_name: str
    client_url: str
    url: str
    is_unread: bool
    is_missed: bool


@dataclass(frozen=True)
class Inbox:
    rows: tuple[NotificationRow, ...]
    next: str
    unread: int


def unread(viewer: Viewer) -> int:
    """For the bell, counted up to a thousand."""
    rows = Message.objects.filter(person=viewer.id, read_at=None)
    return rows[: COUNTED + 1].count()


def inbox(
    viewer: Viewer, *, only_unread: bool = False, cursor: str = "", limit: int = SIZE
) -> Inbox:
    """A page of one's own notifications; nobody else's are ever shown."""
    rows = Message.objects.filter(person=viewer.id).select_related("fact", "obligation")
    if only_unread:
        rows = rows.filter(read_at=None)
    try:
        page = keyset(rows, cursor, limit)
    except Problem:  # an old or foreign cursor: begin anew
        page = keyset(rows, "", limit)
    shown = tuple(_rows(viewer, page["items"]))
    return Inbox(rows=shown, next=page["next"], unread=unread(viewer))


def _rows(viewer: Viewer, found: list[Message]) -> Iterable[NotificationRow]:
    """Clients are named only to those who may still see them."""
    facts = [row.fact for row in found]
    private = values_of(facts)
    who = names(map(actor_of, facts))
    clients = telling(viewer, {fact.client for fact in facts if fact.client})
    for row in found:
        fact = row.fact
        client = clients.get(fact.client or 0)
        yield NotificationRow(
            id=row.pk,
            kind=fact.kind,
            sentence=say.sentence(fact.kind, private[fact.pk]),
            at=fact.at,
            who=who.get(actor_of(fact) or 0, ""),
            client_name=str(client) if client else "",
            client_url=_address("card:client", client.pk) if client else "",
            url=url_of(row),
            is_unread=row.read_at is None,
            is_missed=row.point == Point.MISSED,
        )


def values_of(facts: list[Fact]) -> dict[int, Mapping[str, Any]]:
    """Details of facts and, unless erased, their personal values; one query."""
    rows = PersonalValues.objects.filter(fact__in=facts)
    private = dict(rows.values_list("fact", "values"))
    return {fact.pk: {**fact.details, **private.get(fact.pk, {})} for fact in facts}


def actor_of(fact: Fact) -> int | None:
    return person_of(fact.actor)


def url_of(row: Message) -> str:
    """Where it is done, else the thing it is about, else nowhere."""
    if row.obligation is not None:
        return place_of(row.obligation)
    details = row.fact.details
    if number := details.get("handover"):
        return _address("handover:handover", number)
    if row.fact.kind.startswith("people.") and (number := details.get("person")):
        return _address("people:person", number)
    label, _sep, number = row.fact.subject.rpartition(":")
    if label == "obligations.obligation":
        return _address("obligations:obligation", number)
    if row.fact.kind == "obligations.calendar_changed":
        return _address("obligations:calendar")
    return _address("card:client", row.fact.client) if row.fact.client else ""


def _address(name: str, *args: Any) -> str:
    """Pages of other apps are known by name only; a name may lead nowhere yet."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
