"""However statements of a month overlap and whatever their order, lines are the same.

A month is drawn with doubles, with and without references of the bank; statements are
spans of its days, some told without references at all (DOMAIN B6).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from suprovid.lib.statements import Line, Statement
from suprovid.money.models import Payment, StatementLine
from suprovid.money.models import Statement as Kept
from suprovid.money.rules import day_of
from suprovid.money.tests.bank import account, after, bring, line, statement

DAYS = 5
Drawn = tuple[int, str, str, bool]
Span = tuple[int, int, bool]

LINES = st.lists(
    st.tuples(
        st.integers(0, DAYS - 1),
        st.sampled_from(["10.00", "20.00", "-3.00"]),
        st.sampled_from(["1", "2"]),
        st.booleans(),
    ),
    max_size=10,
)
SPANS = st.lists(
    st.tuples(st.integers(0, DAYS - 1), st.integers(0, DAYS - 1), st.booleans()),
    min_size=1,
    max_size=4,
)


def month(drawn: Sequence[Drawn]) -> list[Line]:
    return [
        line(
            amount,
            document=document,
            booked_at=after(day),
            reference=f"R{serial}" if firm else "",
            firm=firm,
        )
        for serial, (day, amount, document, firm) in enumerate(drawn)
    ]


def told(lines: Sequence[Line], span: Span) -> Statement:
    first, last = sorted(span[:2])
    days = [day_of(after(first)), day_of(after(last))]
    inside = [one for one in lines if days[0] <= day_of(one.booked_at) <= days[1]]
    before = [one.amount for one in lines if day_of(one.booked_at) < days[0]]
    if span[2]:
        inside = [replace(one, reference="", firm=False) for one in inside]
    opening = str(Decimal(1000) + sum(before, Decimal(0)))
    return statement(*inside, opening=opening, begins=days[0], ends=days[1])


def state_after(statements: Sequence[Statement]) -> dict[str, Any]:
    """What stands in the base after them; taken back again."""
    with transaction.atomic():
        for one in statements:
            bring(one)
        payments = Payment.objects.filter(voided_at=None)
        found = {
            "lines": sorted(StatementLine.objects.values_list("key", "amount")),
            "said": Counter(StatementLine.objects.values_list("said", flat=True)),
            "payments": sorted(
                payments.values_list("booked_at", "amount", "document", "line_key")
            ),
            "statements": set(
                Kept.objects.values_list("fingerprint", "begins", "opening", "closing")
            ),
        }
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db
@given(LINES, SPANS, st.randoms(use_true_random=False))
@settings(max_examples=25)
def test_any_order_of_overlapping_statements_ends_the_same(
    drawn: list[Drawn], spans: list[Span], chance: Any
) -> None:
    lines = month(drawn)
    statements = [told(lines, span) for span in spans]
    mixed = [*statements, *statements]
    chance.shuffle(mixed)
    with transaction.atomic():
        account()
        found = state_after(statements)
        assert state_after(mixed) == found
        transaction.set_rollback(True)

    covered = {
        day_of(after(day))
        for first, last in (sorted(span[:2]) for span in spans)
        for day in range(first, last + 1)
    }
    inside = [one for one in lines if day_of(one.booked_at) in covered]
    assert len(found["lines"]) == len(inside)
    assert sum(amount for _key, amount in found["lines"]) == sum(
        one.amount for one in inside
    )
    money_in = [one for one in inside if one.amount > 0]
    assert len(found["payments"]) == len(money_in)
