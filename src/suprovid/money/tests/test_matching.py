"""On which invoices a line may lie, and why: a table of purposes (DOMAIN B6)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from suprovid.money.rules import (
    Books,
    MoneyIn,
    OpenInvoice,
    Sureness,
    match,
)

ALFA, BETA = "99000011", "99000028"


def invoice(number: str, owed: str = "7200.00", client: int = 1) -> OpenInvoice:
    serial = sum(map(ord, number)) * 10 + client
    return OpenInvoice(
        id=serial,
        number=number,
        issued_on=date(2026, 10, 1 + serial % 28),
        total=Decimal(owed),
        owed=Decimal(owed),
        contract=f"{14 + client}/26",
        client_id=client,
        client=f"Клієнт {client}",
        client_code=ALFA if client == 1 else BETA,
    )


def books(
    *invoices: OpenInvoice, ibans: dict[str, frozenset[int]] | None = None
) -> Books:
    clients = {ALFA: (1, "Альфа"), BETA: (2, "Бета")}
    return Books(invoices, clients=clients, ibans=ibans or {})


def money(
    purpose: str, amount: str = "7200.00", code: str = ALFA, iban: str = ""
) -> MoneyIn:
    return MoneyIn(Decimal(amount), purpose, (code,) if code else (), iban)


SURE, LIKELY, NONE = Sureness.SURE, Sureness.LIKELY, Sureness.NONE


@pytest.mark.parametrize(
    ("purpose", "sureness"),
    [
        ("Оплата рах. № СФ-000123 від 30.10.2026", SURE),
        ("оплата сф-000123", SURE),
        ("Оплата за рахунком \u0421\u0424000123", SURE),
        ("Оплата за рахунком \u0043\u0424-000123", SURE),
        ("рах СФ 123 без ПДВ", SURE),
        ("рах.СФ–000123,в т.ч. ПДВ", SURE),
        ("СФ-0001234", LIKELY),
        ("СФ-000123/25", LIKELY),
        ("АСФ-000123", LIKELY),
        ("рах. 123, 318", LIKELY),
        ("за послуги", LIKELY),
    ],
)
def test_only_a_number_as_a_whole_word_makes_sure(
    purpose: str, sureness: Sureness
) -> None:
    assert match(money(purpose), books(invoice("СФ-000123"))).sureness is sureness


@pytest.mark.parametrize(
    "told",
    [
        money("рах. СФ-000123", amount="7000.00"),
        money("рах. СФ-000123", amount="7300.00"),
        money("рах. СФ-000123", code=BETA),
        money("рах. СФ-000123", code=""),
        money("рах. СФ-000123", code="12345678"),
        money("рах. СФ-000123, СФ-000124"),
        money("рах. СФ-000123, 124"),
        money("рах. СФ-000123 дог. 16/26"),
    ],
)
def test_any_doubt_waits_for_a_person(told: MoneyIn) -> None:
    others = (invoice("СФ-000124", "100.00"), invoice("СФ-000200", "7200.00", 2))
    found = match(told, books(invoice("СФ-000123"), *others))
    assert found.sureness is LIKELY


def test_an_account_that_paid_before_stands_for_the_code() -> None:
    known = books(invoice("СФ-000123"), ibans={"UA1": frozenset({1})})
    assert match(money("СФ-000123", code="", iban="UA1"), known).sureness is SURE
    assert match(money("СФ-000123", code=BETA, iban="UA1"), known).sureness is LIKELY


def test_figures_are_found_where_a_word_announces_them() -> None:
    known = books(invoice("СФ-000302", "100.00"), invoice("СФ-000318", "50.00"))
    found = match(money("рах. 302, 318", amount="150.00", code=""), known)
    assert [amount for _pk, amount in found.candidates[0].parts] == [100, 50]


@pytest.mark.parametrize(
    "purpose",
    [
        "за 302 год",
        "сплата від 30.02.2026 302,00 грн",
        "дог. № 302",
        "акт 302",
        "302-5/1",
        "ПДВ 302%",
        "за 15 днів",
    ],
)
def test_other_figures_name_no_invoice(purpose: str) -> None:
    known = books(invoice("СФ-000302", "100.00"), invoice("СФ-15", "90.00"))
    assert match(money(purpose, amount="77.00", code=""), known).candidates == ()


def test_two_invoices_of_one_sum_are_proposed_together() -> None:
    known = books(invoice("А-1", "100.00"), invoice("А-2", "250.00"), invoice("А-3"))
    found = match(money("за послуги", amount="350.00"), known)
    assert sorted(amount for _pk, amount in found.candidates[0].parts) == [100, 250]


def test_the_oldest_debt_is_proposed_last() -> None:
    known = books(invoice("А-1", "100.00"), invoice("А-2", "250.00"))
    found = match(money("за послуги", amount="120.00"), known)
    assert sum(amount for _pk, amount in found.candidates[-1].parts) == 120


def test_nobody_s_money_has_no_candidates() -> None:
    known = books(invoice("А-1", "100.00"))
    assert match(money("Перевірка реквізитів", "0.01", code=""), known).sureness is NONE


def test_an_invoice_laid_is_owed_no_more() -> None:
    known = books(invoice("СФ-000123"))
    first = match(money("СФ-000123"), known)
    known.lay(first.candidates[0].parts)
    assert match(money("СФ-000123"), known).sureness is NONE
