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


def asks(told: str, *indexes: str) -> bool:
    """Whether these are asked; on PostgreSQL an empty table may choose any of them."""
    read_whole = (f"SCAN {TABLE}", f"Seq Scan on {TABLE}")
    lines = [line for line in told.splitlines() if "USING INDEX open_" not in line]
    if any(words in line for line in lines for words in read_whole):
        return False
    return connection.vendor == "postgresql" or all(name in told for name in indexes)


def wanted(person: Person, *, mine: bool = False) -> QuerySet[Obligation]:
    staff = staff_on(ON)
    asked = Wanted(status=Status.OPEN, mine=mine, sort=Sort.DUE)
    return queries.wanted_rows(staff.viewer(person.pk), staff, MONDAY_10, asked)


def test_what_a_group_sees_is_found_by_person_and_group(cast: Cast) -> None:
    told = plan(wanted(cast.taras))
    assert asks(told, "open_of_a_person", "open_in_a_group")
    assert "ended_lately" not in told


@pytest.mark.parametrize("name", ["taras", "olena", "iryna", "maryna"])
def test_what_falls_to_a_person_is_found_by_owner(cast: Cast, name: str) -> None:
    told = plan(wanted(getattr(cast, name), mine=True))
    assert asks(told, "open_of_a_person", "open_of_a_role")


def test_all_open_ones_are_read_in_the_order_of_their_terms(cast: Cast) -> None:
    told = plan(wanted(cast.iryna).order_by("due_at", "id")[:51])
    assert asks(told, "open_by_due")


def test_a_tick_finds_what_is_due_by_its_moment(cast: Cast) -> None:
    told = plan(Obligation.objects.filter(next_moment__lte=MONDAY_10))
    assert asks(told, "moments_to_fire")
