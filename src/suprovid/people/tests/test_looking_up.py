"""Small questions that other rooms ask."""

from __future__ import annotations

from suprovid.people import actions, queries
from suprovid.people.rules import Capacity, Role
from tests.cast import MONDAY, Cast, acting


def test_the_console_sees_as_the_system(cast: Cast) -> None:
    console = acting(None, MONDAY)
    everybody = queries.staff(queries.today(MONDAY))

    assert queries.viewer(console).system
    assert queries.viewer_among(everybody, console) == queries.viewer(console)


def test_names_are_known_of_those_who_left_too(cast: Cast) -> None:
    actions.dismiss(actor=acting(cast.yaroslav, MONDAY), person_id=cast.taras.pk)

    assert queries.names([cast.taras.pk, None]) == {cast.taras.pk: "Тарас Бондар"}
    assert queries.names([None]) == {}


def test_the_head_of_department_takes_the_chair_of_a_group_head(cast: Cast) -> None:
    staff = queries.staff(queries.today(MONDAY))

    taken = queries.seat(
        staff.viewer(cast.iryna.pk), staff, Role.GROUP_HEAD, cast.podil.pk
    )

    assert taken == Capacity(Role.GROUP_HEAD, cast.olena.pk, "Олена Ткачук")
