"""Texts of the bank as they are compared: one form for all spellings (DOMAIN B6)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

_BEFORE = str.maketrans({"№": "#", **dict.fromkeys("’ʼ`´‘ʹ′", "'")})
_ALIKE = str.maketrans("ABCEHIKMOPTXY", "АВСЕНІКМОРТХУ")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_PIECES = re.compile(r"[^\W\d_]+|\d+")


def fold(text: str) -> str:
    """Capitals, Cyrillic for Latin look-alikes, one kind of apostrophe, № as #.

    >>> fold("Рах. № 15, ʼАІСТʼ")
    "РАХ. # 15, 'АІСТ'"
    """
    plain = unicodedata.normalize("NFKC", text.translate(_BEFORE))
    return _UNSEEN.sub("", plain.upper().translate(_ALIKE))


def folded(text: str) -> str:
    """The same, blanks said once: what the identity of a line is made of."""
    return " ".join(fold(text).split())


class Piece(NamedTuple):
    """Letters or figures that stand together; figures without their first zeros."""

    text: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        return self.text[0].isdigit()


@dataclass(frozen=True)
class Folded:
    """A folded text in pieces, and where each of its signs stands in the original."""

    text: str
    places: Sequence[int]
    pieces: tuple[Piece, ...]

    def range_of(self, start: int, end: int) -> tuple[int, int]:
        return self.places[start], self.places[end - 1] + 1


def in_pieces(text: str) -> Folded:
    plain = fold(text)
    places: Sequence[int] = range(len(plain))
    if len(plain) != len(text):
        plain, places = _sign_by_sign(text)
    return Folded(plain, places, tuple(map(_piece, _PIECES.finditer(plain))))


def _sign_by_sign(text: str) -> tuple[str, list[int]]:
    signs = [(fold(sign), place) for place, sign in enumerate(text)]
    plain = "".join(sign for sign, _place in signs)
    return plain, [place for sign, place in signs for _ in sign]


def _piece(found: re.Match[str]) -> Piece:
    text = found[0]
    if text[0].isdigit():
        text = text.lstrip("0") or "0"
    return Piece(text, found.start(), found.end())


def number_key(number: str) -> tuple[str, ...]:
    """A number of a paper whatever marks stand in it and zeros before it.

    >>> number_key("СФ-000123/26")
    ('СФ', '123', '26')
    """
    return tuple(piece.text for piece in in_pieces(number).pieces)
