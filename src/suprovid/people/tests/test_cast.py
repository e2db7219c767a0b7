"""The cast itself: what every other test stands on."""

from __future__ import annotations

from suprovid.people import queries
from suprovid.people.rules import Role
from tests.cast import MONDAY, Cast, acting


def test_everybody_has_the_role_of_the_part(cast: Cast) -> None:
    staff = queries.staff(queries.today(MONDAY))

    heads = [m.id for m in staff.holders(Role.GROUP_HEAD, cast.podil.pk)]
    lawyers = {m.id for m in staff.holders(Role.LAWYER)}

    assert heads == [cast.olena.pk]
    assert lawyers == {cast.maryna.pk, cast.denys.pk}
    assert len(staff.members) == len(cast.everybody())


def test_the_staff_is_read_in_one_query(
    cast: Cast, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        queries.viewer(acting(cast.olena, MONDAY))
