"""The same by programs: an endpoint for every action a page calls."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from suprovid.people import actions, queries
from suprovid.people.models import Absence, Person, RoleGrant, Token
from suprovid.people.rules import Role
from tests.cast import Cast, acting, hire

API = "/api/v1"
DATA = {
    "email": "novak@suprovid.example",
    "family_name": "Новак",
    "given_name": "Леся",
}


@pytest.fixture
def cast(db: None) -> Cast:
    """Doors read the real clock, so these people were hired a while ago by it."""
    return hire(datetime.now(UTC) - timedelta(days=14), with_passwords=False)


def program(person: Person, *, may_write: bool = True) -> Client:
    handed = actions.create_token(
        actor=acting(person, datetime.now(UTC)),
        name="АТС",
        may_write=may_write,
        days=30,
    )
    return Client(headers={"Authorization": f"Bearer {handed.secret}"})


def ask(client: Client, path: str, method: str = "post", **body: Any) -> Any:
    headers = {"Idempotency-Key": str(uuid4()), **body.pop("headers", {})}
    call = getattr(client, method)
    return call(f"{API}{path}", body, content_type="application/json", headers=headers)


def test_the_staff_is_read_by_a_token_that_only_reads(cast: Cast) -> None:
    sections = program(cast.taras, may_write=False).get(f"{API}/people").json()

    podil = next(s for s in sections if "Поділ" in s["title"])
    assert podil["people"][0]["roles"] == ["group_head"]
    assert len(podil["people"]) == 4


def test_a_person_is_entered_mended_and_dismissed(cast: Cast) -> None:
    client = program(cast.yaroslav)
    made = ask(client, "/people", username="novak", **DATA)
    path = f"/people/{made.json()['id']}"
    tag = client.get(f"{API}{path}").headers["ETag"]

    mended = ask(client, path, "put", **DATA, phone="вн. 7", headers={"If-Match": tag})
    stale = ask(client, path, "put", **DATA, headers={"If-Match": tag})
    gone = ask(client, f"{path}/dismiss")

    answers = (made, mended, stale, gone)
    assert [a.status_code for a in answers] == [201, 200, 412, 200]
    assert client.get(f"{API}{path}").json()["active"] is False


def test_a_role_is_granted_and_ended(cast: Cast) -> None:
    client = program(cast.yaroslav)

    made = ask(client, f"/people/{cast.taras.pk}/roles", role="lawyer")
    ended = ask(client, f"/people/roles/{made.json()['id']}/end", last_day=None)

    assert (made.status_code, ended.status_code) == (201, 200)
    assert RoleGrant.objects.get(pk=made.json()["id"]).ended_at is not None


def test_an_absence_is_declared_deputised_and_cancelled(cast: Cast) -> None:
    client, today = program(cast.maryna), queries.today(datetime.now(UTC))
    made = ask(
        client,
        f"/people/{cast.maryna.pk}/absences",
        kind="vacation",
        first_day=today.isoformat(),
        last_day=today.isoformat(),
    )
    path = f"/people/absences/{made.json()['id']}"

    named = ask(client, f"{path}/deputy", deputy_id=cast.denys.pk)
    early = ask(client, f"{path}/return")
    cancelled = ask(client, f"{path}/cancel")

    answers = (made, named, early, cancelled)
    assert [a.status_code for a in answers] == [201, 200, 409, 200]
    assert Absence.objects.get().deputy == cast.denys


def test_a_pair_is_two_rows_and_not_a_status_with_one(cast: Cast) -> None:
    """The API takes a tuple of two for (status, body): rows go out as a list."""
    client = program(cast.taras)
    ask(client, "/me/tokens", name="Звіти", days=7)

    groups = client.get(f"{API}/groups")
    tokens = client.get(f"{API}/me/tokens")

    assert [row["name"] for row in groups.json()] == ["Оболонь", "Поділ"]
    assert {row["name"] for row in tokens.json()} == {"АТС", "Звіти"}


def test_groups_are_created_renamed_and_closed(cast: Cast) -> None:
    client = program(cast.iryna)

    made = ask(client, "/groups", name="Троєщина").json()["id"]
    renamed = ask(client, f"/groups/{made}/rename", name="Лівий берег")
    closed = ask(client, f"/groups/{made}/close")

    assert (renamed.status_code, closed.status_code) == (200, 200)
    names = [row["name"] for row in client.get(f"{API}/groups").json()]
    assert names == ["Оболонь", "Поділ", "Лівий берег"]


def test_a_token_makes_and_revokes_tokens_of_its_owner(cast: Cast) -> None:
    client = program(cast.taras)

    made = ask(client, "/me/tokens", name="Звіти", days=7)
    revoked = ask(client, f"/me/tokens/{made.json()['id']}/revoke")

    assert made.json()["secret"].startswith("sp_")
    assert revoked.status_code == 200
    assert Token.objects.get(pk=made.json()["id"]).revoked_at is not None
    assert [t["name"] for t in client.get(f"{API}/me/tokens").json()] == ["АТС"]


def test_the_own_language_and_the_own_card(cast: Cast) -> None:
    client = program(cast.taras)

    assert ask(client, "/me/language", "put", language="en").status_code == 200

    cast.taras.refresh_from_db()
    assert cast.taras.language == "en"
    assert client.get(f"{API}/me").json()["username"] == "bondar"


@pytest.mark.parametrize("key", ["iryna", "olena", "taras", "viktor"])
def test_what_is_the_administrators_is_refused_to_others(cast: Cast, key: str) -> None:
    client = program(getattr(cast, key))

    answers = [
        ask(client, "/people", username="novak", **DATA),
        ask(client, f"/people/{cast.pavlo.pk}/dismiss"),
        ask(client, f"/people/{cast.pavlo.pk}/invite"),
        ask(client, f"/people/{cast.pavlo.pk}/roles", role=Role.LAWYER.value),
    ]

    assert [answer.status_code for answer in answers] == [403] * 4
    assert "адміністратор" in answers[0].json()["detail"]
