"""Pages of statements, as the accountant lays money on them, with or without keys."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from suprovid.journal.models import Fact
from suprovid.money.models import (
    Account,
    Allocation,
    Invoice,
    Statement,
    StatementFile,
    StatementLine,
)
from suprovid.money.tests.bank import account, bring, line, statement
from suprovid.money.tests.books import Books
from suprovid.money.tests.test_pages import browser, press, shown, text
from tests.lib.statements.build import FIRST, usual

pytestmark = pytest.mark.django_db
FRAME = 5
"""Queries of the session, the rights, the ribbon and the bell."""
NAMED = "Оплата зг. рах. № СФ-000123 від 30.10.2026"


@pytest.fixture
def invoice(books: Books) -> Invoice:
    """СФ-000123 of the client 99000011, for 7 200; our account is named."""
    account()
    made = books.invoice(Decimal(7200), number="СФ-000123")
    client = made.contract.client
    client.code = "99000011"
    client.save(update_fields=["code"])
    return made


def told(*lines: Any, **more: Any) -> Statement:
    """A statement that stands there."""
    bring(statement(*lines, **more))
    return Statement.objects.latest("pk")


def send(books: Books, data: bytes, name: str = "виписка.xml") -> Any:
    file = SimpleUploadedFile(name, data, "application/xml")
    return press(books.cast.halyna, "statements", file=file)


def follow(books: Books, answer: Any) -> str:
    return text(browser(books.cast.halyna).get(answer["Location"]))


# ------------------------------------------------------------- bringing it in


def test_a_sent_statement_is_shown_line_by_line(books: Books, invoice: Invoice) -> None:
    answer = send(books, usual(FIRST))
    page = follow(books, answer)

    assert (answer.status_code, Allocation.objects.count()) == (303, 1)
    assert "ТОВ «АЛЬФА ТЕСТ»" in page
    assert "СФ-000123" in page
    listed = text(shown(books.cast.halyna, "statements"))
    assert reverse("money:statement", args=[Statement.objects.get().pk]) in listed


def test_the_same_file_again_is_told_and_adds_nothing(
    books: Books, invoice: Invoice
) -> None:
    send(books, usual(FIRST))
    page = follow(books, send(books, usual(FIRST)))

    assert "Цей самий файл уже тут" in page
    assert (StatementFile.objects.count(), StatementLine.objects.count()) == (1, 1)


def test_a_broken_file_is_refused_on_the_form_and_leaves_nothing(
    books: Books, invoice: Invoice
) -> None:
    answer = send(books, usual(FIRST)[:-200])

    assert answer.status_code == 422
    assert not StatementFile.objects.exists()


def test_others_neither_see_nor_bring_statements(
    books: Books, invoice: Invoice
) -> None:
    kept = told(line("50.00"))
    manager = books.cast.taras
    assert shown(manager, "statements").status_code == 403
    assert shown(manager, "statement", kept.pk).status_code == 404
    file = SimpleUploadedFile("а.xml", usual(FIRST), "application/xml")
    assert press(manager, "statements", file=file).status_code == 403


def test_the_head_of_department_looks_and_touches_nothing(
    books: Books, invoice: Invoice
) -> None:
    kept = told(line("7000.00", NAMED))
    row = StatementLine.objects.get()
    page = text(shown(books.cast.iryna, "statement", kept.pk))
    assert 'name="choice"' not in page
    answer = press(
        books.cast.iryna, "lay-line", kept.pk, row.pk, choice=f"{invoice.pk}=7000.00"
    )
    assert (answer.status_code, Allocation.objects.count()) == (403, 0)


def test_a_file_is_taken_back_with_a_reason(books: Books, invoice: Invoice) -> None:
    told(line("50.00"))
    file = StatementFile.objects.get()
    answer = press(books.cast.halyna, "undo-file", file.pk, why="не той рахунок")

    assert answer["Location"] == reverse("money:statements")
    assert not StatementLine.objects.exists()


def test_what_the_bank_left_out_is_told_on_the_page(
    books: Books, invoice: Invoice
) -> None:
    october = date(2026, 10, 1)
    told(line("50.00"), begins=october, ends=october)
    later = told(line("60.00", "друга"), opening="99.00")

    page = text(shown(books.cast.halyna, "statement", later.pk))
    assert "охоплює" in page
    assert "Вхідний" in page


# ------------------------------------------------------------- laying


def test_a_line_is_laid_as_proposed_and_the_next_one_is_chosen(
    books: Books, invoice: Invoice
) -> None:
    kept = told(line("7000.00", NAMED), line("11.00", "друга"))
    first, second = StatementLine.objects.order_by("pk")
    page = text(shown(books.cast.halyna, "statement", kept.pk))
    assert f'value="{invoice.pk}=7000.00" checked' in page
    assert "<mark>СФ-000123</mark>" in page

    answer = press(
        books.cast.halyna,
        "lay-line",
        kept.pk,
        first.pk,
        choice=f"{invoice.pk}=7000.00",
        next=second.pk,
    )
    assert f"line={second.pk}&done={first.pk}" in answer["Location"]
    assert Allocation.objects.get().amount == 7000
    page = follow(books, answer)
    assert f'data-line="{second.pk}"' in page
    assert "data-undo-last" in page


def test_what_was_laid_last_is_undone_with_one_key(
    books: Books, invoice: Invoice
) -> None:
    kept = told(line("7000.00", NAMED))
    row = StatementLine.objects.get()
    laid = press(
        books.cast.halyna, "lay-line", kept.pk, row.pk, choice=f"{invoice.pk}=7000.00"
    )
    assert 'value="рознесено помилково"' in follow(books, laid)

    why = {"why": "рознесено помилково", "more": str(row.pk)}
    answer = press(books.cast.halyna, "unlay-line", kept.pk, row.pk, **why)
    assert answer.status_code == 303
    assert Allocation.objects.get().undone_why == "рознесено помилково"
    assert "data-undo-last" not in follow(books, laid)


def test_a_line_may_be_left_unallocated(books: Books, invoice: Invoice) -> None:
    kept = told(line("7000.00", NAMED), line("11.00", "друга"))
    first, second = StatementLine.objects.order_by("pk")
    before = Fact.objects.count()
    answer = press(
        books.cast.halyna, "lay-line", kept.pk, first.pk, choice="", next=second.pk
    )

    assert f"line={second.pk}" in answer["Location"]
    assert Fact.objects.count() == before


def test_more_than_is_owed_is_refused_beside_the_line(
    books: Books, invoice: Invoice
) -> None:
    kept = told(line("9000.00", NAMED))
    row = StatementLine.objects.get()
    answer = press(
        books.cast.halyna, "lay-line", kept.pk, row.pk, choice=f"{invoice.pk}=9000.00"
    )

    assert (answer.status_code, Allocation.objects.count()) == (409, 0)
    assert f'data-line="{row.pk}"' in text(answer)
    assert "data-errors" in text(answer)


@pytest.mark.parametrize("choice", ["x", "1=2", "1=2.00;3=4.00", "1=-2.00", "=1.00"])
def test_an_unreadable_choice_lays_nothing(
    books: Books, invoice: Invoice, choice: str
) -> None:
    kept = told(line("7000.00", NAMED))
    row = StatementLine.objects.get()
    answer = press(books.cast.halyna, "lay-line", kept.pk, row.pk, choice=choice)
    assert (answer.status_code, Allocation.objects.count()) == (422, 0)


def test_a_sum_is_split_among_invoices_by_their_numbers(
    books: Books, invoice: Invoice
) -> None:
    other = books.invoice(Decimal(500), number="СФ-000124")
    kept = told(line("1000.00", "доплата"))
    row = StatementLine.objects.get()
    rows = {
        "number-1": "№ СФ-000123",
        "amount-1": "600,00",
        "number-2": "СФ-000124",
        "amount-2": "400,00",
    }
    answer = press(books.cast.halyna, "split-line", kept.pk, row.pk, **rows)

    assert answer.status_code == 303
    laid = Allocation.objects.order_by("pk").values_list("invoice", "amount")
    assert dict(laid) == {invoice.pk: Decimal(600), other.pk: Decimal(400)}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({}, "Напишіть рахунок"),
        ({"number-1": "немає", "amount-1": "5"}, "Відкритого рахунка з таким номером"),
        ({"number-1": "СФ-000123"}, "Напишіть суму для цього рахунка"),
        ({"number-1": "СФ-000123", "amount-1": "п’ять"}, "Напишіть суму"),
    ],
)
def test_a_split_that_is_not_whole_lays_nothing(
    books: Books, invoice: Invoice, rows: dict[str, str], said: str
) -> None:
    kept = told(line("1000.00", "доплата"))
    row = StatementLine.objects.get()
    answer = press(books.cast.halyna, "split-line", kept.pk, row.pk, **rows)

    assert (answer.status_code, Allocation.objects.count()) == (422, 0)
    assert said in text(answer)


def test_an_invoice_is_found_by_its_client_and_laid_on(
    books: Books, invoice: Invoice
) -> None:
    kept = told(line("100.00", "без номера", party_code="", party_iban=""))
    row = StatementLine.objects.get()
    page = shown(
        books.cast.halyna, "statement", kept.pk, line=str(row.pk), find="000123"
    )

    assert f'value="{invoice.pk}=100.00" checked' in text(page)


def test_a_line_is_set_aside_and_taken_back(books: Books, invoice: Invoice) -> None:
    kept = told(line("1.15", "Відсотки"))
    row = StatementLine.objects.get()
    answer = press(books.cast.halyna, "set-aside", kept.pk, row.pk, aside="interest")
    row.refresh_from_db()
    assert (row.set_aside, row.payment) == ("interest", None)
    assert "data-undo-last" in follow(books, answer)

    press(books.cast.halyna, "take-back", kept.pk, row.pk)
    row.refresh_from_db()
    assert row.set_aside == ""
    assert row.payment


def test_ticked_lines_are_laid_together_and_undone_together(
    books: Books, invoice: Invoice
) -> None:
    Account.objects.update(posts_sure=False)
    kept = told(line("7200.00", NAMED), line("11.00", "друга"))
    first, second = StatementLine.objects.order_by("pk")
    page = text(shown(books.cast.halyna, "statement", kept.pk))
    tick = f"{first.pk}:{invoice.pk}=7200.00"
    assert f'value="{tick}" checked' in page

    other = books.invoice(Decimal(11))
    ticks = [tick, f"{second.pk}:{other.pk}=11.00"]
    answer = press(books.cast.halyna, "lay-ticked", kept.pk, tick=ticks)
    assert f"done={first.pk},{second.pk}" in answer["Location"]
    assert Allocation.objects.count() == 2

    more = {"why": "помилка", "more": f"{first.pk},{second.pk}"}
    press(books.cast.halyna, "unlay-line", kept.pk, first.pk, **more)
    assert not Allocation.objects.filter(undone_at=None).exists()


@pytest.mark.parametrize("tick", [[], ["1"], ["x:1=2.00"], ["1:x"]])
def test_ticks_that_say_nothing_lay_nothing(
    books: Books, invoice: Invoice, tick: list[str]
) -> None:
    kept = told(line("7000.00", NAMED))
    answer = press(books.cast.halyna, "lay-ticked", kept.pk, tick=tick)
    assert (answer.status_code, Allocation.objects.count()) == (422, 0)


# ------------------------------------------------------------- looking


def test_a_figure_opens_its_rows(books: Books, invoice: Invoice) -> None:
    kept = told(line("7000.00", NAMED), line("-5.00", "Комісія банку"))
    page = text(shown(books.cast.halyna, "statement", kept.pk, show="spent"))
    assert "Комісія банку" in page
    assert "СФ-000123" not in page


def test_a_line_leads_to_its_place_and_its_payment_to_the_line(
    books: Books, invoice: Invoice
) -> None:
    kept = told(line("7200.00", NAMED))
    row = StatementLine.objects.get()
    answer = shown(books.cast.halyna, "bank-line", row.pk)
    here = reverse("money:statement", args=[kept.pk])
    assert answer["Location"] == f"{here}?line={row.pk}"
    payment = text(shown(books.cast.halyna, "payment", row.payment_id or 0))
    assert reverse("money:bank-line", args=[row.pk]) in payment
    assert reverse("money:bank-line", args=[row.pk]) not in text(
        shown(books.cast.taras, "payment", row.payment_id or 0)
    )


def test_the_accountant_hears_on_the_page_of_money_how_many_lines_wait(
    books: Books, invoice: Invoice
) -> None:
    told(line("7000.00", NAMED), line("11.00", "друга"))
    page = text(shown(books.cast.halyna, "list"))
    assert reverse("money:statements") in page
    assert "2 рядки чекають" in page
    assert reverse("money:statements") not in text(shown(books.cast.taras, "list"))


def test_a_key_asks_for_the_chosen_line_alone(books: Books, invoice: Invoice) -> None:
    kept = told(line("7000.00", NAMED))
    row = StatementLine.objects.get()
    address = reverse("money:statement", args=[kept.pk])
    part = browser(books.cast.halyna).get(
        address, {"line": row.pk}, headers={"HX-Request": "true"}
    )
    assert f'data-line="{row.pk}"' in text(part)
    assert "<html" not in text(part)


@pytest.mark.parametrize("count", [10, 300])
def test_a_long_statement_costs_no_more_queries(
    books: Books,
    invoice: Invoice,
    count: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    rows = [line(f"{n}.00", f"платіж {n}, рах. СФ-000123") for n in range(1, count + 1)]
    kept = told(*rows)
    entered = browser(books.cast.halyna)
    address = reverse("money:statement", args=[kept.pk])
    entered.get(address)
    with django_assert_max_num_queries(12 + FRAME):
        page = text(entered.get(address))
    assert page.count('id="line-') == min(count, 100)


def test_files_of_the_bank_stand_among_what_came_in(
    books: Books, invoice: Invoice
) -> None:
    kept = told(line("50.00"))
    address, here = (
        reverse("intake:imports"),
        reverse("money:statement", args=[kept.pk]),
    )
    back = reverse("money:undo-file", args=[StatementFile.objects.get().pk])
    accountant = text(browser(books.cast.halyna).get(address))
    assert (here in accountant, back in accountant) == (True, True)
    head = text(browser(books.cast.iryna).get(address))
    assert (here in head, back in head) == (True, False)
    assert browser(books.cast.taras).get(address).status_code == 403

    press(books.cast.halyna, "undo-file", StatementFile.objects.get().pk, why="не той")
    assert "не той" in text(browser(books.cast.halyna).get(address))
