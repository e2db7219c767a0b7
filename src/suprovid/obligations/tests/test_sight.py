"""Who sees what is owed, and to whom it falls (PROCESS 4, 5)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from suprovid.obligations import actions, queries
from suprovid.obligations.models import Obligation
from suprovid.obligations.rules import Owner
from suprovid.people.models import Absence, Person
from suprovid.people.queries import staff as staff_on
from suprovid.people.rules import Role, Viewer
from tests.cast import Cast, acting
from tests.owing import MONDAY_10, TUESDAY_18, client_in, client_of, found_company, owe

ON = date(2026, 4, 13)


@pytest.fixture
def owed(cast: Cast) -> dict[str, Obligation]:
    """Something of each kind of owner about a client of «Поділ» that andrii sold."""
    found_company()
    client = client_of(cast, sales=cast.andrii)
    return {
        "head": owe(client),
        "papers": owe(client, "handover.item_papers", Owner.person(cast.andrii.pk)),
        "visa": owe(client, "handover.visa", Owner.role(Role.LAWYER)),
        "sales_head": owe(client, "handover.confirmation", Owner.role(Role.SALES_HEAD)),
        "report": owe(client, "reports.daily", Owner.person(cast.taras.pk)),
    }


def names(found: dict[str, Obligation], rows: list[int]) -> set[str]:
    return {name for name, row in found.items() if row.pk in rows}


ALL = {"head", "papers", "visa", "sales_head", "report"}
SEEN = {
    "iryna": ALL,
    "olena": ALL,
    "nadiia": ALL,
    "taras": ALL,
    "andrii": ALL - {"report"},
    "viktor": ALL - {"report"},
    "maryna": {"visa"},
    "sofiia": set(),
    "oksana": set(),
    "serhii": set(),
    "halyna": set(),
    "pavlo": set(),
    "yaroslav": set(),
}


@pytest.mark.parametrize(("name", "seen"), SEEN.items())
def test_each_sees_what_is_his(
    cast: Cast, owed: dict[str, Obligation], name: str, seen: set[str]
) -> None:
    viewer = staff_on(ON).viewer(getattr(cast, name).pk)
    rows = list(queries.visible(viewer).values_list("pk", flat=True))
    assert names(owed, rows) == seen


def waits_for(person: Person, owed: dict[str, Obligation]) -> set[str]:
    staff = staff_on(ON)
    found = queries.owed_by(staff.viewer(person.pk), staff, MONDAY_10)
    assert found.total == len(found.rows)
    return names(owed, [row.id for row in found.rows])


def away(person: Person, deputy: Person | None = None) -> None:
    Absence.objects.create(
        person=person, deputy=deputy, kind="trip", first_day=ON, last_day=ON
    )


def test_what_waits_is_what_one_owes(cast: Cast, owed: dict[str, Obligation]) -> None:
    expected = {
        "olena": {"head"},
        "andrii": {"papers"},
        "maryna": {"visa"},
        "denys": {"visa"},
        "viktor": {"sales_head"},
        "taras": {"report"},
        "iryna": set(),
        "nadiia": set(),
    }
    found = {name: waits_for(getattr(cast, name), owed) for name in expected}
    assert found == expected


def test_a_deputy_sees_what_the_absent_owes(
    cast: Cast, owed: dict[str, Obligation]
) -> None:
    away(cast.olena, cast.nadiia)
    assert waits_for(cast.nadiia, owed) == {"head"}
    assert waits_for(cast.iryna, owed) == set()


def test_without_a_deputy_it_falls_to_the_next_head(
    cast: Cast, owed: dict[str, Obligation]
) -> None:
    away(cast.taras)
    away(cast.andrii)
    assert waits_for(cast.olena, owed) == {"head", "report"}
    assert waits_for(cast.viktor, owed) == {"papers", "sales_head"}


def test_when_the_head_is_away_too_it_climbs_on(
    cast: Cast, owed: dict[str, Obligation]
) -> None:
    away(cast.taras)
    away(cast.olena)
    assert waits_for(cast.iryna, owed) == {"head", "report"}


def test_one_lawyer_away_leaves_the_other(
    cast: Cast, owed: dict[str, Obligation]
) -> None:
    away(cast.maryna)
    assert waits_for(cast.denys, owed) == {"visa"}
    assert waits_for(cast.iryna, owed) == set()


def test_what_one_who_left_owes_comes_to_the_head_of_department(
    cast: Cast, owed: dict[str, Obligation]
) -> None:
    cast.taras.is_active = False
    cast.taras.save()
    assert waits_for(cast.iryna, owed) == {"report"}


def test_the_counts_tell_late_soon_and_calm(
    cast: Cast, owed: dict[str, Obligation]
) -> None:
    staff = staff_on(ON)
    viewer = staff.viewer(cast.olena.pk)
    now = owed["head"].soon_at
    counted = [
        queries.owed_by(viewer, staff, at) for at in (MONDAY_10, now, TUESDAY_18)
    ]
    assert [(o.late, o.soon, o.calm) for o in counted] == [
        (0, 0, 1),
        (0, 1, 0),
        (1, 0, 0),
    ]
    assert [o.rows[0].state for o in counted] == ["calm", "soon", "late"]


def test_my_day_asks_three_questions_whatever_waits(
    cast: Cast,
    owed: dict[str, Obligation],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(20):
        owe(client_of(cast))
    staff = staff_on(ON)
    viewer = staff.viewer(cast.olena.pk)
    queries.calendar()
    with django_assert_max_num_queries(3):
        assert queries.owed_by(viewer, staff, MONDAY_10).total == 21


def test_terms_of_a_page_come_in_two_questions(
    cast: Cast,
    owed: dict[str, Obligation],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    subjects = {row.subject for row in owed.values()}
    queries.calendar()
    with django_assert_max_num_queries(2):
        views = queries.term_views(subjects, MONDAY_10)
    kinds = {kind for kind, _subject in views}
    assert kinds == {row.kind for row in owed.values()}


def test_about_a_client_we_owe_and_are_owed(
    cast: Cast, owed: dict[str, Obligation]
) -> None:
    client = client_in(owed["head"])
    owe(client, "documents.act_returned", Owner.person(cast.taras.pk))
    viewer = staff_on(ON).viewer(cast.olena.pk)
    about = queries.about_client(viewer, client.pk, MONDAY_10)
    assert len(about.ours) == 5
    assert [row.kind for row in about.theirs] == ["documents.act_returned"]


@pytest.mark.parametrize("status", list(queries.Status))
def test_a_list_shows_as_many_as_it_counts(
    cast: Cast, owed: dict[str, Obligation], status: queries.Status
) -> None:
    staff = staff_on(ON)
    viewer = staff.viewer(cast.iryna.pk)
    wanted = queries.Wanted(status=status)
    shown = queries.listing(viewer, staff, TUESDAY_18, wanted)
    rows = queries.wanted_rows(viewer, staff, TUESDAY_18, wanted)
    assert len(shown.rows) == queries.count(rows)


def test_the_desk_counts_what_was_done_today(
    cast: Cast, owed: dict[str, Obligation]
) -> None:
    staff = staff_on(ON)
    viewer = staff.viewer(cast.olena.pk)
    row = owed["head"]
    assert row.kind in queries.open_kinds(client_in(row))
    doer = acting(cast.olena, MONDAY_10)
    actions.meet(actor=doer, kind=row.kind, subject=client_in(row))
    assert queries.owed_by(viewer, staff, MONDAY_10).done == 1
    behind = queries.Wanted(status=queries.Status.DONE)
    shown = queries.listing(viewer, staff, MONDAY_10, behind)
    assert [one.id for one in shown.rows] == [row.pk]
    assert queries.owed_by(viewer, staff, MONDAY_10 + timedelta(days=1)).done == 0
    assert row.kind not in queries.open_kinds(client_in(row))


def test_nothing_waits_for_the_machine(cast: Cast, owed: dict[str, Obligation]) -> None:
    system = Viewer(None, "", system=True)
    assert queries.owed_by(system, staff_on(ON), MONDAY_10).total == 0
    assert queries.visible(system).count() == len(owed)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"kind": "handover.visa"}, {"visa"}),
        ({"owner_role": Role.LAWYER}, {"visa"}),
        ({"text": "лісов"}, ALL),
        ({"text": "нема такого"}, set()),
        ({"since": date(2026, 4, 15)}, {"papers"}),
        ({"until": ON}, {"sales_head", "report"}),
        ({"sort": queries.Sort.NEWEST, "mine": True}, set()),
    ],
)
def test_filters_narrow_the_list(
    cast: Cast,
    owed: dict[str, Obligation],
    wanted: dict[str, Any],
    expected: set[str],
) -> None:
    staff = staff_on(ON)
    viewer = staff.viewer(cast.iryna.pk)
    asked = queries.Wanted(**wanted)
    found = queries.listing(viewer, staff, MONDAY_10, asked)
    assert names(owed, [row.id for row in found.rows]) == expected
