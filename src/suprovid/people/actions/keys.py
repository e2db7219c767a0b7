"""What opens the door: invitations and tokens, each told once and kept as a hash."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from suprovid.journal.actions import record
from suprovid.journal.rules import Actor, Channel, sha256
from suprovid.lib.decision import (
    Forbidden,
    Invalid,
    Missing,
    Reason,
    Refused,
    invalid,
    require,
)
from suprovid.lib.words import word
from suprovid.people import queries, rules
from suprovid.people.actions.locking import chair_of, hold_employed
from suprovid.people.models import Invitation, Person, Token
from suprovid.people.rules import Role

WHY_WEAK = {
    "password_too_short": word("Take at least 12 signs."),
    "password_too_common": word("Every guesser knows this password: take another."),
    "password_too_similar": word("The password resembles your name: take another."),
}
NO_INVITATION = word("This link was used or is out of date: ask for a new one.")


@dataclass(frozen=True)
class Handed:
    """A secret in the hand of the one who asked: it is told this once."""

    id: int
    person_id: int
    secret: str


# ---------------------------------------------------------------- invitations


@transaction.atomic
def invite(*, actor: Actor, person_id: int) -> Handed:
    """A new link for setting the password; earlier ones open nothing any more."""
    person = hold_employed(person_id)
    viewer = queries.viewer(actor)
    require(rules.may_invite(viewer, person_id), Forbidden)
    handed = hand_invitation(actor, person)
    record(
        kind="people.invitation.made",
        actor=actor,
        subject=person,
        for_whom=chair_of(viewer, Role.ADMINISTRATOR),
        details={"person": person.pk},
        personal={"name": person.short_name},
    )
    return handed


def hand_invitation(actor: Actor, person: Person) -> Handed:
    Invitation.objects.filter(
        person=person, used_at=None, expires_at__gt=actor.now
    ).update(expires_at=actor.now)
    secret = secrets.token_urlsafe(32)
    row = Invitation.objects.create(
        person=person,
        digest=sha256(secret),
        expires_at=actor.now + rules.INVITATION_LASTS,
    )
    return Handed(row.pk, person.pk, secret)


@transaction.atomic
def accept_invitation(*, secret: str, password: str, now: datetime) -> Person:
    """Set the password by the link, once; sessions under an old one end.

    Nobody is signed in yet: the link says who acts.
    """
    invitation = (
        Invitation.objects.select_for_update()
        .filter(digest=sha256(secret), used_at=None, expires_at__gt=now)
        .first()
    )
    if invitation is None:
        raise Refused(Reason(NO_INVITATION))
    person = hold_employed(invitation.person_id)
    _require_strong(password, person)
    person.set_password(password)
    person.save(update_fields=["password"])
    invitation.used_at = now
    invitation.save(update_fields=["used_at"])
    record(
        kind="people.invitation.accepted",
        actor=Actor(person.pk, Channel.PAGE, now),
        subject=person,
        details={"person": person.pk},
        personal={"name": person.short_name},
    )
    return person


def _require_strong(password: str, person: Person) -> None:
    try:
        validate_password(password, person)
    except ValidationError as weak:
        code = str(weak.error_list[0].code)
        reason = Reason(WHY_WEAK.get(code, WHY_WEAK["password_too_common"]))
        raise Invalid("password", reason) from weak


# --------------------------------------------------------------------- tokens


@transaction.atomic
def create_token(*, actor: Actor, name: str, may_write: bool, days: int) -> Handed:
    """A key for one's own programs, no wider than one's own rights."""
    person = hold_employed(actor.person_id or 0)
    title = " ".join(name.split())
    if not title:
        raise invalid("name", "Say what the token is for.")
    lasts = rules.token_lasts(days=days)
    if lasts.reason is not None:
        raise Invalid("days", lasts.reason)
    secret = "sp_" + secrets.token_urlsafe(32)
    token = Token.objects.create(
        person=person,
        name=title,
        digest=sha256(secret),
        may_write=may_write,
        created_at=actor.now,
        expires_at=actor.now + timedelta(days=days),
    )
    _record_token("people.token.created", actor, token)
    return Handed(token.pk, person.pk, secret)


@transaction.atomic
def revoke_token(*, actor: Actor, token_id: int) -> Token:
    token = Token.objects.select_for_update().filter(pk=token_id).first()
    viewer = queries.viewer(actor)
    if token is None or not rules.may_revoke_token(viewer, token.person_id):
        raise Missing
    if token.revoked_at is None:
        token.revoked_at = actor.now
        token.save(update_fields=["revoked_at"])
        _record_token("people.token.revoked", actor, token)
    return token


def note_token_use(*, token_id: int, on: date) -> None:
    """The owner sees which keys are still in use; a day is exact enough."""
    unnoted = Q(last_used_on=None) | Q(last_used_on__lt=on)
    Token.objects.filter(unnoted, pk=token_id).update(last_used_on=on)


def _record_token(kind: str, actor: Actor, token: Token) -> None:
    record(
        kind=kind,
        actor=actor,
        subject=token,
        details={"person": token.person_id, "may_write": token.may_write},
        personal={"name": token.name},
    )
