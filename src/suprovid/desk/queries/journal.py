"""The journal page: facts as sentences, only what the viewer may see (PROCESS 5-6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from suprovid.clients.queries import visible as visible_clients
from suprovid.clients.queries import whole_of
from suprovid.journal.models import Seal
from suprovid.journal.queries import FactRow, Filters, ParkedRow, facts, parked
from suprovid.journal.rules import Channel
from suprovid.money.queries import clients_with_money
from suprovid.people.queries import names, who
from suprovid.people.rules import Role, Viewer
from suprovid.web import say

PAGE = 50
LATE = 60
"""Seconds after which it is worth saying when a fact became known."""
ACCOUNTS = (
    "people",
    "journal",
    "obligations.calendar_changed",
    "obligations.company_changed",
    "obligations.company_founded",
    "obligations.term_changed",
)
"""Accounts and settings: what an administrator manages, whomever it is about."""


@dataclass(frozen=True)
class Told:
    id: int
    at: datetime
    recorded_at: datetime | None
    sentence: str
    who: str
    channel: str
    client_id: int | None
    erased: bool


@dataclass(frozen=True)
class SealRow:
    number: int
    first: int
    last: int
    hash: str
    sealed_at: datetime


@dataclass(frozen=True)
class JournalPage:
    rows: tuple[Told, ...]
    next: int | None
    seals: tuple[SealRow, ...]
    parked: tuple[ParkedRow, ...]
    kind: str
    sees_seals: bool


def journal_page(
    viewer: Viewer, *, kind: str = "", before: int | None = None
) -> JournalPage:
    """The newest facts this viewer may see; an administrator sees accounts."""
    rows = _facts(viewer, kind, before)
    sees_seals = viewer.has(Role.ADMINISTRATOR) or viewer.may(Role.DEPARTMENT_HEAD)
    known = names({n for row in rows for n in (row.actor_id, row.for_whom_id) if n})
    return JournalPage(
        rows=tuple(_told(row, known) for row in rows[:PAGE]),
        next=rows[PAGE - 1].id if len(rows) > PAGE else None,
        seals=_seals() if sees_seals else (),
        parked=tuple(parked()) if viewer.has(Role.ADMINISTRATOR) else (),
        kind=kind,
        sees_seals=sees_seals,
    )


def _facts(viewer: Viewer, kind: str, before: int | None) -> list[FactRow]:
    asked = Filters(kind=kind)
    if viewer.may(Role.DEPARTMENT_HEAD):
        return facts(asked, before=before, limit=PAGE + 1)
    return facts(
        asked,
        clients=whole_of(visible_clients(viewer)),
        narrower={"money": whole_of(clients_with_money(viewer))},
        besides=ACCOUNTS if viewer.has(Role.ADMINISTRATOR) else (),
        own=viewer.id,
        before=before,
        limit=PAGE + 1,
    )


def _told(row: FactRow, known: dict[int, str]) -> Told:
    late = (row.recorded_at - row.at).total_seconds() > LATE
    return Told(
        id=row.id,
        at=row.at,
        recorded_at=row.recorded_at if late else None,
        sentence=say.sentence(row.kind, row.values),
        who=who(row, known),
        channel="" if row.channel == Channel.PAGE else say.label(Channel(row.channel)),
        client_id=row.client_id,
        erased=row.erased,
    )


def _seals() -> tuple[SealRow, ...]:
    return tuple(
        SealRow(seal.number, seal.first_seq, seal.last_seq, seal.hash, seal.sealed_at)
        for seal in Seal.objects.order_by("-number")[:10]
    )
