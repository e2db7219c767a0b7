"""What every endpoint gets from the house: who asks, problems, doing once, pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from suprovid.demo.cast import Cast
from suprovid.journal.actions import record
from suprovid.journal.models import Fact
from suprovid.journal.rules import Actor, Channel
from suprovid.people import actions as people
from suprovid.people.models import Token
from suprovid.web.models import OnceKey
from tests.cast import cast as cast

pytestmark = [pytest.mark.urls("tests.core.urls"), pytest.mark.django_db]
NOTES = "/api/test/notes"
KEY = {"Idempotency-Key": "one-key-of-mine"}


@pytest.fixture
def program(cast: Cast) -> Client:
    """A program with a token of Taras that may write."""
    return with_token(cast.taras.pk, may_write=True)


def with_token(person_id: int, *, may_write: bool) -> Client:
    actor = Actor(person_id, Channel.PAGE, datetime.now(UTC))
    handed = people.create_token(
        actor=actor, name="accounting", may_write=may_write, days=30
    )
    return Client(headers={"Authorization": f"Bearer {handed.secret}"})


def add(client: Client, text: str = "hello", **headers: str) -> Any:
    said = {**KEY, **{name.replace("_", "-"): v for name, v in headers.items()}}
    return client.post(
        NOTES, {"text": text}, content_type="application/json", headers=said
    )


def notes() -> int:
    return Fact.objects.filter(kind="core.note").count()


def problem(answer: Any) -> dict[str, Any]:
    assert answer.headers["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert body["status"] == answer.status_code
    return body


def test_a_token_acts_for_its_person_through_the_api(
    program: Client, cast: Cast
) -> None:
    answer = add(program)
    assert answer.status_code == 201
    fact = Fact.objects.get(pk=answer.json()["id"])
    assert (fact.actor, fact.channel) == (f"person:{cast.taras.pk}", "api")


def test_nobody_is_told_how_to_come_in(client: Client, cast: Cast) -> None:
    answer = add(client)
    assert problem(answer)["type"] == "urn:suprovid:problem:unknown"
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert "WWW-Authenticate" not in add(with_token(cast.taras.pk, may_write=False))


def test_a_reading_token_writes_nothing(cast: Cast) -> None:
    reader = with_token(cast.taras.pk, may_write=False)
    assert reader.get(NOTES).status_code == 200
    assert problem(add(reader))["type"] == "urn:suprovid:problem:read-only-token"
    assert notes() == 0


def test_a_revoked_or_expired_token_is_no_token(program: Client) -> None:
    later = datetime.now(UTC) - timedelta(minutes=1)
    Token.objects.update(expires_at=later)
    assert program.get(NOTES).status_code == 401


def test_a_token_dies_with_the_job(program: Client, cast: Cast) -> None:
    cast.taras.is_active = False
    cast.taras.save()
    assert program.get(NOTES).status_code == 401


def test_a_session_writes_only_with_the_csrf_token(cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.taras)
    assert problem(add(browser))["type"] == "urn:suprovid:problem:csrf"
    assert browser.get(NOTES).status_code == 200
    assert notes() == 0


def test_who_guesses_tokens_is_slowed_down_and_the_neighbour_is_not(
    program: Client,
) -> None:
    cache.clear()
    guesser = Client(headers={"Authorization": "Bearer wrong"})
    answers = [guesser.get(NOTES).status_code for _ in range(21)]
    assert answers == [401] * 20 + [429]
    assert program.get(NOTES).status_code == 200


def test_a_repeat_gets_the_same_answer_and_writes_nothing(program: Client) -> None:
    first, second = add(program), add(program)
    assert (second.status_code, second.content) == (201, first.content)
    assert second.headers["Idempotency-Replayed"] == "true"
    assert notes() == 1


def test_one_key_carries_one_content(program: Client) -> None:
    add(program)
    answer = add(program, "bye")
    assert problem(answer)["type"] == "urn:suprovid:problem:other-content"
    assert (answer.status_code, notes()) == (422, 1)


def test_one_key_carries_one_file(program: Client) -> None:
    def send(content: bytes) -> Any:
        file = SimpleUploadedFile("a.pdf", content)
        return program.post("/api/test/files", {"name": "a", "file": file}, headers=KEY)

    assert [send(b"1").status_code, send(b"1").status_code] == [201, 201]
    assert send(b"2").status_code == 422
    assert notes() == 1


def test_a_call_without_a_key_is_not_begun(program: Client) -> None:
    answer = add(program, Idempotency_Key="short")
    assert problem(answer)["type"] == "urn:suprovid:problem:no-key"
    assert (answer.status_code, notes()) == (400, 0)


def test_a_refusal_undoes_everything_and_says_why(program: Client) -> None:
    answer = add(program, "refuse", Accept_Language="en")
    assert problem(answer)["detail"] == "The book is closed."
    assert (answer.status_code, notes()) == (409, 0)
    assert not OnceKey.objects.exists()


def test_wrong_values_are_named_by_their_fields(program: Client) -> None:
    answer = program.post(
        NOTES, {"text": None}, content_type="application/json", headers=KEY
    )
    assert list(problem(answer)["errors"]) == ["text"]
    assert answer.status_code == 422


def test_problems_speak_the_language_that_was_asked_for(program: Client) -> None:
    path = f"{NOTES}/999"
    english = program.get(path, headers={"Accept-Language": "en"})
    ukrainian = program.get(path)
    assert problem(english)["detail"].startswith("Not found")
    assert "відкрити" in problem(ukrainian)["detail"]


def test_a_change_says_what_it_saw(program: Client) -> None:
    note = add(program).json()["id"]
    path = f"{NOTES}/{note}"
    assert program.get(path).headers["ETag"] == '"3"'

    def put(key: str, **headers: str) -> int:
        said = {"Idempotency-Key": key, **headers}
        answer = program.put(
            path, {"text": "x"}, content_type="application/json", headers=said
        )
        return answer.status_code

    assert put("key-without") == 428
    assert put("key-with-other", **{"If-Match": '"2"'}) == 412
    assert put("key-with-own", **{"If-Match": '"3"'}) == 204


def test_pages_follow_each_other_and_end(program: Client) -> None:
    actor = Actor(None, Channel.CONSOLE, datetime.now(UTC))
    for _ in range(5):
        record(kind="core.note", actor=actor, subject=OnceKey(pk=7))
    seen: list[int] = []
    cursor = ""
    for _ in range(100):
        page = program.get(f"{NOTES}?limit=2&cursor={cursor}").json()
        seen += [item["id"] for item in page["items"]]
        if not (cursor := page["next"]):
            break
    assert sorted(seen) == sorted(Fact.objects.values_list("pk", flat=True))
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize(
    "cursor",
    ["nonsense", "W10=", "WzEsMiwzXQ==", "%00", "WyJ4Il0=", "WyJcdTAwMDAiXQ=="],
)
def test_a_cursor_of_another_is_not_taken(program: Client, cursor: str) -> None:
    assert problem(program.get(NOTES, {"cursor": cursor}))["status"] == 422


@pytest.mark.parametrize(
    ("ask", "status"),
    [
        (lambda client: client.get("/api/v1/nothing"), 404),
        (lambda client: client.get("/api/v1/"), 404),
        (lambda client: client.delete(NOTES), 405),
    ],
)
def test_what_goes_wrong_outside_the_endpoints_is_a_problem_too(
    program: Client, ask: Callable[[Client], Any], status: int
) -> None:
    assert problem(ask(program))["status"] == status


def test_the_description_of_the_api_is_for_those_who_are_signed_in(
    client: Client, cast: Cast
) -> None:
    assert client.get("/api/v1/docs").status_code == 302
    client.force_login(cast.taras)
    page = client.get("/api/v1/docs").content.decode()
    assert "//cdn" not in page
    schema = client.get("/api/test/openapi.json").json()
    asked = schema["paths"][NOTES]["post"]["parameters"]
    assert schema["openapi"].startswith("3.1")
    assert [header["name"] for header in asked] == ["Idempotency-Key"]
