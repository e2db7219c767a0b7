"""Invoices, payments and what lies on what, as the accountant works (S3, S9)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from suprovid.journal.models import Fact
from suprovid.lib.decision import Forbidden, Invalid, Missing, Refused
from suprovid.money import actions
from suprovid.money.models import Allocation, Payment
from suprovid.money.queries import paid_invoice
from suprovid.money.rules import FACTS
from suprovid.money.tests.books import SATURDAY, TOTAL, Books
from suprovid.people.actions import declare_absence
from suprovid.people.rules import AbsenceKind
from tests.cast import MONDAY, acting
from tests.refusals import refuses

HALF = Decimal("3240.00")


def facts(kind: str) -> list[Fact]:
    return list(Fact.objects.filter(kind=kind).order_by("pk"))


# ---------------------------------------------------------------- invoices


def test_the_first_invoice_takes_the_first_number_and_holds_its_tax(
    books: Books,
) -> None:
    first, second = books.invoice(), books.invoice()

    assert (first.number, second.number) == ("СФ-000001/26", "СФ-000002/26")
    assert first.vat == Decimal("1080.00")
    assert [fact.details["number"] for fact in facts("money.invoice.issued")] == [
        first.number,
        second.number,
    ]


def test_the_accountant_may_give_a_number_and_a_tax_of_the_own(books: Books) -> None:
    own = books.invoice(number=" 15 ", vat=Decimal(0), note=" без ПДВ ")

    assert (own.number, own.vat, own.note) == ("15", Decimal(0), "без ПДВ")
    assert books.invoice().number == "СФ-000001/26"


def test_a_number_that_somebody_wrote_by_hand_is_passed_over(books: Books) -> None:
    books.invoice(number="СФ-000001/26")

    assert books.invoice().number == "СФ-000002/26"


def test_a_number_names_one_invoice(books: Books) -> None:
    books.invoice(number="15")
    contract = books.contract()

    refuses(
        lambda: actions.issue_invoice(
            actor=acting(books.cast.halyna, MONDAY),
            contract_id=contract.pk,
            issued_on=date(2026, 4, 13),
            total=TOTAL,
            number="15",
        ),
        Invalid,
        "There is an invoice 15 already.",
    )


@pytest.mark.parametrize("who", ["taras", "olena", "iryna", "maryna"])
def test_only_the_accountant_issues_invoices(books: Books, who: str) -> None:
    contract, person = books.contract(), books.cast.everybody()[who]

    refuses(
        lambda: actions.issue_invoice(
            actor=acting(person, MONDAY),
            contract_id=contract.pk,
            issued_on=date(2026, 4, 13),
            total=TOTAL,
        ),
        Forbidden,
        "Only the",
    )


def test_an_invoice_stands_on_a_contract_that_one_sees(books: Books) -> None:
    foreign = books.contract(books.cast.obolon).pk
    for who, contract_id in ((books.cast.taras, foreign), (books.cast.halyna, 999)):
        with pytest.raises(Missing):
            actions.issue_invoice(
                actor=acting(who, MONDAY),
                contract_id=contract_id,
                issued_on=date(2026, 4, 13),
                total=TOTAL,
            )


# ---------------------------------------------------------------- payments


def test_money_of_saturday_entered_on_monday_counts_from_saturday(
    books: Books,
) -> None:
    invoice = books.invoice()
    payment = books.pay(invoice_id=invoice.pk)

    whole = paid_invoice(invoice.pk)
    assert whole is not None
    assert whole.at == payment.booked_at == SATURDAY
    assert payment.entered_at == MONDAY
    (entered,), (made,) = facts("money.payment.entered"), facts("money.allocation.made")
    assert (entered.at, entered.recorded_at) == (SATURDAY, MONDAY)
    assert (made.at, made.recorded_at) == (SATURDAY, MONDAY)


def test_the_payer_is_told_beside_the_fact_and_not_in_it(books: Books) -> None:
    books.pay(payer_name="ФОП Салій Ніна", purpose="за договором")

    (fact,) = facts("money.payment.entered")
    assert "Салій" not in str(fact.details)
    assert fact.private.values == {"payer": "ФОП Салій Ніна", "purpose": "за договором"}


def test_two_halves_pay_an_invoice_when_the_second_comes(books: Books) -> None:
    invoice = books.invoice()
    books.pay(HALF, invoice_id=invoice.pk)
    assert paid_invoice(invoice.pk) is None

    books.pay(HALF, booked_at=MONDAY, invoice_id=invoice.pk)
    whole = paid_invoice(invoice.pk)
    assert whole is not None
    assert whole.at == MONDAY
    assert len(whole.laid) == 2


def test_nobody_has_paid_an_invoice_that_is_not_there(books: Books) -> None:
    assert paid_invoice(999) is None


LINE: dict[str, Any] = {
    "document": "ПД-7",
    "payer_code": "32855961",
    "payer_iban": "UA213223130000026007233566001",
}


@pytest.mark.parametrize(
    "again",
    [
        pytest.param({}, id="the same"),
        pytest.param({"document": "пд-7 ", "purpose": "інше"}, id="other letters"),
        pytest.param({"payer_iban": ""}, id="without the account"),
        pytest.param({"payer_iban": "", "payer_code": ""}, id="by the name only"),
        pytest.param(
            {"payer_name": "товариство", "payer_code": ""}, id="by the account only"
        ),
        pytest.param(
            {"payer_iban": "ua 21 3223 1300 0002 6007 2335 66001"}, id="with blanks"
        ),
    ],
)
def test_a_line_of_the_bank_is_entered_once_however_it_is_typed(
    books: Books, again: dict[str, Any]
) -> None:
    books.pay(**LINE)

    refuses(
        lambda: books.pay(**{**LINE, **again}), Invalid, "This line of the bank was"
    )


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"document": "ПД-8"}, id="another order"),
        pytest.param({"amount": HALF}, id="another sum"),
        pytest.param({"booked_at": SATURDAY - timedelta(minutes=1)}, id="another time"),
        pytest.param(
            {"payer_name": "ПП «Явір»", "payer_code": "1", "payer_iban": ""},
            id="another payer",
        ),
    ],
)
def test_another_line_of_the_bank_is_another_payment(
    books: Books, other: dict[str, Any]
) -> None:
    books.pay(**LINE)
    books.pay(**{**LINE, **other})

    assert Payment.objects.count() == 2


def test_a_line_struck_out_may_be_entered_again(books: Books) -> None:
    books.void(books.pay(**LINE))
    again = books.pay(**LINE)
    books.void(again)
    books.pay(**LINE)

    assert Payment.objects.filter(voided_at=None).count() == 1


def test_a_payment_laid_on_an_invoice_that_is_not_there_is_not_entered(
    books: Books,
) -> None:
    with pytest.raises(Missing):
        books.pay(invoice_id=999)
    assert not Payment.objects.exists()
    assert not facts("money.payment.entered")


def test_nobody_enters_money_of_tomorrow(books: Books) -> None:
    later = MONDAY + timedelta(minutes=1)
    refuses(lambda: books.pay(booked_at=later), Refused, "in the future")


# ---------------------------------------------------------------- what lies on what


def test_a_payment_is_laid_as_far_as_the_invoice_goes(books: Books) -> None:
    payment, invoice = books.pay(TOTAL + 100), books.invoice()
    assert books.lay(payment, invoice).amount == TOTAL

    other = books.invoice()
    assert books.lay(payment, other).amount == 100


def test_no_more_is_laid_than_the_payment_has(books: Books) -> None:
    payment, invoice = books.pay(HALF), books.invoice()
    refuses(
        lambda: books.lay(payment, invoice, HALF + 1),
        Refused,
        "of this payment is free",
    )
    books.lay(payment, invoice)
    refuses(lambda: books.lay(payment, invoice), Refused, "above zero")


def test_no_more_is_laid_than_the_invoice_asks(books: Books) -> None:
    payment, invoice = books.pay(TOTAL * 2), books.invoice()
    refuses(lambda: books.lay(payment, invoice, TOTAL + 1), Refused, "is still owed")
    books.lay(payment, invoice)
    refuses(lambda: books.lay(payment, invoice, Decimal(1)), Refused, "is still owed")


@pytest.mark.parametrize("gone", ["payment", "invoice", "voided"])
def test_nothing_is_laid_on_or_from_what_is_not_there(books: Books, gone: str) -> None:
    payment, invoice = books.pay(), books.invoice()
    if gone == "voided":
        books.void(payment)
    if gone == "payment":
        payment.pk = 999
    if gone == "invoice":
        invoice.pk = 999

    with pytest.raises(Missing):
        books.lay(payment, invoice)
    assert not Allocation.objects.exists()


def test_what_is_taken_off_stays_written_and_is_free_again(books: Books) -> None:
    invoice = books.invoice()
    payment = books.pay(invoice_id=invoice.pk)
    laid = books.undo(payment.allocations.get(), why=" не той рахунок ")

    assert (laid.undone_at, laid.undone_by_id) == (MONDAY, books.cast.halyna.pk)
    assert laid.undone_why == "не той рахунок"
    assert paid_invoice(invoice.pk) is None
    (fact,) = facts("money.allocation.undone")
    assert fact.details["invoice"] == invoice.pk
    assert fact.client == invoice.contract.client_id
    assert books.lay(payment, books.invoice()).amount == TOTAL


def test_it_is_taken_off_once_and_with_a_reason(books: Books) -> None:
    laid = books.lay(books.pay(), books.invoice())
    refuses(lambda: books.undo(laid, why=" "), Refused, "Say why it is undone")
    books.undo(laid)
    refuses(lambda: books.undo(laid), Refused, "undone already")
    with pytest.raises(Missing):
        actions.undo_allocation(
            actor=acting(books.cast.halyna, MONDAY), allocation_id=999, why="-"
        )


def test_a_payment_is_struck_out_once_it_lies_nowhere(books: Books) -> None:
    payment = books.pay()
    laid = books.lay(payment, books.invoice())
    refuses(lambda: books.void(payment), Refused, "off its invoices first")
    books.undo(laid)
    refuses(lambda: books.void(payment, why=" "), Refused, "Say why it is struck out")

    assert books.void(payment, why=" описка ").voided_at == MONDAY
    (fact,) = facts("money.payment.voided")
    assert fact.private.values["why"] == "описка"
    refuses(lambda: books.void(payment), Refused, "struck out already")
    payment.pk = 999
    with pytest.raises(Missing):
        books.void(payment)


# ---------------------------------------------------------------- who may


@pytest.mark.parametrize(
    "who",
    ["taras", "pavlo", "olena", "iryna", "andrii", "viktor", "maryna", "yaroslav"],
)
def test_nobody_else_touches_money(books: Books, who: str) -> None:
    person = books.cast.everybody()[who]
    invoice, payment = books.invoice(), books.pay()
    laid = books.lay(payment, invoice, HALF)

    for forbidden in (
        lambda: books.pay(by=person),
        lambda: books.lay(payment, invoice, by=person),
        lambda: books.undo(laid, by=person),
        lambda: books.void(payment, by=person),
    ):
        refuses(forbidden, Forbidden, "handles money")


def test_who_stands_in_for_the_accountant_handles_money_for_her(books: Books) -> None:
    cast = books.cast
    declare_absence(
        actor=acting(cast.halyna, MONDAY),
        person_id=cast.halyna.pk,
        kind=AbsenceKind.ILLNESS,
        first_day=MONDAY.date(),
        last_day=MONDAY.date(),
        deputy_id=cast.taras.pk,
    )
    invoice = books.invoice(by=cast.taras)
    payment = books.pay(by=cast.taras, invoice_id=invoice.pk)
    books.undo(payment.allocations.get(), by=cast.taras)
    books.lay(payment, invoice, by=cast.taras)
    books.void(books.pay(by=cast.taras), by=cast.taras)

    done = Fact.objects.filter(kind__startswith="money.")
    by_hand = ("money.payment.", "money.allocation.", "money.invoice.issued")
    told = {kind for kind in FACTS if kind.startswith(by_hand)}
    assert {fact.kind for fact in done} == told - {"money.allocation.made_by_rule"}
    assert {(fact.actor, fact.for_whom) for fact in done} == {
        (f"person:{cast.taras.pk}", f"person:{cast.halyna.pk}")
    }
    assert payment.entered_by_id == cast.taras.pk
