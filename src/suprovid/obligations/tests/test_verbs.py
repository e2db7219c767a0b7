"""What becomes of something that is owed (PROCESS 4)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from suprovid.journal.models import Fact
from suprovid.lib.decision import Invalid, Refused
from suprovid.lib.worktime import Due, Term, Unit
from suprovid.obligations import actions
from suprovid.obligations.models import Obligation
from suprovid.obligations.rules import Ending, Owner
from suprovid.people.models import Absence
from suprovid.people.rules import Role
from tests.cast import Cast, acting
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


def test_a_role_of_a_group_is_owed_in_a_group(row: Obligation) -> None:
    client = client_in(row)
    client.group_id = None
    with pytest.raises(ValueError, match="Name the group"):
        owe(client, "handover.acceptance", Owner.role(Role.GROUP_HEAD))


def test_a_kind_without_a_term_of_its_own_is_given_a_due(row: Obligation) -> None:
    with pytest.raises(ValueError, match="give it a due"):
        owe(client_in(row), "service.update")
    window = Due(TUESDAY_18 - timedelta(hours=1))
    update = owe(client_in(row), "service.update", due=window)
    assert (update.due_at, update.term) == (window.at, None)


def test_what_nobody_owes_is_neither_moved_nor_passed_on(
    row: Obligation, cast: Cast
) -> None:
    gone: dict[str, Any] = {
        "actor": worker(MONDAY_10),
        "kind": "no.such",
        "subject": client_in(row),
    }
    assert actions.move(**gone, why="so", on=date(2026, 4, 20)) is None
    owner = Owner.person(cast.taras.pk)
    assert actions.hand_over(**gone, owner=owner) is None


def test_one_kind_of_a_thing_may_be_cancelled_alone(row: Obligation) -> None:
    client = client_in(row)
    owe(client, "handover.acceptance")
    actor = worker(MONDAY_18)
    assert actions.cancel(actor=actor, subject=client, kind=row.kind, why="void") == 1
    assert Obligation.objects.filter(ended_at=None).count() == 1


def test_a_due_of_its_own_may_take_the_place_of_a_term(row: Obligation) -> None:
    moved = actions.move(
        actor=worker(MONDAY_10),
        kind=row.kind,
        subject=client_in(row),
        why="agreed",
        due=Due(MONDAY_18),
    )
    assert moved
    assert (moved.due_at, moved.next_moment) == (MONDAY_18, moved.warn_at or MONDAY_18)


def test_a_miss_that_no_worker_saw_stays_when_the_term_is_moved(
    row: Obligation, cast: Cast
) -> None:
    """As if a worker had run: the head moves it a day after it was due."""
    late = TUESDAY_18 + timedelta(days=1)
    moved = actions.move_by_head(
        actor=acting(cast.iryna, late),
        obligation_id=row.pk,
        on=date(2026, 4, 20),
        why="клієнт просив",
    )
    assert moved.missed_at == TUESDAY_18
    met = actions.meet(actor=worker(late), kind=row.kind, subject=client_in(row))
    assert met
    assert met.missed_at == TUESDAY_18
    assert Obligation.objects.get(pk=row.pk).missed_at == TUESDAY_18


@pytest.mark.parametrize("verb", ["move", "waive", "hand over"])
def test_the_system_may_do_what_a_head_may(
    row: Obligation, cast: Cast, verb: str
) -> None:
    console = worker(MONDAY_10)
    if verb == "move":
        moved = actions.move_by_head(
            actor=console, obligation_id=row.pk, on=date(2026, 4, 20), why="so"
        )
        assert moved.due_at.date() == date(2026, 4, 20)
    elif verb == "waive":
        assert (
            actions.waive(actor=console, obligation_id=row.pk, why="so").ending
            == "waived"
        )
    else:
        passed = actions.hand_over_by_head(
            actor=console, obligation_id=row.pk, person_id=cast.olena.pk, why="so"
        )
        assert passed.owner_person_id == cast.olena.pk


def test_a_term_is_not_moved_into_the_past_nor_to_a_stranger(
    row: Obligation, cast: Cast
) -> None:
    head = acting(cast.iryna, TUESDAY_18)
    with pytest.raises(Invalid):
        actions.move_by_head(
            actor=head, obligation_id=row.pk, on=date(2026, 4, 13), why="so"
        )
    with pytest.raises(Invalid):
        actions.hand_over_by_head(
            actor=head, obligation_id=row.pk, person_id=0, why="so"
        )
    with pytest.raises(Refused):
        actions.hand_over_by_head(
            actor=head, obligation_id=row.pk, person_id=cast.andrii.pk, why="so"
        )


def test_a_deputy_decides_in_the_chair_of_the_head(row: Obligation, cast: Cast) -> None:
    day = date(2026, 4, 13)
    Absence.objects.create(
        person=cast.iryna,
        deputy=cast.serhii,
        kind="trip",
        first_day=day,
        last_day=day,
    )
    actions.waive(actor=acting(cast.serhii, MONDAY_10), obligation_id=row.pk, why="так")
    fact = Fact.objects.get(kind="obligations.waived")
    assert fact.for_whom == f"person:{cast.iryna.pk}"
    assert "why" not in fact.details
