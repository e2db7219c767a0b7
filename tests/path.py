"""The path of a new client from sales into service, step by step, for any test.

Each step is one sentence of the department, done by the one whose job it is.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from PIL import Image

from suprovid.clients import actions as clients
from suprovid.clients.models import Client
from suprovid.contracts import actions as contracts
from suprovid.contracts.models import Contract
from suprovid.contracts.rules import Delivery
from suprovid.documents.rules import Upload
from suprovid.handover import actions
from suprovid.handover.models import Handover, ItemPaper, Visa
from suprovid.handover.queries import standing
from suprovid.handover.rules import Carrier, ItemCode, Line, Standing
from suprovid.journal.rules import Actor, Channel
from suprovid.money import actions as money
from suprovid.money.models import Invoice, Payment
from suprovid.people.models import Person
from suprovid.people.queries import today
from suprovid.people.rules import Role
from suprovid.service import actions as service
from suprovid.service.rules import STEPS
from tests.cast import MONDAY, Cast, acting

CARD = {
    "activity": "оптова торгівля деревиною",
    "responsible": "Салій Ніна Остапівна",
    "position": "головний бухгалтер",
    "phone": "044 555-01-43",
    "users": "бухгалтерія, двоє юристів",
    "wishes": "візити до обіду",
    "history": "обіцяли навчання в перший місяць",
}
APPLICATION = {
    "kit": "Універсал",
    "variant": "network",
    "workplaces": "5",
    "periodicity": "weekly",
    "delivery": "visit",
    "served_from": "2026-04-20",
    "address": "Київ, вул. Нижній Вал, 17",
}
FORMS = {ItemCode.CARD: CARD, ItemCode.APPLICATION: APPLICATION}
_serial = count(1)


def signature() -> Upload:
    """What a finger leaves on the glass."""
    glass = io.BytesIO()
    Image.new("RGBA", (40, 20), "white").save(glass, "PNG")
    return Upload("підпис.png", glass.getvalue())


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def pdf(text: str) -> Upload:
    return Upload(f"{text}.pdf", f"%PDF-1.4\n{text}\n".encode())


@dataclass
class Case:
    """A client on the way; `now` runs on by a minute with every step."""

    cast: Cast
    client: Client
    contract: Contract
    invoice: Invoice
    handover: Handover
    now: datetime = MONDAY

    def by(self, person: Person | None) -> Actor:
        self.now += timedelta(minutes=1)
        return acting(person, self.now)

    @property
    def worker(self) -> Actor:
        return Actor(None, Channel.WORKER, self.now)

    @property
    def id(self) -> int:
        return self.handover.pk

    @property
    def standing(self) -> Standing:
        self.handover.refresh_from_db()
        return standing(self.handover)

    def line(self, code: ItemCode) -> Line:
        found = self.standing.of(code)
        assert found is not None
        return found

    # ------------------------------------------------------------- sales

    def fill(self, code: ItemCode, by: Person | None = None, **more: str) -> None:
        actions.fill_form(
            actor=self.by(by or self.cast.andrii),
            handover_id=self.id,
            item_id=self.line(code).id,
            values=FORMS[code] | more,
        )

    def bring(
        self,
        code: ItemCode,
        text: str = "",
        by: Person | None = None,
        replaces: int | None = None,
    ) -> ItemPaper:
        return actions.attach_paper(
            actor=self.by(by or self.cast.andrii),
            handover_id=self.id,
            item_id=self.line(code).id,
            upload=pdf(text or f"{code} {next(_serial)}"),
            replaces=replaces,
        )

    def replace(self, code: ItemCode, text: str = "", by: Person | None = None) -> None:
        self.bring(code, text, by, replaces=self.line(code).papers[0].id)

    def send(self) -> None:
        self.fill(ItemCode.CARD)
        self.fill(ItemCode.APPLICATION)
        actions.send(actor=self.by(self.cast.andrii), handover_id=self.id)

    def confirm(self) -> None:
        actions.confirm(actor=self.by(self.cast.viktor), handover_id=self.id)

    def bring_all(self) -> None:
        for line in self.standing.lines:
            if line.carrier is Carrier.PAPER:
                for _ in range(line.needed - len(line.papers)):
                    self.bring(line.code)

    # ------------------------------------------------------------- money

    def pay(self, booked_at: datetime | None = None) -> Payment:
        """Money comes in by the bank's time; the worker walks the journal."""
        number = next(_serial)
        actor = self.by(self.cast.halyna)
        payment = money.enter_payment(
            actor=actor,
            booked_at=booked_at or actor.now,
            amount=self.invoice.total,
            payer_name=self.client.name,
            document=f"ПД-{number}",
            invoice_id=self.invoice.pk,
        )
        self.follow_money()
        return payment

    def undo_payment(self) -> None:
        money.undo_allocation(
            actor=self.by(self.cast.halyna),
            allocation_id=self.invoice.allocations.get(undone_at=None).pk,
            why="помилковий платіж",
        )
        self.follow_money()

    def follow_money(self) -> None:
        actions.note_payment(actor=self.worker, invoice_id=self.invoice.pk)

    # ------------------------------------------------------------- visas

    def holder(self, code: ItemCode) -> Person:
        return {
            Role.LAWYER: self.cast.maryna,
            Role.ACCOUNTANT: self.cast.halyna,
        }.get(self.line(code).role, self.cast.olena)

    def give(self, code: ItemCode, by: Person | None = None, seen: Any = None) -> Visa:
        line = self.line(code)
        return actions.give_visa(
            actor=self.by(by or self.holder(code)),
            handover_id=self.id,
            item_id=line.id,
            seen=line.holds if seen is None else seen,
        )

    def refuse(self, code: ItemCode, by: Person | None = None) -> Visa:
        line = self.line(code)
        return actions.refuse_visa(
            actor=self.by(by or self.holder(code)),
            handover_id=self.id,
            item_id=line.id,
            requirement=line.requirements[0],
            reason="у переліку немає двох програм",
            seen=line.holds,
        )

    def withdraw(self, code: ItemCode, by: Person | None = None) -> Visa:
        return actions.withdraw_visa(
            actor=self.by(by or self.holder(code)),
            handover_id=self.id,
            item_id=self.line(code).id,
            reason="надано помилково",
        )

    def give_all(self) -> None:
        for line in self.standing.missing:
            self.give(line.code)

    def accept(self, by: Person | None = None) -> None:
        actions.accept(actor=self.by(by or self.cast.olena), handover_id=self.id)

    # ------------------------------------------------------------- service

    def contact(
        self,
        install_on: date | None = None,
        by: Person | None = None,
        made_at: datetime | None = None,
        place: str = "Київ, вул. Нижній Вал, 17",
    ) -> None:
        actor = self.by(by or self.cast.olena)
        actions.record_first_contact(
            actor=actor,
            handover_id=self.id,
            made_at=made_at or actor.now,
            spoke_with="Ніна Салій",
            install_on=install_on or today(actor.now),
            place=place,
            workplaces=5,
            systems="Windows 11",
            network=True,
            delivery=Delivery.VISIT,
        )

    def name_installer(self, person: Person | None = None) -> None:
        service.name_installer(
            actor=self.by(self.cast.olena),
            handover_id=self.id,
            installer_id=(person or self.cast.pavlo).pk,
        )

    def install(
        self, by: Person | None = None, done_at: datetime | None = None
    ) -> None:
        actor = self.by(by or self.cast.pavlo)
        service.record_installation_done(
            actor=actor, handover_id=self.id, done_at=done_at or actor.now
        )

    def write_record(self, **more: Any) -> None:
        service.save_record(
            actor=self.by(self.cast.pavlo),
            handover_id=self.id,
            **{
                "kit": "Універсал",
                "version": "2026.4",
                "workplaces": 5,
                "steps_done": [step.value for step in STEPS],
                **more,
            },
        )

    def submit_record(self) -> None:
        service.submit_record(
            actor=self.by(self.cast.pavlo),
            handover_id=self.id,
            signed_by="Ніна Салій",
            signature=signature(),
        )

    def confirm_record(self) -> None:
        service.confirm_record(actor=self.by(self.cast.olena), handover_id=self.id)

    def appoint(self, manager: Person | None = None) -> None:
        service.appoint_manager(
            actor=self.by(self.cast.olena),
            handover_id=self.id,
            manager_id=(manager or self.cast.taras).pk,
        )

    # ------------------------------------------------------------- longer ways

    def collect(self) -> Case:
        """Sent and confirmed: visas can be given."""
        self.send()
        self.confirm()
        return self

    def ready(self) -> Case:
        """All papers, the money and all visas are there."""
        return self.collect().ready_after_confirmation()

    def ready_after_confirmation(self) -> Case:
        self.bring_all()
        self.pay()
        self.give_all()
        return self

    def installed(self) -> Case:
        """Contact made, installed, the record confirmed by the head."""
        self.contact()
        self.name_installer()
        self.install()
        self.write_record()
        self.submit_record()
        self.confirm_record()
        return self


