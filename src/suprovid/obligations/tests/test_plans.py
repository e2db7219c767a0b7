"""A page of terms asks indexes, however many terms there are."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from suprovid.obligations import queries
from suprovid.obligations.models import Obligation
from suprovid.obligations.queries import Sort, Status, Wanted
from suprovid.people.models import Person
from suprovid.people.queries import staff as staff_on
from tests.cast import Cast
from tests.owing import MONDAY_10

ON = date(2026, 4, 13)
TABLE = Obligation._meta.db_table


def plan(rows: QuerySet[Any]) -> str:
    """How the database would go about it if there were many rows."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    return rows.explain()


def reads_all(told: str) -> bool:
    return f"SCAN {TABLE}" in told or f"Seq Scan on {TABLE}" in told


def wanted(person: Person, *, mine: bool = False) -> QuerySet[Obligation]:
    staff = staff_on(ON)
    asked = Wanted(status=Status.OPEN, mine=mine, sort=Sort.DUE)
    return queries.wanted_rows(staff.viewer(person.pk), staff, MONDAY_10, asked)


def test_what_a_group_sees_is_found_by_person_group_and_client(cast: Cast) -> None:
    told = plan(wanted(cast.taras))
    assert "open_of_a_person" in told
    assert "open_in_a_group" in told
    assert "ended_lately" not in told
    assert not reads_all(told)


@pytest.mark.parametrize("name", ["taras", "olena", "iryna", "maryna"])
def test_what_falls_to_a_person_is_found_by_owner(cast: Cast, name: str) -> None:
    told = plan(wanted(getattr(cast, name), mine=True))
    assert "open_of_a_person" in told
    assert "open_of_a_role" in told
    assert not reads_all(told)


def test_all_open_ones_are_read_in_the_order_of_their_terms(cast: Cast) -> None:
    told = plan(wanted(cast.iryna).order_by("due_at", "id")[:51])
    assert "open_by_due" in told


def test_a_tick_finds_what_is_due_by_its_moment(cast: Cast) -> None:
    told = plan(Obligation.objects.filter(next_moment__lte=MONDAY_10))
    assert "moments_to_fire" in told
