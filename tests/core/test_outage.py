"""When the database is away, the answer is "try again", on pages and in the API."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from suprovid.demo.cast import Cast
from tests.cast import cast as cast


def away(*args: Any) -> Any:
    raise OperationalError("server closed the connection unexpectedly")


@pytest.fixture
def cut_off(cast: Cast) -> Client:
    """Signed in before the database went."""
    client = Client(raise_request_exception=False)
    client.force_login(cast.taras)
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/accounts/password/change/"])
def test_a_page_says_503_and_when_to_try_again(cut_off: Client, path: str) -> None:
    with connection.execute_wrapper(away):
        answer = cut_off.get(path)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert "<h1>" in answer.content.decode()


@pytest.mark.django_db
def test_the_api_says_it_as_a_problem(cut_off: Client) -> None:
    with connection.execute_wrapper(away):
        answer = cut_off.get("/api/v1/obligations")
    assert answer.status_code == 503
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
def test_health_says_that_the_database_is_away(cut_off: Client) -> None:
    with connection.execute_wrapper(away):
        answer = Client().get("/health/")
    assert (answer.status_code, answer.json()["database"]) == (503, "away")


@pytest.mark.django_db
def test_another_failure_is_500_and_shows_nothing_of_itself(
    cut_off: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*args: Any) -> Any:
        raise ValueError("secret inside")

    with connection.execute_wrapper(breaks):
        answer = cut_off.get("/accounts/password/change/")
    assert answer.status_code == 500
    assert "secret inside" not in answer.content.decode()
