"""Elements of XML as plain values, and careful ways to look into them.

An element with children is a dict of lists by the name of the child; one without is its
text; an amount is a `Sum`. A stranger's file may hold anything anywhere, so every look
says what it expects and answers with nothing when it is something else.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class Sum(NamedTuple):
    """An amount as it is written."""

    text: str
    currency: str


Node = dict[str, list[Any]]


def all_at(node: object, *path: str) -> list[Any]:
    """Every element at a path; of repeated elements on the way, the first."""
    for name in path[:-1]:
        found = node.get(name) if isinstance(node, dict) else None
        if not found:
            return []
        node = found[0]
    return node.get(path[-1], []) if isinstance(node, dict) else []


def node_at(node: object, *path: str) -> Node:
    found = all_at(node, *path)
    return found[0] if found and isinstance(found[0], dict) else {}


def text_at(node: object, *path: str) -> str:
    found = all_at(node, *path)
    return found[0] if found and isinstance(found[0], str) else ""


def texts_at(node: object, *path: str) -> list[str]:
    return [text for text in all_at(node, *path) if isinstance(text, str)]


def sum_at(node: object, *path: str) -> Sum | None:
    found = all_at(node, *path)
    return found[0] if found and isinstance(found[0], Sum) else None
