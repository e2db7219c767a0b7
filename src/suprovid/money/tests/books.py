"""What tests of money share: clients of both groups, invoices, lines of the bank."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from suprovid.contracts import actions as contracts
from suprovid.contracts.models import Contract
from suprovid.money import actions
from suprovid.money.models import Allocation, Invoice, Payment
from suprovid.people.models import Person, ServiceGroup
from tests.cast import MONDAY, Cast, acting
from tests.owing import client_of

SATURDAY = datetime(2026, 4, 11, 8, 30, tzinfo=UTC)
TOTAL = Decimal("6480.00")
_serial = count(1)


@dataclass
class Books:
    """Halyna's desk on a Monday of April."""

    cast: Cast

    def contract(self, group: ServiceGroup | None = None) -> Contract:
        return contracts.make_contract(
            actor=acting(self.cast.iryna, MONDAY),
            client_id=client_of(self.cast, group=group).pk,
            number=f"{next(_serial)}/26",
            signed_on=date(2026, 4, 10),
            valid_from=date(2026, 4, 13),
        )

    def invoice(
        self,
        total: Decimal = TOTAL,
        *,
        group: ServiceGroup | None = None,
        by: Person | None = None,
        **more: Any,
    ) -> Invoice:
        return actions.issue_invoice(
            actor=acting(by or self.cast.halyna, MONDAY),
            contract_id=self.contract(group).pk,
            issued_on=date(2026, 4, 13),
            total=total,
            **more,
        )

    def pay(
        self, amount: Decimal = TOTAL, *, by: Person | None = None, **more: Any
    ) -> Payment:
        return actions.enter_payment(
            actor=acting(by or self.cast.halyna, MONDAY),
            amount=amount,
            **{
                "booked_at": SATURDAY,
                "payer_name": "ТОВ «Лісовий дім»",
                "document": f"ПД-{next(_serial)}",
                **more,
            },
        )

    def lay(
        self,
        payment: Payment,
        invoice: Invoice,
        amount: Decimal | None = None,
        by: Person | None = None,
    ) -> Allocation:
        return actions.allocate(
            actor=acting(by or self.cast.halyna, MONDAY),
            payment_id=payment.pk,
            invoice_id=invoice.pk,
            amount=amount,
        )

    def undo(
        self, laid: Allocation, why: str = "не той клієнт", by: Person | None = None
    ) -> Allocation:
        return actions.undo_allocation(
            actor=acting(by or self.cast.halyna, MONDAY),
            allocation_id=laid.pk,
            why=why,
        )

    def void(
        self, payment: Payment, why: str = "описка", by: Person | None = None
    ) -> Payment:
        return actions.void_payment(
            actor=acting(by or self.cast.halyna, MONDAY),
            payment_id=payment.pk,
            why=why,
        )
