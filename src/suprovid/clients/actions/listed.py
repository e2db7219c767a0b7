"""Clients that come by a list, many at once, in the transaction of the list.

The right is that of the list: the head of department's (PROCESS 5).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from django.db.models import ProtectedError

from suprovid.clients.actions.shared import BATCH, index, index_new, told
from suprovid.clients.models import Client, SearchWord
from suprovid.clients.rules import CodeKind, may_import
from suprovid.journal.actions import Happening, record_many
from suprovid.journal.rules import Actor
from suprovid.lib.decision import Forbidden, Reason, Refused, require
from suprovid.people import queries as people
from suprovid.people.rules import sort_key


@dataclass(frozen=True)
class ListedClient:
    """A client as a list tells it; an unusual code was confirmed by a person."""

    code: str
    code_kind: CodeKind
    code_confirmed: bool
    name: str
    short_name: str = ""
    legal_form: str = ""
    region: str = ""
    city: str = ""
    postcode: str = ""
    address: str = ""
    source: str = ""


def _head(actor: Actor) -> int | None:
    viewer = people.viewer(actor)
    require(may_import(viewer), Forbidden)
    return viewer.for_whom(may_import)


def enter_listed(
    *, actor: Actor, listed: Sequence[ListedClient], list_name: str
) -> list[Client]:
    """Enter clients of a list, in the order given.

    Raises:
        Forbidden: not the head of department.
        IntegrityError: a code is known; the caller looks again.
    """
    head = _head(actor)
    rows = [_client(actor, one) for one in listed]
    clients = Client.objects.bulk_create(rows, batch_size=BATCH)
    index_new(clients)
    record_many(
        kind="clients.client.imported",
        actor=actor,
        happenings=[_happening(one, head, list=list_name) for one in clients],
    )
    record_many(
        kind="clients.code.confirmed",
        actor=actor,
        happenings=[_happening(one, head) for one in clients if one.code_confirmed],
    )
    return clients


def _client(actor: Actor, one: ListedClient) -> Client:
    return Client(
        **asdict(one),
        sort_key=_sort_key(one.short_name, one.name),
        created_at=actor.now,
    )


def _sort_key(short_name: str, name: str) -> str:
    return sort_key(short_name or name, room=420)


def _happening(client: Client, head: int | None, **details: object) -> Happening:
    said = told(client, {"name": str(client), "code": client.code}, **details)
    return Happening(
        client,
        for_whom=head,
        client=client.pk,
        details=said.details,
        personal=said.personal,
    )


def change_listed(
    *, actor: Actor, changes: Mapping[int, Mapping[str, str]]
) -> list[Client]:
    """Put right what a corrected list says otherwise: client's id to its new values.

    Raises:
        Forbidden: not the head of department.
    """
    head = _head(actor)
    rows = Client.objects.select_for_update().order_by("pk").in_bulk(list(changes))
    happenings = []
    for client_id, values in changes.items():
        client = rows[client_id]
        said = {name: [getattr(client, name), new] for name, new in values.items()}
        for name, new in values.items():
            setattr(client, name, new)
        client.sort_key = _sort_key(client.short_name, client.name)
        client.version += 1
        client.save()
        index(client)
        happenings.append(_changed(client, head, said))
    record_many(kind="clients.client.changed", actor=actor, happenings=happenings)
    return list(rows.values())


def _changed(
    client: Client, head: int | None, said: Mapping[str, list[str]]
) -> Happening:
    parted = told(client, {"changed": said})
    return Happening(
        client,
        for_whom=head,
        client=client.pk,
        details=parted.details,
        personal=parted.personal,
    )


def take_back_listed(*, actor: Actor, client_ids: Collection[int]) -> None:
    """Remove clients that a list entered by mistake.

    Raises:
        Forbidden: not the head of department.
        Refused: something stands on one of them already.
    """
    head = _head(actor)
    clients = list(Client.objects.filter(pk__in=list(client_ids)).order_by("pk"))
    record_many(
        kind="clients.client.taken_back",
        actor=actor,
        happenings=[_happening(client, head) for client in clients],
    )
    try:
        _remove(clients)
    except ProtectedError as built:
        raise Refused(
            Reason("Something was built on a client of this list already.")
        ) from built


def _remove(clients: Iterable[Client]) -> None:
    ids = [client.pk for client in clients]
    SearchWord.objects.filter(client__in=ids).delete()
    Client.objects.filter(pk__in=ids).delete()
