"""The first page is light: everything it takes over the wire (INTERFACE 11)."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from tests.cast import Cast
from tests.path import new_case

LIMIT = 200_000
PACKED = (".woff2", ".png")


@pytest.mark.django_db
def test_my_day_with_all_it_takes_weighs_less_than_200_kb(cast: Cast) -> None:
    new_case(cast).collect()
    head = Client()
    head.force_login(cast.olena, backend=settings.AUTHENTICATION_BACKENDS[-1])
    page = head.get("/").content
    taken = {name: _weight(name) for name in _named(page)}
    assert {Path(name).suffix for name in taken} >= {".css", ".js", ".svg", ".woff2"}
    assert len(gzip.compress(page)) + sum(taken.values()) < LIMIT


def _named(page: bytes) -> set[str]:
    """Files of ours that the page asks for, and those its styles ask for."""
    static = re.escape(settings.STATIC_URL)
    names = set(re.findall(rf'"{static}([^"#?]+)', page.decode()))
    for name in [name for name in names if name.endswith(".css")]:
        text = Path(_found(name)).read_text()
        names |= set(re.findall(r'url\("?\./([^")]+)', text))
    return names


def _found(name: str) -> str:
    found = finders.find(name)
    assert isinstance(found, str), name
    return found


def _weight(name: str) -> int:
    data = Path(_found(name)).read_bytes()
    return len(data) if name.endswith(PACKED) else len(gzip.compress(data))
