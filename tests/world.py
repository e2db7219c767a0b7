"""A department that works already: the company, its catalogue, a client, a contract.

Built by the actions people use; the cast of `tests.cast` does everything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from suprovid.clients import actions as clients
from suprovid.clients.models import Client
from suprovid.contracts import actions as contracts
from suprovid.contracts.models import Contract, Kit
from suprovid.contracts.rules import Delivery, Periodicity, Variant
from suprovid.demo.build import turn
from suprovid.demo.clients import CLIENTS
from suprovid.money import actions as money
from suprovid.money.models import Invoice
from suprovid.obligations import actions as obligations
from suprovid.people.models import Person
from tests.cast import Cast, acting

__all__ = ["World", "settle", "turn"]


@dataclass
class World:
    """What a test starts from; `now` is the moment it starts at."""

    cast: Cast
    now: datetime
    kit: Kit

    def client(self, number: int = 0, sales: Person | None = None) -> Client:
        """An invented client with its responsible person, entered by sales."""
        known = CLIENTS[number]
        by = acting(sales or self.cast.andrii, self.now)
        client = clients.add_client(
            actor=by,
            name=known.name,
            code=known.code,
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
        return client

    def contract(self, client: Client, number: str = "15/26") -> Contract:
        by = acting(client.sales or self.cast.iryna, self.now)
        signed = self.now.date()
        contract = contracts.make_contract(
            actor=by,
            client_id=client.pk,
            number=number,
            signed_on=signed,
            valid_from=signed,
            valid_to=signed + timedelta(days=364),
            price_agreement="№ 1",
            price_agreed_on=signed,
        )
        contracts.add_line(
            actor=by,
            contract_id=contract.pk,
            kit_id=self.kit.pk,
            variant=Variant.NETWORK,
            seats=5,
            periodicity=Periodicity.WEEKLY,
            delivery=Delivery.VISIT,
            monthly_price=Decimal(2000),
            valid_from=signed,
        )
        return contract

    def invoice(self, contract: Contract, total: int = 7200) -> Invoice:
        return money.issue_invoice(
            actor=acting(self.cast.halyna, self.now),
            contract_id=contract.pk,
            issued_on=self.now.date(),
            total=Decimal(total),
        )


def settle(cast: Cast, now: datetime) -> World:
    """Found the company and fill its catalogue."""
    obligations.found_company(actor=acting(None, now), name="Правовий вимір")
    by = acting(cast.iryna, now)
    bank = contracts.add_bank(
        actor=by, name="Законодавство України", valid_from=now.date()
    )
    kit = contracts.add_kit(
        actor=by, name="Універсал", bank_ids=[bank.pk], valid_from=now.date()
    )
    return World(cast, now, kit)
