"""Money as its viewers see it; what reaches an invoice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet, Sum

from suprovid.lib.decision import Decision, Missing
from suprovid.money.models import Allocation, StatementLine
from suprovid.money.queries.laid import paid_invoice, with_laid, with_laid_parts
from suprovid.money.queries.laying import line_of_payment, lines_waiting
from suprovid.money.queries.sight import visible, visible_payments
from suprovid.money.rules import (
    PaidState,
    kopecks,
    may_cancel,
    may_handle_money,
    may_see_statements,
    may_undo,
    may_void,
    paid_state,
)
from suprovid.people import queries as people
from suprovid.people.rules import Viewer
from suprovid.web.parts import Page

PAGE = 50
CHOICES = 200


@dataclass(frozen=True)
class AllocationRow:
    id: int
    payment_id: int
    document: str
    invoice_id: int
    invoice: str
    client: str
    amount: Decimal
    booked_at: datetime
    made_by: str
    made_at: datetime
    undone_at: datetime | None
    undone_why: str
    undoing: Decision


@dataclass(frozen=True)
class InvoiceRow:
    id: int
    number: str
    client_id: int
    client: str
    contract_id: int
    contract: str
    issued_on: date
    total: Decimal
    vat: Decimal
    note: str
    laid: Decimal
    state: PaidState
    cancelled_at: datetime | None
    cancelled_why: str

    @property
    def owed(self) -> Decimal:
        return Decimal(0) if self.cancelled_at else self.total - self.laid


@dataclass(frozen=True)
class PaymentRow:
    id: int
    document: str
    booked_at: datetime
    entered_at: datetime
    amount: Decimal
    payer_name: str
    payer_code: str
    payer_iban: str
    purpose: str
    laid: Decimal
    voided: bool

    @property
    def free(self) -> Decimal:
        return Decimal(0) if self.voided else self.amount - self.laid

    @property
    def late_by_days(self) -> int:
        """Days of the calendar between the bank's booking and its entry here."""
        return (people.today(self.entered_at) - people.today(self.booked_at)).days


@dataclass(frozen=True)
class InvoicePage:
    invoice: InvoiceRow
    paid_at: datetime | None
    allocations: tuple[AllocationRow, ...]
    handling: Decision
    cancelling: Decision


@dataclass(frozen=True)
class PaymentPage:
    payment: PaymentRow
    allocations: tuple[AllocationRow, ...]
    invoices: tuple[tuple[int, str], ...]
    handling: Decision
    voiding: Decision
    line_id: int | None
    """Its line in the bank's statement, for whom it is to see."""


@dataclass(frozen=True)
class MoneyPage:
    """Figures and the rows that the chosen figure stands for (PROCESS 7.6)."""

    show: str
    unpaid: int
    unpaid_sum: Decimal
    free: int
    free_sum: Decimal
    invoices: tuple[InvoiceRow, ...]
    payments: tuple[PaymentRow, ...]
    page: Page
    handling: Decision
    seeing_statements: Decision
    lines_waiting: int


# ---------------------------------------------------------------- pages


def money_page(viewer: Viewer, *, show: str = "", number: int = 1) -> MoneyPage:
    """The accountant's page: unpaid invoices, free money, all payments."""
    invoices = with_laid(visible(viewer).filter(cancelled_at=None))
    payments = with_laid_parts(visible_payments(viewer).filter(voided_at=None))
    unpaid = invoices.filter(laid__lt=F("total"))
    free = payments.filter(laid__lt=F("amount"))
    shown_invoices = unpaid if show == "unpaid" else invoices
    shown_payments = free if show == "free" else payments
    first = (number - 1) * PAGE
    cut = slice(first, first + PAGE + 1)
    rows: list[InvoiceRow] = []
    money: list[PaymentRow] = []
    if show in ("free", "payments"):
        money = [_payment(p) for p in shown_payments.order_by("-booked_at", "-pk")[cut]]
    else:
        rows = [_invoice(i) for i in shown_invoices.order_by("-issued_on", "-pk")[cut]]
    return MoneyPage(
        show=show,
        unpaid=unpaid.count(),
        unpaid_sum=_left(unpaid, of="total"),
        free=free.count(),
        free_sum=_left(free, of="amount"),
        invoices=tuple(rows[:PAGE]),
        payments=tuple(money[:PAGE]),
        page=Page(number=number, has_next=len(rows) > PAGE or len(money) > PAGE),
        handling=may_handle_money(viewer),
        seeing_statements=may_see_statements(viewer),
        lines_waiting=lines_waiting(viewer) if may_handle_money(viewer) else 0,
    )


def _left(rows: QuerySet[Any], *, of: str) -> Decimal:
    """What all of them together come to, less what lies on them.

    The sums have names of their own: one called `laid` would hide the column that it
    adds up, which SQLite forgives and PostgreSQL does not.
    """
    sums = rows.aggregate(whole=Sum(of), on_them=Sum("laid"))
    return (sums["whole"] or Decimal(0)) - (sums["on_them"] or Decimal(0))


