"""Programs handle money through the same doors."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

import pytest
from django.test import Client

from suprovid.money.models import Allocation, Invoice, Payment
from suprovid.money.tests.books import SATURDAY, Books
from suprovid.people.models import Person

_keys = count(1)
ROOT = "/api/v1"
LINE = {
    "booked_at": "2026-04-11T11:30:00+03:00",
    "amount": "6480.00",
    "payer_name": "ТОВ «Лісовий дім»",
    "document": "ПД-7",
}


def call(person: Person, path: str, body: Any) -> tuple[int, Any]:
    client = Client()
    client.force_login(person)
    answer = client.post(
        f"{ROOT}{path}",
        json.dumps(body),
        content_type="application/json",
        headers={"Idempotency-Key": f"key-of-{next(_keys):04}"},
    )
    return answer.status_code, answer.json()


def read(person: Person, path: str) -> tuple[int, Any]:
    client = Client()
    client.force_login(person)
    answer = client.get(f"{ROOT}{path}")
    return answer.status_code, answer.json()


def test_a_program_issues_an_invoice_and_sees_it_paid(books: Books) -> None:
    halyna, contract = books.cast.halyna, books.contract()
    asked = {"contract_id": contract.pk, "issued_on": "2026-04-13", "total": "6480"}
    status, made = call(halyna, "/invoices", asked)
    assert status == 201

    status, paid = call(halyna, "/payments", {**LINE, "invoice_id": made["id"]})
    assert status == 201
    _, invoice = read(halyna, f"/invoices/{made['id']}")
    assert (invoice["state"], invoice["owed"], invoice["vat"]) == (
        "paid",
        "0.00",
        "1080.00",
    )
    assert invoice["paid_at"] == "2026-04-11T08:30:00Z"
    assert Payment.objects.get(pk=paid["id"]).booked_at == SATURDAY


def test_a_program_lays_a_part_takes_it_off_and_strikes_the_payment_out(
    books: Books,
) -> None:
    halyna, payment, invoice = books.cast.halyna, books.pay(), books.invoice()
    part = {"payment_id": payment.pk, "invoice_id": invoice.pk, "amount": "80.50"}
    status, laid = call(halyna, "/allocations", part)
    assert (status, laid["amount"], laid["undone_at"]) == (201, "80.50", None)
    _, told = read(halyna, f"/payments/{payment.pk}")
    assert (told["laid"], told["free"]) == ("80.50", "6399.50")
    assert [one["id"] for one in told["allocations"]] == [laid["id"]]

    void = f"/payments/{payment.pk}/void"
    assert call(halyna, void, {"why": "описка"})[0] == 409
    undo = f"/allocations/{laid['id']}/undo"
    assert call(halyna, undo, {"why": "не той клієнт"})[0] == 200
    assert call(halyna, undo, {"why": "не той клієнт"})[0] == 409
    assert call(halyna, void, {"why": "описка"})[0] == 200
    assert read(halyna, f"/payments/{payment.pk}")[1]["voided"]


def test_a_line_of_the_bank_entered_before_is_refused_at_its_field(
    books: Books,
) -> None:
    call(books.cast.halyna, "/payments", LINE)
    status, told = call(books.cast.liudmyla, "/payments", LINE)

    assert (status, list(told["errors"])) == (422, ["document"])
    assert Payment.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "NaN"},
        {"amount": "0"},
        {"amount": "0.001"},
        {"booked_at": "2026-04-11T11:30:00"},
        {"document": ""},
        {"document": " "},
        {"payer_name": "\t"},
        {"payer_iban": "UA213223130000026007233566002"},
    ],
    ids=str,
)
def test_what_is_no_payment_is_told_at_its_field(
    books: Books, wrong: dict[str, str]
) -> None:
    status, told = call(books.cast.halyna, "/payments", {**LINE, **wrong})

    assert (status, list(told["errors"])) == (422, list(wrong))
    assert not Payment.objects.exists()


@pytest.mark.parametrize("text", ["а\0б", "а\ud800б"])
def test_a_text_that_no_database_keeps_cannot_be_read(books: Books, text: str) -> None:
    status, _ = call(books.cast.halyna, "/payments", {**LINE, "purpose": text})

    assert status == 400
    assert not Payment.objects.exists()


@pytest.mark.parametrize(
    ("who", "seen"), [("halyna", 2), ("taras", 1), ("maryna", 0), ("pavlo", 0)]
)
def test_lists_hold_what_one_sees(books: Books, who: str, seen: int) -> None:
    person = books.cast.everybody()[who]
    books.pay(invoice_id=books.invoice().pk)
    books.pay(invoice_id=books.invoice(group=books.cast.obolon).pk)

    assert len(read(person, "/invoices")[1]["items"]) == seen
    assert len(read(person, "/payments")[1]["items"]) == seen
    opened = [
        *(read(person, f"/invoices/{row.pk}")[0] for row in Invoice.objects.all()),
        *(read(person, f"/payments/{row.pk}")[0] for row in Payment.objects.all()),
    ]
    assert (opened.count(200), opened.count(404)) == (2 * seen, 4 - 2 * seen)


def test_a_manager_handles_no_money(books: Books) -> None:
    taras, payment, invoice = books.cast.taras, books.pay(), books.invoice()
    laid = books.lay(payment, invoice)
    asked = {"contract_id": invoice.contract_id, "issued_on": "2026-04-13", "total": 1}
    part = {"payment_id": payment.pk, "invoice_id": invoice.pk}

    assert call(taras, "/invoices", asked)[0] == 403
    assert call(taras, "/payments", LINE)[0] == 403
    assert call(taras, "/allocations", part)[0] == 403
    assert call(taras, f"/allocations/{laid.pk}/undo", {"why": "-"})[0] == 403
    assert call(taras, f"/payments/{payment.pk}/void", {"why": "-"})[0] == 403
    assert Allocation.objects.filter(undone_at=None).count() == 1
