"""A wrong import breaks the build, however it is written: planted in a true copy."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.house.shape import faults

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The house as it stands, in another place."""
    place = tmp_path_factory.mktemp("house")
    leave = shutil.ignore_patterns("__pycache__", "*.mo", "node_modules")
    for name in ("src", "tests"):
        shutil.copytree(ROOT / name, place / name, ignore=leave)
    for name in ("pyproject.toml", "conftest.py", "manage.py"):
        shutil.copy(ROOT / name, place / name)
    yield place
    shutil.rmtree(place)


@contextmanager
def planted(house: Path, place: str, text: str) -> Iterator[None]:
    path = house / "src" / "suprovid" / place
    before = path.read_text() if path.exists() else None
    path.write_text(f"{before or ''}\n\n{text}\n")
    yield
    if before is None:
        path.unlink()
    else:
        path.write_text(before)


def run(house: Path, *command: str) -> str:
    # What runs in the copy does not count for the coverage of the house.
    ours = {k: v for k, v in os.environ.items() if not k.startswith("COVERAGE_")}
    done = subprocess.run(
        [BIN / command[0], *command[1:]],
        cwd=house,
        env={**ours, "PYTHONPATH": f"{house}/src:{house}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0, "the planted fault went through"
    return done.stdout + done.stderr


LATE = "def late() -> None:\n    {}\n"


@pytest.mark.parametrize(
    ("place", "text", "contract", "told"),
    [
        (
            "journal/models.py",
            LATE.format("from suprovid.handover import models"),
            "The river",
            "suprovid.journal.models -> suprovid.handover.models",
        ),
        (
            "journal/models.py",
            LATE.format("import suprovid.desk.apps"),
            "The river",
            "suprovid.journal.models -> suprovid.desk.apps",
        ),
        (
            "lib/decision.py",
            LATE.format("from suprovid.lib import words"),
            "The libraries",
            "suprovid.lib.decision -> suprovid.lib.words",
        ),
        (
            "clients/rules/planted.py",
            LATE.format("from suprovid.clients import models"),
            "The rooms",
            "suprovid.clients.rules.planted -> suprovid.clients.models",
        ),
        (
            "handover/models.py",
            LATE.format("from suprovid.clients import apps"),
            "The doors",
            "suprovid.handover.models -> suprovid.clients.apps",
        ),
        (
            "clients/rules/planted.py",
            LATE.format("from django.db import models"),
            "Rules and libraries",
            "suprovid.clients.rules.planted -> django",
        ),
        (
            "clients/views.py",
            LATE.format("from suprovid.people import models"),
            "Doors and forms",
            "suprovid.clients.views -> suprovid.people.models",
        ),
    ],
)
def test_a_late_import_breaks_a_contract(
    copy: Path, place: str, text: str, contract: str, told: str
) -> None:
    with planted(copy, place, text):
        said = run(copy, "lint-imports", "--no-cache")
    assert contract in said.partition("Broken contracts")[2]
    assert told in said


def test_a_strange_room_breaks_a_contract(copy: Path) -> None:
    with planted(copy, "money/utils.py", "LARGEST = 7"):
        assert "utils" in run(copy, "lint-imports", "--no-cache")
        told = faults(copy / "src" / "suprovid")
    assert "money/utils.py: there is no such room" in told


def test_an_import_by_a_text_is_told(copy: Path) -> None:
    late = LATE.format("__import__('importlib').import_module('suprovid.handover')")
    with planted(copy, "journal/actions.py", late):
        told = "\n".join(faults(copy / "src" / "suprovid"))
    assert "import_module imports by a text" in told
    assert "__import__ imports by a text" in told


def test_a_foreign_key_by_a_text_is_told(copy: Path) -> None:
    key = 'sheet = models.ForeignKey("handover.Handover", models.PROTECT)'
    tests = ("-n", "0", "-p", "no:cacheprovider", "tests/house/test_tables.py")
    with planted(copy, "clients/models.py", f"class Planted(models.Model):\n    {key}"):
        said = run(copy, "pytest", *tests)
    assert "clients.Planted.sheet points up the river" in said
    assert "clients.Planted.sheet needs related_name" in said
