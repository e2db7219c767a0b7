"""Payments typed by hand, and where they are laid."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction

from suprovid.journal.actions import record, record_many
from suprovid.journal.rules import Actor
from suprovid.lib.decision import Missing, invalid, require
from suprovid.money.actions.shared import (
    handling,
    laid_sum,
    lay_on,
    locked_payment,
    of_payment,
    strike,
    take_turn,
    tell,
)
from suprovid.money.models import Allocation, Invoice, Payment, StatementLine
from suprovid.money.rules import (
    BankLine,
    account,
    kopecks,
    likeness,
    may_enter,
    may_undo,
    may_void,
    typed_of,
)
from suprovid.people.queries import viewer as rights_of

DAY = timedelta(days=1)


@transaction.atomic
def enter_payment(
    *,
    actor: Actor,
    booked_at: datetime,
    amount: Decimal,
    payer_name: str,
    document: str,
    payer_code: str = "",
    payer_iban: str = "",
    purpose: str = "",
    invoice_id: int | None = None,
) -> Payment:
    """Enter money by the bank's own time and lay it on an invoice, if one is named.

    Raises:
        Forbidden, Missing, Refused: among them a line that was entered before.
    """
    for_whom = handling(rights_of(actor))
    amount = kopecks(amount)
    require(may_enter(amount=amount, booked_at=booked_at, now=actor.now))
    line = BankLine(
        booked_at=booked_at,
        amount=amount,
        document=document.strip(),
        payer_name=payer_name.strip(),
        payer_code=payer_code.strip(),
        payer_iban=_account(payer_iban),
    )
    payment = _new_payment(actor, for_whom, line, purpose.strip())
    if invoice_id is not None:
        lay_on(actor, for_whom, payment, invoice_id=invoice_id, amount=None)
    return payment


def _account(typed: str) -> str:
    kept = account(typed)
    if kept is None:
        raise invalid("payer_iban", "This IBAN is mistyped.")
    return kept


def _new_payment(
    actor: Actor, for_whom: int | None, line: BankLine, purpose: str
) -> Payment:
    take_turn()
    payment, new = _entered_before(line), False
    if payment is None:
        payment, new = Payment.objects.get_or_create(
            line_key=line.key,
            defaults={
                "entered_by_id": actor.person_id,
                "entered_at": actor.now,
                "purpose": purpose,
                **asdict(line),
            },
        )
    if not new:
        raise invalid(
            "document",
            "This line of the bank was entered on {day}.",
            day=payment.entered_at,
        )
    record_many(
        kind="money.payment.entered",
        actor=actor,
        happenings=[of_payment(payment, for_whom=for_whom)],
    )
    return payment


def _entered_before(line: BankLine) -> Payment | None:
    """The same line typed before, or told by a statement of the bank."""
    alike = Payment.objects.filter(
        booked_at=line.booked_at, amount=line.amount, voided_at=None
    )
    typed = (old for old in alike if line.is_same_as(_line_of(old)))
    return next(typed, None) or _told_by_the_bank(line)


def _told_by_the_bank(line: BankLine) -> Payment | None:
    near = (line.booked_at - DAY, line.booked_at + DAY)
    lines = StatementLine.objects.filter(
        booked_at__range=near, amount=line.amount, payment__isnull=False
    )
    typed = typed_of(line)
    known = (one.payment for one in lines.select_related("payment"))
    return next((one for one in known if one and likeness(typed, typed_of(one))), None)


def _line_of(payment: Payment) -> BankLine:
    names = [field.name for field in fields(BankLine)]
    return BankLine(**{name: getattr(payment, name) for name in names})


@transaction.atomic
def allocate(
    *, actor: Actor, payment_id: int, invoice_id: int, amount: Decimal | None = None
) -> Allocation:
    """Lay a payment, or a part of it, on an invoice.

    Raises:
        Forbidden, Missing, Refused.
    """
    for_whom = handling(rights_of(actor))
    payment = locked_payment(payment_id)
    return lay_on(actor, for_whom, payment, invoice_id=invoice_id, amount=amount)


@transaction.atomic
def undo_allocation(*, actor: Actor, allocation_id: int, why: str) -> Allocation:
    """Take a payment off an invoice; the row stays and says who and why.

    Raises:
        Forbidden, Missing, Refused.
    """
    return undo(actor, handling(rights_of(actor)), allocation_id, why)


def undo(
    actor: Actor, for_whom: int | None, allocation_id: int, why: str
) -> Allocation:
    found = Allocation.objects.filter(pk=allocation_id).first()
    if found is None:
        raise Missing(f"There is no allocation {allocation_id}.")
    locked_payment(found.payment_id)
    Invoice.objects.select_for_update().get(pk=found.invoice_id)
    rows = Allocation.objects.select_for_update(of=("self",))
    allocation = rows.select_related("invoice__contract").get(pk=allocation_id)
    require(may_undo(undone=allocation.undone_at is not None, why=why))
    allocation.undone_at = actor.now
    allocation.undone_by_id = actor.person_id
    allocation.undone_why = why.strip()
    allocation.save(update_fields=["undone_at", "undone_by", "undone_why"])
    tell(
        actor,
        for_whom,
        "money.allocation.undone",
        allocation,
        why=allocation.undone_why,
    )
    return allocation


@transaction.atomic
def void_payment(*, actor: Actor, payment_id: int, why: str) -> Payment:
    """Strike out a payment that was typed wrong, once it lies on no invoice.

    Raises:
        Forbidden, Missing, Refused.
    """
    for_whom = handling(rights_of(actor))
    payment = Payment.objects.select_for_update().filter(pk=payment_id).first()
    if payment is None:
        raise Missing(f"There is no payment {payment_id}.")
    decision = may_void(
        voided=payment.voided_at is not None,
        laid=laid_sum(on={"payment_id": payment.pk}),
        why=why,
        told=StatementLine.objects.filter(payment=payment).exists(),
    )
    require(decision)
    strike(payment, actor.now)
    payment.save(update_fields=["voided_at", "line_key"])
    record(
        kind="money.payment.voided",
        actor=actor,
        for_whom=for_whom,
        subject=payment,
        details={"document": payment.document},
        personal={"why": why.strip()},
    )
    return payment
