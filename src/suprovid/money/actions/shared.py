"""What the use cases of money share: the right, the locks, the sums.

Locks go: the turn of those who bring money in, lines, payments, invoices; of each kind
in the order of their ids.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from suprovid.journal.actions import Happening, record_many
from suprovid.journal.models import Fact
from suprovid.journal.rules import Actor
from suprovid.lib.decision import Forbidden, Missing, require
from suprovid.money.models import Allocation, Invoice, Payment, Turn
from suprovid.money.rules import kopecks, may_handle_money, may_lay
from suprovid.people.rules import Viewer


def handling(viewer: Viewer) -> int | None:
    """For whom one handles money: nobody, or the accountant one stands in for."""
    require(may_handle_money(viewer), Forbidden)
    return viewer.for_whom(may_handle_money)


def take_turn() -> None:
    """Until the transaction ends nobody else types or brings money in."""
    Turn.objects.get_or_create(name="money in")
    Turn.objects.select_for_update().get(name="money in")


def lock(rows: QuerySet[Any]) -> None:
    """Rows of one kind stay as they are until the transaction ends."""
    list(rows.select_for_update().order_by("pk").values_list("pk"))


def locked_payment(payment_id: int) -> Payment:
    payment = (
        Payment.objects.select_for_update()
        .filter(pk=payment_id, voided_at=None)
        .first()
    )
    if payment is None:
        raise Missing(f"There is no payment {payment_id}.")
    return payment


def laid_sum(*, on: dict[str, int]) -> Decimal:
    rows = Allocation.objects.filter(undone_at=None, **on)
    return rows.aggregate(laid=Sum("amount"))["laid"] or Decimal(0)


def lay_on(
    actor: Actor,
    for_whom: int | None,
    payment: Payment,
    *,
    invoice_id: int,
    amount: Decimal | None,
) -> Allocation:
    invoice = (
        Invoice.objects.select_for_update(of=("self",))
        .select_related("contract")
        .filter(pk=invoice_id, cancelled_at=None)
        .first()
    )
    if invoice is None:
        raise Missing(f"There is no invoice {invoice_id}.")
    free = payment.amount - laid_sum(on={"payment_id": payment.pk})
    owed = invoice.total - laid_sum(on={"invoice_id": invoice.pk})
    part = min(free, owed) if amount is None else kopecks(amount)
    require(may_lay(amount=part, free=free, owed=owed))
    allocation = Allocation.objects.create(
        payment=payment,
        invoice=invoice,
        amount=part,
        made_by_id=actor.person_id,
        made_at=actor.now,
    )
    tell(actor, for_whom, "money.allocation.made", allocation, at=payment.booked_at)
    return allocation


def tell(
    actor: Actor,
    for_whom: int | None,
    kind: str,
    allocation: Allocation,
    *,
    at: datetime | None = None,
    why: str = "",
) -> Fact:
    told = of_allocation(allocation, for_whom=for_whom, at=at, why=why)
    return record_many(kind=kind, actor=actor, happenings=[told])[0]


def of_allocation(
    allocation: Allocation,
    *,
    for_whom: int | None,
    at: datetime | None = None,
    why: str = "",
) -> Happening:
    invoice = allocation.invoice
    return said_of(
        allocation,
        number=invoice.number,
        client_id=invoice.contract.client_id,
        for_whom=for_whom,
        at=at,
        why=why,
    )


def said_of(
    allocation: Allocation,
    *,
    number: str,
    client_id: int,
    for_whom: int | None,
    at: datetime | None = None,
    why: str = "",
    because: str = "",
) -> Happening:
    """The same where the invoice was not asked for as a whole.

    Args:
        why: a person's words, which may be erased; because: the words of a rule.
    """
    details = {
        "invoice": allocation.invoice_id,
        "number": number,
        "payment": allocation.payment_id,
        "amount": str(allocation.amount),
    }
    if because:
        details["why"] = because
    return Happening(
        subject=allocation,
        at=at,
        for_whom=for_whom,
        client=client_id,
        details=details,
        personal={"why": why} if why else {},
    )


def of_payment(payment: Payment, *, for_whom: int | None) -> Happening:
    return Happening(
        subject=payment,
        at=payment.booked_at,
        for_whom=for_whom,
        details={"document": payment.document, "amount": str(payment.amount)},
        personal={"payer": payment.payer_name, "purpose": payment.purpose},
    )


def strike(payment: Payment, at: datetime) -> None:
    """The row stays, its line of the bank may come anew."""
    payment.voided_at = at
    payment.line_key = f"void:{payment.pk}:{payment.line_key}"[:64]
