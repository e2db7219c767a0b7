"""Programs write contracts through the same doors."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

import pytest
from django.test import Client

from suprovid.contracts.models import Contract, Line
from suprovid.people.models import Person
from tests.cast import Cast
from tests.path import new_client, new_contract

_keys = count(1)
ROOT = "/api/v1"
TERMS = {"signed_on": "2026-04-10", "valid_from": "2026-04-13"}
LINE = {
    "variant": "network",
    "seats": 5,
    "periodicity": "weekly",
    "delivery": "visit",
    "monthly_price": "4200.00",
    "valid_from": "2026-04-13",
}


@pytest.fixture
def contract(cast: Cast) -> Contract:
    return new_contract(cast, new_client(cast))


def call(person: Person, path: str, body: Any, *, match: str = "") -> tuple[int, Any]:
    client = Client()
    client.force_login(person)
    headers = {"Idempotency-Key": f"key-of-{next(_keys):04}"}
    if match:
        headers["If-Match"] = match
    answer = client.generic(
        "PUT" if match else "POST",
        f"{ROOT}{path}",
        json.dumps(body),
        content_type="application/json",
        headers=headers,
    )
    return answer.status_code, answer.json()


def read(person: Person, path: str) -> Any:
    client = Client()
    client.force_login(person)
    return client.get(f"{ROOT}{path}")


def test_a_program_enters_a_contract_and_its_kit(cast: Cast) -> None:
    bank = {"name": "Законодавство", "valid_from": "2026-04-13"}
    _, made = call(cast.iryna, "/catalogue/banks", bank)
    kit = {**bank, "name": "Універсал", "bank_ids": [made["id"]]}
    _, made = call(cast.iryna, "/catalogue/kits", kit)
    told = read(cast.andrii, "/catalogue/kits").json()
    assert [(row["name"], row["banks"]) for row in told] == [
        ("Універсал", ["Законодавство"])
    ]
    client = new_client(cast)
    asked = {"client_id": client.pk, "number": "15/26", **TERMS}
    status, contract = call(cast.andrii, "/contracts", asked)
    assert status == 201
    path = f"/contracts/{contract['id']}"
    line = {**LINE, "kit_id": made["id"]}
    status, made = call(cast.andrii, f"{path}/lines", line)
    assert status == 201

    told = read(cast.andrii, path).json()
    assert (told["number"], told["monthly"]) == ("15/26", "4200.00")
    assert [row["kit"] for row in told["lines"]] == ["Універсал"]
    end = f"/contracts/lines/{made['id']}/end"
    assert call(cast.andrii, end, {"last_day": "2026-05-31"})[0] == 200
    assert Line.objects.get().valid_to


def test_two_kits_are_two_rows_and_not_a_status_with_one(cast: Cast) -> None:
    """The API takes a tuple of two for (status, body): rows go out as a list."""
    for name in ("Універсал", "Юрист"):
        kit: dict[str, Any] = {"name": name, "bank_ids": []}
        kit["valid_from"] = "2026-04-01"
        assert call(cast.iryna, "/catalogue/kits", kit)[0] == 201

    kits = read(cast.taras, "/catalogue/kits").json()

    assert [row["name"] for row in kits] == ["Універсал", "Юрист"]


def test_a_program_changes_what_it_saw(cast: Cast, contract: Contract) -> None:
    path = f"/contracts/{contract.pk}"
    seen = read(cast.andrii, path).headers["ETag"]
    terms = {**TERMS, "price_agreement": " ДУ № 2 "}
    assert call(cast.andrii, path, terms, match=seen)[0] == 200
    assert call(cast.andrii, path, terms, match=seen)[0] == 412
    contract.refresh_from_db()
    assert (contract.price_agreement, contract.version) == ("ДУ № 2", 2)


@pytest.mark.parametrize(
    "wrong", [{"number": " "}, {"signed_on": "учора"}, {"own_term_count": -1}], ids=str
)
def test_what_is_no_contract_is_told_at_its_field(
    cast: Cast, wrong: dict[str, Any]
) -> None:
    asked = {"client_id": new_client(cast).pk, "number": "15/26", **TERMS, **wrong}
    status, told = call(cast.andrii, "/contracts", asked)
    assert (status, list(told["errors"])) == (422, list(wrong))


def test_lists_hold_what_one_sees(cast: Cast, contract: Contract) -> None:
    path = f"/contracts/{contract.pk}"
    for person, seen in ((cast.andrii, 1), (cast.maryna, 1), (cast.sofiia, 0)):
        assert len(read(person, "/contracts").json()["items"]) == seen
        assert read(person, path).status_code == (200 if seen else 404)
    asked = {"client_id": contract.client_id, "number": "7/26", **TERMS}
    assert call(cast.sofiia, "/contracts", asked)[0] == 404
    assert call(cast.maryna, "/contracts", asked)[0] == 403
    assert call(cast.maryna, path, TERMS, match='"1"')[0] == 403
