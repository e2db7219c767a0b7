"""The page of our accounts: who keeps them, what is mistyped, what is closed."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from suprovid.journal.models import Fact
from suprovid.money.models import Account
from suprovid.money.tests.bank import OURS, account
from suprovid.money.tests.books import Books
from suprovid.people.models import Person

pytestmark = pytest.mark.django_db
LIST = reverse("money:accounts")
MISTYPED = "UA093999990000026001000000018"
_keys = count(1)


def browser(person: Person) -> Browser:
    entered = Browser()
    entered.force_login(person)
    return entered


def press(person: Person, to: str, /, *args: int, **fields: Any) -> Any:
    sent = {"_once": f"key-of-an-account-{next(_keys)}", **fields}
    return browser(person).post(reverse(f"money:{to}", args=args), sent)


def test_an_account_is_added_as_people_write_it(books: Books) -> None:
    spaced = " ".join(OURS[start : start + 4] for start in range(0, len(OURS), 4))
    done = press(books.cast.halyna, "accounts", iban=spaced.lower(), name=" Основний ")

    assert (done.status_code, done.headers["Location"]) == (303, LIST)
    made = Account.objects.get()
    assert (made.iban, made.name, made.posts_sure) == (OURS, "Основний", True)
    shown = browser(books.cast.halyna).get(LIST).content.decode()
    assert OURS in shown


def test_a_mistyped_or_known_account_is_told_at_its_field(books: Books) -> None:
    account()
    for iban in ("", MISTYPED, "UA", OURS):
        answer = press(books.cast.halyna, "accounts", iban=iban, name="")
        assert answer.status_code == 422, iban
        assert answer.context["form"].errors["iban"]
    assert Account.objects.count() == 1


def test_an_account_is_renamed_and_its_sure_lines_wait(books: Books) -> None:
    ours, halyna = account(), books.cast.halyna
    assert (
        press(halyna, "account", ours.pk, name="Оренда", version=1).status_code == 303
    )
    ours.refresh_from_db()
    assert (ours.name, ours.posts_sure, ours.version) == ("Оренда", False, 2)

    late = press(halyna, "account", ours.pk, name="Інша", version=1)
    assert late.status_code == 412
    ours.refresh_from_db()
    assert ours.name == "Оренда"


def test_an_account_is_closed_and_opened_again(books: Books) -> None:
    ours, halyna = account(), books.cast.halyna
    assert press(halyna, "close-account", ours.pk).status_code == 303
    ours.refresh_from_db()
    assert ours.closed_at is not None
    assert press(halyna, "close-account", ours.pk).status_code == 409

    assert press(halyna, "open-account", ours.pk).status_code == 303
    kinds = Fact.objects.filter(kind__startswith="money.account").order_by("pk")
    told = [kind.rsplit(".", 1)[-1] for kind in kinds.values_list("kind", flat=True)]
    assert told == ["added", "closed", "opened"]


def test_others_neither_see_nor_keep_accounts(books: Books) -> None:
    ours = account()
    for person in (books.cast.taras, books.cast.pavlo):
        assert OURS not in browser(person).get(LIST).content.decode()
        one = reverse("money:account", args=[ours.pk])
        assert browser(person).get(one).status_code in {403, 404}
        assert press(person, "accounts", iban=OURS, name="").status_code == 403
        assert press(person, "close-account", ours.pk).status_code == 403
    assert Account.objects.filter(closed_at=None).count() == 1
