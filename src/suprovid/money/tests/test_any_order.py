"""Whatever order money is entered, laid, taken off and struck out in, sums hold (7.5).

The model keeps a table of who laid what where and knows the law only: no payment and no
invoice is exceeded, what lies cannot be struck out, nothing happens twice.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from suprovid.journal.models import Fact
from suprovid.lib.decision import Missing, Refused
from suprovid.money.models import Allocation, Invoice, Payment
from suprovid.money.queries import money_page, paid_invoice
from suprovid.money.tests.books import Books
from suprovid.people.queries import viewer
from tests.cast import HIRED, MONDAY, acting, hire

KOPECKS = st.integers(min_value=1, max_value=300).map(lambda n: Decimal(n) / 100)
NAMES = st.sampled_from(["1", "2", "3"])
REASONS = st.sampled_from(["описка", " "])


class Money(RuleBasedStateMachine):
    """One accountant, everything pressed in any order."""

    payments, invoices, parts = Bundle("p"), Bundle("i"), Bundle("a")
    books: Books

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.amounts: dict[int, Decimal] = {}
        self.totals: dict[int, Decimal] = {}
        self.lines: dict[tuple[str, Decimal], int] = {}
        self.lies: dict[int, tuple[int, int, Decimal]] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def does(self, work: Callable[[], Any]) -> Any:
        """What was done; None when it was refused, and then nothing was written."""
        before = print_of_the_base()
        try:
            with transaction.atomic():
                return work()
        except (Refused, Missing):
            assert print_of_the_base() == before
            return None

    def free(self, payment: int) -> Decimal:
        return self.amounts.get(payment, Decimal(0)) - self.laid(0, payment)

    def owed(self, invoice: int) -> Decimal:
        return self.totals[invoice] - self.laid(1, invoice)

    def laid(self, place: int, number: int) -> Decimal:
        rows = self.lies.values()
        return sum((row[2] for row in rows if row[place] == number), Decimal(0))

    # ------------------------------------------------------------ what is pressed

    @rule(target=invoices, total=KOPECKS)
    def issue(self, total: Decimal) -> Any:
        invoice = self.does(lambda: self.books.invoice(total, vat=Decimal(0)))
        self.totals[invoice.pk] = total
        return invoice

    @rule(target=payments, name=NAMES, amount=KOPECKS)
    def pay(self, name: str, amount: Decimal) -> Any:
        payment = self.does(lambda: self.books.pay(amount, document=name))
        assert (payment is None) == ((name, amount) in self.lines)
        if payment is None:
            return multiple()
        self.lines[name, amount] = payment.pk
        self.amounts[payment.pk] = amount
        return payment

    @rule(target=parts, payment=payments, invoice=invoices, amount=KOPECKS)
    def lay(self, payment: Payment, invoice: Invoice, amount: Decimal) -> Any:
        fits = amount <= min(self.free(payment.pk), self.owed(invoice.pk))
        row = self.does(lambda: self.books.lay(payment, invoice, amount))
        assert (row is not None) == fits
        return self._lies(row)

    @rule(target=parts, payment=payments, invoice=invoices)
    def lay_what_goes(self, payment: Payment, invoice: Invoice) -> Any:
        most = min(self.free(payment.pk), self.owed(invoice.pk))
        row = self.does(lambda: self.books.lay(payment, invoice))
        assert (row is not None) == (most > 0)
        assert row is None or row.amount == most
        return self._lies(row)

    def _lies(self, row: Allocation | None) -> Any:
        if row is None:
            return multiple()
        self.lies[row.pk] = (row.payment_id, row.invoice_id, row.amount)
        return row

    @rule(part=parts, why=REASONS)
    def undo(self, part: Allocation, why: str) -> None:
        lawful = part.pk in self.lies and bool(why.strip())
        done = self.does(lambda: self.books.undo(part, why))
        assert (done is not None) == lawful
        if lawful:
            del self.lies[part.pk]

    @rule(payment=payments, why=REASONS)
    def void(self, payment: Payment, why: str) -> None:
        lawful = (
            payment.pk in self.amounts
            and not self.laid(0, payment.pk)
            and bool(why.strip())
        )
        done = self.does(lambda: self.books.void(payment, why))
        assert (done is not None) == lawful
        if lawful:
            del self.amounts[payment.pk]
            self.lines = {k: pk for k, pk in self.lines.items() if pk != payment.pk}

    # ------------------------------------------------------------ what must hold

    @invariant()
    def the_sums_hold(self) -> None:
        page = money_page(viewer(acting(self.books.cast.halyna, MONDAY)))
        free, owed = map(self.free, self.amounts), map(self.owed, self.totals)
        assert page.free_sum == sum(free, Decimal(0))
        assert page.unpaid_sum == sum(owed, Decimal(0))
        for row in page.invoices:
            assert row.laid == self.laid(1, row.id) <= row.total
            assert bool(paid_invoice(row.id)) == (row.owed == 0)

    @invariant()
    def no_payment_is_exceeded(self) -> None:
        for payment in Payment.objects.all():
            rows = Allocation.objects.filter(payment=payment, undone_at=None)
            assert sum(row.amount for row in rows) <= payment.amount


def print_of_the_base() -> list[Any]:
    """What a refusal must leave as it was."""
    return [
        Fact.objects.count(),
        *Payment.objects.order_by("pk").values_list("pk", "voided_at", "line_key"),
        *Allocation.objects.order_by("pk").values_list("pk", "amount", "undone_at"),
        *Invoice.objects.order_by("pk").values_list("pk", "number"),
    ]


@pytest.mark.django_db
def test_whatever_order_money_moves_in_the_sums_hold() -> None:
    """Each example is a month of an accountant: a fifth of the profile's is many."""
    Money.books = Books(hire(HIRED, with_passwords=False))
    usual = settings.default.max_examples if settings.default else 50
    run_state_machine_as_test(
        Money,
        settings=settings(
            max_examples=usual // 5,
            stateful_step_count=30,
            # A life against a database shrinks for longer than it is read.
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
        ),
    )
