"""Every door: headers, CSRF, methods, hosts, redirects (SECURITY D2.15-16, 22-24)."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings

from tests.cast import PASSWORD, Cast
from tests.roles.asking import department, shared_house
from tests.roles.routes import pages
from tests.roles.things import OWN, House

__all__ = ["department", "shared_house"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(department: House) -> Cast:
    return department.cast


def at_work(cast: Cast, key: str = "iryna", **how: Any) -> Client:
    client = Client(raise_request_exception=False, **how)
    person = getattr(cast, key)
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


def seen(client: Client, address: str) -> Any:
    """An answer read to its end, so that a file sent is closed."""
    answer: Any = client.get(address)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer


def addresses(department: House) -> list[str]:
    things = department.things[OWN]
    return [page.address(things) for page in pages() if set(page.args) <= set(things)]


def test_every_page_forbids_scripts_and_styles_that_are_not_ours(
    department: House,
) -> None:
    client = at_work(department.cast)
    for address in addresses(department):
        answer = seen(client, address)
        policy = answer.headers.get("Content-Security-Policy", "")
        assert "default-src 'none'" in policy, address
        assert "unsafe" not in policy, address
        assert answer.headers.get("X-Content-Type-Options") == "nosniff", address
        assert answer.headers.get("X-Frame-Options") == "DENY", address


def test_private_pages_are_kept_by_no_cache(department: House) -> None:
    client = at_work(department.cast)
    public = ("/health/", "/accounts/", "/invitation/")
    kept = [
        address
        for address in addresses(department)
        if not address.startswith(public)
        and (answer := seen(client, address)).status_code == 200
        and "no-store" not in answer.headers.get("Cache-Control", "")
    ]
    assert kept == []


def test_every_change_asks_for_the_token_of_its_form(department: House) -> None:
    client = at_work(department.cast, enforce_csrf_checks=True)
    without = [
        address
        for address in addresses(department)
        if client.post(address, {"_once": "once-and-again"}).status_code
        not in (403, 404, 405)
    ]
    assert without == []


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "x@y"])
def test_a_strange_host_is_turned_away(department: House, host: str) -> None:
    assert at_work(department.cast).get("/", headers={"host": host}).status_code == 400


def test_a_forwarded_host_is_not_believed(department: House) -> None:
    answer = at_work(department.cast).get(
        "/", headers={"x-forwarded-host": "evil.example"}
    )
    assert answer.status_code == 200
    assert b"evil.example" not in answer.content


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        "\\\\evil.example",
        "https:evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "https://evil.example/",
    ],
)
def test_sign_in_leads_only_to_our_own_pages(cast: Cast, elsewhere: str) -> None:
    client = Client()
    told = {"login": cast.olena.username, "password": PASSWORD, "next": elsewhere}
    answer = client.post("/accounts/login/", told)

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/"


def test_the_session_gets_another_key_at_sign_in(cast: Cast) -> None:
    client = Client()
    client.get("/accounts/login/")
    before = client.session.session_key
    client.post(
        "/accounts/login/", {"login": cast.olena.username, "password": PASSWORD}
    )

    assert client.session.session_key != before
    assert client.get("/").status_code == 200


def test_a_dismissed_person_is_out_at_the_next_request(cast: Cast) -> None:
    client = at_work(cast, "olena")
    assert client.get("/people/me/").status_code == 200
    cast.olena.is_active = False
    cast.olena.save()

    assert client.get("/people/me/").status_code == 302


@override_settings(HTTPS=True, SESSION_COOKIE_SECURE=True)
def test_cookies_of_a_session_are_out_of_reach_of_scripts(cast: Cast) -> None:
    client = Client()
    client.post(
        "/accounts/login/", {"login": cast.olena.username, "password": PASSWORD}
    )
    cookie = client.cookies["sessionid"]

    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Lax"
