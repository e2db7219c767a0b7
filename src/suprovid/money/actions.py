"""Invoices, payments, allocations. Locks: payment, then invoice."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from suprovid.contracts.models import Contract
from suprovid.contracts.queries import visible as visible_contracts
from suprovid.documents.actions import take_number
from suprovid.journal.actions import record
from suprovid.journal.models import Fact
from suprovid.journal.rules import Actor
from suprovid.lib.decision import Forbidden, Missing, invalid, require
from suprovid.money.models import Allocation, Invoice, Payment
from suprovid.money.rules import (
    BankLine,
    account,
    kopecks,
    may_enter,
    may_handle_money,
    may_issue,
    may_lay,
    may_undo,
    may_void,
    vat_within,
)
from suprovid.people.queries import viewer as rights_of
from suprovid.people.rules import Viewer


def _handling(viewer: Viewer) -> int | None:
    """For whom one handles money: nobody, or the accountant one stands in for."""
    require(may_handle_money(viewer), Forbidden)
    return viewer.for_whom(may_handle_money)


def _contract(viewer: Viewer, contract_id: int) -> Contract:
    contract = visible_contracts(viewer).filter(pk=contract_id).first()
    if contract is None:
        raise Missing(f"There is no contract {contract_id}.")
    return contract


@transaction.atomic
def issue_invoice(
    *,
    actor: Actor,
    contract_id: int,
    issued_on: date,
    total: Decimal,
    vat: Decimal | None = None,
    number: str = "",
    note: str = "",
) -> Invoice:
    """Issue an invoice; without a number of one's own the next СФ number is taken.

    Raises:
        Forbidden, Missing, Refused, Invalid: on `number` when it is taken.
    """
    viewer = rights_of(actor)
    contract, for_whom = _contract(viewer, contract_id), _handling(viewer)
    total = kopecks(total)
    vat = vat_within(total) if vat is None else kopecks(vat)
    require(may_issue(total=total, vat=vat))
    number = number.strip() or _next_number(issued_on)
    invoice, new = Invoice.objects.get_or_create(
        number=number,
        defaults={
            "contract": contract,
            "issued_on": issued_on,
            "total": total,
            "vat": vat,
            "note": note.strip(),
        },
    )
    if not new:
        raise invalid("number", "There is an invoice {number} already.", number=number)
    record(
        kind="money.invoice.issued",
        actor=actor,
        for_whom=for_whom,
        subject=invoice,
        client=contract.client_id,
        details={"number": number, "total": str(total)},
    )
    return invoice


def _next_number(on: date) -> str:
    """СФ-000123/26; one that somebody wrote by hand is passed over."""
    while True:
        taken = take_number(kind="invoice", on=on)
        number = f"СФ-{taken:06}/{on:%y}"
        if not Invoice.objects.filter(number=number).exists():
            return number


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
    for_whom = _handling(rights_of(actor))
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
        _lay(actor, for_whom, payment, invoice_id=invoice_id, amount=None)
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
    for_whom = _handling(rights_of(actor))
    payment = _locked_payment(payment_id)
    return _lay(actor, for_whom, payment, invoice_id=invoice_id, amount=amount)


def _locked_payment(payment_id: int) -> Payment:
    payment = (
        Payment.objects.select_for_update()
        .filter(pk=payment_id, voided_at=None)
        .first()
    )
    if payment is None:
        raise Missing(f"There is no payment {payment_id}.")
    return payment


def _laid(*, on: dict[str, int]) -> Decimal:
    rows = Allocation.objects.filter(undone_at=None, **on)
    return rows.aggregate(laid=Sum("amount"))["laid"] or Decimal(0)


def _lay(
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
    free = payment.amount - _laid(on={"payment_id": payment.pk})
    owed = invoice.total - _laid(on={"invoice_id": invoice.pk})
    part = min(free, owed) if amount is None else kopecks(amount)
    require(may_lay(amount=part, free=free, owed=owed))
    allocation = Allocation.objects.create(
        payment=payment,
        invoice=invoice,
        amount=part,
        made_by_id=actor.person_id,
        made_at=actor.now,
    )
    _tell(actor, for_whom, "money.allocation.made", allocation, at=payment.booked_at)
    return allocation


@transaction.atomic
def undo_allocation(*, actor: Actor, allocation_id: int, why: str) -> Allocation:
    """Take a payment off an invoice; the row stays and says who and why.

    Raises:
        Forbidden, Missing, Refused.
    """
    for_whom = _handling(rights_of(actor))
    found = Allocation.objects.filter(pk=allocation_id).first()
    if found is None:
        raise Missing(f"There is no allocation {allocation_id}.")
    _locked_payment(found.payment_id)
    Invoice.objects.select_for_update().get(pk=found.invoice_id)
    allocation = Allocation.objects.select_for_update().get(pk=allocation_id)
    require(may_undo(undone=allocation.undone_at is not None, why=why))
    allocation.undone_at = actor.now
    allocation.undone_by_id = actor.person_id
    allocation.undone_why = why.strip()
    allocation.save(update_fields=["undone_at", "undone_by", "undone_why"])
    _tell(
        actor,
        for_whom,
        "money.allocation.undone",
        allocation,
        why=allocation.undone_why,
    )
    return allocation


def _tell(
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


@transaction.atomic
def void_payment(*, actor: Actor, payment_id: int, why: str) -> Payment:
    """Strike out a payment that was typed wrong, once it lies on no invoice.

    Raises:
        Forbidden, Missing, Refused.
    """
    for_whom = _handling(rights_of(actor))
    payment = Payment.objects.select_for_update().filter(pk=payment_id).first()
    if payment is None:
        raise Missing(f"There is no payment {payment_id}.")
    laid = _laid(on={"payment_id": payment.pk})
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
