"""Two people at one moment, on PostgreSQL: one wins, the other is told."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from suprovid.clients.models import Client
from suprovid.contracts.models import Contract
from suprovid.handover import actions as handovers
from suprovid.handover.models import Handover
from suprovid.handover.rules import CalledOffWhy
from suprovid.intake.models import Merge
from suprovid.intake.tests.joining import join, part
from suprovid.lib.decision import Missing, Refused
from suprovid.web.doing import persistently
from tests.cast import Cast
from tests.path import new_case, new_client, new_contract

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = 5


def at_once(*works: Callable[[], object]) -> list[str]:
    """Each in its own thread, at one moment; each one's refusal, or nothing."""
    gate = Barrier(len(works))

    def one(work: Callable[[], object]) -> str:
        gate.wait()
        try:
            persistently(work)
        except Refused as refused:
            return str(refused.reason)
        except Missing:
            return "missing"
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))


def test_crosswise_one_wins_and_the_other_is_told(cast: Cast) -> None:
    for _ in range(ROUNDS):
        one, other = new_client(cast), new_client(cast)
        said = at_once(
            partial(join, cast, one, other),
            partial(join, cast, other, one),
        )
        assert sorted(map(bool, said)) == [False, True]
        assert "already" in "".join(said) or "meanwhile" in "".join(said)
        joined = Client.objects.filter(pk__in=[one.pk, other.pk])
        assert joined.filter(merged_into=None).count() == 1
    assert Merge.objects.count() == ROUNDS


def test_a_contract_written_meanwhile_follows_or_is_refused(cast: Cast) -> None:
    for _ in range(ROUNDS):
        kept, gone = new_client(cast), new_client(cast)
        at_once(
            partial(join, cast, kept, gone),
            partial(new_contract, cast, gone),
        )
        assert not Contract.objects.filter(client=gone).exists()


def test_a_handover_called_off_meanwhile_leaves_no_trace_at_the_one_that_went(
    cast: Cast,
) -> None:
    for _ in range(ROUNDS):
        case, kept = new_case(cast).collect(), new_client(cast)
        gone = case.client
        actor = case.by(cast.viktor)
        at_once(
            partial(join, cast, kept, gone),
            partial(
                handovers.call_off,
                actor=actor,
                handover_id=case.id,
                why=CalledOffWhy.REFUND,
            ),
        )
        assert Handover.objects.get(pk=case.id).client in (kept, gone)
        assert not Handover.objects.filter(client__merged_into__isnull=False).exists()


def test_undone_by_two_it_is_undone_once(cast: Cast) -> None:
    merge = join(cast, new_client(cast), new_client(cast))
    said = at_once(partial(part, cast, merge), partial(part, cast, merge))
    assert sorted(map(bool, said)) == [False, True]
