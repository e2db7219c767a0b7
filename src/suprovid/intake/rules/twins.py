"""Which rows of a sheet are probably one client twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from suprovid.intake.rules.fields import Field, Kind, Problem
from suprovid.intake.rules.likeness import in_order, normal, stems
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
_STEPS = tuple(10**place for place in range(12))
_FIGURES = re.compile(r"\d+")


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


@dataclass(frozen=True, slots=True)
class _Card:
    """A client as it is compared: each name is put in order once."""

    row: int
    code: str
    name: str
    figures: tuple[str, ...]
    city: str
    place: str

    def percent(self, other: _Card) -> int:
        return int(fuzz.ratio(self.name, other.name))


def _card(one: Known) -> _Card:
    name = in_order(one.name)
    figures = tuple(sorted(_FIGURES.findall(name)))
    city = normal(one.city)
    place = f"{city} {normal(one.address)}" if one.address else ""
    return _Card(one.row, one.code, name, figures, city, place)


@dataclass(slots=True)
class _Met:
    """Clients met so far, by what a duplicate would be found by."""

    codes: dict[str, _Card]
    numbers: dict[int, _Card]
    names: defaultdict[str, list[_Card]]
    places: defaultdict[str, list[_Card]]


def twins(clients: Iterable[Known]) -> Iterator[Twin]:
    """Probable duplicates; each row is told once, the surest earlier row first."""
    met = _Met({}, {}, defaultdict(list), defaultdict(list))
    for one in map(_card, clients):
        if one.code and (same := met.codes.get(one.code)):
            yield Twin(one.row, same.row, one.percent(same), same_code=True)
            continue
        if other := next(_alike(one, met), None):
            yield Twin(one.row, other.row, one.percent(other), same_code=False)
        _remember(one, met)


def _remember(one: _Card, met: _Met) -> None:
    if one.code:
        met.codes[one.code] = met.numbers[_number(one.code)] = one
    if one.name:
        met.names[stems(one.name)].append(one)
    if one.name and one.place:
        met.places[one.place].append(one)


def _alike(one: _Card, met: _Met) -> Iterator[_Card]:
    """Of one name in one city, at one address, or of nearly one code."""
    if not one.name:
        return
    for other in met.names.get(stems(one.name), ())[-MOST_COMPARED:]:
        if not (one.city and other.city) or one.city == other.city:
            yield other
    for other in met.places.get(one.place, ())[-MOST_COMPARED:]:
        if _is_misspelt(one, other, ALIKE_AT_ONE_ADDRESS):
            yield other
    for near in _near(one.code, met.numbers):
        if _is_misspelt(one, near, ALIKE_BY_CODE):
            yield near


def _near(code: str, met: dict[int, _Card]) -> Iterator[_Card]:
    """Clients whose codes have one other digit."""
    number = _number(code)
    for digit, step in zip(reversed(code), _STEPS, strict=False):
        if number:
            zero = number - int(digit) * step
            for near in range(zero, zero + 10 * step, step):
                if near in met and near != number:
                    yield met[near]


def _number(code: str) -> int:
    """A code as a number that keeps its zeros; 0 when it has letters."""
    return int(f"1{code}") if code.isdecimal() and len(code) <= len(_STEPS) else 0


def _is_misspelt(one: _Card, other: _Card, least: int) -> bool:
    """The words that only one of them has are misspelt, not other words."""
    if one.figures != other.figures or one.percent(other) < least:
        return False
    left, right = set(one.name.split()), set(other.name.split())
    only_one, only_other = sorted(left - right), sorted(right - left)
    if not only_one or not only_other:
        return len(only_one) + len(only_other) <= 1
    return fuzz.ratio(" ".join(only_one), " ".join(only_other)) >= ALIKE_WORDS


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
