"""Thirty-two at once on PostgreSQL: one number, one change, the rest are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from suprovid.contracts import actions
from suprovid.contracts.models import Contract
from suprovid.journal.models import Fact
from suprovid.lib.decision import Refused
from tests.cast import HIRED, MONDAY, Cast, acting, hire
from tests.owing import client_of, together
from tests.path import new_client, new_contract

CROWD = 32
pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(db: None) -> Cast:
    return hire(HIRED, with_passwords=False)


def at_once(work: Callable[[int], Any]) -> list[Any]:
    def one(number: int) -> Any:
        try:
            return work(number)
        except Refused as refused:
            return str(refused.reason)

    return together(one, CROWD)


def test_one_number_is_given_to_one_contract_of_many_clients(cast: Cast) -> None:
    clients = [client_of(cast).pk for _ in range(CROWD)]
    told = at_once(
        lambda number: actions.make_contract(
            actor=acting(cast.iryna, MONDAY),
            client_id=clients[number],
            number="15/26",
            signed_on=date(2026, 4, 10),
            valid_from=date(2026, 4, 13),
        )
    )
    assert sum(isinstance(one, Contract) for one in told) == 1
    assert {one for one in told if isinstance(one, str)} == {
        "There is a contract 15/26 already."
    }
    assert Fact.objects.filter(kind="contracts.contract.made").count() == 1


def test_one_change_of_many_is_kept(cast: Cast) -> None:
    contract = new_contract(cast, new_client(cast))
    told = at_once(
        lambda number: actions.edit_contract(
            actor=acting(cast.andrii, MONDAY),
            contract_id=contract.pk,
            version=1,
            price_agreement=f"ДУ № {number}",
        )
    )
    (kept,) = (one for one in told if isinstance(one, Contract))
    contract.refresh_from_db()
    assert (contract.version, contract.price_agreement) == (2, kept.price_agreement)
    assert len({one for one in told if isinstance(one, str)}) == 1


def test_a_bank_that_many_add_stands_in_the_catalogue_once(cast: Cast) -> None:
    told = at_once(
        lambda _number: actions.add_bank(
            actor=acting(cast.iryna, MONDAY),
            name="Законодавство",
            valid_from=date(2026, 4, 13),
        )
    )
    assert sum(not isinstance(one, str) for one in told) == 1
    assert Fact.objects.filter(kind="contracts.bank.added").count() == 1
