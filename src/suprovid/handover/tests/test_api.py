"""Programs go the same path through the same doors of the department."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from suprovid.handover.rules import Carrier, ItemCode
from suprovid.people.models import Person
from tests.cast import Cast
from tests.path import Case, new_case

_keys = count(1)
ROOT = "/api/v1/handovers"


@pytest.fixture
def case(cast: Cast) -> Case:
    """A confirmed handover: its visas are being collected."""
    return new_case(cast).collect()


def call(person: Person, path: str, body: Any = None, *, file: Any = None) -> Any:
    """What the API answers to this person: the status and the body."""
    client = Client()
    client.force_login(person)
    headers = {"Idempotency-Key": f"key-of-{next(_keys):04}"}
    if file is not None:
        answer = client.post(f"{ROOT}{path}", {"file": file}, headers=headers)
    else:
        answer = client.post(
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


def line_of(case: Case, code: ItemCode) -> Any:
    lines = read(case.cast.olena, f"/{case.id}").json()["lines"]
    return next(line for line in lines if line["code"] == code)


def test_a_program_reads_the_sheet_line_by_line(case: Case) -> None:
    told = read(case.cast.olena, f"/{case.id}").json()
    assert [line["number"] for line in told["lines"]] == [1, 2, 3, 4, 5, 6, 7]
    assert told["stage"] == "collecting"


def test_a_foreign_handover_is_not_found(case: Case) -> None:
    assert read(case.cast.serhii, f"/{case.id}").status_code == 404
    assert call(case.cast.serhii, f"/{case.id}/accept")[0] == 404


def test_a_list_holds_what_one_sees(case: Case) -> None:
    mine = read(case.cast.andrii, "").json()["items"]
    assert [row["id"] for row in mine] == [case.id]
    assert read(case.cast.serhii, "").json()["items"] == []


def test_a_visa_holds_what_the_program_saw(case: Case) -> None:
    case.bring_all()
    line = line_of(case, ItemCode.CONTRACT)
    path = f"/{case.id}/items/{line['id']}/visa"
    assert call(case.cast.maryna, path, {"seen": ["other"]})[0] == 412
    status, told = call(case.cast.maryna, path, {"seen": line["holds"]})
    assert (status, told["verdict"]) == (201, "given")


def test_a_refusal_names_its_requirement(case: Case) -> None:
    case.bring_all()
    line = line_of(case, ItemCode.CONTRACT)
    body = {
        "seen": line["holds"],
        "requirement": line["requirements"][0],
        "reason": "немає двох програм",
    }
    status, _told = call(
        case.cast.maryna, f"/{case.id}/items/{line['id']}/refuse", body
    )
    assert status == 201
    assert line_of(case, ItemCode.CONTRACT)["stamp"]["verdict"] == "refused"


def test_a_file_comes_as_multipart(case: Case) -> None:
    line = next(one for one in case.standing.lines if one.carrier is Carrier.PAPER)
    file = SimpleUploadedFile("угода.pdf", b"%PDF-1.4\nbytes\n")
    path = f"/{case.id}/items/{line.id}/papers"
    status, told = call(case.cast.andrii, path, file=file)
    assert status == 201
    answer = read(case.cast.andrii, f"/{case.id}/papers/{told['id']}")
    assert b"".join(answer.streaming_content) == b"%PDF-1.4\nbytes\n"
    answer.close()


def test_a_file_that_is_no_paper_is_refused_by_name(case: Case) -> None:
    line = next(one for one in case.standing.lines if one.carrier is Carrier.PAPER)
    file = SimpleUploadedFile("threat.exe", b"MZ\x90\x00")
    path = f"/{case.id}/items/{line.id}/papers"
    status, told = call(case.cast.andrii, path, file=file)
    assert (status, list(told["errors"])) == (422, ["file"])


@pytest.mark.parametrize("person", ["andrii", "taras", "maryna"])
def test_only_the_head_accepts(case: Case, person: str) -> None:
    status, told = call(getattr(case.cast, person), f"/{case.id}/accept")
    assert (status, told["type"]) == (403, "urn:suprovid:problem:forbidden")
