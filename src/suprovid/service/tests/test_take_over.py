"""Clients served before Suprovid are taken over on record (PROCESS 3.10)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from suprovid.clients.models import Client
from suprovid.clients.rules import ServedBy, Serving
from suprovid.journal.models import Fact
from suprovid.lib.decision import Forbidden, Invalid, Missing, Refused
from suprovid.service import actions
from suprovid.service.models import TakeOver
from tests.cast import MONDAY, Cast, acting
from tests.path import new_case, new_client, new_contract
from tests.refusals import refuses


def row(cast: Cast, client: Client, **more: Any) -> actions.TakeOverRow:
    contract = new_contract(cast, client)
    told: dict[str, Any] = {
        "client_id": client.pk,
        "contract_id": contract.pk,
        "manager_id": cast.taras.pk,
        "group_id": cast.podil.pk,
        "since": date(2021, 9, 1),
        **more,
    }
    return actions.TakeOverRow(**told)


def take(cast: Cast, one: actions.TakeOverRow, by: str = "iryna") -> TakeOver:
    return actions.take_over(
        actor=acting(getattr(cast, by), MONDAY),
        client_id=one.client_id,
        contract_id=one.contract_id,
        manager_id=one.manager_id,
        group_id=one.group_id,
        since=one.since,
    )


def test_the_head_of_department_takes_a_client_over(cast: Cast) -> None:
    client = new_client(cast)
    take(cast, row(cast, client))
    client.refresh_from_db()
    assert client.serving == Serving.SERVED
    assert client.served_by == ServedBy.TAKE_OVER
    assert (client.group, client.manager) == (cast.podil, cast.taras)
    assert Fact.objects.filter(kind="service.taken_over").count() == 1


@pytest.mark.parametrize("person", ["olena", "viktor", "taras"])
def test_only_the_head_of_department_takes_over(cast: Cast, person: str) -> None:
    one = row(cast, new_client(cast))
    refuses(lambda: take(cast, one, person), Forbidden, "takes clients over")


def test_a_client_is_taken_over_once(cast: Cast) -> None:
    client = new_client(cast)
    one = row(cast, client)
    take(cast, one)
    refuses(lambda: take(cast, one), Refused, "in service already")


def test_a_client_being_handed_over_goes_by_its_sheet(cast: Cast) -> None:
    case = new_case(cast)
    one = row(cast, case.client)
    refuses(lambda: take(cast, one), Refused, "П-2026/1")


def test_the_contract_is_the_clients_own(cast: Cast) -> None:
    strange = new_contract(cast, new_client(cast))
    one = row(cast, new_client(cast), contract_id=strange.pk)
    refuses(lambda: take(cast, one), Refused, "not this client’s")


def test_the_manager_is_of_the_group(cast: Cast) -> None:
    one = row(cast, new_client(cast), manager_id=cast.oksana.pk)
    refuses(lambda: take(cast, one), Refused, "manager of the group")


def test_the_day_has_come(cast: Cast) -> None:
    one = row(cast, new_client(cast), since=date(2026, 4, 14))
    refuses(lambda: take(cast, one), Refused, "not come yet")


def test_what_is_not_there_is_not_taken_over(cast: Cast) -> None:
    one = row(cast, new_client(cast), contract_id=0)
    with pytest.raises(Missing):
        take(cast, one)


def test_a_list_is_taken_over_whole(cast: Cast) -> None:
    rows = [row(cast, new_client(cast)) for _ in range(3)]
    taken = actions.take_over_many(actor=acting(cast.iryna, MONDAY), rows=rows)
    assert len(taken) == 3
    assert Client.objects.filter(serving=Serving.SERVED).count() == 3


def test_of_a_list_with_one_bad_row_nothing_is_taken_over(cast: Cast) -> None:
    bad = row(cast, new_client(cast), manager_id=cast.oksana.pk)
    rows = [row(cast, new_client(cast)), bad]
    facts = Fact.objects.count()
    with pytest.raises(Invalid) as refusal:
        actions.take_over_many(actor=acting(cast.iryna, MONDAY), rows=rows)
    assert "Лісовий дім" in str(refusal.value.reason)
    assert (TakeOver.objects.count(), Fact.objects.count()) == (0, facts)
