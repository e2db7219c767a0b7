"""Invitations and tokens: told once, kept as a hash, dead in time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from suprovid.journal.models import Fact
from suprovid.lib.decision import Forbidden, Invalid, Missing, Refused
from suprovid.people import actions, queries
from suprovid.people.models import Invitation, Person, Token
from suprovid.people.rules import Role
from tests.cast import MONDAY, Cast, acting
from tests.refusals import refuses

GOOD = "зелений-трамвай-17"


def invite(cast: Cast, person: Person) -> str:
    by_yaroslav = acting(cast.yaroslav, MONDAY)
    return actions.invite(actor=by_yaroslav, person_id=person.pk).secret


def accept(secret: str, password: str = GOOD, days: int = 0) -> Person:
    return actions.accept_invitation(
        secret=secret, password=password, now=MONDAY + timedelta(days=days)
    )


def token(person: Person, *, may_write: bool = False, days: int = 30) -> str:
    return actions.create_token(
        actor=acting(person, MONDAY), name="АТС", may_write=may_write, days=days
    ).secret


def test_an_invitation_sets_the_password_once(cast: Cast) -> None:
    secret = invite(cast, cast.taras)

    assert accept(secret).check_password(GOOD)
    refuses(lambda: accept(secret), Refused, "ask for a new one")


def test_an_invitation_dies_in_three_days(cast: Cast) -> None:
    secret = invite(cast, cast.taras)

    refuses(lambda: accept(secret, days=3), Refused, "ask for a new one")


def test_a_new_invitation_closes_the_one_before(cast: Cast) -> None:
    first, second = invite(cast, cast.taras), invite(cast, cast.taras)

    refuses(lambda: accept(first), Refused, "ask for a new one")
    assert accept(second).pk == cast.taras.pk


def test_the_dismissed_accept_nothing(cast: Cast) -> None:
    secret = invite(cast, cast.taras)
    actions.dismiss(actor=acting(cast.yaroslav, MONDAY), person_id=cast.taras.pk)

    refuses(lambda: accept(secret), Refused, "ask for a new one")


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("коротко", "12 signs"),
        ("q1w2e3r4t5y6", "guesser"),
        ("bondar@suprovid", "resembles"),
    ],
)
def test_a_weak_password_is_refused_and_the_link_stays(
    cast: Cast, password: str, reason: str
) -> None:
    secret = invite(cast, cast.taras)

    refuses(lambda: accept(secret, password), Invalid, reason)
    assert accept(secret).pk == cast.taras.pk


def test_only_the_administrator_invites(cast: Cast) -> None:
    refuses(
        lambda: actions.invite(
            actor=acting(cast.iryna, MONDAY), person_id=cast.taras.pk
        ),
        Forbidden,
        "Only the",
    )


def test_secrets_are_nowhere_in_the_database(cast: Cast) -> None:
    told = [invite(cast, cast.taras), token(cast.taras)]

    kept = [
        *Invitation.objects.values_list("digest", flat=True),
        *Token.objects.values_list("digest", flat=True),
        *(str(row) for row in Fact.objects.values_list("details", "digest")),
    ]

    assert not [secret for secret in told if secret in "\n".join(kept)]


def test_a_token_speaks_with_its_owners_rights(cast: Cast) -> None:
    holder = queries.token_viewer(token(cast.maryna, may_write=True), MONDAY)

    assert holder is not None
    assert holder.viewer.id == cast.maryna.pk
    assert holder.viewer.has(Role.LAWYER)
    assert holder.may_write


def test_a_token_dies_in_its_time(cast: Cast) -> None:
    secret = token(cast.maryna, days=2)

    alive = [
        queries.token_viewer(secret, MONDAY + timedelta(days=n)) is not None
        for n in range(4)
    ]

    assert alive == [True, True, False, False]


def test_an_unknown_token_is_nobodys(cast: Cast) -> None:
    assert queries.token_viewer("sp_wrong", MONDAY) is None


def test_the_owner_and_the_administrator_revoke_a_token(cast: Cast) -> None:
    for person in (cast.maryna, cast.yaroslav):
        secret = token(cast.maryna)
        newest = Token.objects.latest("id")
        actions.revoke_token(actor=acting(person, MONDAY), token_id=newest.pk)
        assert queries.token_viewer(secret, MONDAY) is None


def test_anothers_token_is_not_found(cast: Cast) -> None:
    token(cast.maryna)

    with pytest.raises(Missing):
        actions.revoke_token(
            actor=acting(cast.denys, MONDAY), token_id=Token.objects.get().pk
        )


@pytest.mark.parametrize("days", [0, 367])
def test_a_token_of_no_sensible_length_is_refused(cast: Cast, days: int) -> None:
    refuses(lambda: token(cast.maryna, days=days), Invalid, "a year")


def test_the_owner_sees_the_last_day_of_use(cast: Cast) -> None:
    token(cast.maryna)
    row = Token.objects.get()

    for day in (2, 1):  # a clock that went back takes nothing away
        actions.note_token_use(
            token_id=row.pk, on=queries.today(MONDAY + timedelta(days=day))
        )

    row.refresh_from_db()
    assert row.last_used_on == queries.today(MONDAY + timedelta(days=2))


def test_everybody_chooses_the_own_language(cast: Cast) -> None:
    actions.set_language(actor=acting(cast.taras, MONDAY), language="en")

    cast.taras.refresh_from_db()
    assert cast.taras.language == "en"
    refuses(
        lambda: actions.set_language(actor=acting(cast.taras, MONDAY), language="xx"),
        Invalid,
        "language",
    )
