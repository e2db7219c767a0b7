"""How often a page asks the database: bounded, whatever the number of rows.

My day and every list: 12; the client's page: 25. The list of pages is the URL map's
own: a new page of no arguments is held to the budget of lists by itself.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from django.conf import settings as conf
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from suprovid.obligations import actions as obligations
from suprovid.people.models import Person
from tests.cast import MONDAY, Cast, acting
from tests.many import multiply
from tests.path import Case, new_case
from tests.roles.routes import pages

LIST, CLIENT = 12, 25
MANY = 300
WHO = ("olena", "iryna", "taras", "andrii", "viktor", "maryna", "halyna", "yaroslav")
NOT_OURS = ("account_", "mfa_", "health", "set_")
"""Sign-in is the library's and reads nothing of the department."""
pytestmark = pytest.mark.django_db


@pytest.fixture
def few(cast: Cast) -> Case:
    obligations.found_company(actor=acting(None, MONDAY), name="Правовий вимір")
    case = new_case(cast).collect()
    multiply(case, 9)
    browser(cast.olena).get("/")  # a process reads the working calendar once
    return case


def browser(person: Person) -> Browser:
    client = Browser()
    client.force_login(person, backend=conf.AUTHENTICATION_BACKENDS[-1])
    return client


def asked(client: Browser, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def lists() -> list[str]:
    named = [page for page in pages() if not page.args]
    return [page.address({}) for page in named if not page.name.startswith(NOT_OURS)]


def over(counts: dict[tuple[str, str], int], budget: int) -> dict[str, int]:
    return {f"{who} {page}": n for (who, page), n in counts.items() if n > budget}


def counts(cast: Cast, addresses: Iterable[str]) -> dict[tuple[str, str], int]:
    return {
        (who, page): asked(client, page)
        for who in WHO
        for client in [browser(getattr(cast, who))]
        for page in addresses
    }


@pytest.fixture(autouse=True)
def _as_in_service(settings: Settings) -> None:
    """The red line of a silent worker is asked for too; other tests are spared it."""
    settings.TESTING = False


def test_my_day_and_every_list_keep_to_twelve_with_ten_rows_and_with_many(
    few: Case,
) -> None:
    of_few = counts(few.cast, lists())
    multiply(few, MANY - 10)
    of_many = counts(few.cast, lists())

    assert over(of_few, LIST) == {}
    assert over(of_many, LIST) == {}
    assert {
        key: (of_few[key], n) for key, n in of_many.items() if n > of_few[key]
    } == {}


def test_the_lists_were_not_empty_when_they_were_counted(few: Case) -> None:
    """A budget of an empty page would prove nothing."""
    multiply(few, 5)
    seen = browser(few.cast.olena)
    for page in ("/", "/handovers/", "/clients/", "/contracts/", "/money/"):
        assert seen.get(page).content.decode().count(str(few.client)) >= 1, page
    assert seen.get("/handovers/").content.decode().count('class="card ho') == 15


@pytest.mark.parametrize("who", ["olena", "iryna", "andrii", "maryna"])
def test_the_client_s_page_keeps_to_twenty_five(few: Case, who: str) -> None:
    client = browser(getattr(few.cast, who))
    assert asked(client, f"/clients/{few.client.pk}/") <= CLIENT
