"""Pages of contracts and of the catalogue, as each person meets them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from suprovid.contracts import actions
from suprovid.contracts.models import Bank, Contract, Kit, Line
from suprovid.contracts.queries import PAGE
from suprovid.people.models import Person
from tests.cast import MONDAY, Cast, acting
from tests.owing import client_of
from tests.path import new_client, new_contract

_keys = count(1)
LIST = reverse("contracts:list")
APRIL = date(2026, 4, 13)
TERMS = {"signed_on": "10.04.2026", "valid_from": "13.04.2026"}


@pytest.fixture
def contract(cast: Cast) -> Contract:
    return new_contract(cast, new_client(cast))


@pytest.fixture
def kit(cast: Cast) -> Kit:
    bank = Bank.objects.create(name="Законодавство", valid_from=APRIL)
    return actions.add_kit(
        actor=acting(cast.iryna, MONDAY),
        name="Універсал",
        bank_ids=[bank.pk],
        valid_from=APRIL,
    )


def browser(person: Person) -> Browser:
    entered = Browser()
    entered.force_login(person)
    return entered


def shown(person: Person, name: str, *args: int, **asked: str) -> Any:
    return browser(person).get(reverse(f"contracts:{name}", args=args), asked)


def press(person: Person, name: str, *args: int, **fields: Any) -> Any:
    sent = {"_once": f"key-of-a-form-{next(_keys)}", **fields}
    return browser(person).post(reverse(f"contracts:{name}", args=args), sent)


def text(answer: Any) -> str:
    return str(answer.content.decode())


# ---------------------------------------------------------------- entering


def test_a_contract_is_entered_from_the_page_of_its_client(cast: Cast) -> None:
    client = new_client(cast)
    page = shown(cast.andrii, "new", client.pk)
    assert (page.status_code, str(client) in text(page)) == (200, True)

    own = {
        "own_term_count": "5",
        "own_term_unit": "working_days",
        "own_term_from": "signing",
    }
    done = press(
        cast.andrii, "new", client.pk, number="15/26", regular="on", **TERMS, **own
    )
    contract = Contract.objects.get()
    assert done.headers["Location"] == reverse("contracts:contract", args=[contract.pk])
    assert (contract.regular, contract.own_term_count) == (True, 5)
    opened = text(shown(cast.andrii, "contract", contract.pk))
    assert "15/26" in opened
    assert "від підписання" in opened


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("number", " "),
        ("signed_on", "учора"),
        ("own_term_count", "-1"),
        ("own_term_unit", "years"),
    ],
)
def test_what_is_mistyped_is_told_at_its_field(
    cast: Cast, field: str, typed: str
) -> None:
    client = new_client(cast)
    answer = press(
        cast.andrii, "new", client.pk, **{"number": "15/26", **TERMS, field: typed}
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert not Contract.objects.exists()


def test_an_own_term_without_a_unit_is_told_at_the_unit(cast: Cast) -> None:
    client = new_client(cast)
    answer = press(
        cast.andrii, "new", client.pk, number="15/26", own_term_count="5", **TERMS
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors["own_term_unit"]


def test_a_number_that_is_taken_is_told_at_its_field(
    cast: Cast, contract: Contract
) -> None:
    answer = press(
        cast.andrii, "new", contract.client_id, number=contract.number, **TERMS
    )
    assert answer.status_code == 422
    assert contract.number in str(answer.context["form"].errors["number"])


@pytest.mark.parametrize("who", ["maryna", "halyna"])
def test_who_only_looks_is_told_who_writes(
    cast: Cast, contract: Contract, who: str
) -> None:
    person = cast.everybody()[who]
    for name, number in (
        ("new", contract.client_id),
        ("contract", contract.pk),
        ("edit", contract.pk),
    ):
        assert "why-not" in text(shown(person, name, number)), name
    named = {"number": "7/26", **TERMS}
    assert press(person, "new", contract.client_id, **named).status_code == 403
    terms = {**TERMS, "version": "1"}
    assert press(person, "edit", contract.pk, **terms).status_code == 403


@pytest.mark.parametrize("name", ["contract", "edit", "new", "add-line"])
def test_a_contract_of_others_is_not_found(
    cast: Cast, contract: Contract, name: str
) -> None:
    number = contract.client_id if name == "new" else contract.pk
    if name != "add-line":
        assert shown(cast.sofiia, name, number).status_code == 404
    assert press(cast.sofiia, name, number).status_code in {404, 405}


# ---------------------------------------------------------------- changing


def test_nothing_is_lost_when_two_change_the_same(
    cast: Cast, contract: Contract
) -> None:
    page = shown(cast.andrii, "edit", contract.pk)
    assert page.context["form"].initial["price_agreement"] == "ДУ № 1"
    theirs = {**TERMS, "price_agreement": "ДУ № 7", "version": "1"}
    assert press(cast.viktor, "edit", contract.pk, **theirs).status_code == 303

    own = {"own_term_count": "5", "own_term_unit": "working_days"}
    mine = {
        **TERMS,
        **own,
        "own_term_from": "payment",
        "valid_to": "31.12.2026",
        "price_agreement": "ДУ № 8",
        "may_agree_later": "on",
    }
    late = press(cast.andrii, "edit", contract.pk, **mine, version="1")
    assert late.status_code == 412
    assert [(a, b) for _, a, b in late.context["differs"]] == [
        ("31\xa0грудня 2026", ""),
        ("ДУ № 8", "ДУ № 7"),
        ("5", ""),
        ("робочі дні", ""),
        ("від оплати", ""),
        ("так", "ні"),
    ]
    said = text(late)
    assert "ДУ № 7" in said
    assert "ДУ № 8" in said
    assert 'name="version" value="2"' in said

    assert (
        press(cast.andrii, "edit", contract.pk, **mine, version="2").status_code == 303
    )
    contract.refresh_from_db()
    assert (contract.price_agreement, contract.version) == ("ДУ № 8", 3)


def test_an_own_term_is_shown_filled_and_taken_away_whole(cast: Cast) -> None:
    contract = new_contract(
        cast,
        new_client(cast),
        own_term_count=10,
        own_term_unit="calendar_days",
        own_term_from="payment",
    )
    filled = shown(cast.andrii, "edit", contract.pk).context["form"].initial
    assert filled["own_term_count"] == 10

    press(cast.andrii, "edit", contract.pk, **TERMS, version="1")
    contract.refresh_from_db()
    assert contract.own_term_count is None


# ---------------------------------------------------------------- lines


def line(kit: Kit, **more: str) -> dict[str, str]:
    return {
        "kit_id": str(kit.pk),
        "variant": "network",
        "seats": "5",
        "periodicity": "weekly",
        "delivery": "visit",
        "monthly_price": "4 200,00",
        "valid_from": "13.04.2026",
        **more,
    }


def test_a_kit_is_subscribed_and_ended_on_the_page_of_the_contract(
    cast: Cast, contract: Contract, kit: Kit
) -> None:
    press(cast.andrii, "add-line", contract.pk, **line(kit))
    row = Line.objects.get()
    assert row.monthly_price == Decimal(4200)
    page = text(shown(cast.andrii, "contract", contract.pk))
    assert "Універсал" in page
    assert reverse("contracts:end-line", args=[contract.pk, row.pk]) in page

    press(cast.andrii, "end-line", contract.pk, row.pk, last_day="2026-05-31")
    row.refresh_from_db()
    assert row.valid_to == date(2026, 5, 31)
    page = text(shown(cast.andrii, "contract", contract.pk))
    assert reverse("contracts:end-line", args=[contract.pk, row.pk]) not in page


@pytest.mark.parametrize(
    ("field", "typed"),
    [("kit_id", "999"), ("seats", "0"), ("monthly_price", "-1"), ("variant", "paper")],
)
def test_a_line_mistyped_is_told_at_its_field(
    cast: Cast, contract: Contract, kit: Kit, field: str, typed: str
) -> None:
    answer = press(cast.andrii, "add-line", contract.pk, **line(kit, **{field: typed}))
    assert answer.status_code == 422
    assert answer.context["line_form"].errors[field]


def test_a_line_ended_before_it_began_is_refused_under_the_lines(
    cast: Cast, contract: Contract, kit: Kit
) -> None:
    press(cast.andrii, "add-line", contract.pk, **line(kit))
    row = Line.objects.get()
    answer = press(cast.andrii, "end-line", contract.pk, row.pk, last_day="2026-04-01")
    assert answer.status_code == 409
    assert answer.context["end_form"].non_field_errors()


# ---------------------------------------------------------------- the catalogue


def test_the_head_of_department_adds_banks_and_kits(cast: Cast) -> None:
    bank = {"bank-name": "Законодавство", "bank-valid_from": "13.04.2026"}
    assert press(cast.iryna, "add-bank", **bank).status_code == 303
    kit = {
        "kit-name": "Універсал",
        "kit-valid_from": "13.04.2026",
        "kit-bank_ids": [Bank.objects.get().pk],
    }
    assert press(cast.iryna, "add-kit", **kit).status_code == 303

    page = text(shown(cast.taras, "catalogue"))
    assert "Законодавство" in page
    assert "Універсал" in page
    assert "why-not" in page
    assert press(cast.iryna, "add-bank", **bank).status_code == 422
    assert press(cast.iryna, "add-kit", **kit).status_code == 422
    assert press(cast.taras, "add-bank", **bank).status_code == 403
    assert press(cast.taras, "add-kit", **kit).status_code == 403


# ---------------------------------------------------------------- the list


def many(cast: Cast, kit: Kit, number: int) -> None:
    """Contracts of one group with two lines each, in a few statements."""
    client = client_of(cast)
    contracts = Contract.objects.bulk_create(
        Contract(
            client=client,
            number=f"{n}/26",
            number_key=f"{n}/26",
            signed_on=APRIL,
            valid_from=APRIL,
            created_at=MONDAY,
        )
        for n in range(number)
    )
    Line.objects.bulk_create(
        Line(
            contract=contract,
            kit=kit,
            variant="local",
            seats=1,
            periodicity="weekly",
            delivery="visit",
            monthly_price=100,
            valid_from=APRIL,
        )
        for contract in contracts
        for _ in range(2)
    )


@pytest.mark.parametrize("rows", [10, 300])
@pytest.mark.parametrize("who", ["iryna", "taras"])
@pytest.mark.parametrize("asked", ["", "2"])
def test_the_list_asks_twelve_questions_whatever_it_holds(
    cast: Cast,
    kit: Kit,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    rows: int,
    who: str,
    asked: str,
) -> None:
    many(cast, kit, rows)
    looking = browser(cast.everybody()[who])
    with django_assert_max_num_queries(12):
        found = looking.get(LIST, {"text": asked}).context["found"]
    assert len(found.rows) == (1 if asked and rows == 10 else min(rows, PAGE))


def test_the_list_turns_its_pages(cast: Cast, kit: Kit) -> None:
    many(cast, kit, PAGE + 3)
    first = shown(cast.iryna, "list").context["found"]
    second = shown(cast.iryna, "list", page="2").context["found"]
    assert [len(first.rows), len(second.rows)] == [PAGE, 3]
    assert {row.id for row in first.rows}.isdisjoint(row.id for row in second.rows)
    assert (first.page.has_next, second.page.has_next) == (True, False)


@pytest.mark.parametrize("asked", ["page=-1", "page=99999999999", "text=*", "x"])
def test_a_bent_address_still_shows_a_list(cast: Cast, asked: str) -> None:
    assert browser(cast.iryna).get(f"{LIST}?{asked}").status_code == 200


def test_an_empty_list_says_where_contracts_come_from(cast: Cast) -> None:
    assert "all-done" in text(shown(cast.iryna, "list"))
