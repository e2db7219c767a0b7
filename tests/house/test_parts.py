"""What the product imports is what it says it needs, and what the locks hold."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.house.shape import modules

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-node.lock"]


def name_of(requirement: str) -> str:
    return re.split(r"[\[<>=~! ]", requirement)[0].lower().replace("_", "-")


def imported() -> Iterator[tuple[str, str]]:
    """Modules of others that the product imports, and where."""
    for place, path in modules(ROOT / "src" / "suprovid"):
        for node in ast.walk(ast.parse(path.read_text())):
            wanted: list[str] = []
            if isinstance(node, ast.ImportFrom) and not node.level:
                wanted = [node.module or ""]
            if isinstance(node, ast.Import):
                wanted = [name.name for name in node.names]
            for top in (name.split(".")[0] for name in wanted):
                if top not in {"", "suprovid", *sys.stdlib_module_names}:
                    yield top, place


def test_every_part_that_is_imported_is_declared() -> None:
    declared = {name_of(one) for one in PROJECT["project"]["dependencies"]}
    comes_from = packages_distributions()
    # Ninja speaks in pydantic's models: the two come together.
    undeclared = [
        f"{place} imports {top}"
        for top, place in imported()
        if top != "pydantic"
        and not declared & {name_of(one) for one in comes_from.get(top, [])}
    ]
    assert undeclared == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_exact_versions_with_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    packages = re.findall(r"^(\S+==\S+)(.*(?:\n    .*)*)", text, re.MULTILINE)
    assert packages
    assert [name for name, rest in packages if "--hash=sha256:" not in rest] == []
    assert "://" not in text


def test_the_locks_hold_what_the_product_declares() -> None:
    text = (ROOT / "requirements.lock").read_text()
    locked = {name_of(name) for name in re.findall(r"^\S+(?===)", text, re.MULTILINE)}
    declared = {name_of(one) for one in PROJECT["project"]["dependencies"]}
    assert declared <= locked


def test_the_locks_agree_with_each_other() -> None:
    runtime, dev = (
        dict(re.findall(r"^(\S+?)==(\S+)", (ROOT / lock).read_text(), re.MULTILINE))
        for lock in LOCKS[:2]
    )
    assert {name: dev.get(name) for name in runtime} == runtime
