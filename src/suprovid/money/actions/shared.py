"""What the use cases of money share: the right, the locks, the sums. Locks go the
turn of those who bring money in, then payments, then invoices."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db.models import Sum

from suprovid.journal.actions import record
from suprovid.journal.models import Fact
from suprovid.journal.rules import Actor
from suprovid.lib.decision import Forbidden, Missing, require
from suprovid.money.models import Allocation, Invoice, Payment
from suprovid.money.rules import kopecks, may_handle_money, may_lay
from suprovid.people.rules import Viewer


def handling(viewer: Viewer) -> int | None:
    """For whom one handles money: nobody, or the accountant one stands in for."""
    require(may_handle_money(viewer), Forbidden)
    return viewer.for_whom(may_handle_money)


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
        Invoice.objects.select_for_update()
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
    invoice = Invoice.objects.select_related("contract").get(pk=allocation.invoice_id)
    details = {
        "invoice": invoice.pk,
        "number": invoice.number,
        "payment": allocation.payment_id,
        "amount": str(allocation.amount),
    }
    return record(
        kind=kind,
        actor=actor,
        for_whom=for_whom,
        subject=allocation,
        at=at,
        client=invoice.contract.client_id,
        details=details,
        personal={"why": why} if why else None,
    )
