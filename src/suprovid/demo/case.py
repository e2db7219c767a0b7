"""One handover of the demo: whose it is, and what people do with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import IntEnum

from suprovid.clients import actions as clients
from suprovid.contracts import actions as contracts
from suprovid.contracts.models import Contract, Kit
from suprovid.contracts.rules import Delivery, Periodicity, Variant
from suprovid.demo.cast import Cast, acting
from suprovid.demo.clients import Known
from suprovid.demo.clock import Days
from suprovid.demo.papers import paper, signature
from suprovid.documents.rules import Upload
from suprovid.handover import actions as handovers
from suprovid.handover.models import Handover, Item
from suprovid.handover.queries import standing
from suprovid.handover.rules import ItemCode, Requirement
from suprovid.journal.rules import Actor
from suprovid.money import actions as money
from suprovid.money.models import Invoice
from suprovid.people.models import Person, ServiceGroup
from suprovid.service import actions as service
from suprovid.service.rules import STEPS


class Until(IntEnum):
    """How far a story is told."""

    DRAFT = 1
    SENT_BACK = 2
    SENT = 3
    CONFIRMED = 4
    VISAS = 5
    ALL_VISAS = 6
    ACCEPTED = 7
    CONTACT = 8
    INSTALLER = 9
    INSTALLED = 10
    SUBMITTED = 11
    CONFIRMED_RECORD = 12
    IN_SERVICE = 13
    CALLED = 14


@dataclass(frozen=True)
class Plan:
    """One handover: whose, since when, how far, and what is out of the ordinary."""

    client: Known
    back: int
    until: Until
    sales: str = "andrii"
    group: str = "podil"
    lawyer: str = "maryna"
    twist: str = ""


@dataclass
class Department:
    """The cast, the catalogue, and the moment the story has reached."""

    cast: Cast
    days: Days
    kits: dict[str, Kit] = field(default_factory=dict)
    now: datetime = field(init=False)
    head_away: tuple[date, date] | None = None
    """Days on which Oksana stands in for the head of «Оболонь»."""

    def person(self, key: str) -> Person:
        return self.cast.everybody()[key]

    def by(self, key: str) -> Actor:
        return acting(self.person(key), self.now)

    def group(self, key: str) -> ServiceGroup:
        return self.cast.podil if key == "podil" else self.cast.obolon

    def head(self, group: str) -> str:
        if group == "podil":
            return "olena"
        away = self.head_away
        on = self.now.date()
        return "oksana" if away and away[0] <= on <= away[1] else "serhii"

    def managers(self, group: str) -> tuple[str, str]:
        return ("taras", "nadiia") if group == "podil" else ("oksana", "bohdan")

    def engineer(self, group: str) -> str:
        return "pavlo" if group == "podil" else "yurii"


# ---------------------------------------------------------------- one client


def enter_client(d: Department, known: Known, by: Actor) -> int:
    """The client, its responsible person and its site."""
    client = clients.add_client(
        actor=by,
        name=known.name,
        code=known.code,
        legal_form=known.form,
        region="м. Київ",
        city=known.city,
        address=known.address,
    )
    clients.add_contact(
        actor=by,
        client_id=client.pk,
        name=known.responsible,
        position=known.post,
        phone=known.phone,
        responsible=True,
    )
    return client.pk


def sign_contract(
    d: Department,
    known: Known,
    by: Actor,
    client_id: int,
    number: str,
    *,
    may_agree_later: bool = False,
) -> Contract:
    signed = d.now.date()
    contract = contracts.make_contract(
        actor=by,
        client_id=client_id,
        number=number,
        signed_on=signed,
        valid_from=signed,
        valid_to=signed + timedelta(days=364),
        price_agreement="№ 1",
        price_agreed_on=signed,
        may_agree_later=may_agree_later,
    )
    contracts.add_line(
        actor=by,
        contract_id=contract.pk,
        kit_id=d.kits[known.kit].pk,
        variant=Variant.NETWORK if known.seats > 3 else Variant.LOCAL,
        seats=known.seats,
        periodicity=Periodicity.WEEKLY,
        delivery=Delivery.VISIT if known.seats > 4 else Delivery.DOWNLOAD,
        monthly_price=price(known),
        valid_from=signed,
    )
    return contract


def price(known: Known) -> Decimal:
    return Decimal(1080) + Decimal(420) * known.seats


def issue(d: Department, known: Known, contract: Contract) -> Invoice:
    """The first quarter, with VAT."""
    return money.issue_invoice(
        actor=d.by("halyna"),
        contract_id=contract.pk,
        issued_on=d.now.date(),
        total=price(known) * 3 * Decimal("1.2"),
        note="Перший квартал обслуговування",
    )


def pay(d: Department, known: Known, invoice: Invoice, booked: datetime) -> None:
    money.enter_payment(
        actor=d.by("halyna"),
        booked_at=booked,
        amount=invoice.total,
        payer_name=known.name,
        payer_code=known.code,
        document=str(1000 + invoice.pk),
        purpose=f"Оплата за рахунком {invoice.number}, у т. ч. ПДВ",
        invoice_id=invoice.pk,
    )


# ---------------------------------------------------------------- one handover


@dataclass
class Case:
    """What a telling needs of one handover at each step."""

    d: Department
    plan: Plan
    contract: Contract
    invoice: Invoice
    handover: Handover

    def item(self, code: ItemCode) -> Item:
        """The item of the newest sheet."""
        rows = Item.objects.filter(sheet__handover=self.handover, code=code)
        return rows.order_by("-sheet__round")[0]

    def attach(self, code: ItemCode, *uploads: Upload) -> None:
        for upload in uploads:
            handovers.attach_paper(
                actor=self.d.by(self.plan.sales),
                handover_id=self.handover.pk,
                item_id=self.item(code).pk,
                upload=upload,
            )

    def replace(self, code: ItemCode, upload: Upload) -> None:
        item = self.item(code)
        old = item.papers.filter(replaced_at=None).order_by("pk")[0]
        handovers.attach_paper(
            actor=self.d.by(self.plan.sales),
            handover_id=self.handover.pk,
            item_id=item.pk,
            upload=upload,
            replaces=old.pk,
        )

    def seen(self, code: ItemCode) -> list[str]:
        line = standing(Handover.objects.get(pk=self.handover.pk)).of(code)
        return list(line.holds) if line else []

    def give(self, by: str, *codes: ItemCode) -> None:
        for code in codes:
            handovers.give_visa(
                actor=self.d.by(by),
                handover_id=self.handover.pk,
                item_id=self.item(code).pk,
                seen=self.seen(code),
            )

    def refuse(
        self, by: str, code: ItemCode, requirement: Requirement, reason: str
    ) -> None:
        handovers.refuse_visa(
            actor=self.d.by(by),
            handover_id=self.handover.pk,
            item_id=self.item(code).pk,
            requirement=requirement,
            reason=reason,
            seen=self.seen(code),
        )

    @property
    def head(self) -> str:
        return self.d.head(self.plan.group)


def contract_papers(case: Case) -> None:
    number, name = case.contract.number, case.plan.client.name
    slug = number.replace("/", "-")
    case.attach(
        ItemCode.CONTRACT,
        paper(f"Договір № {slug}", f"Договір № {number}", f"Замовник: {name}"),
    )
    case.attach(
        ItemCode.PRICE_AGREEMENT,
        paper(f"ДУ № 1 до договору {slug}", "Додаткова угода № 1", f"Замовник: {name}"),
    )


def money_papers(case: Case) -> None:
    number, name = case.invoice.number, case.plan.client.name
    slug = number.replace("/", "-")
    case.attach(
        ItemCode.INVOICE_AND_ACT,
        paper(f"Рахунок {slug}", f"Рахунок {number}", f"Платник: {name}"),
        paper(f"Акт {slug}", f"Акт виконаних робіт до рахунку {number}", name),
    )


def copy_paper(case: Case) -> None:
    slug = case.contract.number.replace("/", "-")
    case.attach(
        ItemCode.PRICE_AGREEMENT_COPY,
        paper(
            f"Копія ДУ № 1 {slug}",
            "Додаткова угода № 1 (копія підписаної)",
            case.plan.client.name,
        ),
    )


def fill(case: Case) -> None:
    known = case.plan.client
    by = case.d.by(case.plan.sales)
    handovers.fill_form(
        actor=by,
        handover_id=case.handover.pk,
        item_id=case.item(ItemCode.CARD).pk,
        values={
            "activity": "Надає послуги організаціям та населенню",
            "responsible": known.responsible,
            "position": known.post,
            "phone": known.phone,
            "users": f"Бухгалтерія та юрист, разом {known.seats}",
            "wishes": "Приїздити зранку, попереджати за день",
            "history": "Дві зустрічі, показ системи, пробний доступ на два тижні",
            "convenient": "вівторок і четвер, 10:00–12:00",
        },
    )
    handovers.fill_form(
        actor=by,
        handover_id=case.handover.pk,
        item_id=case.item(ItemCode.APPLICATION).pk,
        values={
            "kit": known.kit,
            "variant": "network" if known.seats > 3 else "local",
            "workplaces": str(known.seats),
            "periodicity": "weekly",
            "delivery": "visit",
            "served_from": case.contract.valid_from.isoformat(),
            "address": f"{known.city}, {known.address}",
        },
    )


def contact(case: Case, made_at: datetime, *, install: int) -> None:
    d, known = case.d, case.plan.client
    handovers.record_first_contact(
        actor=d.by(case.head),
        handover_id=case.handover.pk,
        made_at=made_at,
        spoke_with=known.responsible,
        install_on=d.days.at(install, "10:00").date(),
        install_time="10:00–12:00",
        place=f"{known.city}, {known.address}",
        workplaces=known.seats,
        systems="Windows 11",
        network=known.seats > 3,
        delivery=Delivery.VISIT,
        taught="бухгалтерія та юрист",
        visit_days="вівторок, четвер",
        visit_hours="10:00–12:00",
        note="Пропуск замовити за день",
    )


def submit(case: Case, installer: str) -> None:
    d, known = case.d, case.plan.client
    service.save_record(
        actor=d.by(installer),
        handover_id=case.handover.pk,
        kit=known.kit,
        version="2026.4",
        workplaces=known.seats,
        steps_done=[step.value for step in STEPS],
        note="Встановлено на всіх місцях, показано пошук і підказки",
    )
    service.submit_record(
        actor=d.by(installer),
        handover_id=case.handover.pk,
        signed_by=known.responsible,
        signature=signature(case.handover.pk + 3),
    )
