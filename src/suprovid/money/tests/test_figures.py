"""The figures of the money page equal the rows one click behind them (PROCESS 7.6)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from suprovid.money import actions
from suprovid.money.queries import MoneyPage, money_page
from suprovid.people.models import Person
from suprovid.people.queries import viewer
from tests.cast import MONDAY, Cast, acting, cast
from tests.path import Case, new_case

__all__ = ["cast"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast: Cast) -> Case:
    """Two invoices of two clients; the second is the one that money comes for."""
    new_case(cast)
    return new_case(cast)


def page_of(person: Person, show: str = "") -> MoneyPage:
    return money_page(viewer(acting(person, MONDAY)), show=show)


def pay(case: Case, amount: Decimal, *, on: int | None) -> None:
    actor = case.by(case.cast.halyna)
    actions.enter_payment(
        actor=actor,
        booked_at=actor.now,
        amount=amount,
        payer_name=case.client.name,
        document=f"ПД-{amount}",
        invoice_id=on,
    )


def test_what_is_owed_and_what_is_free_are_sums_of_the_rows_shown(case: Case) -> None:
    pay(case, Decimal("200.50"), on=case.invoice.pk)
    pay(case, Decimal("99.50"), on=None)

    unpaid = page_of(case.cast.halyna, "unpaid")
    free = page_of(case.cast.halyna, "free")

    assert unpaid.unpaid == len(unpaid.invoices) == 2
    assert unpaid.unpaid_sum == sum(row.owed for row in unpaid.invoices)
    assert unpaid.unpaid_sum == 2 * case.invoice.total - Decimal("200.50")
    assert free.free == len(free.payments) == 1
    assert free.free_sum == sum(row.free for row in free.payments) == Decimal("99.50")


def test_an_empty_house_is_owed_nothing(cast: Cast) -> None:
    shown = page_of(cast.halyna)

    assert (shown.unpaid, shown.unpaid_sum) == (0, Decimal(0))
    assert (shown.free, shown.free_sum) == (0, Decimal(0))
