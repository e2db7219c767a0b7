"""Sign-in as attackers and colleagues do it (SECURITY D2.14, D2.15)."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse

from suprovid.people import actions
from suprovid.people.models import Person
from tests.cast import PASSWORD, Cast, acting

HOME, OFFICE, STRANGER = "192.0.2.7", "198.51.100.9", "203.0.113.66"
NEW = "зелений-трамвай-17"
LOGIN = "/accounts/login/"


def sign_in(
    who: str,
    password: str = PASSWORD,
    *,
    at: str = OFFICE,
    client: Client | None = None,
) -> Any:
    said = {"login": who, "password": password}
    return (client or Client()).post(LOGIN, said, REMOTE_ADDR=at)


def signed_in(person: Person) -> Client:
    client = Client()
    assert sign_in(person.username, client=client).status_code == 302
    return client


def guess(who: str, times: int, *, at: str) -> list[int]:
    return [sign_in(who, f"guess number {n}", at=at).status_code for n in range(times)]


def is_in(client: Client) -> bool:
    return bool(client.get(reverse("people:me")).status_code == 200)


def words(answer: Any) -> str:
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(text.replace("\xa0", " ").split())


# ---------------------------------------------------------------------- guessing


def test_who_guesses_is_shut_out_even_with_the_right_word(cast: Cast) -> None:
    guess("tkachuk", 5, at=STRANGER)

    assert sign_in("tkachuk", at=STRANGER).status_code == 429


def test_the_victim_of_a_guesser_signs_in_from_elsewhere(cast: Cast) -> None:
    guess("tkachuk", 8, at=STRANGER)

    assert sign_in("tkachuk", at=HOME).status_code == 302


def test_a_colleague_behind_the_same_address_signs_in(cast: Cast) -> None:
    guess("tkachuk", 5, at=OFFICE)

    assert sign_in("bondar", at=OFFICE).status_code == 302


def test_the_lock_ends_by_itself(cast: Cast) -> None:
    guess("tkachuk", 5, at=OFFICE)
    assert sign_in("tkachuk", at=OFFICE).status_code == 429

    # The clock of the limiter is its own: its row is made older instead.
    quarter = datetime.now(UTC) - timedelta(minutes=16)
    AccessAttempt.objects.update(attempt_time=quarter)

    assert sign_in("tkachuk", at=OFFICE).status_code == 302


def test_neighbours_of_one_network_of_ipv6_are_one_guesser(cast: Cast) -> None:
    for n in range(5):
        sign_in("tkachuk", "wrong", at=f"2001:db8::{n + 1}")

    assert sign_in("tkachuk", at="2001:db8::ffff").status_code == 429
    assert sign_in("tkachuk", at="2001:db8:1::1").status_code == 302


def test_one_address_does_not_try_one_word_on_everybody(cast: Cast) -> None:
    tried = (sign_in(f"user{n}", "Qwerty-2026!", at=STRANGER) for n in range(60))

    assert any("Забагато" in words(answer) for answer in tried)


def test_an_unknown_name_is_answered_like_a_wrong_password(cast: Cast) -> None:
    known, unknown = sign_in("tkachuk", "wrong"), sign_in("nobody", "wrong")

    assert words(known) == words(unknown).replace("nobody", "tkachuk")
    assert known.status_code == unknown.status_code


def test_a_forgotten_password_does_not_tell_who_works_here(cast: Cast) -> None:
    url = reverse("account_reset_password")

    answers = [
        Client().post(url, {"email": email}, follow=True)
        for email in (cast.olena.email, "nobody@suprovid.example")
    ]

    assert words(answers[0]) == words(answers[1])


def test_one_without_a_password_does_not_sign_in(cast: Cast) -> None:
    person = actions.enter_person(
        actor=acting(cast.yaroslav, datetime.now(UTC)),
        username="novak",
        email="novak@suprovid.example",
        family_name="Новак",
        given_name="Леся",
    )

    assert sign_in(person.username, "").status_code == 200
    assert sign_in(person.username, person.password).status_code == 200


def test_one_who_was_dismissed_does_not_sign_in(cast: Cast) -> None:
    actions.dismiss(
        actor=acting(cast.yaroslav, datetime.now(UTC)), person_id=cast.taras.pk
    )

    answer = sign_in("bondar")

    assert not answer.wsgi_request.user.is_authenticated


# --------------------------------------------------------------------- two factors


def turn_on(client: Client) -> str:
    """Turn the second factor on as people do; the secret that the app keeps."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    url = reverse("mfa_activate_totp")
    secret = str(client.get(url).context["form"].secret)
    assert client.post(url, {"code": code_of(secret)}).status_code == 302
    return secret


def code_of(secret: str) -> str:
    """What the app on the phone shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def test_with_a_second_factor_the_password_alone_opens_nothing(cast: Cast) -> None:
    secret = turn_on(signed_in(cast.olena))
    client = Client()

    sign_in("tkachuk", client=client)
    assert not is_in(client)
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert (wrong.status_code, is_in(client)) == (200, False)

    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert is_in(client)


def test_a_code_opens_once(cast: Cast) -> None:
    secret = turn_on(signed_in(cast.olena))
    code, first, second = code_of(secret), Client(), Client()

    for client in (first, second):
        sign_in("tkachuk", client=client)
        client.post(reverse("mfa_authenticate"), {"code": code})

    assert (is_in(first), is_in(second)) == (True, False)


def test_a_recovery_code_opens_once_when_the_phone_is_lost(cast: Cast) -> None:
    turn_on(signed_in(cast.olena))
    kept = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES)
    code, first, second = kept.wrap().get_unused_codes()[0], Client(), Client()

    for client in (first, second):
        sign_in("tkachuk", client=client)
        client.post(reverse("mfa_authenticate"), {"code": code})

    assert (is_in(first), is_in(second)) == (True, False)


def test_the_secret_of_the_second_factor_is_of_this_person(cast: Cast) -> None:
    secret = turn_on(signed_in(cast.olena))

    kept = Authenticator.objects.get(user=cast.olena, type=Authenticator.Type.TOTP)

    assert TOTP(kept).validate_code(code_of(secret))
    assert not Authenticator.objects.exclude(user=cast.olena).exists()


# ------------------------------------------------------------------------ sessions


def test_a_changed_password_ends_the_other_sessions(cast: Cast) -> None:
    here, elsewhere = signed_in(cast.olena), signed_in(cast.olena)

    here.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
    )

    assert not is_in(elsewhere)
    assert sign_in("tkachuk", NEW).status_code == 302


def test_a_password_by_invitation_ends_the_sessions_before(cast: Cast) -> None:
    client, now = signed_in(cast.olena), datetime.now(UTC)
    handed = actions.invite(actor=acting(cast.yaroslav, now), person_id=cast.olena.pk)

    actions.accept_invitation(secret=handed.secret, password=NEW, now=now)

    assert not is_in(client)


@pytest.mark.parametrize("name", ["account_signup", "account_email"])
def test_nobody_signs_up_and_nobody_changes_the_letter_box(
    cast: Cast, name: str
) -> None:
    assert signed_in(cast.olena).get(reverse(name)).status_code == 404
