"""People at their own browsers, and a worker that turns when a test lets it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page

from suprovid.demo.papers import pdf
from suprovid.people.models import Person
from tests.cast import Cast, hire
from tests.fixtures.browser import OpenAs
from tests.world import World, settle, turn

Desk = Callable[[str], Page]


@pytest.fixture
def world(transactional_db: None) -> World:
    """A company that began to work this minute, by the real clock."""
    now = datetime.now(UTC)
    return settle(hire(now), now)


@pytest.fixture
def cast(world: World) -> Cast:
    return world.cast


@pytest.fixture
def desk(world: World, open_as: OpenAs) -> Desk:
    """`desk("olena")`: that person's browser, the same one every time."""
    open_pages: dict[str, Page] = {}

    def at(key: str) -> Page:
        if key not in open_pages:
            person: Person = getattr(world.cast, key)
            open_pages[key] = open_as(person)
        return open_pages[key]

    return at


@pytest.fixture
def worker() -> Callable[[], None]:
    """One turn of the worker at this moment."""
    return lambda: turn(datetime.now(UTC))


@pytest.fixture
def paper(tmp_path: Path) -> Callable[[str], Path]:
    """A small true PDF on the person's computer."""

    def made(name: str) -> Path:
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(pdf(name))
        return path

    return made
