"""One form of a word for all its spellings: search and likeness stand on it."""

from __future__ import annotations

import re
import unicodedata

WORD_ROOM = 60
APOSTROPHES = "'’ʼ`´‘ʹ′"
# Which letters people and keyboards mix up: і/ї, ґ/г, є/е, ё, Latin look-alikes.
_ALIKE = str.maketrans("їґєёaceiopxyhkmtbı", "ігееасеіорхункмтві")
_GONE = str.maketrans("", "", APOSTROPHES)
_WORDS = re.compile(r"[^\W_]+")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def fold(text: str) -> list[str]:
    """The words of a text as search compares them, in order, each once.

    >>> fold("ПрАТ «Об’єднання Ґрунт»")
    ['прат', 'обеднання', 'грунт']
    """
    found = _WORDS.findall(_alike(text))
    return list(dict.fromkeys(word[:WORD_ROOM] for word in found))


def fold_number(text: str) -> str:
    """A number of a paper in one piece, its signs kept, as search compares it.

    >>> fold_number("№ Д- 15/26")
    'д-15/26'
    """
    return "".join(_alike(text.replace("№", "")).split())[:WORD_ROOM]


def _alike(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text.translate(_GONE)).casefold()
    letters = unicodedata.normalize("NFKC", plain).casefold().translate(_GONE)
    return letters.translate(_ALIKE)


def clean(text: str) -> str:
    """What a person meant to type: no invisible signs, single blanks, NFC."""
    seen = "".join(
        " " if char.isspace() else char
        for char in unicodedata.normalize("NFC", text)
        if char.isspace() or unicodedata.category(char) not in _INVISIBLE
    )
    return " ".join(seen.split())
