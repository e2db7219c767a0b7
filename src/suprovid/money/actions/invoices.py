"""Issuing invoices."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction

from suprovid.contracts.models import Contract
from suprovid.contracts.queries import visible as visible_contracts
from suprovid.documents.actions import take_number
from suprovid.journal.actions import record
from suprovid.journal.rules import Actor
from suprovid.lib.decision import Missing, invalid, require
from suprovid.money.actions.shared import handling, laid_sum
from suprovid.money.models import Invoice
from suprovid.money.rules import kopecks, may_cancel, may_issue, vat_within
from suprovid.people.queries import viewer as rights_of
from suprovid.people.rules import Viewer


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
    contract, for_whom = _contract(viewer, contract_id), handling(viewer)
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
def cancel_invoice(*, actor: Actor, invoice_id: int, why: str) -> Invoice:
    """Cancel an invoice on which nothing lies; its number is not taken again.

    Raises:
        Forbidden, Missing, Refused.
    """
    viewer = rights_of(actor)
    for_whom = handling(viewer)
    invoice = (
        Invoice.objects.select_for_update(of=("self",))
        .select_related("contract")
        .filter(pk=invoice_id)
        .first()
    )
    if invoice is None:
        raise Missing(f"There is no invoice {invoice_id}.")
    laid = laid_sum(on={"invoice_id": invoice.pk})
    cancelled = invoice.cancelled_at is not None
    require(may_cancel(cancelled=cancelled, laid=laid, why=why))
    invoice.cancelled_at, invoice.cancelled_why = actor.now, why.strip()
    invoice.save(update_fields=["cancelled_at", "cancelled_why"])
    record(
        kind="money.invoice.cancelled",
        actor=actor,
        for_whom=for_whom,
        subject=invoice,
        client=invoice.contract.client_id,
        details={"number": invoice.number, "total": str(invoice.total)},
        personal={"why": invoice.cancelled_why},
    )
    return invoice
