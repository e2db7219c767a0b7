"""What the page where lines are laid asks for besides the statement itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet

from suprovid.lib.decision import Missing
from suprovid.money.models import StatementLine
from suprovid.money.queries.laid import with_laid
from suprovid.money.queries.sight import visible
from suprovid.money.queries.statements import visible_lines
from suprovid.money.rules import LineState, kopecks, line_state
from suprovid.people.rules import Viewer

FOUND = 6


@dataclass(frozen=True)
class FoundInvoice:
    """An open invoice looked for by hand."""

    id: int
    number: str
    client_id: int
    client: str
    issued_on: date
    owed: Decimal
    sum: Decimal
    """What of the line would lie on it."""

    @property
    def said(self) -> str:
        """As a form sends it."""
        return f"{self.id}={self.sum:.2f}"


@dataclass(frozen=True)
class DoneLine:
    """A line that was laid or set aside a moment ago."""

    id: int
    payer: str
    amount: Decimal
    state: LineState


def lines_waiting(viewer: Viewer) -> int:
    """How many lines wait to be laid."""
    return visible_lines(viewer, state=LineState.OPEN).count()


def find_invoices(
    viewer: Viewer, text: str, amount: Decimal
) -> tuple[FoundInvoice, ...]:
    """Open invoices for a line, by number, or by the name or code of their client."""
    told = text.strip().lstrip("№ ")
    if not told:
        return ()
    meant = (
        Q(number__icontains=told)
        | Q(contract__client__name__icontains=told)
        | Q(contract__client__code__startswith=told)
    )
    rows = _open(viewer).filter(meant).order_by("issued_on", "pk")[:FOUND]
    return tuple(_found(one, amount) for one in rows)


def _found(invoice: Any, amount: Decimal) -> FoundInvoice:
    owed = invoice.total - kopecks(invoice.laid)
    return FoundInvoice(
        id=invoice.pk,
        number=invoice.number,
        client_id=invoice.contract.client_id,
        client=str(invoice.contract.client),
        issued_on=invoice.issued_on,
        owed=owed,
        sum=min(owed, amount),
    )


def invoices_by_number(viewer: Viewer, numbers: Iterable[str]) -> dict[str, int]:
    """Ids of the open invoices that bear these numbers."""
    rows = _open(viewer).filter(number__in=set(numbers))
    return dict(rows.values_list("number", "pk"))


def done_lines(viewer: Viewer, ids: Iterable[int]) -> tuple[DoneLine, ...]:
    """Those of the lines that are laid or set aside, whatever was asked."""
    told = list(ids)
    if not told:
        return ()
    rows = visible_lines(viewer).filter(pk__in=told).order_by("pk")
    done = (DoneLine(one.pk, one.party_name, one.amount, _state(one)) for one in rows)
    return tuple(one for one in done if one.state in {LineState.LAID, LineState.ASIDE})


def statement_of_line(viewer: Viewer, line_id: int) -> int:
    """The statement that first brought a line.

    Raises:
        Missing: not there, or not theirs to see.
    """
    rows = visible_lines(viewer).filter(pk=line_id)
    found: int | None = rows.values_list("statement", flat=True).first()
    if found is None:
        raise Missing(f"There is no line {line_id}.")
    return found


def line_of_payment(viewer: Viewer, payment_id: int) -> int | None:
    """The line of the bank that a payment is, for whom it is to see."""
    rows = visible_lines(viewer).filter(payment=payment_id)
    found: int | None = rows.values_list("pk", flat=True).first()
    return found


def _open(viewer: Viewer) -> QuerySet[Any]:
    rows = with_laid(visible(viewer).filter(cancelled_at=None))
    return rows.filter(laid__lt=F("total"))


def _state(line: StatementLine) -> LineState:
    laid = Decimal(bool(line.is_laid))  # type: ignore[attr-defined]
    return line_state(amount=line.amount, aside=line.set_aside, laid=laid)
