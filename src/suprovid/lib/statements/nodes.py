"""Careful ways to look into an element: a stranger's file may hold anything anywhere.

Every look says what it expects and answers with nothing when it is something else.
"""

from __future__ import annotations

from typing import NamedTuple
from xml.etree.ElementTree import Element

NOTHING = Element("")


class Sum(NamedTuple):
    """An amount as it is written."""

    text: str = ""
    currency: str = ""


def node_at(node: Element, *path: str) -> Element:
    """The first element at a path; an empty one when there is none."""
    for name in path:
        found = node.find(name)
        if found is None:
            return NOTHING
        node = found
    return node


def all_at(node: Element, *path: str) -> list[Element]:
    """Every element at a path; of repeated elements on the way, the first."""
    return node_at(node, *path[:-1]).findall(path[-1])


def text_at(node: Element, *path: str) -> str:
    for name in path:
        found = node.find(name)
        if found is None:
            return ""
        node = found
    return "" if len(node) else node.text or ""


def texts_at(node: Element, *path: str) -> list[str]:
    return [found.text or "" for found in all_at(node, *path) if not len(found)]


def sum_at(node: Element, *path: str) -> Sum | None:
    found = node_at(node, *path)
    if found is NOTHING:
        return None
    return Sum(text_at(found), found.get("Ccy", ""))
