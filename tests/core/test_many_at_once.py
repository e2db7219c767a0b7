"""Thirty-two at one moment, through the doors and down to the message rows (line 3).

One wins: one fact, one message row, one number; who comes too late hears who was first.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connections, transaction
from django.test import Client
from django.urls import reverse

from suprovid.config import worker
from suprovid.documents.actions import take_number
from suprovid.handover import actions
from suprovid.handover.models import Visa
from suprovid.handover.rules import ItemCode
from suprovid.journal.models import Fact
from suprovid.lib.decision import Refused
from suprovid.obligations.models import Message, Obligation
from tests.cast import acting, the_cast
from tests.path import Case, new_case

CROWD = 32
pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def case() -> Case:
    return new_case(the_cast())


def at_once(work: Callable[[int], Any]) -> list[Any]:
    """What each of the crowd got: a result, or the reason of the refusal."""
    gate = Barrier(CROWD)

    def one(number: int) -> Any:
        gate.wait()
        try:
            return work(number)
        except Refused as refused:
            return str(refused.reason)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(CROWD) as crowd:
        return list(crowd.map(one, range(CROWD)))


def heard(kind: str) -> list[int]:
    """Who has a message row about the one fact of this kind."""
    fact = Fact.objects.get(kind=kind)
    rows = Message.objects.filter(fact=fact)
    return list(rows.values_list("person", flat=True))


def test_one_client_is_accepted_and_sales_hear_of_it_once(case: Case) -> None:
    case.ready()
    head = acting(case.cast.olena, case.now)
    said = at_once(lambda _: actions.accept(actor=head, handover_id=case.id))
    late = [text for text in said if isinstance(text, str)]
    assert len(late) == CROWD - 1
    assert all("Already accepted by Олена Ткачук" in text for text in late)
    at_once(lambda _: worker.turn(case.now))
    worker.turn(case.now)
    assert heard("handover.accepted") == [case.cast.andrii.pk]


def test_one_visa_is_refused_and_sales_hear_of_it_once(case: Case) -> None:
    case.collect().bring_all()
    line, lawyer = case.line(ItemCode.CONTRACT), acting(case.cast.maryna, case.now)
    said = at_once(
        lambda _: actions.refuse_visa(
            actor=lawyer,
            handover_id=case.id,
            item_id=line.id,
            requirement=line.requirements[0],
            reason="немає двох програм",
            seen=line.holds,
        )
    )
    late = [text for text in said if isinstance(text, str)]
    assert len(late) == CROWD - 1
    assert all("Already refused by Марина Коваль" in text for text in late)
    at_once(lambda _: worker.turn(case.now))
    worker.turn(case.now)
    assert heard("handover.visa.refused") == [case.cast.andrii.pk]


def test_a_term_that_fell_due_is_told_once_by_many_workers(case: Case) -> None:
    """The workers were away for three days and come back all together."""
    case.collect()
    now = case.now + timedelta(days=7)
    at_once(lambda _: worker.turn(now))
    worker.turn(now)
    missed = Obligation.objects.filter(missed_at__isnull=False)
    facts = Fact.objects.filter(kind="obligations.missed")
    assert missed.count() == facts.count() > 3
    assert set(facts.values_list("at", flat=True)) == set(
        missed.values_list("due_at", flat=True)
    )
    rows = Message.objects.filter(point="missed").values_list("obligation", "person")
    assert len(rows) == len(set(rows)) > 0


def test_one_form_sent_by_an_impatient_hand_gives_one_visa(case: Case) -> None:
    case.collect().bring_all()
    line = case.line(ItemCode.CONTRACT)
    where = reverse("handover:give", args=[case.id, line.id])
    form = {"_once": "one-rendering-of-the-form", "seen": list(line.holds)}

    def press(_: int) -> tuple[int, str]:
        browser = Client()
        browser.force_login(case.cast.maryna)
        answer = browser.post(where, form)
        return answer.status_code, answer.headers.get("Location", "")

    assert set(at_once(press)) == {(303, reverse("handover:handover", args=[case.id]))}
    assert Visa.objects.filter(item=line.id).count() == 1
    assert Fact.objects.filter(kind="handover.visa.given").count() == 1


def test_each_takes_a_number_of_its_own_and_none_is_lost(case: Case) -> None:
    """Every fourth rolls back: the numbers of the others have no gap."""

    def take(number: int) -> int:
        with transaction.atomic():
            taken = take_number(kind="act", on=date(2026, 4, 13))
            if number % 4 == 0:
                transaction.set_rollback(True)
                return 0
            return taken

    kept = sorted(filter(None, at_once(take)))
    assert kept == list(range(1, CROWD * 3 // 4 + 1))
