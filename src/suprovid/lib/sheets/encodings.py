"""Bytes of a text into letters: which of the encodings people here use is it?

UTF-8 is sure when it fits. Between cp1251 (Windows) and cp1125 (DOS, with і and ґ that
cp866 lacks) the letters decide: what reads like Ukrainian is.
"""

from __future__ import annotations

import codecs
from collections import Counter
from itertools import pairwise
from math import log

from suprovid.lib.sheets.causes import Cause, NotASheet

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000
_BROKEN_UTF8 = 0.1
"""So few wrong places among the letters are damage, not another encoding."""
_WIDE = 0.3
"""So many zero bytes in turn are the upper halves of plain letters in UTF-16."""

# How often letters come in Ukrainian, of a thousand.
_OFTEN = {
    "о": 94, "а": 83, "н": 68, "и": 61, "і": 57, "в": 54, "т": 54, "е": 50, "р": 47,
    "с": 41, "к": 35, "л": 35, "у": 33, "д": 32, "м": 31, "п": 29, "я": 24, "з": 23,
    "ь": 17, "г": 16, "б": 17, "ч": 14, "х": 12, "й": 12, "ж": 9, "ц": 8, "ю": 8,
    "ш": 7, "ї": 7, "є": 6, "щ": 5, "ф": 3, "ґ": 0.1, "ы": 1, "э": 0.3, "ъ": 0.1,
    "ё": 0.1,
}  # fmt: skip
_USUAL = {"cp1251": log(20), "cp1125": 0.0}
"""DOS is met less often: it must be likelier by the letters to be believed."""
_SIGNS = set("№«»’–—“”„… ")
_SIGN, _NEVER, _ODD_CASE = log(0.002), log(0.000_01), log(0.02)


def decode(data: bytes) -> tuple[str, str]:
    """The text and its encoding's name.

    Raises:
        NotASheet: it is no text, or damaged.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data, name), name.removesuffix("-sig")
    if b"\0" in data:
        return _without_mark(data)
    try:
        return data.decode(), "utf-8"
    except UnicodeDecodeError as wrong:
        if _is_utf8_but_damaged(data):
            row = data.count(b"\n", 0, wrong.start) + 1
            raise NotASheet(Cause.ENCODING, {"row": row}) from wrong
    return _ours(data)


def _strictly(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as wrong:
        zero = b"\n\0" if name == "utf-16" else b"\n"
        row = data.count(zero, 0, wrong.start) + 1
        raise NotASheet(Cause.ENCODING, {"row": row}) from wrong


def _without_mark(data: bytes) -> tuple[str, str]:
    for name, upper in (("utf-16-le", 1), ("utf-16-be", 0)):
        zeros = data[upper:_SAMPLE:2].count(0)
        if zeros > _WIDE * len(data[upper:_SAMPLE:2]) and not data[
            1 - upper :: 2
        ].count(0):
            return _strictly(data, name), name
    raise NotASheet(Cause.NOT_A_SHEET)


def _is_utf8_but_damaged(data: bytes) -> bool:
    text = data.decode(errors="replace")
    wrong = text.count("\ufffd")
    right = sum(letter > "\x7f" for letter in text) - wrong
    return wrong <= _BROKEN_UTF8 * right


def _ours(data: bytes) -> tuple[str, str]:
    name = max(_USUAL, key=lambda name: _USUAL[name] + _likeness(data, name))
    try:
        return data.decode(name), name
    except UnicodeDecodeError as wrong:
        raise NotASheet(Cause.NOT_A_SHEET) from wrong


def _likeness(data: bytes, name: str) -> float:
    """How much the letters beyond ASCII look like Ukrainian."""
    text = data[:_SAMPLE].decode(name, errors="replace")
    likeness = sum(_weight(letter) * n for letter, n in Counter(text).items())
    # A small letter before a capital one happens, but not in word after word.
    pairs = Counter(pairwise(text))
    odd = sum(n for (a, b), n in pairs.items() if _breaks(a, b))
    return likeness + odd * _ODD_CASE


def _breaks(first: str, second: str) -> bool:
    return first > "\x7f" and first.islower() and second > "\x7f" and second.isupper()


def _weight(letter: str) -> float:
    if letter <= "\x7f":
        return 0.0
    if often := _OFTEN.get(letter.lower()):
        return log(often / 1000)
    return _SIGN if letter in _SIGNS else _NEVER
