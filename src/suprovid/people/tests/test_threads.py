"""Many at once on PostgreSQL: one wins, the others are told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from suprovid.journal.models import Fact
from suprovid.lib.decision import Refused
from suprovid.people import actions, queries
from suprovid.people.models import Absence, Person, RoleGrant
from suprovid.people.rules import AbsenceKind, Role
from tests.cast import MONDAY, Cast, acting

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
MANY = 32
TODAY = queries.today(MONDAY)


def at_once(works: Sequence[Callable[[], object]]) -> list[str]:
    """Each in a thread of its own at one moment; its refusal, or nothing."""
    gate = Barrier(len(works))

    def one(work: Callable[[], object]) -> str:
        gate.wait()
        try:
            work()
        except Refused as refused:
            return str(refused.reason)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))


def absence(person: Person, deputy: Person | None = None) -> Callable[[], object]:
    return lambda: actions.declare_absence(
        actor=acting(person, MONDAY),
        person_id=person.pk,
        kind=AbsenceKind.VACATION,
        first_day=TODAY,
        last_day=TODAY,
        deputy_id=deputy.pk if deputy else None,
    )


def test_a_role_is_granted_once_by_many(cast: Cast) -> None:
    def grant() -> object:
        return actions.grant_role(
            actor=acting(cast.yaroslav, MONDAY),
            person_id=cast.taras.pk,
            role=Role.LAWYER,
        )

    said = at_once([grant] * MANY)

    assert sorted(map(bool, said)) == [False, *[True] * (MANY - 1)]
    assert all("already holds" in text for text in said if text)
    assert RoleGrant.objects.filter(person=cast.taras, role=Role.LAWYER).count() == 1
    granted = Fact.objects.filter(kind="people.role.granted", at=MONDAY)
    assert granted.count() == 1


def test_an_absence_is_declared_once_by_many(cast: Cast) -> None:
    said = at_once([absence(cast.taras, cast.nadiia)] * MANY)

    assert sorted(map(bool, said)) == [False, *[True] * (MANY - 1)]
    assert Absence.objects.filter(person=cast.taras).count() == 1


def test_two_do_not_leave_each_other_as_deputies(cast: Cast) -> None:
    """Both would be away, each for the other: one of them is told to choose."""
    said = at_once([absence(cast.maryna, cast.denys), absence(cast.denys, cast.maryna)])

    assert sorted(map(bool, said)) == [False, True]


def test_two_administrators_do_not_end_each_other(cast: Cast) -> None:
    own = RoleGrant.objects.get(person=cast.yaroslav)
    others = actions.grant_role(
        actor=acting(cast.yaroslav, MONDAY),
        person_id=cast.iryna.pk,
        role=Role.ADMINISTRATOR,
    )

    at_once(
        [
            lambda: actions.end_role(
                actor=acting(cast.yaroslav, MONDAY), grant_id=others.pk
            ),
            lambda: actions.end_role(actor=acting(cast.iryna, MONDAY), grant_id=own.pk),
        ]
    )

    left = RoleGrant.objects.on(TODAY).filter(role=Role.ADMINISTRATOR)
    assert left.count() == 1


def test_an_invitation_is_accepted_once_by_many(cast: Cast) -> None:
    handed = actions.invite(
        actor=acting(cast.yaroslav, MONDAY), person_id=cast.taras.pk
    )

    def accept() -> object:
        return actions.accept_invitation(
            secret=handed.secret, password="зелений-трамвай-17", now=MONDAY
        )

    said = at_once([accept] * MANY)

    assert sorted(map(bool, said)) == [False, *[True] * (MANY - 1)]
