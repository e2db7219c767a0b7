"""`suprovid import clients`: what machines read of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from suprovid.clients.models import Client
from suprovid.config.lists import as_dict, bring_clients
from suprovid.intake.rules import NotAList
from tests.organisations import good_code, odd_code

HEADING = "Назва,ЄДРПОУ,Місто\n"
KEYS = (
    *("sheet", "rows", "good", "created", "contracts", "changed", "known", "merged"),
    *("kits", "problems", "mended", "import_id"),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    rows = (
        f"КП Явір,{good_code(3_800_001)},м.Київ",
        f"КП Їжак,{odd_code(3_800_002)},",
        "ПП Груша,12,",
    )
    path = tmp_path / "клієнти.csv"
    path.write_text(HEADING + "\n".join(rows), encoding="cp1251")
    return path


def told(file: Path, **how: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {"sheet": "", "mapping": ""}
    usual |= {"confirm": False, "dry_run": False}
    return as_dict(bring_clients(str(file), **(usual | how)))


def test_the_report_has_the_agreed_keys_and_no_others(db: None, file: Path) -> None:
    report = told(file)
    assert tuple(report) == KEYS
    numbers = ("rows", "good", "created", "known", "merged")
    assert [report[name] for name in numbers] == [3, 1, 1, 0, 0]
    assert [(p["row"], p["field"], p["kind"]) for p in report["problems"]] == [
        (3, "code", "warning"),
        (4, "code", "error"),
    ]
    mends = [(m["row"], m["field"], m["from"], m["to"]) for m in report["mended"]]
    assert mends == [(2, "city", "м.Київ", "Київ")]
    assert report["mended"][0]["why"]


def test_a_second_time_adds_nothing_and_a_dry_run_writes_nothing(
    db: None, file: Path
) -> None:
    assert told(file, dry_run=True)["created"] == 1
    assert not Client.objects.exists()
    told(file, confirm=True)
    again = told(file, confirm=True)
    assert (again["created"], again["known"], Client.objects.count()) == (0, 2, 2)


def test_what_is_no_list_is_refused(db: None, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"%PDF-1.7\n")
    with pytest.raises(NotAList, match="PDF"):
        told(tmp_path / "a.csv")
