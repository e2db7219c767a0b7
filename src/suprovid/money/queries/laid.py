"""What lies on what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from suprovid.money.models import Allocation, Invoice, Payment, StatementLine
from suprovid.money.rules import Laid, Paid, kopecks, paid

BATCH = 500
SUMS = DecimalField(max_digits=14, decimal_places=2)
NOTHING = Value(Decimal(0), output_field=SUMS)


def laid_on(invoice_ids: Iterable[int]) -> dict[int, list[Laid]]:
    """What lies on each invoice now; one query for all."""
    found: dict[int, list[Laid]] = {}
    rows = Allocation.objects.filter(invoice_id__in=list(invoice_ids), undone_at=None)
    for row in rows.select_related("payment").order_by("pk"):
        part = Laid(row.pk, row.amount, row.payment.booked_at)
        found.setdefault(row.invoice_id, []).append(part)
    return found


def laid_sums(invoice_ids: Iterable[int]) -> dict[int, Decimal]:
    """What lies on each invoice together; asked in batches."""
    ordered = sorted(invoice_ids)
    rows = Allocation.objects.filter(undone_at=None).order_by()
    return {
        pk: kopecks(laid)
        for start in range(0, len(ordered), BATCH)
        for pk, laid in rows.filter(invoice__in=ordered[start : start + BATCH])
        .values_list("invoice")
        .annotate(laid=Sum("amount"))
    }


def laid_payments(lines: QuerySet[StatementLine]) -> set[int]:
    """Payments of these lines of which a part lies on an invoice."""
    return set(allocations_of(lines).values_list("payment", flat=True))


def laid_by_people(lines: QuerySet[StatementLine], brought_at: datetime) -> set[int]:
    """The same without what was laid by rule as the file came (decision 0009)."""
    rows = allocations_of(lines).exclude(made_at=brought_at)
    return set(rows.values_list("payment", flat=True))


def allocations_of(lines: QuerySet[StatementLine]) -> QuerySet[Allocation]:
    told = lines.filter(payment__isnull=False).order_by().values("payment")
    return Allocation.objects.filter(undone_at=None, payment__in=told)


def paid_invoice(invoice_id: int) -> Paid | None:
    """Whether an invoice is paid in full, since when by the bank, and by what."""
    invoice = Invoice.objects.filter(pk=invoice_id).first()
    if invoice is None:
        return None
    return paid(total=invoice.total, laid=laid_on([invoice_id]).get(invoice_id, []))


def with_laid(rows: QuerySet[Invoice]) -> QuerySet[Any]:
    return rows.select_related("contract__client").annotate(laid=_laid_sum("invoice"))


def with_laid_parts(rows: QuerySet[Payment]) -> QuerySet[Any]:
    return rows.annotate(laid=_laid_sum("payment"))


def _laid_sum(of: str) -> Coalesce:
    parts = (
        Allocation.objects.filter(undone_at=None, **{of: OuterRef("pk")})
        .order_by()
        .values(of)
        .annotate(laid=Sum("amount"))
        .values("laid")
    )
    return Coalesce(Subquery(parts, output_field=SUMS), NOTHING)
