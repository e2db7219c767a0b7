"""Thirty-two at once: one wins, one fact, one message; the rest hear who was first."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from suprovid.handover import actions
from suprovid.handover.models import Sheet, Visa
from suprovid.handover.rules import ItemCode
from suprovid.journal.models import Fact
from suprovid.lib.decision import Refused
from suprovid.obligations.models import Obligation
from tests.cast import acting, the_cast
from tests.path import Case, new_case, new_client, new_contract, pdf

CROWD = 32

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def case() -> Case:
    return new_case(the_cast()).ready()


def at_once(work: Callable[[], Any]) -> list[Any]:
    """What each of the crowd got: a result, or the reason in words."""
    gate = Barrier(CROWD)

    def one(_number: int) -> Any:
        gate.wait()
        try:
            return work()
        except Refused as refused:
            return str(refused.reason)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(CROWD) as crowd:
        return list(crowd.map(one, range(CROWD)))


def winners_and_losers(answers: list[Any]) -> tuple[list[Any], set[str]]:
    won = [answer for answer in answers if not isinstance(answer, str)]
    return won, {answer for answer in answers if isinstance(answer, str)}


def test_one_visa_is_given(case: Case) -> None:
    case.withdraw(ItemCode.CONTRACT)
    line, actor = case.line(ItemCode.CONTRACT), acting(case.cast.maryna, case.now)
    given = Fact.objects.filter(kind="handover.visa.given").count()
    won, lost = winners_and_losers(
        at_once(
            lambda: actions.give_visa(
                actor=actor, handover_id=case.id, item_id=line.id, seen=line.holds
            )
        )
    )
    assert len(won) == 1
    assert len(lost) == 1
    assert "Already given by Марина Коваль" in lost.pop()
    assert Visa.objects.filter(item=line.id, standing=True).get() == won[0]
    assert Fact.objects.filter(kind="handover.visa.given").count() == given + 1


def test_one_client_is_accepted(case: Case) -> None:
    actor = acting(case.cast.olena, case.now)
    won, lost = winners_and_losers(
        at_once(lambda: actions.accept(actor=actor, handover_id=case.id))
    )
    assert len(won) == 1
    assert "Already accepted by Олена Ткачук" in lost.pop()
    assert Fact.objects.filter(kind="handover.accepted").count() == 1
    assert Sheet.objects.filter(closed_at__isnull=False).count() == 1
    (term,) = Obligation.objects.filter(kind="handover.acceptance")
    assert (
        Fact.objects.filter(
            kind="obligations.met", subject=f"obligations.obligation:{term.pk}"
        ).count()
        == 1
    )


def test_one_handover_of_a_contract_is_opened_and_one_number_taken(case: Case) -> None:

    contract = new_contract(case.cast, new_client(case.cast))
    actor = acting(case.cast.andrii, case.now)
    won, lost = winners_and_losers(
        at_once(
            lambda: actions.open_handover(
                actor=actor, contract_id=contract.pk, group_id=case.cast.podil.pk
            )
        )
    )
    assert [handover.number for handover in won] == ["П-2026/2"]
    assert lost == {"The handover П-2026/2 of this contract is open already."}
    assert Fact.objects.filter(kind="handover.opened").count() == 2


def test_one_paper_gives_way_to_one(case: Case) -> None:
    line, actor = case.line(ItemCode.CONTRACT), acting(case.cast.andrii, case.now)

    won, lost = winners_and_losers(
        at_once(
            lambda: actions.attach_paper(
                actor=actor,
                handover_id=case.id,
                item_id=line.id,
                upload=pdf("нова версія"),
                replaces=line.papers[0].id,
            )
        )
    )
    assert len(won) == 1
    assert "replaced already" in lost.pop()
    assert len(case.line(ItemCode.CONTRACT).papers) == 1
