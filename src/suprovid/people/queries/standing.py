"""Who works here, who may what today, whose names these are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from suprovid.journal.rules import Actor, sha256
from suprovid.people.models import Absence, Person, RoleGrant, Token
from suprovid.people.rules import Grant, Member, Role, Staff, Viewer
from suprovid.people.rules import seat as seat

KYIV = ZoneInfo("Europe/Kyiv")


def today(now: datetime) -> date:
    """The company's calendar day: roles and absences begin at its midnight."""
    return now.astimezone(KYIV).date()


def staff(on: date) -> Staff:
    """Everybody active on a day, in three queries: take it once per request."""
    grants: dict[int, set[Grant]] = defaultdict(set)
    for row in RoleGrant.objects.on(on).only("person_id", "role", "group_id"):
        grants[row.person_id].add(Grant(Role(row.role), row.group_id))
    deputies = dict(
        Absence.objects.on(on).order_by("id").values_list("person_id", "deputy_id")
    )
    return Staff(
        tuple(
            Member(
                id=person.pk,
                name=person.short_name,
                grants=frozenset(grants[person.pk]),
                away=person.pk in deputies,
                deputy_id=deputies.get(person.pk),
            )
            for person in Person.objects.filter(is_active=True).order_by("sort_key")
        )
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
