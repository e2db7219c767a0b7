"""Clients for programs."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client as Browser

from suprovid.clients.models import Client
from suprovid.people.models import Person
from tests.cast import Cast
from tests.organisations import good_code

API = "/api/v1/clients"
CODE = good_code(3_700_001)


def program(person: Person) -> Browser:
    browser = Browser()
    browser.force_login(
        person, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return browser


def headers(**more: str) -> dict[str, str]:
    return {"Idempotency-Key": str(uuid4()), **more}


def added(person: Person, **more: Any) -> Any:
    body = {"name": "ПП «Явір»", "code": CODE, **more}
    return program(person).post(
        API, body, content_type="application/json", headers=headers()
    )


def test_a_client_is_entered_read_and_changed(cast: Cast) -> None:
    made = added(cast.andrii)
    assert made.status_code == 201
    one = f"{API}/{made.json()['id']}"
    browser = program(cast.andrii)
    version = browser.get(one).headers["ETag"]
    changed = browser.patch(
        one,
        {"city": "Полтава"},
        content_type="application/json",
        headers=headers(**{"If-Match": version}),
    )
    assert (changed.status_code, changed.json()["city"]) == (200, "Полтава")
    assert changed.json()["name"] == "ПП «Явір»"


def test_a_change_says_which_version_was_seen(cast: Cast) -> None:
    one = f"{API}/{added(cast.andrii).json()['id']}"
    for said, status in (({}, 428), ({"If-Match": '"9"'}, 412)):
        answer = program(cast.andrii).patch(
            one,
            {"city": "Полтава"},
            content_type="application/json",
            headers=headers(**said),
        )
        assert answer.status_code == status


@pytest.mark.parametrize("field", ["serving", "manager_id", "version", "sort_key"])
def test_what_is_not_asked_for_is_refused(cast: Cast, field: str) -> None:
    assert added(cast.andrii, **{field: "1"}).status_code == 422
    assert not Client.objects.exists()


def test_a_refusal_names_the_field(cast: Cast) -> None:
    added(cast.sofiia)
    answer = added(cast.andrii)
    assert answer.status_code == 422
    assert cast.viktor.short_name in answer.json()["errors"]["code"][0]
    assert added(cast.taras, code=good_code(3_700_002)).status_code == 403


def test_the_list_goes_on_by_a_cursor(cast: Cast) -> None:
    for number in range(3):
        added(cast.andrii, code=good_code(3_700_010 + number))
    browser = program(cast.andrii)
    first = browser.get(API, {"limit": "2"}).json()
    rest = browser.get(API, {"limit": "2", "cursor": first["next"]}).json()
    assert (len(first["items"]), len(rest["items"]), rest["next"]) == (2, 1, "")


def test_a_lookup_tells_two_things_and_nothing_else(cast: Cast) -> None:
    added(cast.sofiia)
    found = program(cast.andrii).get(f"{API}/lookup", {"code": CODE})
    assert found.json() == {"name": "ПП «Явір»", "served": False}
    unknown = program(cast.andrii).get(f"{API}/lookup", {"code": good_code(1)})
    assert unknown.status_code == 404


def test_a_client_of_others_is_not_found(cast: Cast) -> None:
    one = f"{API}/{added(cast.sofiia).json()['id']}"
    assert program(cast.andrii).get(one).status_code == 404
    assert program(cast.pavlo).get(one).status_code == 404
