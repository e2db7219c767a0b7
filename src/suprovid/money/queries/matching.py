"""What matching asks of the base: a few queries, whatever the number of lines."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import F, Q, QuerySet

from suprovid.clients.models import Client
from suprovid.money.models import Allocation, Invoice, StatementLine
from suprovid.money.queries.laid import with_laid
from suprovid.money.rules import Books, MoneyIn, OpenInvoice, kopecks


def books_for(lines: QuerySet[StatementLine]) -> Books:
    """Open invoices, and what is known of those who stand in these lines."""
    open_invoices = with_laid(Invoice.objects.filter(cancelled_at=None))
    return Books(
        map(_open, open_invoices.filter(laid__lt=F("total"))),
        clients=_clients(lines),
        ibans=_payers(lines),
    )


def money_in(line: StatementLine) -> MoneyIn:
    codes = tuple(code for code in (line.party_code, line.actual_code) if code)
    return MoneyIn(line.amount, line.purpose, codes, line.party_iban)


def _open(invoice: Any) -> OpenInvoice:
    contract = invoice.contract
    return OpenInvoice(
        id=invoice.pk,
        number=invoice.number,
        issued_on=invoice.issued_on,
        total=invoice.total,
        owed=invoice.total - kopecks(invoice.laid),
        contract=contract.number,
        client_id=contract.client_id,
        client=str(contract.client),
        client_code=contract.client.code,
    )


def _clients(lines: QuerySet[StatementLine]) -> dict[str, tuple[int, str]]:
    plain = lines.order_by()
    party = plain.exclude(party_code="").values("party_code")
    actual = plain.exclude(actual_code="").values("actual_code")
    rows = Client.objects.filter(Q(code__in=party) | Q(code__in=actual))
    return {client.code: (client.pk, str(client)) for client in rows}


def _payers(lines: QuerySet[StatementLine]) -> dict[str, frozenset[int]]:
    """Whose invoices were paid from these accounts and still are."""
    ibans = lines.exclude(party_iban="").order_by().values("party_iban")
    rows = (
        Allocation.objects.filter(undone_at=None, payment__payer_iban__in=ibans)
        .order_by()
        .values_list("payment__payer_iban", "invoice__contract__client_id")
        .distinct()
    )
    found: dict[str, set[int]] = defaultdict(set)
    for iban, client_id in rows:
        found[iban].add(client_id)
    return {iban: frozenset(clients) for iban, clients in found.items()}
