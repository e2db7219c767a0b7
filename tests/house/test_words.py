"""The words of the whole house: one meaning each, one alphabet each."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.words import (
    CYRILLIC,
    KEPT_BY,
    LATIN,
    PACKAGE,
    ROOT,
    WORD,
    apps,
    sources,
    two_meanings,
)

TABLES = {"clients/rules/folding.py", "people/rules/naming.py"}
"""Alphabets in a row, no words of anybody's."""


def texts_of(path: Path) -> Iterator[str]:
    """The text of a page; of code only its strings, and no patterns among them."""
    if path.suffix != ".py":
        yield path.read_text()
        return
    for node in ast.walk(ast.parse(path.read_text())):
        value = node.value if isinstance(node, ast.Constant) else None
        if isinstance(value, str) and not set("[\\") & set(value):
            yield value


def mixed_in(path: Path) -> list[str]:
    """Words of both alphabets: they look right, and no search finds them."""
    words = {word for text in texts_of(path) for word in WORD.findall(text)}
    return sorted(w for w in words if LATIN.search(w) and CYRILLIC.search(w))


def test_a_message_means_one_thing_in_the_whole_house() -> None:
    assert list(two_meanings([app for app in apps() if app not in KEPT_BY])) == []


def test_no_word_mixes_two_alphabets() -> None:
    """Templates, the demo's people and papers, seeds; the docs and the front page."""
    paths = [
        *(p for app in apps() for p in sources(PACKAGE / app)),
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/**/*.md"),
        *ROOT.glob("assets/js/*.js"),
    ]
    tables = {PACKAGE / name for name in TABLES}
    mixed = {str(p): odd for p in paths if p not in tables and (odd := mixed_in(p))}
    assert mixed == {}


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ('NAME = "Рахунoк"', ["Рахунoк"]),
        ('NAME = "Рахунок PDF"', []),
        ('LETTERS = "[а-яa-z]+"', []),
    ],
)
def test_a_planted_letter_is_found(text: str, odd: list[str], tmp_path: Path) -> None:
    (tmp_path / "seeds.py").write_text(text)
    assert mixed_in(tmp_path / "seeds.py") == odd