def invoice_page(viewer: Viewer, invoice_id: int) -> InvoicePage:
    """One invoice and what lies, or lay, on it.

    Raises:
        Missing: not there, or not theirs.
    """
    invoice = with_laid(visible(viewer)).filter(pk=invoice_id).first()
    if invoice is None:
        raise Missing(f"There is no invoice {invoice_id}.")
    whole, shown = paid_invoice(invoice_id), _invoice(invoice)
    handling = may_handle_money(viewer)
    cancelled = shown.cancelled_at is not None
    cancelling = may_cancel(cancelled=cancelled, laid=shown.laid, why="-")
    return InvoicePage(
        invoice=shown,
        paid_at=whole.at if whole else None,
        allocations=_allocations(viewer, invoice_id=invoice_id),
        handling=handling,
        cancelling=cancelling if handling else handling,
    )


def payment_page(viewer: Viewer, payment_id: int) -> PaymentPage:
    """One payment, where it lies, where it could.

    Raises:
        Missing: not there, or not theirs.
    """
    rows = with_laid_parts(visible_payments(viewer))
    payment = rows.filter(pk=payment_id).first()
    if payment is None:
        raise Missing(f"There is no payment {payment_id}.")
    shown = _payment(payment)
    handling = may_handle_money(viewer)
    told = StatementLine.objects.filter(payment=payment_id).exists()
    voiding = may_void(voided=shown.voided, laid=shown.laid, why="-", told=told)
    return PaymentPage(
        payment=shown,
        allocations=_allocations(viewer, payment_id=payment_id),
        invoices=tuple(unpaid_choices(viewer)) if shown.free else (),
        handling=handling,
        voiding=voiding if handling else handling,
        line_id=line_of_payment(viewer, payment_id) if told else None,
    )


def unpaid_choices(viewer: Viewer) -> list[tuple[int, str]]:
    """Invoices on which money is still owed, newest first, for a choice."""
    rows = with_laid(visible(viewer).filter(cancelled_at=None))
    rows = rows.filter(laid__lt=F("total")).order_by("-issued_on", "-pk")[:CHOICES]
    return [(i.pk, f"№ {i.number}, {i.contract.client}") for i in rows]


def about_client(viewer: Viewer, client_id: int) -> tuple[InvoiceRow, ...]:
    """The newest invoices of a client for its page."""
    rows = visible(viewer).filter(contract__client_id=client_id, cancelled_at=None)
    newest = with_laid(rows).order_by("-issued_on", "-pk")[:20]
    return tuple(_invoice(row) for row in newest)


def _allocations(viewer: Viewer, **of: int) -> tuple[AllocationRow, ...]:
    rows = list(
        Allocation.objects.filter(invoice__in=visible(viewer), **of)
        .select_related("payment", "invoice__contract__client")
        .order_by("-made_at", "-pk")
    )
    names = people.names({row.made_by_id for row in rows if row.made_by_id})
    handling = may_handle_money(viewer)
    return tuple(_allocation(row, names, handling) for row in rows)


def _allocation(
    row: Allocation, names: dict[int, str], handling: Decision
) -> AllocationRow:
    undoing = may_undo(undone=row.undone_at is not None, why="-")
    return AllocationRow(
        id=row.pk,
        payment_id=row.payment_id,
        document=row.payment.document,
        invoice_id=row.invoice_id,
        invoice=row.invoice.number,
        client=str(row.invoice.contract.client),
        amount=row.amount,
        booked_at=row.payment.booked_at,
        made_by=names.get(row.made_by_id or 0, ""),
        made_at=row.made_at,
        undone_at=row.undone_at,
        undone_why=row.undone_why,
        undoing=undoing if handling else handling,
    )


def _invoice(invoice: Any) -> InvoiceRow:
    laid = kopecks(invoice.laid)
    return InvoiceRow(
        id=invoice.pk,
        number=invoice.number,
        client_id=invoice.contract.client_id,
        client=str(invoice.contract.client),
        contract_id=invoice.contract_id,
        contract=invoice.contract.number,
        issued_on=invoice.issued_on,
        total=invoice.total,
        vat=invoice.vat,
        note=invoice.note,
        laid=laid,
        state=paid_state(total=invoice.total, laid=laid),
        cancelled_at=invoice.cancelled_at,
        cancelled_why=invoice.cancelled_why,
    )


def _payment(payment: Any) -> PaymentRow:
    return PaymentRow(
        id=payment.pk,
        document=payment.document,
        booked_at=payment.booked_at,
        entered_at=payment.entered_at,
        amount=payment.amount,
        payer_name=payment.payer_name,
        payer_code=payment.payer_code,
        payer_iban=payment.payer_iban,
        purpose=payment.purpose,
        laid=kopecks(payment.laid),
        voided=payment.voided_at is not None,
    )


def payment_of(viewer: Viewer, allocation_id: int) -> int:
    """The payment of an allocation one may see.

    Raises:
        Missing: not there, or not theirs.
    """
    rows = Allocation.objects.filter(invoice__in=visible(viewer))
    found = rows.filter(pk=allocation_id).first()
    if found is None:
        raise Missing(f"There is no allocation {allocation_id}.")
    return found.payment_id
