"""Who guesses passwords is slowed down (more in suprovid/people/tests)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import get_hasher
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.test.utils import override_settings

from suprovid.config.signin import neighbourhood
from suprovid.demo.cast import Cast
from tests.cast import cast as cast

pytestmark = pytest.mark.django_db
SIGN_IN = "/accounts/login/"


@pytest.fixture(autouse=True)
def nothing_counted(db: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def sign_in(name: str, password: str, address: str = "203.0.113.7", **more: str) -> Any:
    client = Client(REMOTE_ADDR=address, **more)  # type: ignore[arg-type] # META
    return client.post(SIGN_IN, {"login": name, "password": password})


def guess(name: str, times: int, address: str = "203.0.113.7") -> list[int]:
    return [sign_in(name, f"wrong {n}", address).status_code for n in range(times)]


def test_the_lock_is_not_made_longer_by_knocking(cast: Cast) -> None:
    guess(cast.taras.username, 5)
    first = AccessAttempt.objects.get().attempt_time
    guess(cast.taras.username, 3)
    assert AccessAttempt.objects.get().attempt_time == first


def test_another_way_of_typing_the_name_is_the_same_account(cast: Cast) -> None:
    name = cast.taras.username
    typed = [name, name.upper(), f" {name}", name.title(), f"{name} ", name]
    answers = [sign_in(one, "wrong").status_code for one in typed]
    assert answers[-1] == 429


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("nonsense", "::"),
    ],
)
def test_an_address_is_seen_as_its_owner(address: str, seen: str) -> None:
    assert neighbourhood(address) == seen


def test_a_written_forwarded_address_is_not_believed(cast: Cast) -> None:
    for n in range(5):
        sign_in(cast.taras.username, "wrong", HTTP_X_FORWARDED_FOR=f"192.0.2.{n}")
    assert guess(cast.taras.username, 1) == [429]


@override_settings(PROXIES=["10.0.0.1"])
def test_behind_our_proxy_the_nearest_stranger_counts(cast: Cast) -> None:
    def from_behind(said: str) -> int:
        answer = sign_in(
            cast.taras.username, "wrong", "10.0.0.1", HTTP_X_FORWARDED_FOR=said
        )
        return int(answer.status_code)

    for n in range(5):
        from_behind(f"192.0.2.{n}, 203.0.113.7")
    assert from_behind("192.0.2.99, 203.0.113.7") == 429
    assert from_behind("203.0.113.7, 198.51.100.9") == 200


def test_a_stranger_and_a_colleague_get_the_same_answer_at_the_same_cost(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    hasher = type(get_hasher())
    encode = hasher.encode

    def counted(self: Any, password: str, salt: str, *rest: Any) -> str:
        hashed.append(password)
        return str(encode(self, password, salt, *rest))

    monkeypatch.setattr(hasher, "encode", counted)
    cast.nadiia.is_active = False
    cast.nadiia.save()
    pages, costs = set(), set()
    for name in (cast.taras.username, cast.nadiia.username, "nobody-of-ours"):
        hashed.clear()
        answer = sign_in(name, "wrong")
        pages.add(errors_of(answer))
        costs.add(len(hashed))
    assert len(pages) == 1
    assert costs == {1}


def errors_of(answer: Any) -> str:
    return str(answer.context["form"].errors)


@override_settings(ALLOWED_HOSTS=["*"])
def test_the_link_of_the_letter_names_our_own_address(cast: Cast) -> None:
    client = Client(HTTP_HOST="evil.example")
    client.post("/accounts/password/reset/", {"email": cast.taras.email})
    assert "evil.example" not in str(mail.outbox[0].body)
    assert "http://127.0.0.1:8000/accounts/password/reset/key/" in mail.outbox[0].body


def test_a_mail_box_is_not_flooded_with_links(cast: Cast) -> None:
    for n in range(8):
        client = Client(REMOTE_ADDR=f"203.0.113.{n}")
        client.post("/accounts/password/reset/", {"email": cast.taras.email})
    assert len(mail.outbox) == 5


def test_the_link_of_the_letter_sets_a_password_once(cast: Cast) -> None:
    client = Client()
    client.post("/accounts/password/reset/", {"email": cast.taras.email})
    link = next(w for w in str(mail.outbox[0].body).split() if "/reset/key/" in w)
    opened = client.get(link.removeprefix("http://127.0.0.1:8000"), follow=True)
    form = {"password1": "нова-довга-фраза-7", "password2": "нова-довга-фраза-7"}
    client.post(opened.request["PATH_INFO"], form)
    assert sign_in(cast.taras.username, "нова-довга-фраза-7").status_code == 302
    again = Client().get(link.removeprefix("http://127.0.0.1:8000"))
    assert b"password1" not in again.content
