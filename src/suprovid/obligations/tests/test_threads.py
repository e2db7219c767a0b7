"""Several workers and people at one moment: one fires, one ends (PROCESS 7.3, 7.8)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from suprovid.journal.models import Fact
from suprovid.lib.decision import Refused
from suprovid.obligations import actions
from suprovid.obligations.models import Message, Obligation
from tests.cast import Cast, acting, the_cast
from tests.owing import (
    MONDAY_10,
    TUESDAY_18,
    client_in,
    client_of,
    found_company,
    owe,
    together,
    worker,
)

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def hired(transactional_db: None) -> Cast:
    cast = the_cast()
    found_company()
    return cast


def test_eight_workers_after_three_days_of_silence_fire_each_miss_once(
    hired: Cast,
) -> None:
    for _ in range(30):
        with transaction.atomic():
            owe(client_of(hired))
    now = TUESDAY_18 + timedelta(days=3)
    fired = together(lambda number: actions.tick(actor=worker(now)))
    assert sum(fired) == 30
    misses = Fact.objects.filter(kind="obligations.missed")
    assert misses.count() == 30
    assert set(misses.values_list("at", flat=True)) == {TUESDAY_18}
    assert Message.objects.filter(point="missed").count() == 60


def test_it_is_met_or_missed_or_both_but_ends_once(hired: Cast) -> None:
    with transaction.atomic():
        row = owe(client_of(hired))
    client = client_in(row)

    def act(number: int) -> None:
        if number % 2:
            actions.tick(actor=worker(TUESDAY_18))
            return
        with transaction.atomic():
            actions.meet(actor=worker(TUESDAY_18), kind=row.kind, subject=client)

    together(act)
    row.refresh_from_db()
    assert (row.ending, row.next_moment) == ("met", None)
    facts = Fact.objects.filter(subject=f"obligations.obligation:{row.pk}")
    assert facts.filter(kind="obligations.met").count() == 1
    assert facts.filter(kind="obligations.missed").count() <= 1


def test_eight_heads_take_it_off_control_and_one_does(hired: Cast) -> None:
    with transaction.atomic():
        row = owe(client_of(hired))

    def waive(number: int) -> bool:
        try:
            actions.waive(
                actor=acting(hired.iryna, MONDAY_10), obligation_id=row.pk, why="так"
            )
        except Refused:
            return False
        return True

    assert sum(together(waive)) == 1
    ended = Fact.objects.filter(kind="obligations.waived")
    assert ended.count() == 1


def test_the_same_is_owed_once_however_many_ask(hired: Cast) -> None:
    client = client_of(hired)

    def ask(number: int) -> int:
        with transaction.atomic():
            # The caller's own root is locked first, as every action does.
            type(client).objects.select_for_update().get(pk=client.pk)
            return owe(client).pk

    assert len(set(together(ask))) == 1
    assert Obligation.objects.count() == 1
