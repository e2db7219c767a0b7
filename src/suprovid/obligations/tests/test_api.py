"""The same verbs for programs."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client as Browser

from suprovid.obligations.models import Company, Obligation
from tests.cast import Cast
from tests.owing import client_of, found_company, owe

KEY = {"Idempotency-Key": "a-key-of-the-test"}


@pytest.fixture
def row(cast: Cast) -> Obligation:
    found_company()
    return owe(client_of(cast))


def post(client: Browser, url: str, body: dict[str, Any], **headers: str) -> Any:
    return client.post(
        f"/api/v1{url}",
        body,
        content_type="application/json",
        headers={**KEY, **headers},
    )


def test_a_program_lists_what_its_person_may_see(
    client: Browser, cast: Cast, row: Obligation
) -> None:
    owe(client_of(cast, group=cast.obolon))
    client.force_login(cast.olena)
    found = client.get("/api/v1/obligations?mine=true").json()
    assert [item["id"] for item in found["items"]] == [row.pk]
    assert found["next"] == ""


def test_it_asks_why(client: Browser, cast: Cast, row: Obligation) -> None:
    client.force_login(cast.olena)
    why = client.get(f"/api/v1/obligations/{row.pk}/why").json()
    assert len(why["steps"]) == 2


def test_it_waives_once(client: Browser, cast: Cast, row: Obligation) -> None:
    client.force_login(cast.iryna)
    url = f"/obligations/{row.pk}/waive"
    first = post(client, url, {"why": "так"})
    assert (first.status_code, first.json()["ending"]) == (200, "waived")
    again = post(client, url, {"why": "так"})
    assert again.headers["Idempotency-Replayed"] == "true"
    other = post(client, url, {"why": "так"}, **{"Idempotency-Key": "another-key"})
    assert other.status_code == 409


def test_it_moves_and_hands_over(client: Browser, cast: Cast, row: Obligation) -> None:
    client.force_login(cast.iryna)
    moved = post(
        client, f"/obligations/{row.pk}/move", {"on": "2099-01-05", "why": "так"}
    )
    assert moved.json()["due_at"].startswith("2099-01-05")
    to = {"person_id": cast.taras.pk, "why": "так"}
    refused = post(client, f"/obligations/{row.pk}/hand-over", to)
    assert refused.status_code == 409


def test_a_foreign_term_is_not_found(
    client: Browser, cast: Cast, row: Obligation
) -> None:
    client.force_login(cast.oksana)
    answer = post(client, f"/obligations/{row.pk}/waive", {"why": "так"})
    assert answer.status_code == 404


def test_a_change_of_the_calendar_is_tried_out_first(
    client: Browser, cast: Cast, row: Obligation
) -> None:
    client.force_login(cast.iryna)
    change = {"thing": "day", "day": "2026-04-14", "note": "Переїзд"}
    shown = client.post(
        "/api/v1/settings/calendar/preview", change, content_type="application/json"
    ).json()
    assert [moved["id"] for moved in shown["moved"]] == [row.pk]
    stale = post(client, "/settings/calendar", {**change, "seen": "other"})
    assert stale.status_code == 412
    done = post(client, "/settings/calendar", {**change, "seen": shown["digest"]})
    assert done.status_code == 200


def test_only_who_sets_the_calendar_tries_changes_out(
    client: Browser, cast: Cast, row: Obligation
) -> None:
    """What would move tells how much the whole company owes (PROCESS 5)."""
    client.force_login(cast.taras)
    change = {"thing": "day", "day": "2026-04-14", "note": "Переїзд"}
    told = client.post(
        "/api/v1/settings/calendar/preview", change, content_type="application/json"
    )
    page = client.get("/settings/calendar/day/", change)

    assert told.status_code == page.status_code == 403
    assert page.context["preview"] is None


def test_hours_that_cannot_be_read_are_named(
    client: Browser, cast: Cast, row: Obligation
) -> None:
    client.force_login(cast.iryna)
    change = {"thing": "day", "day": "2026-04-14", "note": "a", "hours": ["18:00", "9"]}
    answer = post(client, "/settings/calendar", change)
    assert answer.status_code == 422
    assert "hours" in answer.json()["errors"]


def test_terms_and_company_are_the_heads(
    client: Browser, cast: Cast, row: Obligation
) -> None:
    term = {
        "kind": "handover.visa",
        "valid_from": "2099-01-01",
        "count": 2,
        "unit": "working_days",
        "warn_share": "0.5",
        "escalate": ["department_head"],
    }
    client.force_login(cast.taras)
    assert post(client, "/settings/terms", term).status_code == 403
    assert len(client.get("/api/v1/settings/terms").json()) == 23
    client.force_login(cast.iryna)
    assert post(client, "/settings/terms", term).json()["count"] == 2
    said = {
        "name": "Інша",
        "authors_may_confirm": True,
        "one_person_for_lawyer_and_accountant": False,
    }
    assert post(client, "/settings/company", said).status_code == 200
    assert Company.objects.get().authors_may_confirm
    assert client.get("/api/v1/settings/company").json()["name"] == "Інша"
    paused = post(client, "/settings/company/letters", {"paused": True})
    assert paused.json()["sending_paused"] is True
