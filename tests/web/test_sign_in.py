"""Sign-in in our look and words: the pages of allauth that people here meet."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.cast import PASSWORD, Cast


def said(html: bytes) -> str:
    text = re.sub(r"<(script|style|title)[^>]*>.*?</\1>|<[^>]+>", " ", html.decode())
    return " ".join(text.replace("\u00a0", " ").split())


@pytest.fixture
def olena(cast: Cast, client: Client) -> Client:
    client.force_login(cast.olena)
    return client


def test_the_first_page_asks_for_the_name_and_the_password(
    cast: Cast, client: Client
) -> None:
    page = client.get(reverse("account_login"))
    assert "Ім’я та пароль, які дав вам адміністратор." in said(page.content)
    assert b'autocomplete="current-password"' in page.content


def test_a_wrong_password_is_said_without_naming_what_was_wrong(
    cast: Cast, client: Client
) -> None:
    wrong = {"login": cast.olena.username, "password": "not this one"}
    page = client.post(reverse("account_login"), wrong)
    assert "Увійти не вдалося Ім’я або пароль неправильні." in said(page.content)


def test_the_right_password_opens_the_day_without_a_greeting(
    cast: Cast, client: Client
) -> None:
    right = {"login": cast.olena.username, "password": PASSWORD}
    answer = client.post(reverse("account_login"), right)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert "messages" not in answer.cookies


def test_a_stranger_may_read_it_in_english(client: Client, db: None) -> None:
    client.cookies["django_language"] = "en"
    assert "I forgot the password" in said(client.get("/accounts/login/").content)


def test_a_forgotten_password_gets_a_ukrainian_letter(
    cast: Cast, client: Client
) -> None:
    client.post(reverse("account_reset_password"), {"email": cast.olena.email})
    letter = mail.outbox[0]
    assert "новий пароль" in letter.subject
    assert re.search(r"https?://\S+/password/reset/key/", str(letter.body))
    assert "Привіт" not in letter.body


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("mfa_index", "Двофакторний вхід"),
        ("account_change_password", "Змінити пароль"),
    ],
)
def test_a_person_minds_the_own_sign_in(olena: Client, name: str, title: str) -> None:
    page = olena.get(reverse(name))
    assert page.status_code == 200
    assert f"<h1>{title}</h1>" in page.content.decode().replace("\u00a0", " ")


def test_a_change_of_sign_in_asks_who_is_there_first(olena: Client) -> None:
    page = olena.get(reverse("mfa_activate_totp"), follow=True)
    assert "Це справді ви?" in said(page.content)


def test_the_second_factor_is_turned_on_with_its_square_and_its_secret(
    olena: Client,
) -> None:
    olena.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = olena.get(reverse("mfa_activate_totp"))
    assert b'class="qr"' in page.content
    assert "Ключ, якщо не вдається відсканувати" in said(page.content)
