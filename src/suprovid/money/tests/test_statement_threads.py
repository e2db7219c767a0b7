"""Several bring one file, or type its line, at one moment: one set of lines."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest

from suprovid.journal.models import Fact
from suprovid.lib.decision import Invalid, Missing, Refused
from suprovid.money import actions
from suprovid.money.models import (
    Allocation,
    Payment,
    StatementFile,
    StatementLine,
)
from suprovid.money.tests.bank import BOOKED, LATER, account, bring, line, statement
from suprovid.money.tests.books import Books
from tests.cast import HIRED, acting, hire
from tests.owing import together

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TWO = statement(line("9.00"), line("9.00"), line("-1.00", "Комісія"))


@pytest.fixture
def books(db: None) -> Books:
    made = Books(hire(HIRED, with_passwords=False))
    account()
    return made


def test_a_file_brought_by_many_at_once_is_taken_once(books: Books) -> None:
    reports = together(lambda _n: bring(TWO, by=books.cast.halyna))

    assert sorted(one.new for one in reports) == [0] * (len(reports) - 1) + [3]
    assert {one.new + one.known for one in reports} == {3}
    assert (StatementLine.objects.count(), Payment.objects.count()) == (3, 2)
    assert StatementFile.objects.count() == 1


def test_overlapping_files_brought_at_once_share_their_lines(books: Books) -> None:
    files = [
        statement(line("9.00"), *(line("1.00", f"рядок {n}") for n in range(number)))
        for number in range(8)
    ]
    together(lambda number: bring(files[number], by=books.cast.halyna))
    assert StatementLine.objects.count() == 8


def test_a_line_typed_with_and_without_its_account_is_entered_once(
    books: Books,
) -> None:
    def type_it(number: int) -> bool:
        try:
            actions.enter_payment(
                actor=acting(books.cast.halyna, LATER),
                booked_at=BOOKED,
                amount=Decimal(9),
                payer_name="ТОВ «АЛЬФА ТЕСТ»",
                payer_iban="UA753888880000026007000000011" if number % 2 else "",
                document="101",
            )
        except Invalid:
            return False
        return True

    assert sum(together(type_it)) == 1
    assert Payment.objects.count() == 1


def test_a_line_typed_while_its_file_comes_is_one_payment(books: Books) -> None:
    def work(number: int) -> None:
        if number % 2:
            bring(statement(line("9.00")), by=books.cast.halyna)
            return
        with suppress(Invalid):
            actions.enter_payment(
                actor=acting(books.cast.halyna, LATER),
                booked_at=BOOKED,
                amount=Decimal(9),
                payer_name="Альфа",
                document="101",
            )

    together(work)
    assert (StatementLine.objects.count(), Payment.objects.count()) == (1, 1)


def test_money_is_not_laid_while_its_file_is_taken_back(books: Books) -> None:
    invoice = books.invoice()
    brought = bring(statement(line("9.00")), by=books.cast.halyna)
    payment = Payment.objects.get()

    def work(number: int) -> None:
        with suppress(Refused, Missing):
            if number % 2:
                take_back(books, brought.file_id or 0)
            else:
                books.lay(payment, invoice, Decimal(1))

    together(work)
    laid = Allocation.objects.filter(undone_at=None).exists()
    assert laid is (Payment.objects.get().voided_at is None)


def test_a_sure_line_taken_off_while_its_file_is_taken_back_is_taken_off_once(
    books: Books,
) -> None:
    invoice = books.invoice()
    named = f"Оплата зг. рах. № {invoice.number}"
    told = line(str(invoice.total), named, party_code=invoice.contract.client.code)
    brought = bring(statement(told), by=books.cast.halyna)
    laid = Allocation.objects.get()

    def work(number: int) -> None:
        with suppress(Refused, Missing):
            if number % 2:
                take_back(books, brought.file_id or 0)
            else:
                books.undo(laid)

    together(work)
    assert Fact.objects.filter(kind="money.allocation.undone").count() == 1
    assert Payment.objects.get().voided_at is not None


def take_back(books: Books, file_id: int) -> None:
    actor = acting(books.cast.halyna, LATER)
    actions.undo_statement_file(actor=actor, file_id=file_id, why="не той")
