"""Pages of money, as each person meets them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from suprovid.money.models import Allocation, Invoice, Payment
from suprovid.money.queries import PAGE
from suprovid.money.tests.books import SATURDAY, TOTAL, Books
from suprovid.people.models import Person

_keys = count(1)
LIST = reverse("money:list")


def browser(person: Person) -> Browser:
    entered = Browser()
    entered.force_login(person)
    return entered


def shown(person: Person, name: str, *args: int, **asked: str) -> Any:
    return browser(person).get(reverse(f"money:{name}", args=args), asked)


def press(person: Person, name: str, *args: int, **fields: Any) -> Any:
    sent = {"_once": f"key-of-a-form-{next(_keys)}", **fields}
    return browser(person).post(reverse(f"money:{name}", args=args), sent)


def text(answer: Any) -> str:
    return str(answer.content.decode())


LINE = {
    "booked_at": "11.04.2026 11:30",
    "amount": "6 480,00 грн",
    "document": "ПД-7",
    "payer_name": "ТОВ «Лісовий дім»",
}


# ---------------------------------------------------------------- the usual day


def test_an_invoice_is_issued_from_the_page_of_its_contract(books: Books) -> None:
    contract = books.contract()
    halyna = books.cast.halyna
    page = shown(halyna, "new-invoice", contract.pk)
    assert (page.status_code, contract.number in text(page)) == (200, True)

    done = press(
        halyna, "new-invoice", contract.pk, issued_on="13.04.2026", total="6480"
    )
    invoice = Invoice.objects.get()
    assert done.headers["Location"] == reverse("money:invoice", args=[invoice.pk])
    assert (invoice.total, invoice.vat) == (TOTAL, Decimal(1080))


def test_a_sum_that_is_no_sum_is_told_at_its_field(books: Books) -> None:
    contract = books.contract()
    for total in ("", "багато", "0", "-5", "1000000000"):
        answer = press(
            books.cast.halyna,
            "new-invoice",
            contract.pk,
            issued_on="13.04.2026",
            total=total,
        )
        assert answer.status_code == 422, total
        assert answer.context["form"].errors["total"]
    assert not Invoice.objects.exists()


def test_the_first_payment_is_entered_by_the_clock_of_the_bank(books: Books) -> None:
    invoice = books.invoice()
    halyna = books.cast.halyna
    offered = shown(halyna, "pay-invoice", invoice.pk).context["form"].initial
    assert (offered["amount"], offered["payer_name"]) == (
        TOTAL,
        str(invoice.contract.client),
    )

    done = press(halyna, "pay-invoice", invoice.pk, **LINE)
    payment = Payment.objects.get()
    assert payment.booked_at == SATURDAY
    assert payment.amount == TOTAL
    page = browser(halyna).get(done.headers["Location"])
    assert page.context["page"].payment.laid == TOTAL
    assert shown(halyna, "invoice", invoice.pk).context["page"].paid_at == SATURDAY


def test_money_entered_late_says_that_terms_run_from_the_bank(books: Books) -> None:
    late = shown(books.cast.halyna, "payment", books.pay().pk)
    assert "строки" in text(late)

    fresh = books.pay(booked_at=datetime(2026, 4, 12, 22, 0, tzinfo=UTC))
    assert "строки" not in text(shown(books.cast.halyna, "payment", fresh.pk))


def test_a_line_entered_before_is_told_at_its_number(books: Books) -> None:
    press(books.cast.halyna, "new-payment", **LINE)
    again = press(books.cast.liudmyla, "new-payment", **LINE)

    assert again.status_code == 422
    assert "вже внесено" in str(again.context["form"].errors["document"])
    assert Payment.objects.count() == 1


def test_a_form_pressed_twice_enters_one_payment(books: Books) -> None:
    halyna, sent = browser(books.cast.halyna), {"_once": "one-key-of-a-form", **LINE}
    address = reverse("money:new-payment")
    first, second = halyna.post(address, sent), halyna.post(address, sent)

    assert first.headers["Location"] == second.headers["Location"]
    assert Payment.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("booked_at", "торік"),
        ("amount", "нуль"),
        ("document", ""),
        ("payer_name", " "),
        ("payer_iban", "UA213223130000026007233566002"),
    ],
)
def test_what_is_mistyped_is_told_at_its_field(
    books: Books, field: str, typed: str
) -> None:
    answer = press(books.cast.halyna, "new-payment", **{**LINE, field: typed})

    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert not Payment.objects.exists()


def test_an_account_typed_in_groups_is_kept_in_one_piece(books: Books) -> None:
    typed = "ua21 3223 1300 0002 6007 2335 66001"
    press(books.cast.halyna, "new-payment", **{**LINE, "payer_iban": typed})

    assert Payment.objects.get().payer_iban == "UA213223130000026007233566001"


def test_money_of_tomorrow_is_refused_above_the_form(books: Books) -> None:
    later = timezone.localtime() + timedelta(days=2)
    answer = press(
        books.cast.halyna,
        "new-payment",
        **{**LINE, "booked_at": later.strftime("%d.%m.%Y %H:%M")},
    )

    assert answer.status_code == 409
    assert "майбутн" in text(answer)


# ---------------------------------------------------------------- laying, undoing


def test_free_money_is_laid_on_an_unpaid_invoice_and_taken_off(books: Books) -> None:
    halyna = books.cast.halyna
    payment, invoice, other = books.pay(), books.invoice(), books.invoice()
    books.pay(invoice_id=other.pk)
    offered = shown(halyna, "payment", payment.pk).context["page"].invoices
    assert [number for number, _label in offered] == [invoice.pk]

    done = press(halyna, "allocate", payment.pk, invoice_id=invoice.pk, amount="80,50")
    assert done.status_code == 303
    laid = Allocation.objects.get(payment=payment)
    assert laid.amount == Decimal("80.50")

    press(halyna, "undo", laid.pk, why="не той клієнт")
    page = text(shown(halyna, "invoice", invoice.pk))
    assert "не той клієнт" in page


def test_too_much_is_refused_and_what_was_typed_stays(books: Books) -> None:
    payment, invoice = books.pay(), books.invoice()
    answer = press(
        books.cast.halyna,
        "allocate",
        payment.pk,
        invoice_id=invoice.pk,
        amount="6480.01",
    )

    assert answer.status_code == 409
    assert "6480.01" in text(answer)
    assert not Allocation.objects.exists()


@pytest.mark.parametrize("why", ["", "  "])
def test_nothing_is_undone_or_struck_out_without_a_reason(
    books: Books, why: str
) -> None:
    payment = books.pay()
    laid = books.lay(payment, books.invoice())

    assert press(books.cast.halyna, "undo", laid.pk, why=why).status_code == 422
    assert press(books.cast.halyna, "void", payment.pk, why=why).status_code == 422
    laid.refresh_from_db()
    assert laid.undone_at is None


def test_a_payment_struck_out_says_so_and_offers_nothing(books: Books) -> None:
    halyna, payment = books.cast.halyna, books.pay()
    assert press(halyna, "void", payment.pk, why="описка").status_code == 303

    page = shown(halyna, "payment", payment.pk)
    assert page.context["page"].payment.free == 0
    assert reverse("money:allocate", args=[payment.pk]) not in text(page)
    assert press(halyna, "void", payment.pk, why="ще раз").status_code == 409


# ---------------------------------------------------------------- who sees, who may


def both(books: Books) -> Payment:
    """One payment on the invoices of two groups."""
    podil = books.invoice(Decimal(4000))
    obolon = books.invoice(Decimal(5000), group=books.cast.obolon)
    payment = books.pay()
    books.lay(payment, podil)
    books.lay(payment, obolon)
    return payment


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("halyna", 2),
        ("iryna", 2),
        ("taras", 1),
        ("olena", 1),
        ("oksana", 1),
        ("pavlo", 0),
        ("andrii", 0),
        ("maryna", 0),
        ("yaroslav", 0),
    ],
)
def test_money_of_other_groups_is_not_seen(books: Books, who: str, seen: int) -> None:
    payment, person = both(books), books.cast.everybody()[who]
    page = shown(person, "list")
    assert len(page.context["page"].invoices) == seen
    of_payment = shown(person, "payment", payment.pk)
    assert of_payment.status_code == (200 if seen else 404)
    if seen:
        assert len(of_payment.context["page"].allocations) == seen
    opened = [shown(person, "invoice", i.pk).status_code for i in Invoice.objects.all()]
    assert opened.count(200) == seen
    assert set(opened) <= {200, 404}


def test_a_manager_no_longer_sees_money_that_was_laid_by_mistake(books: Books) -> None:
    taras, invoice = books.cast.taras, books.invoice()
    payment = books.pay()
    books.undo(books.lay(payment, invoice))

    page = text(shown(taras, "invoice", invoice.pk))
    assert payment.document in page
    assert reverse("money:payment", args=[payment.pk]) not in page
    assert shown(taras, "payment", payment.pk).status_code == 404


@pytest.mark.parametrize("who", ["taras", "olena", "iryna"])
def test_who_only_looks_is_told_who_handles_money(books: Books, who: str) -> None:
    person, payment, contract = books.cast.everybody()[who], books.pay(), None
    invoice = books.invoice()
    laid = books.lay(payment, invoice, Decimal(100))
    contract = invoice.contract_id

    for name, *args in (
        ("list",),
        ("payment", payment.pk),
        ("invoice", invoice.pk),
        ("new-invoice", contract),
        ("new-payment",),
        ("pay-invoice", invoice.pk),
    ):
        page = text(shown(person, name, *args))
        assert "why-not" in page, name
        assert 'method="post" class="form"' not in page, name
    assert press(person, "undo", laid.pk, why="так").status_code == 403
    assert press(person, "void", payment.pk, why="так").status_code == 403
    assert press(person, "new-payment", **LINE).status_code == 403
    asked = {"issued_on": "13.04.2026", "total": "1"}
    assert press(person, "new-invoice", contract, **asked).status_code == 403


@pytest.mark.parametrize("name", ["payment", "void", "allocate", "undo"])
def test_what_is_not_theirs_is_not_found(books: Books, name: str) -> None:
    payment = books.pay()
    laid = books.lay(payment, books.invoice(group=books.cast.obolon))
    number = laid.pk if name == "undo" else payment.pk
    ask = shown if name == "payment" else press

    assert ask(books.cast.taras, name, number).status_code in {404, 422}
    assert press(books.cast.taras, name, number, why="так").status_code in {404, 405}


# ---------------------------------------------------------------- the list


def many(books: Books, number: int) -> None:
    """Invoices half paid and payments half free, in a few statements."""
    contract, halyna = books.contract(), books.cast.halyna
    invoices = Invoice.objects.bulk_create(
        Invoice(
            contract=contract,
            number=f"{n}/26",
            issued_on=SATURDAY.date(),
            total=TOTAL,
            vat=1080,
        )
        for n in range(number)
    )
    payments = Payment.objects.bulk_create(
        Payment(
            booked_at=SATURDAY,
            amount=TOTAL,
            payer_name="ТОВ",
            document=f"{n}",
            line_key=f"{n}",
            entered_by=halyna,
            entered_at=SATURDAY,
        )
        for n in range(number)
    )
    Allocation.objects.bulk_create(
        Allocation(payment=p, invoice=i, amount=100, made_by=halyna, made_at=SATURDAY)
        for p, i in zip(payments, invoices, strict=True)
    )


@pytest.mark.parametrize("show", ["", "unpaid", "payments", "free"])
@pytest.mark.parametrize("rows", [10, 300])
@pytest.mark.parametrize("who", ["halyna", "taras"])
def test_the_list_asks_twelve_questions_whatever_it_holds(
    books: Books,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    show: str,
    rows: int,
    who: str,
) -> None:
    many(books, rows)
    looking = browser(books.cast.everybody()[who])
    with django_assert_max_num_queries(12):
        page = looking.get(LIST, {"show": show}).context["page"]
    assert len(page.invoices or page.payments) == min(rows, PAGE)


def test_the_list_turns_its_pages_and_keeps_what_was_asked(books: Books) -> None:
    many(books, PAGE + 3)
    halyna = books.cast.halyna
    first = shown(halyna, "list", show="free")
    second = shown(halyna, "list", show="free", page="2")
    rows = [page.context["page"].payments for page in (first, second)]

    assert [len(part) for part in rows] == [PAGE, 3]
    assert {row.id for row in rows[0]}.isdisjoint(row.id for row in rows[1])
    assert "show=free&amp;page=2" in text(first) or "page=2&amp;show=free" in text(
        first
    )


@pytest.mark.parametrize("asked", ["show=nonsense", "page=-3", "page=99999999999", "x"])
def test_a_bent_address_still_shows_a_list(books: Books, asked: str) -> None:
    assert browser(books.cast.halyna).get(f"{LIST}?{asked}").status_code == 200


def test_an_empty_house_says_where_invoices_come_from(books: Books) -> None:
    assert "all-done" in text(shown(books.cast.halyna, "list"))
