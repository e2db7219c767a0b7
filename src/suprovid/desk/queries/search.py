"""Ctrl-K: clients, handovers, contracts, people by the beginning of words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import gettext as _

from suprovid.clients.queries import found as found_clients
from suprovid.clients.rules import clean, fold
from suprovid.contracts.queries import numbered
from suprovid.contracts.queries import visible as visible_contracts
from suprovid.handover.queries import visible as visible_handovers
from suprovid.people.queries import staff, today
from suprovid.people.rules import Viewer

EACH = 6
SHORTEST, LONGEST = 2, 60
OUR_NUMBER = re.compile(r"П?-?\d*/?\d*")
"""What a number of a handover or a part of one looks like: П-2026/12."""


@dataclass(frozen=True)
class Hit:
    label: str
    note: str
    url: str


@dataclass(frozen=True)
class Hits:
    title: str
    rows: tuple[Hit, ...]


def search(viewer: Viewer, text: str, now: datetime) -> tuple[Hits, ...]:
    """Only what the viewer may see; nothing for less than two letters."""
    text = clean(text)[:LONGEST]
    if len(text) < SHORTEST:
        return ()
    found = (
        Hits(_("Clients"), _clients(viewer, text)),
        Hits(_("Handovers"), _handovers(viewer, text)),
        Hits(_("Contracts"), _contracts(viewer, text)),
        Hits(_("People"), _people(text, now)),
    )
    return tuple(hits for hits in found if hits.rows)


def _clients(viewer: Viewer, text: str) -> tuple[Hit, ...]:
    return tuple(
        Hit(row.name, row.code, reverse("card:client", args=[row.id]))
        for row in found_clients(viewer, text, EACH)
    )


def _handovers(viewer: Viewer, text: str) -> tuple[Hit, ...]:
    # Our own numbers are all in capitals, and SQLite knows no others' case.
    number = text.upper()
    if not OUR_NUMBER.fullmatch(number):  # no index would find its middle
        return ()
    rows = visible_handovers(viewer).filter(number__contains=number).order_by("-pk")
    told = rows.values_list("pk", "number", "client__short_name", "client__name")
    return tuple(
        Hit(number, short or name, reverse("handover:handover", args=[pk]))
        for pk, number, short, name in told[:EACH]
    )


def _contracts(viewer: Viewer, text: str) -> tuple[Hit, ...]:
    rows = numbered(visible_contracts(viewer), text).order_by("-pk")
    told = rows.values_list("pk", "number", "client__short_name", "client__name")
    return tuple(
        Hit(f"№ {number}", short or name, reverse("contracts:contract", args=[pk]))
        for pk, number, short, name in told[:EACH]
    )


def _people(text: str, now: datetime) -> tuple[Hit, ...]:
    asked = fold(text)
    found = [
        member
        for member in staff(today(now)).members
        if asked and all(_begins(word, _words(member.name)) for word in asked)
    ]
    return tuple(
        Hit(one.name, "", reverse("people:person", args=[one.id]))
        for one in found[:EACH]
    )


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    """Folding is slow, and the same people are asked about all day."""
    return tuple(fold(name))


def _begins(start: str, words: Iterable[str]) -> bool:
    return any(word.startswith(start) for word in words)
