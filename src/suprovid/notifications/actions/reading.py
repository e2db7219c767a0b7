"""Who is told of a fact, and what of it one has read.

Having read is nobody's business but the reader's: it is no fact of the journal.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from suprovid.clients.models import Client
from suprovid.handover.models import Handover
from suprovid.journal.models import Fact
from suprovid.journal.rules import Actor
from suprovid.lib.decision import Missing
from suprovid.notifications.rules import HEARS, Hearer
from suprovid.obligations.actions import tell
from suprovid.obligations.models import Message, Obligation
from suprovid.obligations.queries import owner_of
from suprovid.obligations.rules import Owner, answering, heads_above
from suprovid.people.queries import staff as staff_on
from suprovid.people.queries import today
from suprovid.people.rules import Member, Role, Staff

HEADS = (Role.GROUP_HEAD, Role.SALES_HEAD, Role.DEPARTMENT_HEAD)


@transaction.atomic
def tell_about(*, fact: Fact) -> int:
    """Tell everybody whom a fact concerns, but not the one who did it."""
    hearers = HEARS.get(fact.kind, ())
    if not hearers:
        return 0
    staff = staff_on(today(fact.recorded_at))
    owners = _owners(fact, hearers, staff)
    people = {m.id for owner in owners for m in answering(owner, staff)}
    if Hearer.EVERY_HEAD in hearers:
        people |= {m.id for role in HEADS for m in _present(role, staff)}
    people -= {_doer(fact)}
    return tell(fact=fact, person_ids=people)


def _present(role: Role, staff: Staff) -> list[Member]:
    return staff.answering(role)


def _doer(fact: Fact) -> int:
    return int(fact.actor.removeprefix("person:")) if ":" in fact.actor else 0


def _owners(fact: Fact, hearers: Iterable[Hearer], staff: Staff) -> list[Owner]:
    """Everybody concerned, as owners that deputies and heads answer for."""
    case = _Case(fact)
    found: list[Owner] = []
    for hearer in hearers:
        if hearer is Hearer.HEAD_OF_PERSON and case.person:
            nearest = heads_above(Owner.person(case.person), staff)[0]
            found.append(Owner.role(nearest.role, nearest.group_id))
        elif owner := case.owner(hearer):
            found.append(owner)
    return found


class _Case:
    """What a fact is about: its people, the handover, the client."""

    def __init__(self, fact: Fact) -> None:
        self.details = fact.details
        self.fact = fact
        self.person = self._number("person")
        number = self._number("handover")
        rows = Handover.objects.select_related("client")
        self.handover = rows.filter(pk=number).first() if number else None
        clients = Client.objects.filter(pk=fact.client or 0)
        self.client = self.handover.client if self.handover else clients.first()

    def owner(self, hearer: Hearer) -> Owner | None:
        roles = {
            Hearer.DEPARTMENT_HEAD: Role.DEPARTMENT_HEAD,
            Hearer.SALES_HEAD: Role.SALES_HEAD,
        }
        if hearer in roles:
            return Owner.role(roles[hearer])
        if hearer is Hearer.GROUP_HEAD:
            group = self._group()
            return Owner.role(Role.GROUP_HEAD, group) if group else None
        if hearer is Hearer.OWNER:
            return self._owner_of_term()
        number = self._person(hearer)
        return Owner.person(number) if number else None

    def _person(self, hearer: Hearer) -> int | None:
        if hearer is Hearer.SALES:
            return self.handover.sales_id if self.handover else self._of_client("sales")
        if hearer is Hearer.MANAGER:
            return self._number("manager") or self._of_client("manager")
        if hearer is Hearer.INSTALLER and self.handover is not None:
            return self._number("installer") or self.handover.installer_id
        return self._number(hearer.value)

    def _of_client(self, name: str) -> int | None:
        number = getattr(self.client, f"{name}_id", None)
        return number if isinstance(number, int) else None

    def _group(self) -> int | None:
        if self.handover is not None:
            return self.handover.group_id
        return self.client.group_id if self.client else None

    def _owner_of_term(self) -> Owner | None:
        number = self.fact.subject.rpartition(":")[2]
        row = Obligation.objects.filter(pk=number).first()
        return owner_of(row) if row else None

    def _number(self, name: str) -> int | None:
        number = self.details.get(name)
        return number if isinstance(number, int) else None


# ---------------------------------------------------------------- read and unread


@transaction.atomic
def mark_read(*, actor: Actor, message_id: int) -> Message:
    """Raises:
    Missing: not there, or not one's own.
    """
    row = _own(actor, message_id)
    if row.read_at is None:
        row.read_at = actor.now
        row.save(update_fields=["read_at"])
    return row


@transaction.atomic
def mark_unread(*, actor: Actor, message_id: int) -> Message:
    """Raises:
    Missing: not there, or not one's own.
    """
    row = _own(actor, message_id)
    row.read_at = None
    row.save(update_fields=["read_at"])
    return row


@transaction.atomic
def mark_all_read(*, actor: Actor) -> int:
    rows = Message.objects.filter(person=actor.person_id, read_at=None)
    return rows.update(read_at=actor.now)


def _own(actor: Actor, message_id: int) -> Message:
    rows = Message.objects.select_for_update()
    row = rows.filter(pk=message_id, person=actor.person_id).first()
    if row is None:
        raise Missing
    return row
