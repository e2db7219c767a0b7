"""The worker: which point fires, when, once, and who hears of it (PROCESS 4)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from suprovid.journal.actions import subject_of
from suprovid.journal.models import Fact
from suprovid.obligations import actions
from suprovid.obligations.models import Message, Obligation
from suprovid.obligations.rules import Owner
from suprovid.people.models import Absence, Person
from suprovid.people.rules import Role
from tests.cast import Cast
from tests.owing import (
    MONDAY_10,
    TUESDAY_18,
    client_in,
    client_of,
    found_company,
    owe,
    worker,
)

WEDNESDAY = TUESDAY_18 + timedelta(hours=16)


@pytest.fixture
def row(cast: Cast) -> Obligation:
    found_company()
    return owe(client_of(cast))


def heard(point: str) -> set[int]:
    rows = Message.objects.filter(point=point)
    return set(rows.values_list("person_id", flat=True))


def away(person: Person, deputy: Person | None = None) -> None:
    Absence.objects.create(
        person=person,
        deputy=deputy,
        kind="vacation",
        first_day=date(2026, 4, 13),
        last_day=date(2026, 4, 30),
    )


def test_nothing_fires_before_its_time(row: Obligation) -> None:
    assert row.warn_at
    assert actions.tick(actor=worker(row.warn_at - timedelta(seconds=1))) == 0


def test_at_four_fifths_the_owner_is_warned_on_screen(
    row: Obligation, cast: Cast
) -> None:
    assert row.warn_at
    assert actions.tick(actor=worker(row.warn_at)) == 1
    assert heard("warning") == {cast.olena.pk}
    assert not Message.objects.filter(by_letter=True).exists()
    assert actions.tick(actor=worker(row.warn_at)) == 0


def test_a_miss_goes_by_letter_to_the_owner_and_the_next_head(
    row: Obligation, cast: Cast
) -> None:
    assert actions.tick(actor=worker(TUESDAY_18)) == 1
    assert heard("missed") == {cast.olena.pk, cast.iryna.pk}
    row.refresh_from_db()
    assert (row.missed_at, row.next_moment) == (TUESDAY_18, None)
    assert Message.objects.filter(by_letter=True).count() == 2


def test_after_silence_only_the_latest_point_fires_dated_by_its_moment(
    row: Obligation,
) -> None:
    now = WEDNESDAY + timedelta(days=3)
    assert actions.tick(actor=worker(now)) == 1
    fact = Fact.objects.get(kind="obligations.missed")
    assert (fact.at, fact.recorded_at) == (TUESDAY_18, now)
    assert not Fact.objects.filter(kind="obligations.warned").exists()


def test_what_was_met_meanwhile_fires_nothing(row: Obligation) -> None:
    actions.meet(
        actor=worker(WEDNESDAY), kind=row.kind, subject=client_in(row), at=MONDAY_10
    )
    assert actions.tick(actor=worker(WEDNESDAY)) == 0


def test_a_deputy_hears_instead_of_the_absent(row: Obligation, cast: Cast) -> None:
    away(cast.olena, cast.taras)
    actions.tick(actor=worker(TUESDAY_18))
    assert heard("missed") == {cast.taras.pk, cast.iryna.pk}


def test_away_without_a_deputy_it_falls_to_the_next_head_at_once(
    row: Obligation, cast: Cast
) -> None:
    away(cast.olena)
    assert row.warn_at
    actions.tick(actor=worker(row.warn_at))
    assert heard("warning") == {cast.iryna.pk}


def test_a_miss_of_papers_goes_to_both_heads(row: Obligation, cast: Cast) -> None:
    owe(client_in(row), "handover.item_papers", Owner.person(cast.andrii.pk))
    actions.tick(actor=worker(WEDNESDAY + timedelta(days=1)))
    papers = Message.objects.filter(obligation__kind="handover.item_papers")
    told = set(papers.values_list("person_id", flat=True))
    assert told == {cast.andrii.pk, cast.viktor.pk, cast.olena.pk}


def test_a_role_of_two_people_tells_both(row: Obligation, cast: Cast) -> None:
    visa = owe(client_in(row), "handover.visa", Owner.role(Role.LAWYER))
    assert visa.warn_at
    actions.tick(actor=worker(visa.warn_at))
    assert {cast.maryna.pk, cast.denys.pk} <= heard("warning")


def test_short_terms_and_those_with_ladders_of_their_own_do_not_warn(
    row: Obligation,
) -> None:
    assert owe(client_in(row), "handover.acceptance").warn_at is None
    assert owe(client_in(row), "reports.daily").warn_at is None


def test_the_base_itself_lets_a_point_fire_once_for_a_person(row: Obligation) -> None:
    actions.tick(actor=worker(TUESDAY_18))
    first = Message.objects.filter(obligation=row).order_by("id")[0]
    first.pk, first.fact = None, Fact.objects.order_by("id")[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save()


def test_a_term_that_cannot_fire_keeps_no_other_and_is_tried_again(
    row: Obligation, cast: Cast
) -> None:
    ill = owe(client_of(cast), opened=MONDAY_10 - timedelta(days=3))
    Obligation.objects.filter(pk=ill.pk).update(escalate=[{"role": "?", "group": None}])
    now = WEDNESDAY
    assert actions.tick(actor=worker(now)) == 1
    row.refresh_from_db()
    assert row.missed_at == TUESDAY_18
    assert actions.tick(actor=worker(now)) == 0
    Obligation.objects.filter(pk=ill.pk).update(escalate=[])
    assert actions.tick(actor=worker(now + timedelta(minutes=10))) == 1
    ill.refresh_from_db()
    fact = Fact.objects.get(subject=subject_of(ill), kind="obligations.missed")
    assert fact.at == ill.due_at == ill.missed_at


def test_a_term_known_late_fires_its_miss_at_once(cast: Cast, row: Obligation) -> None:
    late = owe(client_of(cast), known=WEDNESDAY)
    actions.tick(actor=worker(WEDNESDAY))
    late.refresh_from_db()
    assert late.missed_at == TUESDAY_18