def new_client(
    cast: Cast, now: datetime = MONDAY, sales: Person | None = None
) -> Client:
    number = 3900000 + next(_serial) * 7
    actor = acting(sales or cast.andrii, now)
    client = clients.add_client(
        actor=actor,
        name=f"Товариство «Лісовий дім {number}»",
        code=f"{number:07}0",
        confirm_code=True,
        city="Київ",
        address=APPLICATION["address"],
    )
    clients.add_contact(
        actor=actor,
        client_id=client.pk,
        name="Ніна Салій",
        position=CARD["position"],
        phone=CARD["phone"],
        responsible=True,
    )
    return client


def new_contract(
    cast: Cast,
    client: Client,
    now: datetime = MONDAY,
    sales: Person | None = None,
    **more: Any,
) -> Contract:
    return contracts.make_contract(
        actor=acting(sales or cast.andrii, now),
        client_id=client.pk,
        **{
            "number": f"{next(_serial)}/26",
            "signed_on": date(2026, 4, 10),
            "valid_from": date(2026, 4, 13),
            "price_agreement": "ДУ № 1",
            **more,
        },
    )


def new_invoice(cast: Cast, contract: Contract, now: datetime = MONDAY) -> Invoice:
    return money.issue_invoice(
        actor=acting(cast.halyna, now),
        contract_id=contract.pk,
        issued_on=date(2026, 4, 13),
        total=Decimal("6480.00"),
    )


def new_case(cast: Cast, now: datetime = MONDAY, **contract: Any) -> Case:
    """A handover just opened by Andrii, proposed to the group «Поділ»."""
    client = new_client(cast, now)
    agreed = new_contract(cast, client, now, **contract)
    invoice = new_invoice(cast, agreed, now)
    handover = actions.open_handover(
        actor=acting(cast.andrii, now), contract_id=agreed.pk, group_id=cast.podil.pk
    )
    return Case(cast, client, agreed, invoice, handover, now)
