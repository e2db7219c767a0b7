"""What becomes of something that is owed (PROCESS 4)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from suprovid.journal.models import Fact
from suprovid.lib.worktime import Term, Unit
from suprovid.obligations import actions
from suprovid.obligations.models import Obligation
from suprovid.obligations.rules import Ending, Owner
from tests.cast import Cast
from tests.owing import (
    MONDAY_10,
    MONDAY_18,
    TUESDAY_18,
    client_in,
    client_of,
    found_company,
    owe,
    worker,
)


@pytest.fixture
def row(cast: Cast) -> Obligation:
    found_company()
    return owe(client_of(cast))


def kinds_of(row: Obligation) -> list[str]:
    facts = Fact.objects.filter(subject=f"obligations.obligation:{row.pk}")
    return list(facts.order_by("id").values_list("kind", flat=True))


def test_a_working_day_ends_with_the_next_day(row: Obligation) -> None:
    assert row.due_at == TUESDAY_18
    assert row.next_moment == row.warn_at
    assert MONDAY_18 < row.soon_at < TUESDAY_18


def test_it_is_owed_once_while_it_is_open(row: Obligation, cast: Cast) -> None:
    again = owe(client_in(row))
    assert again.pk == row.pk
    assert kinds_of(row) == ["obligations.opened"]


def test_after_it_ended_it_may_be_owed_in_a_next_round(row: Obligation) -> None:
    client = client_in(row)
    actions.meet(actor=worker(MONDAY_18), kind=row.kind, subject=client)
    assert owe(client, opened=MONDAY_18).round == 2


def test_met_in_time_it_leaves_no_mark(row: Obligation) -> None:
    met = actions.meet(actor=worker(MONDAY_18), kind=row.kind, subject=client_in(row))
    assert met
    assert (met.ending, met.ended_at, met.missed_at) == ("met", MONDAY_18, None)
    assert kinds_of(row) == ["obligations.opened", "obligations.met"]


def test_met_late_it_stays_missed_though_no_worker_ran(row: Obligation) -> None:
    late = TUESDAY_18 + timedelta(minutes=1)
    met = actions.meet(actor=worker(late), kind=row.kind, subject=client_in(row))
    assert met
    assert met.missed_at == TUESDAY_18


def test_what_was_done_in_time_is_met_in_time_whenever_it_is_written(
    row: Obligation,
) -> None:
    known = worker(TUESDAY_18 + timedelta(days=1))
    met = actions.meet(actor=known, kind=row.kind, subject=client_in(row), at=MONDAY_18)
    assert met
    assert met.missed_at is None


def test_nothing_ends_twice(row: Obligation) -> None:
    client = client_in(row)
    actions.meet(actor=worker(MONDAY_18), kind=row.kind, subject=client)
    assert actions.meet(actor=worker(TUESDAY_18), kind=row.kind, subject=client) is None
    assert actions.cancel(actor=worker(TUESDAY_18), subject=client, why="void") == 0


def test_with_its_subject_everything_owed_about_it_is_cancelled(
    row: Obligation,
) -> None:
    owe(client_in(row), kind="handover.acceptance")
    gone = actions.cancel(actor=worker(MONDAY_18), subject=client_in(row), why="void")
    assert gone == 2
    endings = set(Obligation.objects.values_list("ending", flat=True))
    assert endings == {Ending.CANCELLED}


def test_an_agreed_day_counts_when_it_is_earlier_than_the_term(
    row: Obligation,
) -> None:
    kind, client = "handover.installation", client_in(row)
    owe(client, kind=kind, on=date(2026, 4, 14))
    later = actions.move(
        actor=worker(MONDAY_10),
        kind=kind,
        subject=client,
        on=date(2026, 4, 30),
        why="agreed anew",
    )
    assert later
    assert later.due_at == MONDAY_18 + timedelta(days=3)


def test_the_term_of_a_contract_replaces_the_usual_one(row: Obligation) -> None:
    own = owe(
        client_in(row), kind="handover.installation", term=Term(5, Unit.WORKING_DAYS)
    )
    assert own.due_at == MONDAY_18 + timedelta(days=7)


def test_another_may_owe_it_from_now_on(row: Obligation, cast: Cast) -> None:
    passed = actions.hand_over(
        actor=worker(MONDAY_18),
        kind=row.kind,
        subject=client_in(row),
        owner=Owner.person(cast.taras.pk),
    )
    assert passed
    assert (passed.owner_person_id, passed.owner_role) == (cast.taras.pk, "")
    assert passed.owner_group_id == cast.podil.pk


def test_an_unknown_kind_is_not_owed(row: Obligation) -> None:
    with pytest.raises(LookupError, match="no term"):
        owe(client_in(row), kind="weather.forecast")
