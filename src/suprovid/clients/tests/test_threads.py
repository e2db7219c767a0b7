"""Many at once on PostgreSQL: one wins, the others are told."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from suprovid.clients import actions
from suprovid.clients.tests.organisations import good_code
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
