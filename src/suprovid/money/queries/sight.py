"""Whose money one sees."""

from __future__ import annotations

from django.db.models import QuerySet

from suprovid.clients.models import Client
from suprovid.clients.queries import served_or_sold
from suprovid.money.models import Allocation, Invoice, Payment
from suprovid.people.rules import Role, Viewer


def clients_with_money(viewer: Viewer) -> QuerySet[Client]:
    """Whose money one sees: a lawyer's sight of contracts is not that (PROCESS 5)."""
    if viewer.may(Role.ACCOUNTANT) or viewer.may(Role.DEPARTMENT_HEAD):
        return Client.objects.all()
    return served_or_sold(viewer)


def visible(viewer: Viewer) -> QuerySet[Invoice]:
    """Invoices of the clients whose money one sees; not those of other groups."""
    return Invoice.objects.filter(contract__client__in=clients_with_money(viewer))


def visible_payments(viewer: Viewer) -> QuerySet[Payment]:
    """Unallocated money is the accountant's; others see what lies on theirs."""
    if viewer.may(Role.ACCOUNTANT) or viewer.may(Role.DEPARTMENT_HEAD):
        return Payment.objects.all()
    laid = Allocation.objects.filter(undone_at=None, invoice__in=visible(viewer))
    return Payment.objects.filter(pk__in=laid.values("payment"))
