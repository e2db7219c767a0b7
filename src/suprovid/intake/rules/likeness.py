"""How alike the names of two clients are."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from suprovid.clients.rules.folding import fold
from suprovid.intake.rules.legal_forms import FORMS

STEM = 7
LONGEST = 1000
_SHORT = {
    "ін т": "інститут", "інст": "інститут", "ун т": "університет",
    "унів": "університет",
    "кол": "коледж", "к ж": "коледж", "ім": "імені", "акад": "академія",
    "нац": "національний", "держ": "державний", "міськ": "міський", "обл": "обласний",
    "навч": "навчальний", "закл": "заклад", "мед": "медичний", "вищ": "вищий",
    "лік": "лікарня", "київ": "київський", "київськ": "київський", "укр": "український",
    "наук": "науковий", "техн": "технічний", "ф т": "факультет", "б ка": "бібліотека",
    "уч ще": "училище", "від": "від", "школ": "школа", "ліц": "ліцей", "вул": "вулиця",
    "ул": "вулиця", "просп": "проспект", "бульв": "бульвар", "пров": "провулок",
}  # fmt: skip


def _folded(text: str) -> str:
    return " ".join(fold(text[:LONGEST]))


_LONG_FORMS = sorted(
    ((_folded(full), _folded(short)) for short, all_ in FORMS.items() for full in all_),
    key=lambda pair: -len(pair[0]),
)
_EXPANDED = {_folded(short): _folded(full) for short, full in _SHORT.items()}
_SHORTENED = re.compile(
    r"\b(?:"
    + "|".join(sorted(map(re.escape, _EXPANDED), key=len, reverse=True))
    + r")\b"
)


@lru_cache(maxsize=4096)
def normal(name: str) -> str:
    """A name in one form: shortened words in full, legal forms short, no signs."""
    text = _SHORTENED.sub(lambda found: _EXPANDED[found[0]], _folded(name))
    for full, short in _LONG_FORMS:
        if full in text:
            text = text.replace(full, short)
    return text


def in_order(name: str) -> str:
    """The words of a name in one form and one order."""
    return " ".join(sorted(normal(name).split()))


def stems(words: str) -> str:
    return " ".join(one[:STEM] for one in words.split())


def skeleton(name: str) -> str:
    """What is left of a name when endings and the order of words do not count."""
    return stems(in_order(name))


def likeness(a: str, b: str) -> int:
    """How alike two names are, in percent; the order of words does not count."""
    return int(fuzz.ratio(in_order(a), in_order(b)))
