"""The first contact, and what service tells of the installation (S18, S19)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from suprovid.contracts.rules import Delivery
from suprovid.handover.actions.clocks import (
    INSTALLATION_PAGE,
    INSTALLER,
    Owed,
    due_of_installation,
    meet,
    owe,
)
from suprovid.handover.actions.shared import (
    Scene,
    demand,
    for_whom,
    scene,
    system_scene,
    tell,
)
from suprovid.handover.models import FirstContact, Handover
from suprovid.handover.queries.standing import installation_limit
from suprovid.handover.rules import head_seat, may_agree_on, may_contact
from suprovid.journal.rules import Actor
from suprovid.lib.decision import Invalid, invalid
from suprovid.lib.words import word
from suprovid.obligations import actions as obligations
from suprovid.obligations.rules import Owner
from suprovid.people.queries import today


@transaction.atomic
def record_first_contact(
    *,
    actor: Actor,
    handover_id: int,
    made_at: datetime,
    spoke_with: str,
    install_on: date,
    place: str,
    workplaces: int,
    systems: str,
    network: bool,
    delivery: Delivery,
    install_time: str = "",
    taught: str = "",
    visit_days: str = "",
    visit_hours: str = "",
    note: str = "",
) -> FirstContact:
    """Record what was agreed; the day of installation moves its term (3.5, 3.7).

    Raises:
        Missing, Forbidden, Refused, Invalid: e.g. a day later than the contract lets.
    """
    at = scene(actor, handover_id)
    demand(may_contact(at.standing, at.hand))
    seat = head_seat(at.standing, at.hand)
    _check(at, made_at, install_on)
    contact = FirstContact.objects.create(
        handover=at.handover,
        made_at=made_at,
        recorded_at=actor.now,
        person_id=at.person_id,
        for_whom_id=for_whom(seat),
        spoke_with=_said(spoke_with, "spoke_with"),
        install_on=install_on,
        install_time=install_time.strip(),
        place=_said(place, "place"),
        workplaces=workplaces,
        systems=_said(systems, "systems"),
        network=network,
        taught=taught.strip(),
        visit_days=visit_days.strip(),
        visit_hours=visit_hours.strip(),
        delivery=delivery,
        note=note.strip(),
    )
    tell(
        at,
        "handover.contact.made",
        subject=contact,
        seat=seat,
        at=made_at,
        details={"install_on": install_on.isoformat(), "workplaces": workplaces},
        personal={"spoke_with": contact.spoke_with, "note": contact.note},
    )
    _follow(at, contact, for_whom(seat))
    return contact


def _check(at: Scene, made_at: datetime, install_on: date) -> None:
    if made_at > at.actor.now:
        raise invalid("made_at", "This moment has not come yet.")
    if made_at < at.handover.opened_at:
        raise invalid("made_at", "The handover was not open yet at that moment.")
    limit = installation_limit(at.handover)
    decision = may_agree_on(
        install_on,
        made_on=today(made_at),
        limit=today(limit.at) if limit else None,
        may_agree_later=at.handover.contract.may_agree_later,
    )
    if decision.reason is not None:
        raise Invalid("install_on", decision.reason)


def _said(text: str, field: str) -> str:
    if not text.strip():
        raise invalid(field, "Fill in this field.")
    return text.strip()


def _follow(at: Scene, contact: FirstContact, absent: int | None) -> None:
    """The first clock stops, the agreed day counts, the installer is to be named."""
    handover = at.handover
    meet(at, "handover.first_contact", at=contact.made_at, for_whom=absent)
    by = due_of_installation(handover)
    obligations.move(
        actor=at.actor,
        kind="handover.installation",
        subject=handover,
        why=word("the day was agreed with the client"),
        on=by.on,
        term=by.term,
        since=by.since,
        due=by.due,
    )
    if handover.installer_id is None:
        owe(
            at,
            Owed(
                INSTALLER,
                handover,
                now=True,
                opened=contact.made_at,
                owner=at.group_head,
                reason=word("The first contact was made"),
                page=INSTALLATION_PAGE,
            ),
        )


# ------------------------------------------------------------ what service tells


@transaction.atomic
def put_in_charge(*, actor: Actor, handover_id: int, installer_id: int) -> Handover:
    """From now on the installer owes the installation. Service has asked the right."""
    at = system_scene(actor, handover_id)
    at.handover.installer_id = installer_id
    at.handover.save(update_fields=["installer"])
    meet(at, INSTALLER)
    obligations.hand_over(
        actor=actor,
        kind="handover.installation",
        subject=at.handover,
        owner=Owner.person(installer_id, at.handover.group_id),
        why=word("the installer was named"),
    )
    return at.handover


@transaction.atomic
def note_installed(*, actor: Actor, handover_id: int, at: datetime) -> Handover:
    """The installation is done, at its own moment: the second clock stops."""
    found = system_scene(actor, handover_id)
    found.handover.installed_at = at
    found.handover.save(update_fields=["installed_at"])
    meet(found, "handover.installation", at=at)
    return found.handover
