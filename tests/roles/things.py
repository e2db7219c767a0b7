"""Three of everything: one's own, one's group's, somebody else's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from suprovid.clients import actions as clients
from suprovid.clients.models import Client, Contact, Site
from suprovid.demo.build import catalogue, turn
from suprovid.demo.case import Department, Plan, Until
from suprovid.demo.clients import CLIENTS
from suprovid.demo.clock import KYIV, Days, Telling
from suprovid.demo.life import told
from suprovid.handover.models import Handover, ItemPaper
from suprovid.money.models import Allocation
from suprovid.obligations import actions as obligations
from suprovid.obligations.models import Message, Obligation
from suprovid.obligations.queries import calendar
from suprovid.people import actions as people
from suprovid.people.models import Person, RoleGrant
from suprovid.people.rules import AbsenceKind
from tests.cast import Cast, acting, hire

OWN, GROUP, FOREIGN = "own", "group", "foreign"
PLANS = {
    OWN: Plan(CLIENTS[0], 4, Until.INSTALLER, "andrii", "podil"),
    GROUP: Plan(CLIENTS[1], 4, Until.ACCEPTED, "sofiia", "podil"),
    FOREIGN: Plan(CLIENTS[2], 4, Until.INSTALLER, "sofiia", "obolon"),
}
PEOPLE = {OWN: "taras", GROUP: "nadiia", FOREIGN: "oksana"}
Things = dict[str, Any]


@dataclass(frozen=True)
class House:
    """A department in the middle of its work, and what addresses may carry."""

    cast: Cast
    things: dict[str, Things]


def house(now: datetime) -> House:
    """Three handovers, each with papers, visas, money, an installer, terms."""
    began = now - timedelta(days=20)
    obligations.found_company(actor=acting(None, began), name="Правовий вимір")
    cast = hire(began)
    days = Days(calendar(), now.astimezone(KYIV).date())
    department = Department(cast, days, kits=catalogue(cast, began))
    telling = Telling(now, lambda at: setattr(department, "now", at), turn)
    for number, plan in enumerate(PLANS.values()):
        telling.add(told(department, plan, f"{number + 1}/26"))
    telling.run(lambda _part: None)
    things = {whose: _things(cast, whose, now) for whose in PLANS}
    return House(cast, things)


def _things(cast: Cast, whose: str, now: datetime) -> Things:
    handover = Handover.objects.get(client__code=PLANS[whose].client.code)
    person: Person = getattr(cast, PEOPLE[whose])
    item = handover.sheets.get().items.get(number=1)
    laid = Allocation.objects.get(invoice=handover.first_invoice)
    return {
        "handover_id": handover.pk,
        "client_id": handover.client_id,
        "contract_id": handover.contract_id,
        "invoice_id": handover.first_invoice_id,
        "payment_id": laid.payment_id,
        "allocation_id": laid.pk,
        "item_id": item.pk,
        "item_paper_id": ItemPaper.objects.filter(item=item)[0].pk,
        "line_id": handover.contract.lines.get().pk,
        "obligation_id": _owed(handover.client_id),
        "contact_id": Contact.objects.get(client=handover.client_id).pk,
        "site_id": _site(handover.client, now, cast),
        "message_id": _message(person),
        "round": 1,
        "person_id": person.pk,
        "grant_id": RoleGrant.objects.filter(person=person)[0].pk,
        "absence_id": _absence(person, now),
        "group_id": handover.group_id,
        "kind": "handover.visa",
        "photo_id": 1,
    }


def _owed(client_id: int) -> int:
    rows = Obligation.objects.filter(client=client_id, kind="handover.installation")
    return rows.order_by("-pk")[0].pk


def _site(client: Client, now: datetime, cast: Cast) -> int:
    site = clients.add_site(
        actor=acting(cast.iryna, now),
        client_id=client.pk,
        name="Офіс",
        address=client.address,
    )
    assert isinstance(site, Site)
    return site.pk


def _message(person: Person) -> int:
    found = Message.objects.filter(person=person).first() or Message.objects.first()
    return found.pk if found else 0


def _absence(person: Person, now: datetime) -> int:
    first = now.date() + timedelta(days=30)
    declared = people.declare_absence(
        actor=acting(person, now),
        person_id=person.pk,
        kind=AbsenceKind.VACATION,
        first_day=first,
        last_day=first + timedelta(days=3),
    )
    return declared.pk
