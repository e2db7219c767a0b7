"""Accounts: entered, mended, closed."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from suprovid.journal.actions import record
from suprovid.journal.rules import Actor
from suprovid.lib.decision import (
    Forbidden,
    Invalid,
    Reason,
    Refused,
    Stale,
    invalid,
    require,
)
from suprovid.lib.words import word
from suprovid.people import queries, rules
from suprovid.people.actions.keys import Handed, hand_invitation
from suprovid.people.actions.locking import (
    chair_of,
    hold_employed,
    hold_person,
    hold_with_administrators,
)
from suprovid.people.actions.roles import end_at_once, require_an_administrator_stays
from suprovid.people.models import Invitation, Person, RoleGrant, Token
from suprovid.people.rules import Role

LANGUAGES = ("uk", "en")


@transaction.atomic
def found_company(
    *, actor: Actor, username: str, email: str, family_name: str, given_name: str
) -> Handed:
    """The first administrator of an empty installation, by a one-time link."""
    if Person.objects.exists():
        raise Refused(Reason(word("Suprovid is set up already.")))
    person = _create(
        actor,
        username=username,
        email=email,
        family_name=family_name,
        given_name=given_name,
    )
    RoleGrant.objects.create(
        person=person,
        role=Role.ADMINISTRATOR,
        valid_from=queries.today(actor.now),
    )
    _record("people.company.founded", actor, person)
    return hand_invitation(actor, person)


@transaction.atomic
def enter_person(
    *,
    actor: Actor,
    username: str,
    email: str,
    family_name: str,
    given_name: str,
    patronymic: str = "",
    phone: str = "",
    language: str = "uk",
) -> Person:
    """A new account, without password and without rights yet."""
    viewer = queries.viewer(actor)
    require(rules.may_administer(viewer), Forbidden)
    person = _create(
        actor,
        username=username,
        email=email,
        family_name=family_name,
        given_name=given_name,
        patronymic=patronymic,
        phone=phone,
        language=language,
    )
    _record(
        "people.person.entered", actor, person, chair_of(viewer, Role.ADMINISTRATOR)
    )
    return person


@transaction.atomic
def edit_person(
    *,
    actor: Actor,
    person_id: int,
    version: int,
    email: str,
    family_name: str,
    given_name: str,
    patronymic: str = "",
    phone: str = "",
) -> Person:
    """Mend the account's data.

    Args:
        version: of the data that the administrator was shown.

    Raises:
        Stale: another changed them meanwhile.
    """
    person = hold_employed(person_id)
    viewer = queries.viewer(actor)
    require(rules.may_administer(viewer), Forbidden)
    if version != person.version:
        raise Stale(Reason(word("Another administrator has changed these data.")))
    _write_names(person, family_name, given_name, patronymic)
    person.email, person.phone = _free_email(email, person.pk), phone.strip()
    person.version += 1
    person.save()
    _record("people.person.edited", actor, person, chair_of(viewer, Role.ADMINISTRATOR))
    return person


@transaction.atomic
def dismiss(*, actor: Actor, person_id: int) -> Person:
    """From this moment the person is out: rights, sign-in, tokens, invitations."""
    person = hold_with_administrators(person_id)
    viewer = queries.viewer(actor)
    require(rules.may_dismiss(viewer, person_id), Forbidden)
    require(rules.is_employed(active=person.is_active))
    require_an_administrator_stays(actor, without=person)
    for grant in RoleGrant.objects.not_over(queries.today(actor.now)).filter(
        person=person
    ):
        end_at_once(grant, actor.now)
    Token.objects.filter(person=person, revoked_at=None).update(revoked_at=actor.now)
    Invitation.objects.filter(person=person, used_at=None).update(expires_at=actor.now)
    person.is_active = False
    person.save(update_fields=["is_active"])
    _record(
        "people.person.dismissed", actor, person, chair_of(viewer, Role.ADMINISTRATOR)
    )
    return person


@transaction.atomic
def set_language(*, actor: Actor, language: str) -> Person:
    """Everybody chooses the own language of pages and letters."""
    person = hold_person(actor.person_id or 0)
    if language not in LANGUAGES:
        raise invalid("language", "This language is not known here.")
    if person.language != language:
        person.language = language
        person.save(update_fields=["language"])
        record(
            kind="people.language.set",
            actor=actor,
            subject=person,
            details={"language": language},
        )
    return person


# ---------------------------------------------------------------- small parts


def _create(
    actor: Actor,
    *,
    username: str,
    email: str,
    family_name: str,
    given_name: str,
    patronymic: str = "",
    phone: str = "",
    language: str = "uk",
) -> Person:
    person = Person(
        username=_free_username(username),
        email=_free_email(email),
        phone=phone.strip(),
        language=language,
        created_at=actor.now,
    )
    _write_names(person, family_name, given_name, patronymic)
    person.set_unusable_password()
    person.save(force_insert=True)
    return person


def _write_names(person: Person, family: str, given: str, patronymic: str) -> None:
    names = (_one_line(family), _one_line(given), _one_line(patronymic))
    person.family_name, person.given_name, person.patronymic = names
    for field in ("family_name", "given_name"):
        if not getattr(person, field):
            raise invalid(field, "Write the name.")
    person.sort_key = rules.sort_key(" ".join(names))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _free_username(username: str) -> str:
    name = username.strip().lower()
    decision = rules.sign_in_name_is_good(name)
    if decision.reason is not None:
        raise Invalid("username", decision.reason)
    if Person.objects.filter(username=name).exists():
        raise invalid("username", "Another person has this sign-in name.")
    return name


def _free_email(email: str, person_id: int | None = None) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as wrong:
        raise invalid("email", "This is not an e-mail address.") from wrong
    if Person.objects.filter(email=address).exclude(pk=person_id or 0).exists():
        raise invalid("email", "Another person has this e-mail address.")
    return address


def _record(
    kind: str, actor: Actor, person: Person, for_whom: int | None = None
) -> None:
    record(
        kind=kind,
        actor=actor,
        subject=person,
        for_whom=for_whom,
        details={"person": person.pk},
        personal={"name": person.short_name},
    )
