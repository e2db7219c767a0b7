"""Lists brought in by programs."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client as Browser

from suprovid.clients.models import Client
from suprovid.intake import queries
from suprovid.intake.models import ListImport
from suprovid.people.models import Person
from tests.cast import Cast
from tests.sheets import listed

API = "/api/v1/imports/lists"
LIST = listed(3).but(2, city="м.Київ")


def program(person: Person) -> Browser:
    browser = Browser()
    browser.force_login(
        person, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return browser


def headers() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid4())}


def sent(person: Person, data: bytes = LIST.as_xlsx(), **more: Any) -> Any:
    file = SimpleUploadedFile("a.xlsx", data)
    return program(person).post(API, {"file": file, **more}, headers=headers())


def test_a_list_is_brought_in_by_a_program(cast: Cast) -> None:
    answer = sent(cast.iryna)
    assert answer.status_code == 200
    told = answer.json()
    numbers = ("rows", "good", "created", "contracts", "known", "merged")
    assert [told[name] for name in numbers] == [3, 3, 3, 3, 0, 0]
    (mend,) = told["mended"]
    assert (mend["row"], mend["field"]) == (LIST.sheet_row(2), "city")
    assert (mend["from"], mend["to"]) == ("м.Київ", "Київ")
    assert ListImport.objects.get().pk == told["import_id"]


def test_a_dry_run_of_a_program_writes_nothing(cast: Cast) -> None:
    assert sent(cast.iryna, dry_run="true").json()["created"] == 3
    assert not Client.objects.exists()


def test_the_history_tells_each_list_and_its_undo(cast: Cast) -> None:
    one = f"{API}/{sent(cast.iryna).json()['import_id']}"
    head = program(cast.iryna)
    assert [row["created"] for row in head.get(API).json()] == [3]
    assert head.get(one).json()["state"] == "brought"
    undone = head.post(
        f"{one}/undo", {"why": "не той"}, "application/json", headers=headers()
    )
    assert (undone.status_code, undone.json()["state"]) == (200, "undone")
    assert not Client.objects.exists()


def test_a_file_that_is_no_sheet_is_a_problem_with_one_sentence(cast: Cast) -> None:
    answer = sent(cast.iryna, data=b"%PDF-1.7\n")
    assert answer.status_code == 409
    assert "PDF" in answer.json()["detail"]


def test_others_are_told_that_it_is_not_theirs_before_the_file_is_read(
    cast: Cast,
) -> None:
    for person in (cast.olena, cast.taras, cast.halyna, cast.viktor):
        assert sent(person, data=b"%PDF-1.7\n").status_code == 403


def test_the_file_is_read_before_the_transaction(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite a writer holds up the others: reading is no reason for that."""
    inside = []
    depth = len(connection.savepoint_ids)

    def opened(data: bytes, sheet: str = "") -> Any:
        inside.append(len(connection.savepoint_ids) - depth)
        return really(data, sheet)

    really = queries.opened
    monkeypatch.setattr(queries, "opened", opened)
    assert sent(cast.iryna).status_code == 200
    assert inside == [0]
