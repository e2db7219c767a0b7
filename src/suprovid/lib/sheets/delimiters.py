"""Which character divides the fields: the one that divides all records alike."""

from __future__ import annotations

import contextlib
import csv
import io
from collections import Counter
from collections.abc import Iterator
from math import log2
from typing import Literal, NamedTuple

NONE = "\x1f"
"""Divides nothing: the unit separator of ASCII, which no keyboard has."""
_WEIGHTS = {";": 2.0, "\t": 2.0, "|": 1.5, ",": 1.0, "^": 1.0, "~": 1.0, "¦": 1.0}
"""A comma is in numbers and addresses too; a semicolon that divides is no accident."""
_IN_WORDS = set("\"'`«»“”„’()[]{}<>.-–—_/\\@&%+=№*?!…° \r\n")
_OTHERS, _OTHER_COLUMNS = 5, 3
_RECORDS = 60
_SAMPLE = 200_000


class Fit(NamedTuple):
    """How well a character divides the first records: greater is better."""

    holds: bool
    score: float
    character: str


def delimiter(text: str) -> str:
    """Empty if nothing divides the records: they are a list of one column."""
    sample = text[:_SAMPLE]
    cut = len(sample) < len(text)
    fits = [_fit(sample, character, cut=cut) for character in _candidates(sample)]
    best = max(fits, default=Fit(holds=False, score=0.0, character=""))
    return best.character if best.score else ""


def _candidates(sample: str) -> list[str]:
    met = Counter(sample)
    others = (c for c, _ in met.most_common() if _may_divide(c))
    usual = [c for c in _WEIGHTS if c in met]
    return [*usual, *(c for c, _ in zip(others, range(_OTHERS), strict=False))]


def _may_divide(character: str) -> bool:
    strange = character not in _WEIGHTS and character not in _IN_WORDS
    return strange and not character.isalnum() and not character.isspace()


def _fit(sample: str, character: str, *, cut: bool) -> Fit:
    holds, widths = _widths(sample, character, cut=cut)
    ((columns, alike),) = Counter(w for w in widths if w > 1).most_common(1) or [(0, 0)]
    share = alike / len(widths) if widths else 0.0
    if not _believable(character, columns, alike, share):
        return Fit(holds=False, score=0.0, character="")
    weight = _WEIGHTS.get(character, 0.5)
    return Fit(holds, share**2 * weight * min(log2(columns), 3.0), character)


def _believable(character: str, columns: int, alike: int, share: float) -> bool:
    if character not in _WEIGHTS:
        return share == 1 and columns >= _OTHER_COLUMNS
    rare_in_words = character != ","
    return share >= 0.5 or (rare_in_words and columns > 2 and alike > 1)


def _widths(sample: str, character: str, *, cut: bool) -> tuple[bool, list[int]]:
    """Fields of the first records; False if quotes do not stand beside this one."""
    widths: list[int] = []
    try:
        widths.extend(_lengths(sample, character, csv.QUOTE_MINIMAL))
    except csv.Error as wrong:
        if cut and "unexpected end" in str(wrong):
            return True, widths
    else:
        return True, widths
    with contextlib.suppress(csv.Error):  # a line too long: it is told later
        return False, list(_lengths(sample, character, csv.QUOTE_NONE))
    return False, []


def _lengths(sample: str, character: str, quoting: Literal[0, 3]) -> Iterator[int]:
    lines = io.StringIO(sample, newline="")
    records = csv.reader(lines, delimiter=character, quoting=quoting, strict=True)
    for record, _ in zip((r for r in records if r), range(_RECORDS), strict=False):
        yield len(record)
