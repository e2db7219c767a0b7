"""Texts of strangers made fit to be kept: no marks that hide or turn letters around."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

NAME = 140
PURPOSE = 420
REFERENCE = 35
TOLD = 60
"""How much of a faulty value is told in a refusal."""

# Letters that take no place: not of the category Cf, but seen as nothing all the same.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef]"
)


def clean(text: str, most: int) -> str:
    """One line, composed (NFC), single blanks, no control, bidi or zero-width marks."""
    if not text:
        return ""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())[:most].rstrip()
    if not text.isprintable() or _UNSEEN.search(text):
        text = _UNSEEN.sub("", "".join(map(_seen, text)))
    text = " ".join(unicodedata.normalize("NFC", text).split())
    return text[:most].rstrip()


def _seen(letter: str) -> str:
    if letter.isspace():
        return " "
    return "" if unicodedata.category(letter) in _HIDDEN else letter


_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Cn"})


@lru_cache(maxsize=4096)
def compact(text: str, most: int) -> str:
    """A number of an account or a code: capital letters, no blanks."""
    return clean(text, 4 * most).replace(" ", "").upper()[:most]


def told(text: str) -> str:
    """What a refusal repeats of a value."""
    return clean(text[: 4 * TOLD], TOLD)


_NOTHING = frozenset({"NOTPROVIDED", "NOT PROVIDED", "NONREF"})


def reference(text: str) -> str:
    """A reference, unless it says that there is none."""
    kept = clean(text, REFERENCE)
    return "" if kept.upper() in _NOTHING else kept


_PIECE = 140


def joined(pieces: list[str]) -> str:
    """A purpose as it was before the bank cut it into pieces.

    A piece of full length was cut where it stood; a shorter one ended with a blank.
    """
    told = [piece if len(piece) == _PIECE else piece + " " for piece in pieces if piece]
    return clean("".join(told), PURPOSE)
