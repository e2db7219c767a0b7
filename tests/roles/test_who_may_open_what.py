"""Every address and API operation × every role × own, group's, foreign object.

What was answered stands in answers.csv, to be read and reviewed; SUPROVID_ANSWERS=write
(with -n 0) writes it anew. Every door is sent what is good enough for it to answer by
right. What no table can talk away stands in test_what_rights_mean.py.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from tests.roles.asking import (
    ROLES,
    SEES,
    Said,
    Staffed,
    department,
    shared_house,
    staffed,
)
from tests.roles.doors import Door, absent, doors
from tests.roles.table import WRITE, table, write
from tests.roles.things import FOREIGN, Things

__all__ = ["department", "shared_house", "staffed"]
pytestmark = pytest.mark.django_db
LOOKS_UP = "GET /api/v1/clients/lookup"
"""Tells sales the name behind a full code, as PROCESS 5 has it."""
Asked = dict[Door, dict[str, Said]]


@pytest.mark.parametrize("role", ROLES)
def test_every_door_answers_a_role_as_the_table_says(
    role: str, staffed: Staffed
) -> None:
    client, things = staffed.browser(role), staffed.things(role)
    asked: Asked = {
        door: {whose: door.ask(client, things[whose]) for whose in door.whose}
        for door in doors()
    }
    found = {
        door.what: " ".join(str(said.status) for said in answers.values())
        for door, answers in asked.items()
    }
    if WRITE:
        write(role, found)

    assert _wrong(found, role) == {}
    if role in SEES:
        assert list(_words_of_the_hidden(asked, role, things)) == []
        assert list(_told_apart(asked, client, things[FOREIGN])) == []


def _wrong(found: dict[str, str], role: str) -> dict[str, tuple[str, str]]:
    known = table()
    return {
        what: (told, known.get((what, role), "no row: decide who may open it"))
        for what, told in found.items()
        if known.get((what, role)) != told
    }


def _words_of_the_hidden(
    asked: Asked, role: str, things: dict[str, Things]
) -> Iterator[str]:
    """Names, codes and numbers of clients one does not see, on whatever page."""
    hidden = [
        word
        for whose in things
        if whose not in SEES[role]
        for word in things[whose]["hidden"]
    ]
    for door, answers in asked.items():
        for whose, said in answers.items():
            if door.what != LOOKS_UP:
                yield from (
                    f"{door.what} of {whose}: {word}"
                    for word in hidden
                    if word in said.text
                )


def _told_apart(asked: Asked, client: Client, foreign: Things) -> Iterator[str]:
    """Doors at which a foreign thing and one that is not there differ in a byte."""
    nowhere = absent(foreign)
    for door, answers in asked.items():
        if door.of_a_client and door.ask(client, nowhere) != answers[FOREIGN]:
            yield door.what
