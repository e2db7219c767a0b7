"""The client's own people and places."""

from __future__ import annotations

from typing import TypeVar

from django.db import IntegrityError, transaction

from suprovid.clients.actions.shared import for_whom, locked_to_change
from suprovid.clients.models import Client, Contact, Site
from suprovid.clients.rules import clean
from suprovid.journal.actions import record
from suprovid.journal.rules import Actor
from suprovid.lib.decision import Missing, Reason, Stale, invalid
from suprovid.people import queries as people

Part = TypeVar("Part", Contact, Site)


@transaction.atomic
def add_contact(
    *,
    actor: Actor,
    client_id: int,
    name: str,
    position: str = "",
    phone: str = "",
    email: str = "",
    responsible: bool = False,
    decides: bool = False,
) -> Contact:
    """Note a person at the client; a new responsible one takes the old one's place.

    Raises:
        Missing, Forbidden, Invalid.
    """
    client = locked_to_change(people.viewer(actor), client_id)
    contact = Contact(client=client)
    return _keep_contact(
        actor,
        contact,
        "clients.contact.added",
        name=name,
        position=position,
        phone=phone,
        email=email,
        responsible=responsible,
        decides=decides,
    )


@transaction.atomic
def change_contact(
    *,
    actor: Actor,
    client_id: int,
    contact_id: int,
    version: int,
    name: str,
    position: str = "",
    phone: str = "",
    email: str = "",
    responsible: bool = False,
    decides: bool = False,
) -> Contact:
    """Correct what is known of a person at the client, if it is still what was seen.

    Raises:
        Missing, Forbidden, Stale, Invalid.
    """
    client = locked_to_change(people.viewer(actor), client_id)
    return _keep_contact(
        actor,
        _as_seen(_contact_of(client, contact_id), version),
        "clients.contact.changed",
        name=name,
        position=position,
        phone=phone,
        email=email,
        responsible=responsible,
        decides=decides,
    )


@transaction.atomic
def contact_left(*, actor: Actor, client_id: int, contact_id: int) -> Contact:
    """The person works there no longer; what they did stays in the time line.

    Raises:
        Missing, Forbidden.
    """
    client = locked_to_change(people.viewer(actor), client_id)
    contact = _contact_of(client, contact_id)
    contact.left_at, contact.responsible = actor.now, False
    contact.save(update_fields=["left_at", "responsible"])
    _record_contact(actor, contact, "clients.contact.left")
    return contact


@transaction.atomic
def add_site(*, actor: Actor, client_id: int, name: str, address: str) -> Site:
    """Note a place where the system stands and visits go to.

    Raises:
        Missing, Forbidden, Invalid.
    """
    client = locked_to_change(people.viewer(actor), client_id)
    site = Site(client=client)
    return _keep_site(actor, site, "clients.site.added", name=name, address=address)


@transaction.atomic
def change_site(
    *, actor: Actor, client_id: int, site_id: int, version: int, name: str, address: str
) -> Site:
    """Correct a place, if it is still what was seen.

    Raises:
        Missing, Forbidden, Stale, Invalid.
    """
    client = locked_to_change(people.viewer(actor), client_id)
    site = Site.objects.filter(pk=site_id, client=client).first()
    if site is None:
        raise Missing
    seen = _as_seen(site, version)
    return _keep_site(actor, seen, "clients.site.changed", name=name, address=address)


# ---------------------------------------------------------------- the parts


def _contact_of(client: Client, contact_id: int) -> Contact:
    found = Contact.objects.filter(pk=contact_id, client=client, left_at=None)
    contact = found.select_related("client").first()
    if contact is None:
        raise Missing
    return contact


def _as_seen(row: Part, version: int) -> Part:
    """The row for its next version; refused when another came first."""
    if row.version != version:
        raise Stale(Reason("Somebody changed this client while you were writing."))
    row.version += 1
    return row


def _keep_contact(
    actor: Actor,
    contact: Contact,
    kind: str,
    *,
    responsible: bool,
    decides: bool,
    **texts: str,
) -> Contact:
    for field, text in texts.items():
        setattr(contact, field, clean(text))
    if not contact.name:
        raise invalid("name", "Write the person’s name.")
    if responsible:
        _only_responsible(contact)
    contact.responsible, contact.decides = responsible, decides
    contact.save()
    _record_contact(actor, contact, kind)
    return contact


def _only_responsible(contact: Contact) -> None:
    others = Contact.objects.filter(client=contact.client, responsible=True)
    others.exclude(pk=contact.pk).update(responsible=False)


def _record_contact(actor: Actor, contact: Contact, kind: str) -> None:
    record(
        kind=kind,
        actor=actor,
        for_whom=for_whom(actor, contact.client),
        subject=contact,
        client=contact.client_id,
        details={"responsible": contact.responsible, "decides": contact.decides},
        personal={
            "name": contact.name,
            "position": contact.position,
            "phone": contact.phone,
            "email": contact.email,
        },
    )


def _keep_site(actor: Actor, site: Site, kind: str, *, name: str, address: str) -> Site:
    site.name, site.address = clean(name), clean(address)
    if not site.name or not site.address:
        raise invalid(
            "address" if site.name else "name", "Write the name and the address."
        )
    try:
        with transaction.atomic():
            site.save()
    except IntegrityError:
        raise invalid("name", "The client has a site with this name.") from None
    client: Client = site.client
    record(
        kind=kind,
        actor=actor,
        for_whom=for_whom(actor, client),
        subject=site,
        client=client.pk,
        details={"site": site.name, "address": site.address},
    )
    return site
