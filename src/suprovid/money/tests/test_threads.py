"""Thirty-two at once: no sum is exceeded, no line and no number stands twice (7.5)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from suprovid.journal.models import Fact
from suprovid.lib.decision import Missing, Refused
from suprovid.money import actions
from suprovid.money.models import Allocation, Invoice, Payment
from suprovid.money.tests.books import SATURDAY, TOTAL, Books
from tests.cast import HIRED, MONDAY, acting, hire
from tests.owing import together

CROWD = 32
pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def books(db: None) -> Books:
    return Books(hire(HIRED, with_passwords=False))


def at_once(work: Any) -> tuple[list[Any], list[str]]:
    """What was done, and the reasons of those who came late."""

    def one(number: int) -> Any:
        try:
            return work(number)
        except Refused as refused:
            return str(refused.reason)
        except Missing:
            return "missing"

    answers = together(one, CROWD)
    return (
        [answer for answer in answers if not isinstance(answer, str)],
        [answer for answer in answers if isinstance(answer, str)],
    )


def laid(**of: int) -> Decimal:
    rows = Allocation.objects.filter(undone_at=None, **of)
    return sum((row.amount for row in rows), Decimal(0))


def test_a_payment_laid_by_many_is_never_exceeded(books: Books) -> None:
    payment = books.pay(Decimal(1000))
    invoices = [books.invoice() for _ in range(CROWD)]
    done, late = at_once(
        lambda number: books.lay(payment, invoices[number], Decimal(300))
    )

    assert (len(done), len(late)) == (3, CROWD - 3)
    assert all("of this payment is free" in reason for reason in late)
    assert laid(payment=payment.pk) == 900
    assert Fact.objects.filter(kind="money.allocation.made").count() == 3


def test_an_invoice_that_many_payments_reach_is_never_exceeded(books: Books) -> None:
    invoice = books.invoice()
    payments = [books.pay(TOTAL) for _ in range(CROWD)]
    done, late = at_once(lambda number: books.lay(payments[number], invoice))

    assert (len(done), len(late)) == (1, CROWD - 1)
    assert laid(invoice=invoice.pk) == TOTAL


def test_payments_and_invoices_crossed_by_many_keep_their_sums(books: Books) -> None:
    payments = [books.pay(Decimal(1000)) for _ in range(4)]
    invoices = [books.invoice(Decimal(700)) for _ in range(4)]
    at_once(
        lambda number: books.lay(
            payments[number % 4], invoices[number // 4 % 4], Decimal(200)
        )
    )

    for payment in payments:
        assert laid(payment=payment.pk) <= 1000
    for invoice in invoices:
        assert laid(invoice=invoice.pk) <= 700
    assert Allocation.objects.count() == 12


def test_a_line_of_the_bank_typed_by_many_is_entered_once(books: Books) -> None:
    done, late = at_once(lambda _number: books.pay(document="ПД-7"))

    assert (len(done), Payment.objects.count()) == (1, 1)
    assert all("This line of the bank was entered" in reason for reason in late)
    assert Fact.objects.filter(kind="money.payment.entered").count() == 1


def test_what_many_take_off_is_taken_off_once(books: Books) -> None:
    row = books.lay(books.pay(), books.invoice())
    done, late = at_once(lambda _number: books.undo(row))

    assert (len(done), set(late)) == (1, {"This has been undone already."})
    assert Fact.objects.filter(kind="money.allocation.undone").count() == 1


def test_a_payment_is_either_laid_or_struck_out(books: Books) -> None:
    payment, invoice = books.pay(), books.invoice()
    at_once(
        lambda number: (
            books.void(payment) if number % 2 else books.lay(payment, invoice)
        )
    )

    payment.refresh_from_db()
    assert (payment.voided_at is None) == (laid(payment=payment.pk) == TOTAL)
    assert laid(payment=payment.pk) in {0, TOTAL}


def test_invoices_of_many_follow_one_another_without_a_gap(books: Books) -> None:
    contract = books.contract()

    def issue(number: str = "") -> Invoice:
        return actions.issue_invoice(
            actor=acting(books.cast.halyna, MONDAY),
            contract_id=contract.pk,
            issued_on=SATURDAY.date(),
            total=TOTAL,
            number=number,
        )

    done, _ = at_once(lambda _number: issue())
    assert sorted(one.number for one in done) == [
        f"СФ-{number:06}/26" for number in range(1, CROWD + 1)
    ]
    own, late = at_once(lambda _number: issue("15"))
    assert (len(own), set(late)) == (1, {"There is an invoice 15 already."})
