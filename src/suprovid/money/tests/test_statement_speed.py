"""A longer statement asks the base no more often, save for batches of new rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from suprovid.lib.statements import Line
from suprovid.money.tests.bank import BOOKED, account, bring, line, statement
from suprovid.money.tests.books import Books

pytestmark = pytest.mark.django_db
SHORT, LONG = 30, 300
LEAST_IN_A_BATCH = 25
ROWS = 6
"""Of a line at most: itself, its place, a payment with its fact."""


def lines(count: int, day: int) -> list[Line]:
    """Of every five one is money out, one names an invoice, three name nothing."""
    return [_line(day * 1000 + n, BOOKED + timedelta(days=day)) for n in range(count)]


def _line(n: int, at: object) -> Line:
    out = n % 5 == 0
    purpose = f"рах. СФ-{n:06d}" if n % 5 == 1 else f"за послуги, {n}"
    sums = f"-{n + 1}.00" if out else f"{n + 1}.00"
    return line(sums, purpose, booked_at=at, document=str(n))


def asked(count: int, day: int) -> tuple[int, int]:
    """Questions to the base, and statements that write, of an import."""
    with CaptureQueriesContext(connection) as seen:
        report = bring(statement(*lines(count, day), opening="9000000"))
    assert report.new == count
    writing = sum(one["sql"].startswith("INSERT") for one in seen.captured_queries)
    return len(seen) - writing, writing


def test_ten_times_the_lines_ask_nothing_more(books: Books) -> None:
    account()
    short, long = asked(SHORT, day=1), asked(LONG, day=2)

    assert long[0] <= short[0]
    assert long[1] <= short[1] + LONG * ROWS / LEAST_IN_A_BATCH
