"""What the papers of the house claim stands in the house: tests, files, rows."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"`((?:tests|src)/[\w/.-]+\.py)(?:::(\w+))?`")
LINKED = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
PAPERS = sorted(
    path.relative_to(ROOT).as_posix()
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
)


@cache
def functions(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text())
    return frozenset(
        node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)
    )


def missing(text: str) -> list[str]:
    """Tests and files that a paper names and nobody has written."""
    return [
        f"{file}::{test}" if test else file
        for file, test in NAMED.findall(text)
        if not (ROOT / file).exists() or (test and test not in functions(file))
    ]


@pytest.mark.parametrize("paper", PAPERS)
def test_every_test_that_a_paper_names_is_there(paper: str) -> None:
    assert missing((ROOT / paper).read_text()) == []


@pytest.mark.parametrize("paper", PAPERS)
def test_every_link_of_a_paper_leads_somewhere(paper: str) -> None:
    place = (ROOT / paper).parent
    links = LINKED.findall((ROOT / paper).read_text())
    assert [link for link in links if not (place / link).exists()] == []


def test_a_promise_of_a_test_that_is_not_there_is_told() -> None:
    here = "`tests/house/test_papers.py::test_nobody_wrote`"
    assert missing(f"{here} `tests/nowhere.py`") == [
        here.strip("`"),
        "tests/nowhere.py",
    ]


def test_every_row_that_is_whole_has_a_journey_of_its_own() -> None:
    """Its test is marked with the row, and walks in a browser."""
    rows = (ROOT / "docs" / "rows.md").read_text()
    whole = re.findall(r"^\| (S\d+) .*\*\*whole\*\*", rows, re.MULTILINE)
    assert whole
    for row in whole:
        line = next(text for text in rows.splitlines() if text.startswith(f"| {row} "))
        file, test = NAMED.findall(line)[-1]
        marked = rf'@pytest\.mark\.journey\("{row}"\)\ndef {test}\('
        assert re.search(marked, (ROOT / file).read_text()), line


def test_readme_tells_every_setting() -> None:
    code = "".join(path.read_text() for path in ROOT.glob("src/suprovid/**/*.py"))
    read = set(re.findall(r"SUPROVID_[A-Z_]+", code)) - {"SUPROVID_TESTING"}
    told = set(re.findall(r"`(SUPROVID_[A-Z_]+)`", (ROOT / "README.md").read_text()))
    assert read == told


def test_every_line_of_the_proof_names_a_test() -> None:
    rows = re.findall(r"^\| (\d+\.?\d*) .*$", proof := _proof(), re.MULTILINE)
    assert {row.split(".")[0] for row in rows} == set("123456789")
    told = [line for line in proof.splitlines() if re.match(r"\| \d", line)]
    assert [line for line in told if not NAMED.search(line)] == []


def _proof() -> str:
    return (ROOT / "docs" / "proof.md").read_text()
