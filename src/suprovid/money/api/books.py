"""Invoices, payments and allocations for programs."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from ninja import Router, Schema, Status
from pydantic import AwareDatetime, Field

from suprovid.money import actions, queries
from suprovid.money.rules import PaidState
from suprovid.web.api import ApiRequest, Body, Page, doing_once, keyset

router = Router(tags=["money"])


class Made(Schema):
    id: int


class InvoiceIn(Body):
    contract_id: int
    issued_on: date
    total: Decimal = Field(gt=0, max_digits=14, decimal_places=2)
    vat: Decimal | None = Field(None, ge=0, max_digits=14, decimal_places=2)
    number: str = Field("", max_length=40)
    note: str = Field("", max_length=200)


class InvoiceBrief(Schema):
    id: int
    number: str
    contract_id: int
    issued_on: date
    total: Decimal


class InvoiceOut(InvoiceBrief):
    client_id: int
    vat: Decimal
    note: str
    laid: Decimal
    owed: Decimal
    state: PaidState
    paid_at: datetime | None
    cancelled_at: datetime | None


class PaymentIn(Body):
    booked_at: AwareDatetime
    amount: Decimal = Field(gt=0, max_digits=14, decimal_places=2)
    payer_name: str = Field(min_length=1, max_length=140)
    document: str = Field(min_length=1, max_length=35)
    payer_code: str = Field("", max_length=12)
    payer_iban: str = Field("", max_length=34)
    purpose: str = Field("", max_length=420)
    invoice_id: int | None = None


class PaymentBrief(Schema):
    id: int
    document: str
    booked_at: datetime
    amount: Decimal
    payer_name: str


class AllocateIn(Body):
    payment_id: int
    invoice_id: int
    amount: Decimal | None = Field(None, gt=0, max_digits=14, decimal_places=2)


class AllocationOut(Schema):
    id: int
    payment_id: int
    invoice_id: int
    amount: Decimal
    undone_at: datetime | None


class PaymentOut(PaymentBrief):
    payer_code: str
    payer_iban: str
    purpose: str
    laid: Decimal
    free: Decimal
    voided: bool
    allocations: list[AllocationOut]


class Why(Body):
    why: str = Field(min_length=1, max_length=300)


@router.get("/invoices", response=Page[InvoiceBrief])
def invoices(request: ApiRequest, cursor: str = "", limit: int = 50) -> object:
    """Invoices you may see, newest first."""
    return keyset(queries.visible(request.viewer), cursor, limit)


@router.get("/invoices/{invoice_id}", response=InvoiceOut)
def invoice(request: ApiRequest, invoice_id: int) -> object:
    """One invoice and how much of it is paid."""
    found = queries.invoice_page(request.viewer, invoice_id)
    row = found.invoice
    return {
        **{
            name: getattr(row, name)
            for name in InvoiceOut.model_fields
            if name != "paid_at"
        },
        "paid_at": found.paid_at,
    }


@router.post("/invoices", response={201: Made})
@doing_once("money.issue_invoice")
def issue_invoice(request: ApiRequest, body: InvoiceIn) -> object:
    """Issue an invoice; without a number the next one is taken."""
    return Status(201, actions.issue_invoice(actor=request.actor, **body.dict()))


@router.post("/invoices/{invoice_id}/cancel", response=Made)
@doing_once("money.cancel_invoice")
def cancel_invoice(request: ApiRequest, invoice_id: int, body: Why) -> object:
    """Cancel an invoice on which nothing lies."""
    queries.invoice_page(request.viewer, invoice_id)
    return actions.cancel_invoice(
        actor=request.actor, invoice_id=invoice_id, why=body.why
    )


@router.get("/payments", response=Page[PaymentBrief])
def payments(request: ApiRequest, cursor: str = "", limit: int = 50) -> object:
    """Payments you may see, newest first."""
    return keyset(queries.visible_payments(request.viewer), cursor, limit)


@router.get("/payments/{payment_id}", response=PaymentOut)
def payment(request: ApiRequest, payment_id: int) -> object:
    """One payment and where it lies."""
    found = queries.payment_page(request.viewer, payment_id)
    row = found.payment
    names = (name for name in PaymentOut.model_fields if name != "allocations")
    return {
        **{name: getattr(row, name) for name in names},
        "allocations": found.allocations,
    }


@router.post("/payments", response={201: Made})
@doing_once("money.enter_payment")
def enter_payment(request: ApiRequest, body: PaymentIn) -> object:
    """Enter a payment by the bank's own time; name an invoice to lay it on."""
    return Status(201, actions.enter_payment(actor=request.actor, **body.dict()))


@router.post("/payments/{payment_id}/void", response=Made)
@doing_once("money.void_payment")
def void_payment(request: ApiRequest, payment_id: int, body: Why) -> object:
    """Strike out a payment that lies on no invoice."""
    return actions.void_payment(
        actor=request.actor, payment_id=payment_id, why=body.why
    )


@router.post("/allocations", response={201: AllocationOut})
@doing_once("money.allocate")
def allocate(request: ApiRequest, body: AllocateIn) -> object:
    """Lay a payment, or a part of it, on an invoice."""
    return Status(201, actions.allocate(actor=request.actor, **body.dict()))


@router.post("/allocations/{allocation_id}/undo", response=AllocationOut)
@doing_once("money.undo_allocation")
def undo_allocation(request: ApiRequest, allocation_id: int, body: Why) -> object:
    """Take a payment off an invoice."""
    return actions.undo_allocation(
        actor=request.actor, allocation_id=allocation_id, why=body.why
    )
