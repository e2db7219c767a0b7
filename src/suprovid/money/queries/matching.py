"""What matching asks of the base: a few queries, whatever the number of lines."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum

from suprovid.clients.models import Client
from suprovid.money.models import Allocation, Invoice, StatementLine
from suprovid.money.rules import Books, MoneyIn, OpenInvoice, kopecks

NOTHING = Decimal(0)
WANTED = (
    *("pk", "number", "issued_on", "total", "contract__number"),
    *("contract__client_id", "contract__client__name"),
    *("contract__client__short_name", "contract__client__code"),
)

NAMES = ("name", "short_name")


def books_for(lines: QuerySet[StatementLine]) -> Books:
    """Open invoices, and what is known of those who stand in these lines."""
    laid = _laid()
    rows = Invoice.objects.filter(cancelled_at=None).order_by("pk")
    owing = (
        row
        for row in rows.values_list(*WANTED).iterator(chunk_size=2000)
        if laid.get(row[0], NOTHING) < row[3]
    )
    return Books(
        (_open(row, laid.get(row[0], NOTHING)) for row in owing),
        clients=_clients(lines),
        ibans=_payers(lines),
    )


def _laid() -> dict[int, Decimal]:
    """What lies on every invoice: one sum for all is cheaper than one for each."""
    rows = Allocation.objects.filter(undone_at=None).order_by()
    sums = rows.values_list("invoice").annotate(laid=Sum("amount"))
    return {pk: kopecks(laid) for pk, laid in sums}


def money_in(line: StatementLine) -> MoneyIn:
    codes = tuple(code for code in (line.party_code, line.actual_code) if code)
    return MoneyIn(line.amount, line.purpose, codes, line.party_iban)


def _open(row: tuple[Any, ...], laid: Decimal) -> OpenInvoice:
    pk, number, issued_on, total, contract, client_id, name, short, code = row
    return OpenInvoice(
        id=pk,
        number=number,
        issued_on=issued_on,
        total=total,
        owed=total - laid,
        contract=contract,
        client_id=client_id,
        client=short or name,
        client_code=code,
    )


def _clients(lines: QuerySet[StatementLine]) -> dict[str, tuple[int, str]]:
    """Who answers for each code today: an old one leads to whom its client joined."""
    plain = lines.order_by()
    party = plain.exclude(party_code="").values("party_code")
    actual = plain.exclude(actual_code="").values("actual_code")
    rows = Client.objects.filter(Q(code__in=party) | Q(code__in=actual))
    told = ((one.code, one.merged_into or one) for one in _with_survivors(rows))
    return {code: (client.pk, str(client)) for code, client in told}


def _with_survivors(rows: QuerySet[Client]) -> QuerySet[Client]:
    names = [f"{of}{name}" for of in ("", "merged_into__") for name in NAMES]
    return rows.select_related("merged_into").only("code", "merged_into", *names)


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
