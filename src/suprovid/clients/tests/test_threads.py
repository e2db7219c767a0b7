"""Many at once on PostgreSQL: one wins, the others are told."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from suprovid.clients import actions
from suprovid.clients.models import Client
from suprovid.clients.tests.organisations import as_csv, good_code, organisations
from suprovid.journal.models import Fact
from suprovid.lib.decision import Refused
from tests.cast import MONDAY, Cast, acting

pytestmark = pytest.mark.postgres
MANY = 16


def at_once(work: Callable[[], object]) -> list[str]:
    """Run it in many threads at one moment; each one's refusal, or nothing."""
    gate = Barrier(MANY)

    def one(_: int) -> str:
        gate.wait()
        try:
            work()
        except Refused as refused:
            return str(refused.reason)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(one, range(MANY)))


@pytest.mark.django_db(transaction=True)
def test_one_of_many_enters_a_code_and_the_others_are_told_whom_to_ask(
    cast: Cast,
) -> None:
    by = acting(cast.andrii, MONDAY)
    said = at_once(
        lambda: actions.add_client(actor=by, name="Одна", code=good_code(3_600_000))
    )
    assert sorted(map(bool, said)) == [False, *[True] * (MANY - 1)]
    assert all("there already" in text for text in said if text)
    assert Fact.objects.filter(kind="clients.client.added").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_list_brought_in_by_many_gives_each_client_once(cast: Cast) -> None:
    by = acting(cast.iryna, MONDAY)
    data = as_csv(organisations(40))
    said = at_once(lambda: actions.import_clients(actor=by, data=data, name="a.csv"))
    assert not any(said)
    assert Client.objects.count() == 40
    assert Fact.objects.filter(kind="clients.client.imported").count() == 40
