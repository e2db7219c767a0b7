"""Three of everything: one's own, one's group's, somebody else's."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from PIL import Image

from suprovid.clients import actions as clients
from suprovid.clients.models import Client, Contact, Site
from suprovid.contracts.models import Bank, Contract
from suprovid.demo.build import catalogue, turn
from suprovid.demo.case import Department, Plan, Until, enter_client, sign_contract
from suprovid.demo.clients import CLIENTS, code
from suprovid.demo.clock import KYIV, Days, Telling
from suprovid.demo.life import told
from suprovid.documents.rules import Upload
from suprovid.handover.models import Handover, ItemPaper
from suprovid.handover.queries import standing
from suprovid.intake import actions as intake
from suprovid.intake.models import ListImport
from suprovid.intake.queries import ListPage, opened, waiting_list
from suprovid.intake.rules import Field, ListState
from suprovid.journal.models import Fact
from suprovid.journal.rules import Actor
from suprovid.money import actions as money
from suprovid.money.models import Allocation, StatementLine
from suprovid.money.rules import Aside
from suprovid.money.tests.bank import OURS, bring_as, line, statement
from suprovid.obligations import actions as obligations
from suprovid.obligations.models import Message, Obligation
from suprovid.obligations.queries import calendar
from suprovid.people import actions as people
from suprovid.people.models import Person, RoleGrant
from suprovid.people.queries import viewer
from suprovid.people.rules import AbsenceKind
from suprovid.service import actions as service
from suprovid.service.models import Photo
from suprovid.service.rules import STEPS
from tests.cast import Cast, acting, hire

OWN, GROUP, FOREIGN = "own", "group", "foreign"
WHOSE = (OWN, GROUP, FOREIGN)
PLANS = {
    OWN: Plan(CLIENTS[0], 4, Until.INSTALLER, "andrii", "podil"),
    GROUP: Plan(CLIENTS[1], 4, Until.CONTACT, "sofiia", "podil"),
    FOREIGN: Plan(CLIENTS[2], 4, Until.INSTALLER, "sofiia", "obolon"),
}
PEOPLE = {OWN: "taras", GROUP: "nadiia", FOREIGN: "oksana"}
INSTALLERS = {OWN: "pavlo", GROUP: "nadiia", FOREIGN: "yurii"}
HEADS = {OWN: "olena", GROUP: "olena", FOREIGN: "serhii"}
KNOWN = CLIENTS[-1]
"""A client with a contract that nobody serves and nobody hands over."""
FREE_CODE = code(901)
BROUGHT = f"код ЄДРПОУ;назва\n{code(902)};ТОВ «Давня Хвиля»\n".encode()
WAITING = f"код ЄДРПОУ;назва\n{code(903)};ТОВ «Нова Хвиля»\n".encode()
MATCHING = "Наш список"
AFTERWARDS = timedelta(days=40)
AN_HOUR = timedelta(hours=1)
CLOSED = "UA963777770000026002000000025"
Things = dict[str, Any]


@dataclass(frozen=True)
class House:
    """A department in the middle of its work, and what addresses may carry."""

    cast: Cast
    things: dict[str, Things]


def house(now: datetime, more: Iterable[Plan] = ()) -> House:
    """Three handovers, each with papers, visas, money, an installer, terms.

    `more` are told beside them, for who wants to see other stages too.
    """
    began = now - timedelta(days=20)
    obligations.found_company(actor=acting(None, began), name="Правовий вимір")
    cast = hire(began)
    days = Days(calendar(), now.astimezone(KYIV).date())
    department = Department(cast, days, kits=catalogue(cast, began))
    telling = Telling(now, lambda at: setattr(department, "now", at), turn)
    for number, plan in enumerate(PLANS.values()):
        telling.add(told(department, plan, f"{number + 1}/26"))
    for number, plan in enumerate(more):
        telling.add(told(department, plan, f"{number + 101}/26"))
    telling.run(lambda _part: None)
    department.now = now
    shared = _shared(department)
    things = {whose: shared | _things(cast, whose, now) for whose in WHOSE}
    return House(cast, things)


def picture() -> Upload:
    drawn = io.BytesIO()
    Image.new("RGB", (12, 8), "white").save(drawn, "PNG")
    return Upload("фото.png", drawn.getvalue())


# ---------------------------------------------------------------- the company's


def _shared(department: Department) -> Things:
    """What is nobody's own: catalogue, lists brought in, a client not served yet.

    Doors read the real clock, so what lies ahead is said by it.
    """
    by_iryna = acting(department.cast.iryna, department.now)
    waits = _lists(by_iryna)
    known = _known(department)
    today = datetime.now(KYIV).date()
    return {
        **_bank(department, known),
        "known_client_id": known.client_id,
        "gone_id": known.client_id,
        "gone_version": known.client.version,
        "merge_id": _joined(by_iryna),
        "known_contract_id": known.pk,
        "import_id": ListImport.objects.get(state=ListState.BROUGHT).pk,
        "list_id": waits.id,
        "list_version": waits.version,
        "list_seen": waits.seen,
        "row": waits.rows[0].row,
        "bank_id": Bank.objects.order_by("pk")[0].pk,
        "kit_id": department.kits[KNOWN.kit].pk,
        "sales_id": department.cast.andrii.pk,
        "free_code": FREE_CODE,
        "kind": "handover.visa",
        "thing": "day",
        "round": 1,
        "today": today.isoformat(),
        "soon": (today + AFTERWARDS / 2).isoformat(),
        "later": (today + AFTERWARDS).isoformat(),
    }


def _lists(by_head: Actor) -> ListPage:
    """One brought in, one that waits for a yes with a value to be written."""
    intake.import_list(
        actor=by_head, data=BROUGHT, name="давні.csv", opened=opened(BROUGHT)
    )
    kept = intake.begin_list(
        actor=by_head, data=WAITING, name="нові.csv", opened=opened(WAITING)
    )
    intake.match_columns(
        actor=by_head,
        import_id=kept.pk,
        version=kept.version,
        columns={Field.CODE: 0, Field.NAME: 1},
        save_as=MATCHING,
    )
    today = datetime.now(KYIV).date()
    return waiting_list(viewer(by_head), kept.pk, today)


def _joined(by_head: Actor) -> int:
    """A client entered twice and joined, to be parted again."""
    kept, gone = (
        clients.add_client(actor=by_head, name=f"ТОВ «Світла Гавань» {n}", code=code(n))
        for n in (904, 905)
    )
    return intake.merge_clients(
        actor=by_head,
        kept_id=kept.pk,
        gone_id=gone.pk,
        kept_version=kept.version,
        gone_version=gone.version,
    ).pk


def _known(department: Department) -> Contract:
    by_andrii = acting(department.cast.andrii, department.now)
    client_id = enter_client(department, KNOWN, by_andrii)
    return sign_contract(department, KNOWN, by_andrii, client_id, "9/26")


def _bank(department: Department, known: Contract) -> Things:
    """Two of our accounts, and a file of the bank: lines that wait and lines aside."""
    by_halyna = acting(department.cast.halyna, department.now)
    ours, closed = (
        money.add_account(actor=by_halyna, iban=iban) for iban in (OURS, CLOSED)
    )
    money.close_account(actor=by_halyna, account_id=closed.pk)
    told = (
        statement(
            line("41.00", "відсотки", booked_at=department.now - AN_HOUR),
            line("42.00", "за послуги", booked_at=department.now - AN_HOUR),
        ),
    )
    brought = bring_as(by_halyna, told)
    more = line("43.00", "за послуги", booked_at=department.now - AN_HOUR)
    bring_as(by_halyna, [statement(more)])
    aside, waits, lies = StatementLine.objects.order_by("amount")
    money.set_aside(actor=by_halyna, line_id=aside.pk, aside=Aside.INTEREST)
    invoice = money.issue_invoice(
        actor=by_halyna,
        contract_id=known.pk,
        issued_on=department.now.date(),
        total=Decimal(50),
    )
    parts = [(invoice.pk, Decimal(43))]
    money.lay_line(actor=by_halyna, line_id=lies.pk, parts=parts)
    return {
        "account_id": ours.pk,
        "account_version": ours.version,
        "closed_account_id": closed.pk,
        "statement_file_id": brought.file_id,
        "statement_id": aside.statement_id,
        "waiting_line_id": waits.pk,
        "bank_line_id": waits.pk,
        "laid_line_id": lies.pk,
        "aside_line_id": aside.pk,
    }


# ---------------------------------------------------------------- somebody's


def _things(cast: Cast, whose: str, now: datetime) -> Things:
    handover = Handover.objects.get(client__code=PLANS[whose].client.code)
    _go_on(cast, whose, handover, now)
    laid = Allocation.objects.get(invoice=handover.first_invoice)
    client = Client.objects.get(pk=handover.client_id)
    return {
        **of_handover(handover),
        "payment_id": laid.payment_id,
        "allocation_id": laid.pk,
        **_unsettled(cast, handover.contract_id, now),
        "line_id": handover.contract.lines.get().pk,
        "obligation_id": _owed(client.pk),
        "taker_id": getattr(cast, HEADS[whose]).pk,
        "contact_id": Contact.objects.get(client=client).pk,
        "site_id": _site(client, now, cast),
        "photo_id": Photo.objects.get(installation__handover=handover).pk,
        "group_id": handover.group_id,
        "manager_id": client.manager_id,
        "installer_id": getattr(cast, INSTALLERS[whose]).pk,
        "code": client.code,
        "name": client.name,
        "client_version": client.version,
        "contract_version": handover.contract.version,
        "hidden": (client.name, client.code, handover.number, laid.invoice.number),
        **personal(cast, getattr(cast, PEOPLE[whose])),
    }


def of_handover(handover: Handover) -> Things:
    """What the address of a handover, of its sheet and of a line carries."""
    items = handover.sheets.get().items
    item = items.get(number=1)
    return {
        "handover_id": handover.pk,
        "client_id": handover.client_id,
        "contract_id": handover.contract_id,
        "invoice_id": handover.first_invoice_id,
        "item_id": item.pk,
        "form_item_id": items.get(number=5).pk,
        "item_paper_id": ItemPaper.objects.filter(item=item)[0].pk,
        "requirement": item.requirements[0],
        "seen": _held(handover, item.pk),
    }


def _held(handover: Handover, item_id: int) -> list[str]:
    line = standing(handover).line(item_id)
    return list(line.holds) if line else []


def _go_on(cast: Cast, whose: str, handover: Handover, now: datetime) -> None:
    """The head names the manager; the record is begun, other people's is submitted."""
    by_head = acting(getattr(cast, HEADS[whose]), now)
    clients.assign(
        actor=by_head,
        client_id=handover.client_id,
        group_id=handover.group_id,
        manager_id=getattr(cast, PEOPLE[whose]).pk,
    )
    installer: Person = getattr(cast, INSTALLERS[whose])
    one = handover.pk
    if whose == GROUP:
        service.name_installer(
            actor=by_head, handover_id=one, installer_id=installer.pk
        )
    by_installer = acting(installer, now)
    if whose != OWN:
        service.record_installation_done(
            actor=by_installer, handover_id=one, done_at=now
        )
    service.save_record(
        actor=by_installer,
        handover_id=one,
        kit="Універсал",
        version="2026.4",
        workplaces=5,
        steps_done=[step.value for step in STEPS],
        photos=[picture()],
    )
    if whose != OWN:
        service.submit_record(
            actor=by_installer, handover_id=one, signed_by="Салій", signature=picture()
        )


