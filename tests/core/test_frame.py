"""Who is looking, in what language, with which menu: decided anew at each request."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from suprovid.demo.cast import Cast
from suprovid.journal.models import Heartbeat
from tests.cast import cast as cast

pytestmark = pytest.mark.django_db


def test_one_who_was_dismissed_is_out_with_the_next_click(
    client: Client, cast: Cast
) -> None:
    client.force_login(cast.taras)
    cast.taras.is_active = False
    cast.taras.save()
    assert client.get("/accounts/password/change/").status_code == 302
    assert not Session.objects.exists()


def test_the_language_is_the_person_s_own_and_ukrainian_at_first(
    client: Client, cast: Cast
) -> None:
    assert client.get("/accounts/login/").headers["Content-Language"] == "uk"
    client.force_login(cast.taras)
    client.post("/i18n/", {"language": "en", "next": "/accounts/2fa/"})
    cast.taras.refresh_from_db()
    assert cast.taras.language == "en"
    page = client.get("/accounts/password/change/")
    assert page.headers["Content-Language"] == "en"


@pytest.mark.parametrize(
    "elsewhere",
    ["//evil.example", "https://evil.example/x", "/\t/evil.example", "\\\\evil"],
)
def test_a_choice_leads_back_only_to_our_own_pages(
    client: Client, elsewhere: str
) -> None:
    answer = client.post("/theme/", {"theme": "dark", "next": elsewhere})
    assert "evil" not in answer.headers["Location"]
    assert answer.cookies["theme"].value == "dark"


def test_a_theme_that_does_not_exist_is_not_kept(client: Client) -> None:
    assert "theme" not in client.post("/theme/", {"theme": "<script>"}).cookies


def test_health_says_when_the_worker_fell_silent(client: Client) -> None:
    assert client.get("/health/").status_code == 503
    now = datetime.now(UTC)
    beat = Heartbeat.objects.create(name="worker", at=now - timedelta(seconds=100))
    assert client.get("/health/").status_code == 200
    beat.at = now - timedelta(seconds=121)
    beat.save()
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["worker"]) == (503, "silent")


@pytest.mark.parametrize(
    "path", ["/accounts/signup/", "/accounts/email/", "/accounts/inactive/"]
)
def test_nobody_signs_up_or_changes_a_letter_box_alone(
    client: Client, path: str
) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/search/?q=%00a", "/obligations/?%00=1", "/api/v1/obligations?kind=%00"],
)
def test_a_zero_in_the_address_is_a_bad_request(cast: Cast, address: str) -> None:
    browser = Client(raise_request_exception=False)
    browser.force_login(cast.iryna)
    assert browser.get(address).status_code == 400
