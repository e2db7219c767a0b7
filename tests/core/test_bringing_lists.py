"""`suprovid import clients`: what machines read of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from suprovid.clients.models import Client
from suprovid.clients.rules import NotAList
from suprovid.clients.tests.organisations import good_code, odd_code
from suprovid.config.lists import as_dict, bring_clients

HEADING = "Назва,ЄДРПОУ\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    rows = (
        f"КП Явір,{good_code(3_800_001)}",
        f"КП Їжак,{odd_code(3_800_002)}",
        "ПП,12",
    )
    path = tmp_path / "клієнти.csv"
    path.write_text(HEADING + "\n".join(rows), encoding="cp1251")
    return path


def test_the_report_has_the_agreed_keys_and_no_others(db: None, file: Path) -> None:
    told = as_dict(bring_clients(str(file), dry_run=False, confirm=False))
    assert list(told) == ["rows", "good", "problems", "created", "known"]
    assert (told["rows"], told["good"], told["created"], told["known"]) == (3, 1, 1, 0)
    assert [(p["row"], p["field"], p["kind"]) for p in told["problems"]] == [
        (3, "code", "warning"),
        (4, "code", "error"),
    ]
    assert all(set(p) == {"row", "field", "kind", "message"} for p in told["problems"])


def test_a_second_time_adds_nothing_and_a_dry_run_writes_nothing(
    db: None, file: Path
) -> None:
    bring_clients(str(file), dry_run=True, confirm=True)
    assert not Client.objects.exists()
    bring_clients(str(file), dry_run=False, confirm=True)
    again = as_dict(bring_clients(str(file), dry_run=False, confirm=True))
    assert (again["created"], again["known"], Client.objects.count()) == (0, 2, 2)


def test_what_is_no_list_is_refused(db: None, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"\x00\x01")
    with pytest.raises(NotAList, match="not a list in text"):
        bring_clients(str(tmp_path / "a.csv"), dry_run=False, confirm=False)
