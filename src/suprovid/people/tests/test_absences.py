"""Absence and deputies (PROCESS 5): one level, a named person, within dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from suprovid.journal.models import Fact
from suprovid.lib.decision import Forbidden, Invalid, Missing, Refused
from suprovid.people import actions, queries
from suprovid.people.models import Absence, Person
from suprovid.people.rules import AbsenceKind, Capacity, Role
from tests.cast import MONDAY, Cast, acting
from tests.refusals import refuses

TODAY = queries.today(MONDAY)


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def away(
    person: Person,
    deputy: Person | None = None,
    *,
    by: Person | None = None,
    first: int = 0,
    last: int = 4,
) -> Absence:
    return actions.declare_absence(
        actor=acting(by or person, MONDAY),
        person_id=person.pk,
        kind=AbsenceKind.VACATION,
        first_day=day(first),
        last_day=day(last),
        deputy_id=deputy.pk if deputy else None,
    )


def test_the_deputy_acts_for_the_absent_within_the_days(cast: Cast) -> None:
    away(cast.maryna, cast.olena, first=1, last=2)

    seats = [
        queries.staff(day(n)).viewer(cast.olena.pk).capacity(Role.LAWYER)
        for n in range(4)
    ]

    chair = Capacity(Role.LAWYER, cast.maryna.pk, "Марина Коваль")
    assert seats == [None, chair, chair, None]


def test_an_absence_without_deputy_leaves_nobody(cast: Cast) -> None:
    away(cast.olena)

    staff = queries.staff(TODAY)

    assert staff.answering(Role.GROUP_HEAD, cast.podil.pk) == []


def test_the_head_of_the_group_says_who_is_ill(cast: Cast) -> None:
    absence = away(cast.taras, cast.nadiia, by=cast.olena)

    fact = Fact.objects.get(kind="people.absence.declared")
    assert fact.actor == f"person:{cast.olena.pk}"
    assert fact.details["deputy"] == absence.deputy_id == cast.nadiia.pk


def test_a_deputy_of_the_head_says_so_for_the_head(cast: Cast) -> None:
    away(cast.olena, cast.nadiia)

    away(cast.taras, cast.pavlo, by=cast.nadiia)

    fact = Fact.objects.filter(kind="people.absence.declared").latest("id")
    assert fact.for_whom == f"person:{cast.olena.pk}"


@pytest.mark.parametrize("key", ["serhii", "nadiia", "yaroslav", "viktor"])
def test_others_do_not_speak_of_ones_absence(cast: Cast, key: str) -> None:
    refuses(
        lambda: away(cast.taras, by=getattr(cast, key)), Forbidden, "Only the person"
    )


def test_nobody_makes_himself_the_deputy_of_another(cast: Cast) -> None:
    refuses(
        lambda: away(cast.maryna, cast.iryna, by=cast.iryna), Invalid, "makes himself"
    )


def test_nobody_stands_in_for_himself(cast: Cast) -> None:
    refuses(lambda: away(cast.taras, cast.taras), Invalid, "for himself")


def test_one_who_is_away_stands_in_for_nobody(cast: Cast) -> None:
    away(cast.nadiia, first=3, last=9)

    refuses(lambda: away(cast.taras, cast.nadiia), Invalid, "choose another")


def test_a_deputy_who_falls_ill_passes_the_chair_to_nobody(cast: Cast) -> None:
    away(cast.maryna, cast.denys)
    away(cast.denys, cast.olena)

    staff = queries.staff(TODAY)

    capacity = staff.viewer(cast.olena.pk).capacity(Role.LAWYER)
    assert capacity == Capacity(Role.LAWYER, cast.denys.pk, "Денис Остапенко")
    assert [m.id for m in staff.answering(Role.LAWYER)] == [cast.olena.pk]


def test_one_is_not_away_twice_at_a_time(cast: Cast) -> None:
    away(cast.taras)

    refuses(lambda: away(cast.taras, first=4, last=6), Refused, "Another absence")


def test_one_who_was_dismissed_stands_in_for_nobody(cast: Cast) -> None:
    actions.dismiss(actor=acting(cast.yaroslav, MONDAY), person_id=cast.denys.pk)

    refuses(lambda: away(cast.maryna, cast.denys), Refused, "no longer works")


def test_a_dismissed_deputy_leaves_the_chair_empty(cast: Cast) -> None:
    away(cast.olena, cast.nadiia)

    actions.dismiss(actor=acting(cast.yaroslav, MONDAY), person_id=cast.nadiia.pk)

    assert queries.staff(TODAY).answering(Role.GROUP_HEAD, cast.podil.pk) == []


def test_a_cancelled_absence_never_was(cast: Cast) -> None:
    absence = away(cast.maryna, cast.olena)

    actions.cancel_absence(actor=acting(cast.maryna, MONDAY), absence_id=absence.pk)

    assert not queries.viewer(acting(cast.olena, MONDAY)).may(Role.LAWYER)
    away(cast.maryna)


def test_one_who_is_back_early_takes_the_chair_again(cast: Cast) -> None:
    absence = away(cast.maryna, cast.olena, first=-2)

    actions.return_early(actor=acting(cast.maryna, MONDAY), absence_id=absence.pk)

    staff = queries.staff(TODAY)
    assert not staff.viewer(cast.olena.pk).may(Role.LAWYER)
    assert cast.maryna.pk in {m.id for m in staff.answering(Role.LAWYER)}


def test_what_has_begun_is_ended_and_what_has_not_is_cancelled(cast: Cast) -> None:
    begun, coming = away(cast.maryna, first=-2), away(cast.taras, first=1)
    by_iryna = acting(cast.iryna, MONDAY)

    refuses(
        lambda: actions.cancel_absence(actor=by_iryna, absence_id=begun.pk),
        Refused,
        "end it early",
    )
    refuses(
        lambda: actions.return_early(actor=by_iryna, absence_id=coming.pk),
        Refused,
        "cancel it",
    )


def test_another_takes_the_chair_in_the_middle(cast: Cast) -> None:
    absence = away(cast.maryna, first=-2)

    actions.name_deputy(
        actor=acting(cast.iryna, MONDAY),
        absence_id=absence.pk,
        deputy_id=cast.denys.pk,
    )

    capacity = queries.viewer(acting(cast.denys, MONDAY)).stands_for
    assert [m.id for m in capacity] == [cast.maryna.pk]


def test_a_foreign_head_names_no_deputy(cast: Cast) -> None:
    absence = away(cast.taras)

    refuses(
        lambda: actions.name_deputy(
            actor=acting(cast.serhii, MONDAY),
            absence_id=absence.pk,
            deputy_id=cast.oksana.pk,
        ),
        Forbidden,
        "Only the person",
    )


def test_an_absence_that_is_not_there_is_missing(cast: Cast) -> None:
    with pytest.raises(Missing):
        actions.cancel_absence(actor=acting(cast.iryna, MONDAY), absence_id=404)
