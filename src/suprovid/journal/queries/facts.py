"""Facts as pages show them: values ready for the kind's sentence.

Whose facts a viewer may see is the caller's to say: pass the clients (a subquery of
`clients.queries.whole_of(visible(viewer))`) or the subjects: the journal knows no
rights.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db.models import Q, QuerySet

from suprovid.journal.models import Fact

PERSON = "person:"


@dataclass(frozen=True)
class FactRow:
    """One fact; `values` are its details and, unless erased, the personal ones."""

    id: int
    kind: str
    at: datetime
    recorded_at: datetime
    channel: str
    actor: str
    actor_id: int | None
    for_whom_id: int | None
    subject: str
    client_id: int | None
    values: dict[str, Any] = field(compare=False)
    erased: bool = False

    @property
    def subject_id(self) -> int:
        return int(self.subject.rpartition(":")[2])


@dataclass(frozen=True)
class Filters:
    """What to look for; an empty filter lets everything through."""

    kind: str = ""
    """A kind or the beginning of one: "handover.visa"."""
    actor_id: int | None = None
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None


Clients = QuerySet[Any] | Iterable[int] | None


def facts(
    filters: Filters | None = None,
    *,
    clients: Clients = None,
    narrower: Mapping[str, Clients] = MappingProxyType({}),
    besides: Iterable[str] = (),
    own: int | None = None,
    before: int | None = None,
    limit: int = 50,
) -> list[FactRow]:
    """The newest facts first, by the order in which they were written.

    Args:
        clients: ids of the clients whose facts are seen; None: all facts.
        narrower: kinds that are seen of fewer clients ("money": whose).
        besides: kinds that are seen whomever they are about ("people").
        own: a person whose own doings are seen besides (with `clients`).
        before: the id after which the page goes on.
    """
    rows = Fact.objects.all()
    if clients is not None:
        seen = Q(client__in=clients)
        for kind, fewer in narrower.items():
            seen &= ~_of(kind) | Q(client__in=fewer)
        for kind in besides:
            seen |= _of(kind)
        rows = rows.filter(seen | Q(actor=f"{PERSON}{own}") if own else seen)
    return _rows(rows.filter(_asked(filters or Filters())), before, limit)


def _of(kind: str) -> Q:
    return Q(kind=kind) | Q(kind__startswith=f"{kind}.")


def timeline(
    clients: Iterable[int],
    *,
    under: Iterable[str] = (),
    without: Iterable[str] = (),
    before: int | None = None,
    limit: int = 30,
) -> list[FactRow]:
    """Everything that happened about one client; the caller has checked the right.

    Args:
        clients: the client and those joined to it (`clients.queries.whole`).
        under: only kinds that begin so ("handover."); without: none that begin so.
        before: the id after which the page goes on.
    """
    wanted, left_out = Q(), Q()
    for start in under:
        wanted |= Q(kind__startswith=start)
    for start in without:
        left_out |= Q(kind__startswith=start)
    rows = Fact.objects.filter(wanted, client__in=list(clients))
    return _rows(rows.exclude(left_out) if left_out else rows, before, limit)


def facts_of(subjects: Iterable[str], *, limit: int = 200) -> list[FactRow]:
    """What happened to these things ("handover.item:12"), the newest first."""
    return _rows(Fact.objects.filter(subject__in=list(subjects)), None, limit)


def _asked(filters: Filters) -> Q:
    asked = Q()
    if filters.kind:
        asked &= _of(filters.kind)
    if filters.actor_id:
        asked &= Q(actor=f"{PERSON}{filters.actor_id}")
    if filters.subject:
        asked &= Q(subject=filters.subject)
    if filters.since:
        asked &= Q(at__gte=filters.since)
    if filters.until:
        asked &= Q(at__lt=filters.until)
    return asked


def _rows(rows: QuerySet[Fact], before: int | None, limit: int) -> list[FactRow]:
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = rows.select_related("private").order_by("-id")[:limit]
    return [_row(fact) for fact in found]


def _row(fact: Fact) -> FactRow:
    private = getattr(fact, "private", None)
    return FactRow(
        id=fact.pk,
        kind=fact.kind,
        at=fact.at,
        recorded_at=fact.recorded_at,
        channel=fact.channel,
        actor=fact.actor,
        actor_id=_person(fact.actor),
        for_whom_id=_person(fact.for_whom),
        subject=fact.subject,
        client_id=fact.client,
        values=fact.details | (private.values if private else {}),
        erased=bool(fact.personal) and private is None,
    )


def _person(name: str) -> int | None:
    return int(name.removeprefix(PERSON)) if name.startswith(PERSON) else None