def _unsettled(cast: Cast, contract_id: int, now: datetime) -> Things:
    """An invoice nobody has paid, and a payment of which a part is still free."""
    by_halyna = acting(cast.halyna, now)
    paid, owing = (
        money.issue_invoice(
            actor=by_halyna,
            contract_id=contract_id,
            issued_on=now.date(),
            total=Decimal(300),
        )
        for _ in range(2)
    )
    spare = money.enter_payment(
        actor=by_halyna,
        booked_at=now - timedelta(hours=1),
        amount=Decimal(350),
        payer_name="ТОВ «Платник»",
        document=f"ПД-{contract_id}",
        invoice_id=paid.pk,
    )
    return {
        "owing_invoice_id": owing.pk,
        "owing_number": owing.number,
        "spare_payment_id": spare.pk,
    }


def _owed(client_id: int) -> int:
    """A term that still runs: the installation, or its confirmation."""
    kinds = ("handover.installation", "service.confirmation")
    rows = Obligation.objects.filter(client=client_id, kind__in=kinds, ended_at=None)
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


# ---------------------------------------------------------------- a person's


def personal(cast: Cast, person: Person) -> Things:
    """What a person has of one's own: a role, an absence, a token, a message.

    By the clock of the doors: links run out, and absences are changed beforehand.
    """
    now = datetime.now(UTC)
    grant = RoleGrant.objects.filter(person=person).first()
    invitation = people.invite(actor=acting(cast.yaroslav, now), person_id=person.pk)
    token = people.create_token(
        actor=acting(person, now), name="Звіти", may_write=False, days=30
    )
    return {
        "person_id": person.pk,
        "person_version": person.version,
        "grant_id": grant.pk if grant else 0,
        "absence_id": _absence(person, now),
        "token_id": token.id,
        "secret": invitation.secret,
        "message_id": _message(person, now),
    }


def _message(person: Person, now: datetime) -> int:
    """Whoever has heard of nothing yet hears of the beginning."""
    found = Message.objects.filter(person=person).first()
    first = Fact.objects.order_by("pk")[0]
    made = found or Message.objects.create(fact=first, person=person, created_at=now)
    return made.pk


def _absence(person: Person, now: datetime) -> int:
    first = (now + AFTERWARDS).date()
    declared = people.declare_absence(
        actor=acting(person, now),
        person_id=person.pk,
        kind=AbsenceKind.VACATION,
        first_day=first,
        last_day=first + timedelta(days=3),
    )
    return declared.pk
