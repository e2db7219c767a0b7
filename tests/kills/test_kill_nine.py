"""Whoever dies at whatever write: all or nothing, and a repeat is safe (PROCESS 7.8).

Processes die of SIGKILL before each write in turn, and once more after the COMMIT.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from suprovid.handover import actions
from suprovid.handover.models import Handover, Visa
from suprovid.handover.rules import ItemCode
from suprovid.journal.models import Fact
from suprovid.journal.rules import Actor, Channel
from suprovid.money import actions as money
from suprovid.money.models import Payment
from suprovid.obligations import actions as obligations
from suprovid.obligations.models import Message, Obligation
from suprovid.web.doing import Answer, Doing, do_once
from tests.cast import acting, the_cast
from tests.kills.killing import killed, state
from tests.path import Case, new_case

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case(transactional_db: None) -> Case:
    return new_case(the_cast())


def once(work: Callable[[], object], case: Case) -> Callable[[], object]:
    """The work behind a door: under one key, however often it is asked."""
    doing = Doing("person:1", "test.kill", "one-and-the-same", "digest", case.now)

    def through_the_door() -> object:
        def answer() -> Answer:
            work()
            return Answer(303, {})

        return do_once(doing, answer)

    return through_the_door


def survives(work: Callable[[], object]) -> int:
    """Kill it at every write; before the COMMIT nothing changes, a repeat adds nothing.

    Returns the number of deaths.
    """
    before = state()
    left = [state() for _number in killed(work)]
    assert set(left[:-1]) == {before}, "a part of it was written"
    assert left[-1] != before, "it was committed and is not there"
    work()
    assert state() == left[-1], "the repeat did it twice"
    return len(left)


def test_a_visa_is_given_whole_or_not_at_all(case: Case) -> None:
    case.send()
    case.confirm()
    case.bring_all()
    line = case.line(ItemCode.CONTRACT)
    by = case.by(case.cast.maryna)

    deaths = survives(
        once(
            lambda: actions.give_visa(
                actor=by, handover_id=case.id, item_id=line.id, seen=list(line.holds)
            ),
            case,
        )
    )

    assert deaths > 5
    assert Visa.objects.filter(item=line.id).count() == 1
    assert Fact.objects.filter(kind="handover.visa.given").count() == 1


def test_a_payment_is_entered_whole_or_not_at_all(case: Case) -> None:
    by = case.by(case.cast.halyna)

    deaths = survives(
        once(
            lambda: money.enter_payment(
                actor=by,
                booked_at=by.now,
                amount=case.invoice.total,
                payer_name="ТОВ «Лісова Криниця»",
                document="1187",
                invoice_id=case.invoice.pk,
            ),
            case,
        )
    )

    assert deaths > 5
    assert Payment.objects.get().allocations.count() == 1


def test_a_client_is_accepted_whole_or_not_at_all(case: Case) -> None:
    case.ready()
    by = case.by(case.cast.olena)

    deaths = survives(once(lambda: actions.accept(actor=by, handover_id=case.id), case))

    assert deaths > 5
    assert Handover.objects.get().sheets.get().closed_at is not None
    assert Fact.objects.filter(kind="handover.accepted").count() == 1


def test_a_missed_term_fires_whole_or_not_at_all(case: Case) -> None:
    case.send()
    late = Actor(None, Channel.WORKER, case.now + timedelta(days=4))

    deaths = survives(lambda: obligations.tick(actor=late))

    assert deaths > 3
    missed = Obligation.objects.get(kind="handover.confirmation")
    assert missed.missed_at == missed.due_at
    told = Message.objects.filter(obligation=missed).values_list("person", flat=True)
    assert len(told) == len(set(told)) > 0


def test_a_killed_worker_leaves_the_clocks_to_the_next(case: Case) -> None:
    """The payment's follower dies at each write; another worker starts both clocks."""
    case.send()
    case.confirm()
    by = case.by(case.cast.halyna)
    money.enter_payment(
        actor=by,
        booked_at=by.now,
        amount=case.invoice.total,
        payer_name="ТОВ «Лісова Криниця»",
        document="1188",
        invoice_id=case.invoice.pk,
    )
    worker = acting(None, case.now, Channel.WORKER)

    survives(lambda: actions.note_payment(actor=worker, invoice_id=case.invoice.pk))

    clocks = Obligation.objects.filter(
        kind__in=("handover.first_contact", "handover.installation")
    )
    assert clocks.count() == 2
