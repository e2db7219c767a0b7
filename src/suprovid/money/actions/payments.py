"""Payments typed by hand, and where they are laid."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from suprovid.journal.actions import record
from suprovid.journal.rules import Actor
from suprovid.lib.decision import Missing, invalid, require
from suprovid.money.actions.shared import (
    handling,
    laid_sum,
    lay_on,
    locked_payment,
    tell,
)
from suprovid.money.models import Allocation, Invoice, Payment
from suprovid.money.rules import (
    BankLine,
    account,
    kopecks,
    may_enter,
    may_undo,
    may_void,
)
from suprovid.people.queries import viewer as rights_of


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
    payment, new = _entered_before(line), False
    if payment is None:
        # Two may type one line at one moment: the base keeps one of them.
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
    record(
        kind="money.payment.entered",
        actor=actor,
        for_whom=for_whom,
        subject=payment,
        at=payment.booked_at,
        details={"document": payment.document, "amount": str(payment.amount)},
        personal={"payer": payment.payer_name, "purpose": payment.purpose},
    )
    return payment


def _entered_before(line: BankLine) -> Payment | None:
    alike = Payment.objects.filter(
        booked_at=line.booked_at, amount=line.amount, voided_at=None
    )
    return next((old for old in alike if line.is_same_as(_line_of(old))), None)


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
    for_whom = handling(rights_of(actor))
    found = Allocation.objects.filter(pk=allocation_id).first()
    if found is None:
        raise Missing(f"There is no allocation {allocation_id}.")
    locked_payment(found.payment_id)
    Invoice.objects.select_for_update().get(pk=found.invoice_id)
    allocation = Allocation.objects.select_for_update().get(pk=allocation_id)
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
    laid = laid_sum(on={"payment_id": payment.pk})
    require(may_void(voided=payment.voided_at is not None, laid=laid, why=why))
    payment.voided_at = actor.now
    payment.line_key = f"void:{payment.pk}:{payment.line_key}"[:64]
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
