"""What of an account is here already."""

from __future__ import annotations

from datetime import datetime, timedelta

from suprovid.money.models import Payment, Statement, StatementLine
from suprovid.money.rules import Earlier, Kept

DAY = timedelta(days=1)


def earlier_statements(account_id: int) -> list[Earlier]:
    rows = Statement.objects.filter(account=account_id, ends__isnull=False)
    told = rows.values_list("begins", "ends", "closing")
    return [Earlier(begins, ends, closing) for begins, ends, closing in told if ends]


def kept_lines(account_id: int, first: datetime, last: datetime) -> list[Kept]:
    """Lines booked between two moments, a day more on both sides."""
    rows = StatementLine.objects.filter(
        account=account_id, booked_at__range=(first - DAY, last + DAY)
    )
    told = rows.values_list("pk", "key", "said", "ordinal")
    return [Kept(*one) for one in told]


def typed_payments(first: datetime, last: datetime) -> list[Payment]:
    """Typed by hand and told by no statement yet; locked, to be pointed at."""
    told = StatementLine.objects.filter(payment__isnull=False)
    rows = Payment.objects.filter(
        voided_at=None, booked_at__range=(first - DAY, last + DAY)
    ).exclude(pk__in=told.values("payment"))
    return list(rows.select_for_update().order_by("pk"))
