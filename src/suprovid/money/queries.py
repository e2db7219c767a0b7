"""Money as its viewers see it; what reaches an invoice."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from suprovid.contracts.queries import visible as visible_contracts
from suprovid.money.models import Allocation, Invoice
from suprovid.money.rules import Laid, Paid, paid
from suprovid.people.rules import Viewer


def visible(viewer: Viewer) -> QuerySet[Invoice]:
    """Invoices of the contracts one sees (PROCESS 5: not those of other groups)."""
    return Invoice.objects.filter(contract__in=visible_contracts(viewer))


def laid_on(invoice_ids: Iterable[int]) -> dict[int, list[Laid]]:
    """What lies on each invoice now; one query for all."""
    found: dict[int, list[Laid]] = {}
    rows = Allocation.objects.filter(invoice_id__in=list(invoice_ids), undone_at=None)
    for row in rows.select_related("payment").order_by("pk"):
        part = Laid(row.pk, row.amount, row.payment.booked_at)
        found.setdefault(row.invoice_id, []).append(part)
    return found


def paid_invoice(invoice_id: int) -> Paid | None:
    """Whether an invoice is paid in full, since when by the bank, and by what."""
    invoice = Invoice.objects.filter(pk=invoice_id).first()
    if invoice is None:
        return None
    return paid(total=invoice.total, laid=laid_on([invoice_id]).get(invoice_id, []))
