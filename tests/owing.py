"""What the tests of terms share: a company, a client, something that is owed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any, TypeVar

from django.db import connection

from suprovid.clients.actions.shared import index
from suprovid.clients.models import Client
from suprovid.journal.rules import Actor, Channel
from suprovid.obligations import actions
from suprovid.obligations.models import Obligation
from suprovid.obligations.rules import Owner
from suprovid.people.models import ServiceGroup
from suprovid.people.rules import Role
from tests.cast import Cast

T = TypeVar("T")
THREADS = 8
# Monday, 13 April 2026, 10:00 in Kyiv.
MONDAY_10 = datetime(2026, 4, 13, 7, 0, tzinfo=UTC)
# Monday 18:00 in Kyiv: a working day ends.
MONDAY_18 = datetime(2026, 4, 13, 15, 0, tzinfo=UTC)
TUESDAY_18 = MONDAY_18 + timedelta(days=1)


def worker(now: datetime) -> Actor:
    return Actor(None, Channel.WORKER, now)


def found_company(now: datetime = MONDAY_10) -> None:
    actions.found_company(
        actor=Actor(None, Channel.CONSOLE, now), name="Правовий вимір"
    )


def client_of(cast: Cast, *, group: ServiceGroup | None = None, **more: Any) -> Client:
    number = Client.objects.count()
    fields: dict[str, Any] = {
        "name": f"Лісовий дім {number}",
        "code": f"{40000000 + number}",
        "code_kind": "edrpou",
        "group": group or cast.podil,
        "sort_key": f"{number:05}",
        "created_at": MONDAY_10,
        **more,
    }
    client = Client.objects.create(**fields)
    index(client)
    return client


def owe(
    client: Client,
    kind: str = "handover.first_contact",
    owner: Owner | None = None,
    opened: datetime = MONDAY_10,
    **more: Any,
) -> Obligation:
    """By default: the head of the client's group owes it within a working day."""
    return actions.owe(
        actor=worker(more.pop("known", opened)),
        kind=kind,
        subject=client,
        opened=opened,
        client_id=client.pk,
        owner=owner or Owner.role(Role.GROUP_HEAD, client.group_id),
        page="obligations:list",
        escalate_group=client.group_id,
        **more,
    )


def client_in(row: Obligation) -> Client:
    assert row.client is not None
    return row.client


def together(work: Callable[[int], T], count: int = THREADS) -> list[T]:
    """Everybody waits at the door and goes in at once."""
    door = Barrier(count)

    def run(number: int) -> T:
        try:
            door.wait()
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))
