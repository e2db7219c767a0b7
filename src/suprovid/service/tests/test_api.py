"""Programs install and take over by the same rules as people at their pages."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from suprovid.people.models import Person
from suprovid.service.rules import STEPS
from tests.path import Case, signature

_keys = count(1)
ROOT = "/api/v1/installations"


@pytest.fixture
def done(case: Case) -> Case:
    case.pay()
    case.contact()
    case.name_installer()
    case.install()
    return case


def call(person: Person, path: str, body: Any = None, *, files: Any = None) -> Any:
    client = Client()
    client.force_login(person)
    headers = {"Idempotency-Key": f"key-of-{next(_keys):04}"}
    if files is not None:
        return client.post(f"{ROOT}{path}", files, headers=headers)
    data = json.dumps(body)
    kind = "application/json"
    return client.post(f"{ROOT}{path}", data, content_type=kind, headers=headers)


def read(person: Person, path: str) -> Any:
    client = Client()
    client.force_login(person)
    return client.get(f"{ROOT}{path}")


def png(name: str = "підпис.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, signature().data)


def test_the_head_names_the_installer(case: Case) -> None:
    body = {"installer_id": case.cast.pavlo.pk}
    assert call(case.cast.taras, f"/{case.id}/installer", body).status_code == 403
    assert call(case.cast.olena, f"/{case.id}/installer", body).status_code == 200


def test_a_foreign_installation_is_not_found(done: Case) -> None:
    assert read(done.cast.serhii, f"/{done.id}").status_code == 404


def test_the_record_is_written_signed_and_confirmed(done: Case) -> None:
    pavlo, path = done.cast.pavlo, f"/{done.id}"
    steps = [step.value for step in STEPS]
    record = {"kit": "Універсал", "version": "26.1", "workplaces": 5}
    call(pavlo, f"{path}/record", {**record, "steps_done": steps})
    signed = {"signed_by": "Салій Н. О.", "signature": png()}
    assert call(pavlo, f"{path}/submit", files=signed).status_code == 200
    assert call(done.cast.olena, f"{path}/confirm").status_code == 200
    assert read(pavlo, path).json()["confirmed_at"] is not None


def test_an_unknown_step_is_not_taken(done: Case) -> None:
    answer = call(done.cast.pavlo, f"/{done.id}/record", {"steps_done": ["dance"]})
    assert answer.status_code == 422


def test_a_photograph_leaves_the_record_as_it_is(done: Case) -> None:
    pavlo, path = done.cast.pavlo, f"/{done.id}"
    call(pavlo, f"{path}/record", {"version": "26.1", "steps_done": ["backed_up"]})
    call(pavlo, f"{path}/photos", files={"file": png("стіл.png")})
    told = read(pavlo, path).json()
    assert (told["version"], told["steps_done"]) == ("26.1", ["backed_up"])
    photo = read(pavlo, f"{path}/photos/{told['photos'][0]['id']}")
    assert photo.headers["Content-Type"] == "image/png"
    photo.close()


def test_a_control_call_waits_for_service(done: Case) -> None:
    when = (done.now - timedelta(hours=1)).isoformat()
    body = {"made_at": when, "spoke_with": "Салій Н. О.", "satisfied": True}
    answer = call(done.cast.olena, f"/{done.id}/control-call", body)
    assert (answer.status_code, answer.json()["status"]) == (409, 409)


def test_only_the_head_of_department_takes_over(case: Case) -> None:
    row = {
        "client_id": case.client.pk,
        "contract_id": case.contract.pk,
        "manager_id": case.cast.taras.pk,
        "group_id": case.cast.podil.pk,
        "since": "2026-01-12",
    }
    client = Client()
    client.force_login(case.cast.olena)
    answer = client.post(
        "/api/v1/take-overs",
        json.dumps({"rows": [row]}),
        content_type="application/json",
        headers={"Idempotency-Key": "take-over-1"},
    )
    assert answer.status_code == 403
