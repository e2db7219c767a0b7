"""Which rows of a sheet are probably one client twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from suprovid.intake.rules.fields import Field, Kind, Problem
from suprovid.intake.rules.likeness import likeness, normal, skeleton
from suprovid.lib.decision import Reason
from suprovid.lib.words import word

SAME_CLIENT = word(
    "This is the client of row {row}, named alike at {percent} %: its contract will be"
    " added to it."
)
SAME_CODE = word(
    "This is the client of row {row}, named alike at {percent} %: it will be taken"
    " once."
)
OTHER_NAME = word(
    "Row {row} has the same code and another name, alike at {percent} % only: compare"
    " both with the papers."
)
ALIKE = word(
    "Row {row} is named alike at {percent} % under another code: make sure that it is"
    " another client."
)
ALIKE_AT_ONE_ADDRESS, ALIKE_BY_CODE, ALIKE_WORDS, SAME_NAME = 92, 85, 80, 60
MOST_COMPARED = 40


@dataclass(frozen=True, slots=True)
class Known:
    """What duplicates are looked for by."""

    row: int
    code: str
    name: str
    city: str
    address: str


@dataclass(frozen=True, slots=True)
class Twin:
    """A row and an earlier one that seems to be the same client."""

    row: int
    earlier: int
    percent: int
    same_code: bool


def twins(clients: Iterable[Known]) -> Iterator[Twin]:
    """Probable duplicates; each row is told once, the surest earlier row first."""
    by_code: dict[str, Known] = {}
    blocks: defaultdict[tuple[str, ...], list[Known]] = defaultdict(list)
    for one in clients:
        earlier = by_code.setdefault(one.code, one) if one.code else one
        if earlier is not one:
            percent = likeness(one.name, earlier.name)
            yield Twin(one.row, earlier.row, percent, same_code=True)
            continue
        keys = list(_keys(one))
        if twin := _alike(one, keys, blocks):
            yield twin
        for key in keys:
            blocks[key].append(one)


def _keys(one: Known) -> Iterator[tuple[str, ...]]:
    """Where a duplicate would be met: near names, one address, near codes."""
    if one.name:
        yield "name", skeleton(one.name)
    if one.address:
        yield "address", place_of(one)
    for place in range(len(one.code)):
        yield "code", one.code[:place], one.code[place + 1 :]


def place_of(one: Known) -> str:
    return normal(f"{one.city} {one.address}")


def _alike(
    one: Known,
    keys: list[tuple[str, ...]],
    blocks: defaultdict[tuple[str, ...], list[Known]],
) -> Twin | None:
    for key in keys:
        for other in blocks.get(key, ())[-MOST_COMPARED:]:
            percent = likeness(one.name, other.name)
            if _is_twin(one, other, key[0], percent):
                return Twin(one.row, other.row, percent, same_code=False)
    return None


def _is_twin(one: Known, other: Known, met: str, percent: int) -> bool:
    if _figures(one.name) != _figures(other.name):
        return False
    if met == "name":
        return not (one.city and other.city) or normal(one.city) == normal(other.city)
    least = ALIKE_AT_ONE_ADDRESS if met == "address" else ALIKE_BY_CODE
    return percent >= least and _unshared_alike(one.name, other.name)


def _figures(name: str) -> list[str]:
    return sorted(re.findall(r"\d+", name))


def _unshared_alike(a: str, b: str) -> bool:
    """The words that only one of them has are misspelt, not other words."""
    left, right = set(normal(a).split()), set(normal(b).split())
    only_a, only_b = sorted(left - right), sorted(right - left)
    if not only_a or not only_b:
        return len(only_a) + len(only_b) <= 1
    return fuzz.ratio(" ".join(only_a), " ".join(only_b)) >= ALIKE_WORDS


# ------------------------------------------------------------------------------ told


def twins_told(clients: Iterable[Known], contracts: Collection[int]) -> list[Problem]:
    """Questions about probable duplicates; `contracts`: rows that have one."""
    return [_told(twin, twin.row in contracts) for twin in twins(clients)]


def _told(twin: Twin, with_contract: bool) -> Problem:  # noqa: FBT001
    field, msgid = Field.CODE, SAME_CLIENT if with_contract else SAME_CODE
    if not twin.same_code:
        field, msgid = Field.NAME, ALIKE
    elif twin.percent < SAME_NAME:
        msgid = OTHER_NAME
    params = (("row", str(twin.earlier)), ("percent", str(twin.percent)))
    return Problem(twin.row, field, Kind.WARNING, Reason(msgid, params))
