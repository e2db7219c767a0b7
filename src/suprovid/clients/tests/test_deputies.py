"""Whoever stands in for another acts on clients for that person, and it is told."""

from __future__ import annotations

import pytest

from suprovid.clients import actions
from suprovid.clients.models import Client
from suprovid.clients.queries import visible
from suprovid.journal.models import Fact
from suprovid.people.actions import declare_absence
from suprovid.people.models import Person
from suprovid.people.queries import viewer
from suprovid.people.rules import AbsenceKind
from tests.cast import MONDAY, Cast, acting
from tests.organisations import (
    enter,
    good_code,
    odd_code,
    organisations,
)


def away(absent: Person, deputy: Person) -> None:
    declare_absence(
        actor=acting(absent, MONDAY),
        person_id=absent.pk,
        kind=AbsenceKind.VACATION,
        first_day=MONDAY.date(),
        last_day=MONDAY.date(),
        deputy_id=deputy.pk,
    )


def told_for(kind: str) -> set[str]:
    return set(Fact.objects.filter(kind=kind).values_list("for_whom", flat=True))


def test_a_client_entered_for_sales_is_theirs(cast: Cast) -> None:
    away(cast.andrii, cast.maryna)
    client = actions.add_client(
        actor=acting(cast.maryna, MONDAY),
        name="ПП «Явір»",
        code=odd_code(3_700_000),
        confirm_code=True,
    )
    actions.add_contact(
        actor=acting(cast.maryna, MONDAY), client_id=client.pk, name="Теслюк О."
    )
    actions.add_site(
        actor=acting(cast.maryna, MONDAY), client_id=client.pk, name="Порт", address="1"
    )
    actions.edit_client(
        actor=acting(cast.maryna, MONDAY), client_id=client.pk, version=1, city="Київ"
    )

    assert client.sales_id == cast.andrii.pk
    assert client in visible(viewer(acting(cast.andrii, MONDAY)))
    for kind in ("client.added", "code.confirmed", "contact.added", "site.added"):
        assert told_for(f"clients.{kind}") == {f"person:{cast.andrii.pk}"}, kind
    assert told_for("clients.client.changed") == {f"person:{cast.andrii.pk}"}


def test_what_one_may_by_oneself_is_done_for_nobody(cast: Cast) -> None:
    away(cast.andrii, cast.sofiia)
    client = actions.add_client(
        actor=acting(cast.sofiia, MONDAY), name="ПП «Явір»", code=good_code(3_700_001)
    )

    assert client.sales_id == cast.sofiia.pk
    assert told_for("clients.client.added") == {""}


@pytest.mark.parametrize("who", ["maryna", "taras"])
def test_who_stands_in_for_the_head_of_department_acts_for_her(
    cast: Cast, who: str
) -> None:
    deputy = acting(cast.everybody()[who], MONDAY)
    away(cast.iryna, cast.everybody()[who])
    enter(deputy, organisations(2))
    client = Client.objects.first()
    assert client is not None
    actions.name_sales(actor=deputy, client_id=client.pk, sales_id=cast.andrii.pk)
    actions.assign(
        actor=deputy, client_id=client.pk, group_id=cast.obolon.pk, manager_id=None
    )
    entered = actions.add_client(
        actor=deputy, name="ПП «Явір»", code=good_code(3_700_002)
    )

    assert entered.sales_id is None
    for kind in (
        "client.imported",
        "client.given_to_sales",
        "client.assigned",
        "client.added",
    ):
        assert told_for(f"clients.{kind}") == {f"person:{cast.iryna.pk}"}, kind
