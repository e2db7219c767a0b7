"""Every address and API operation × every role × own, group's, foreign object.

What was answered stands in answers.csv, to be read and reviewed; SUPROVID_ANSWERS=write
(with -n 0) writes it anew. Every door is sent what is good enough for it to answer by
right. What no table can talk away stands in test_what_rights_mean.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.test import Client

from tests.roles.asking import (
    ROLES,
    SEES,
    Said,
    Staffed,
    department,
    heard,
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
LISTS = (
    "/search/?q={begun}",
    "/search/?q={number}",
    "/clients/?text={begun}",
    "/contracts/?text={begun}",
    "/handovers/?show=table",
    "/handovers/?show=late",
    "/money/?show=unpaid",
    "/money/?show=payments",
    "/obligations/?status=all",
    "/obligations/?status=all&text={begun}",
    "/journal/?kind=handover",
    "/journal/?kind=money",
    "/api/v1/clients?text={begun}",
)
"""Asked for what a list does not show at first."""
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


@pytest.mark.parametrize("role", SEES)
def test_no_list_and_no_search_tells_of_a_client_one_does_not_see(
    role: str, staffed: Staffed
) -> None:
    things = staffed.things(role)
    told = [
        f"{address}: {word}"
        for address, said in _looked_for(staffed.browser(role), things[FOREIGN])
        for word in _hidden(role, things)
        if word in said.text
    ]
    assert told == []


def test_lists_do_show_it_to_whom_it_is_shown(staffed: Staffed) -> None:
    """Otherwise the test above would look at nothing."""
    foreign = staffed.house.things[FOREIGN]
    silent = [
        address
        for address, said in _looked_for(staffed.browser("department_head"), foreign)
        if not any(word in said.text for word in foreign["hidden"])
    ]
    assert silent == []


def _looked_for(client: Client, foreign: Things) -> Iterator[tuple[str, Said]]:
    """Lists asked for a thing by name and number; what was typed stands there again."""
    name, _code, number, _invoice = foreign["hidden"]
    for address in LISTS:
        asked = address.format(begun=name.split("«")[1][:5], number=number)
        said = heard(client.get(asked), "")
        yield address, replace(said, text=said.text.replace(f'value="{number}"', ""))


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
    hidden = _hidden(role, things)
    for door, answers in asked.items():
        for whose, said in answers.items():
            if door.what != LOOKS_UP:
                yield from (
                    f"{door.what} of {whose}: {word}"
                    for word in hidden
                    if word in said.text
                )


def _hidden(role: str, things: dict[str, Things]) -> list[str]:
    return [
        word
        for whose in things
        if whose not in SEES[role]
        for word in things[whose]["hidden"]
    ]


def _told_apart(asked: Asked, client: Client, foreign: Things) -> Iterator[str]:
    """Doors at which a foreign thing and one that is not there differ in a byte."""
    nowhere = absent(foreign)
    for door, answers in asked.items():
        if door.of_a_client and door.ask(client, nowhere) != answers[FOREIGN]:
            yield door.what
