"""Who works here, who may what today, whose names these are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import BigIntegerField, CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Concat, LPad, Trim

from suprovid.journal.rules import Actor, sha256
from suprovid.people.models import Absence, Person, RoleGrant, Token
from suprovid.people.rules import Grant, Member, Role, Staff, Viewer
from suprovid.people.rules import seat as seat
from suprovid.web.reading import asked_once

KYIV = ZoneInfo("Europe/Kyiv")


def today(now: datetime) -> date:
    """The company's calendar day: roles and absences begin at its midnight."""
    return now.astimezone(KYIV).date()


@asked_once
def staff(on: date) -> Staff:
    """Everybody active on a day, in one query."""
    names: dict[int, str] = {}
    grants: dict[int, set[Grant]] = defaultdict(set)
    away: dict[int, int | None] = {}
    for person_id, what, text, number, _key in sorted(_rows(on), key=_in_order):
        if what == _PERSON:
            names[person_id] = text
        elif what == _GRANT:
            grants[person_id].add(Grant(Role(text), number))
        else:
            away[person_id] = number
    return Staff(
        tuple(
            Member(pk, name, frozenset(grants[pk]), pk in away, away.get(pk))
            for pk, name in names.items()
        )
    )


def _in_order(row: tuple[Any, ...]) -> tuple[str, str]:
    """People first, by their sort key; what is said of them after."""
    return row[1], row[4]


_PERSON, _GRANT, _ABSENCE = "1 person", "2 grant", "3 absence"
_SOME_DAY = date(1, 1, 1)


def _rows(on: date) -> list[tuple[Any, ...]]:
    """Of whom, what the row says, its text, its number, the key to sort by."""
    statement, values = _composed(connection.vendor)
    day, some_day = map(connection.ops.adapt_datefield_value, (on, _SOME_DAY))
    with connection.cursor() as cursor:
        cursor.execute(statement, [day if v == some_day else v for v in values])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


@cache
def _composed(vendor: str) -> tuple[str, tuple[Any, ...]]:
    """The question in this database's words, asked of some day.

    Every request asks it, and only of another day: to compose it anew would take
    four times as long as to have it answered.
    """
    statement, values = _question(_SOME_DAY).query.sql_with_params()
    return statement, tuple(values)


def _question(on: date) -> QuerySet[Any, tuple[Any, ...]]:
    people = Person.objects.filter(is_active=True).annotate(
        what=Value(_PERSON),
        text=Trim(Concat("given_name", Value(" "), "family_name")),
        number=Cast(Value(None), BigIntegerField()),
    )
    grants = RoleGrant.objects.on(on).annotate(
        what=Value(_GRANT), number=F("group_id"), key=Value("")
    )
    absences = Absence.objects.on(on).annotate(
        what=Value(_ABSENCE),
        text=Value(""),
        key=LPad(Cast("pk", CharField()), 20, Value("0")),  # the later one counts
    )
    return people.values_list("pk", "what", "text", "number", "sort_key").union(
        grants.values_list("person_id", "what", "role", "number", "key"),
        absences.values_list("person_id", "what", "text", "deputy_id", "key"),
        all=True,
    )


def viewer(actor: Actor) -> Viewer:
    """Rights read anew, on the actor's day; console and worker are the system."""
    if actor.person_id is None:
        return Viewer(None, "", system=True)
    return staff(today(actor.now)).viewer(actor.person_id)


def viewer_among(everybody: Staff, actor: Actor) -> Viewer:
    """The same out of a snapshot taken already."""
    if actor.person_id is None:
        return Viewer(None, "", system=True)
    return everybody.viewer(actor.person_id)


@dataclass(frozen=True)
class TokenHolder:
    """Who a token speaks for and what it lets do."""

    viewer: Viewer
    token_id: int
    may_write: bool


def token_viewer(secret: str, now: datetime) -> TokenHolder | None:
    """Whose token this is, if it is good now and its person still works here."""
    token = (
        Token.objects.filter(digest=sha256(secret), person__is_active=True)
        .filter(revoked_at=None, expires_at__gt=now)
        .first()
    )
    if token is None:
        return None
    who = staff(today(now)).viewer(token.person_id)
    return TokenHolder(who, token.pk, token.may_write)


def names(ids: Iterable[int | None]) -> dict[int, str]:
    """Names by id, of those who left too: papers and the journal keep them."""
    wanted = {pk for pk in ids if pk is not None}
    if not wanted:
        return {}
    return {
        person.pk: person.short_name for person in Person.objects.filter(pk__in=wanted)
    }
