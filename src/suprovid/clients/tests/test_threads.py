"""Many at once on PostgreSQL: one wins, the others are told."""

from __future__ import annotations

import pytest

from suprovid.clients import actions
from suprovid.journal.models import Fact
from tests.at_once import MANY, at_once
from tests.cast import MONDAY, Cast, acting
from tests.organisations import good_code

pytestmark = pytest.mark.postgres


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
