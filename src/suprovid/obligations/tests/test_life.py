"""The life of what is owed: any order of verbs, time and silence (PROCESS 7.3).

The model beside it is a few plain values; the department's base must agree with them
after every step: nothing vanishes, nothing ends twice, a miss is never forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from suprovid.journal.actions import subject_of
from suprovid.journal.models import Fact
from suprovid.lib.decision import Refused
from suprovid.obligations import actions
from suprovid.obligations.models import Message, Obligation
from suprovid.obligations.rules import CalendarChange, Owner, ThingChanged
from suprovid.people.rules import Role
from tests.cast import Cast, acting
from tests.owing import (
    MONDAY_10,
    client_of,
    found_company,
    owe,
    worker,
)

KINDS = (
    "handover.first_contact",
    "handover.acceptance",
    "handover.installation",
    "reports.daily",
)
ENDS = ("obligations.met", "obligations.waived", "obligations.cancelled")


@dataclass
class Known:
    """What the model remembers of one round."""

    kind: str
    opened: datetime
    due: datetime
    ended: bool = False
    missed: datetime | None = None


class Life(RuleBasedStateMachine):
    cast: Cast

    @initialize()
    def begin(self) -> None:
        self.sid = transaction.savepoint()
        self.now = MONDAY_10
        self.client = client_of(self.cast)
        self.known: dict[int, Known] = {}

    def teardown(self) -> None:
        if hasattr(self, "sid"):
            transaction.savepoint_rollback(self.sid)

    def open_ids(self) -> list[int]:
        return [pk for pk, known in self.known.items() if not known.ended]

    # -------------------------------------------------------------- what happens

    @rule(minutes=st.integers(1, 5 * 24 * 60))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(kind=st.sampled_from(KINDS), ago=st.integers(0, 3 * 24 * 60))
    def owed(self, kind: str, ago: int) -> None:
        """Opened at a moment of the past, known now: payments are brought in late."""
        opened = self.now - timedelta(minutes=ago)
        row = owe(self.client, kind, opened=opened, known=self.now)
        self.known.setdefault(row.pk, Known(kind, opened, row.due_at))

    @rule(kind=st.sampled_from(KINDS), ago=st.integers(0, 24 * 60))
    def met(self, kind: str, ago: int) -> None:
        at = self.now - timedelta(minutes=ago)
        row = actions.meet(
            actor=worker(self.now), kind=kind, subject=self.client, at=at
        )
        standing = [pk for pk in self.open_ids() if self.known[pk].kind == kind]
        assert [row.pk] == standing if row else not standing
        if row:
            self.known[row.pk].ended = True

    @rule()
    def cancelled(self) -> None:
        gone = actions.cancel(actor=worker(self.now), subject=self.client, why="void")
        assert gone == len(self.open_ids())
        for pk in self.open_ids():
            self.known[pk].ended = True

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def waived(self, data: st.DataObject) -> None:
        pk = data.draw(st.sampled_from(sorted(self.known)))
        try:
            actions.waive(
                actor=acting(self.cast.iryna, self.now), obligation_id=pk, why="так"
            )
        except Refused:
            assert self.known[pk].ended
        else:
            assert not self.known[pk].ended
            self.known[pk].ended = True

    @precondition(lambda self: self.known)
    @rule(data=st.data(), days=st.integers(0, 20))
    def moved(self, data: st.DataObject, days: int) -> None:
        pk = data.draw(st.sampled_from(sorted(self.known)))
        day = (self.now + timedelta(days=days, hours=3)).date()
        try:
            row = actions.move_by_head(
                actor=acting(self.cast.iryna, self.now),
                obligation_id=pk,
                on=day,
                why="просили",
            )
        except Refused:
            assert self.known[pk].ended
        else:
            self.now_due(self.known[pk], row.due_at)

    def now_due(self, known: Known, due: datetime) -> None:
        """The old moment is forgotten, unless it had passed: then it was a miss."""
        if known.due < self.now and due != known.due:
            known.missed = known.missed or known.due
        known.due = due

    @rule(days=st.integers(-5, 5), off=st.booleans())
    def a_day_is_taken_off_or_given_back(self, days: int, off: bool) -> None:
        day = (self.now + timedelta(days=days)).date()
        thing = ThingChanged.DAY if off else ThingChanged.USUAL_DAY
        actions.change_calendar(
            actor=acting(self.cast.iryna, self.now),
            change=CalendarChange(thing, day, "Переїзд" if off else ""),
        )
        for row in Obligation.objects.filter(pk__in=self.open_ids()):
            self.now_due(self.known[row.pk], row.due_at)

    @rule(kind=st.sampled_from(KINDS), to=st.sampled_from(("taras", "nadiia")))
    def handed_over(self, kind: str, to: str) -> None:
        actions.hand_over(
            actor=worker(self.now),
            kind=kind,
            subject=self.client,
            owner=Owner.person(getattr(self.cast, to).pk, self.cast.podil.pk),
        )

    @rule()
    def worker_looks(self) -> None:
        actions.tick(actor=worker(self.now))
        waiting = Obligation.objects.filter(next_moment__lte=self.now)
        assert not waiting.exists()
        assert actions.tick(actor=worker(self.now)) == 0

    # -------------------------------------------------------------- what always holds

    @invariant()
    def nothing_vanishes(self) -> None:
        if not hasattr(self, "known"):
            return
        rows = Obligation.objects.filter(subject=subject_of(self.client))
        assert {row.pk for row in rows} == set(self.known)
        for row in rows:
            known = self.known[row.pk]
            assert (row.ended_at is not None) == known.ended
            assert row.due_at == known.due
            if known.missed is not None:
                assert row.missed_at == known.missed
            known.missed = row.missed_at

    @invariant()
    def each_ends_once_and_late_ones_say_so(self) -> None:
        if not hasattr(self, "known"):
            return
        for row in Obligation.objects.filter(pk__in=self.known):
            ends = Fact.objects.filter(subject=subject_of(row), kind__in=ENDS)
            assert ends.count() == int(row.ended_at is not None)
            if row.ended_at is not None:
                assert row.next_moment is None
                assert row.missed_at is not None or row.ended_at <= row.due_at

    @invariant()
    def a_point_is_told_once_to_each(self) -> None:
        rows = Message.objects.values_list("fact", "person")
        assert len(rows) == len(set(rows))
        points = Message.objects.exclude(point="").values_list(
            "obligation", "point", "person", "fact__at"
        )
        assert len(points) == len(set(points))


@pytest.mark.django_db
def test_whatever_happens_nothing_owed_is_lost(cast: Cast) -> None:
    found_company()
    Life.cast = cast
    run_state_machine_as_test(Life)


# ---------------------------------------------------------------- which points fire


def fired(cast: Cast) -> list[tuple[str, datetime]]:
    kinds = ("obligations.warned", "obligations.missed")
    facts = Fact.objects.filter(kind__in=kinds).order_by("id")
    return list(facts.values_list("kind", "at"))


def test_a_worker_that_never_slept_fires_both_points_in_time(cast: Cast) -> None:
    found_company()
    row = owe(client_of(cast))
    for quarter in range(5 * 24 * 4):
        actions.tick(actor=worker(MONDAY_10 + timedelta(minutes=15 * quarter)))
    assert row.warn_at
    assert fired(cast) == [
        ("obligations.warned", row.warn_at),
        ("obligations.missed", row.due_at),
    ]


@pytest.mark.parametrize("sleeps", [1, 7, 26, 80])
def test_however_long_it_sleeps_the_miss_fires_once(cast: Cast, sleeps: int) -> None:
    found_company()
    row = owe(client_of(cast))
    for turn in range(200 // sleeps + 1):
        actions.tick(actor=worker(MONDAY_10 + timedelta(hours=sleeps * turn)))
    misses = [at for kind, at in fired(cast) if kind == "obligations.missed"]
    assert misses == [row.due_at]
    told = Message.objects.filter(obligation=row, point="missed")
    people = set(told.values_list("person", flat=True))
    assert people == {cast.olena.pk, cast.iryna.pk}
    assert told.count() == 2


def test_a_moved_term_fires_anew_and_its_first_miss_stays(cast: Cast) -> None:
    found_company()
    row = owe(client_of(cast))
    missed_on = row.due_at
    actions.tick(actor=worker(missed_on))
    actions.move_by_head(
        actor=acting(cast.iryna, missed_on),
        obligation_id=row.pk,
        on=date(2026, 4, 17),
        why="клієнт просив",
    )
    row.refresh_from_db()
    actions.tick(actor=worker(row.due_at))
    assert [at for _kind, at in fired(cast)] == [missed_on, row.due_at]
    row.refresh_from_db()
    assert row.missed_at == missed_on


def test_a_group_without_anybody_leaves_it_to_the_head_of_department(
    cast: Cast,
) -> None:
    from suprovid.people.models import ServiceGroup

    found_company()
    empty = ServiceGroup.objects.create(name="Троєщина")
    owe(client_of(cast, group=empty), owner=Owner.role(Role.GROUP_HEAD, empty.pk))
    actions.tick(actor=worker(MONDAY_10 + timedelta(days=3)))
    told = Message.objects.values_list("person", flat=True)
    assert set(told) == {cast.iryna.pk}
