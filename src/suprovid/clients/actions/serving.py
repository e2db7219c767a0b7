"""How a client stands with us, as handover and service tell it.

These are steps of their actions, inside their transaction: they decide nothing and
record nothing (the fact that caused them stands in the journal), but keep the base's
promises.
"""

from __future__ import annotations

from datetime import date

from suprovid.clients.models import Client
from suprovid.clients.rules import ServedBy, Serving
from suprovid.journal.rules import Actor
from suprovid.people.models import Person

IN_SERVICE = frozenset({Serving.SERVED, Serving.PAUSED})


def begin_handover(*, actor: Actor, client_id: int, group_id: int) -> Client:
    """The client goes to a group; its people see it from now on.

    Again with another group when that changes. One who is served already stays so:
    a second contract does not take the first one's service away.
    """
    client = _locked(client_id)
    if client.serving not in IN_SERVICE:
        client.serving, client.group_id = Serving.HANDOVER, group_id
        if client.sales_id is None and actor.person_id is not None:
            client.sales = Person.objects.get(pk=actor.person_id)
        _save(client)
    return client


def end_handover(*, actor: Actor, client_id: int) -> Client:
    """Called off: the client is known, and nobody's."""
    client = _locked(client_id)
    if client.serving == Serving.HANDOVER:
        client.serving, client.group, client.manager = Serving.KNOWN, None, None
        _save(client)
    return client


def enter_service(
    *,
    actor: Actor,
    client_id: int,
    by: ServedBy,
    since: date,
    group_id: int,
    manager_id: int,
) -> Client:
    """The client is in service; what brought it there first stays (PROCESS 7.1)."""
    client = _locked(client_id)
    if client.serving not in IN_SERVICE:
        client.serving, client.served_by, client.served_since = (
            Serving.SERVED,
            by,
            since,
        )
    client.group_id, client.manager_id = group_id, manager_id
    _save(client)
    return client


def _locked(client_id: int) -> Client:
    return Client.objects.select_for_update().get(pk=client_id)


def _save(client: Client) -> None:
    client.version += 1
    client.save()
