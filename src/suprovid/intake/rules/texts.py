"""Texts as people meant them: blanks, letters of one alphabet, whole quotes."""

from __future__ import annotations

import re
from collections.abc import Callable
from unicodedata import is_normalized

from suprovid.clients.rules.folding import clean
from suprovid.intake.rules.told import Asked, Told, warning
from suprovid.lib.decision import Reason
from suprovid.lib.words import word

BLANKS = Reason(word("Needless blanks and invisible signs are taken out."))
LETTERS = Reason(word("Latin letters in a Ukrainian word are made Ukrainian."))
LATIN_LETTERS = Reason(word("Ukrainian letters in a Latin word are made Latin."))
QUOTES = Reason(word("The quotes are made «whole»."))
PASSES = 5
MIXED = word("The word “{word}” mixes two alphabets: write it anew.")

_LATIN, _CYRILLIC = "aceiopxyïABCEHIKMOPTXYÏ", "асеіорхуїАВСЕНІКМОРТХУЇ"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ`][^\W\d_]+)*")
_LATIN_LETTER, _CYRILLIC_LETTER = re.compile("[A-Za-zÀ-ÿ]"), re.compile("[Ѐ-ӿ]")
_ADDRESS_OF_NET = re.compile(
    r"\S*(?:@|://|\bwww\.|\.(?:ua|com|org|net|gov|eu|укр)\b)\S*", re.IGNORECASE
)
_NET = re.compile(r"@|://|www\.|\.[a-zу]", re.IGNORECASE)
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_ONE_BORDER = re.compile(r"(?:[A-Za-zÀ-ÿ]{2,}[Ѐ-ӿ]{2,}|[Ѐ-ӿ]{2,}[A-Za-zÀ-ÿ]{2,})")
#: Written in Latin capitals by a slip, and no Latin word.
_KNOWN = frozenset({"ТОВ", "АТ", "ВАТ", "НАН", "НААН", "НАМН", "МОН", "СТОВ"})
_SMALL = frozenset("aceiopxy")
_COMPANY = re.compile(r"TOB(?=[ \"«“„])")


def tidy(text: str) -> str:
    """Clean, and quickly so where every sign can be seen."""
    if text.isprintable() and is_normalized("NFC", text):
        return " ".join(text.split())
    return clean(text)


def as_meant(text: str, *, letters: bool = True, quotes: bool = True) -> Told[str]:
    """The text with its blanks, alphabets and quotes put right, and what was done."""
    plain = tidy(text)
    why = [BLANKS] if plain and plain != text else []
    asked: list[Asked] = []
    if letters and _LATIN_LETTER.search(plain):
        plain, why, asked = _settled(plain, why)
    if quotes and (whole := whole_quotes(plain)) != plain:
        plain, why = whole, [*why, QUOTES]
    return Told(plain, plain, tuple(why), tuple(asked))


# ------------------------------------------------------------------------- alphabets


def _settled(text: str, why: list[Reason]) -> tuple[str, list[Reason], list[Asked]]:
    """Each word put right may tell the alphabet of its neighbours."""
    asked: list[Asked] = []
    for _ in range(PASSES):
        before = text
        text, why, asked = _of_one_alphabet(text, why)
        if text == before or not _LATIN_LETTER.search(text):
            break
    return text, why, asked


def _of_one_alphabet(
    text: str, why: list[Reason]
) -> tuple[str, list[Reason], list[Asked]]:
    if not _CYRILLIC_LETTER.search(text):
        return _begun_as_a_company(text, why)
    words = _words(text)
    pieces, place, why, asked = [], 0, list(why), []
    for number, found in enumerate(words):
        if not _LATIN_LETTER.search(found[0]):
            continue
        mended, reason, question = _mended(text, words, number)
        pieces += [text[place : found.start()], mended]
        place = found.end()
        if reason and reason not in why:
            why.append(reason)
        asked += [question] if question else []
    return "".join([*pieces, text[place:]]), why, asked[:1]


def _words(text: str) -> list[re.Match[str]]:
    """Words without those of addresses of the net."""
    words = list(_WORD.finditer(text))
    if not _NET.search(text):
        return words
    kept = [found.span() for found in _ADDRESS_OF_NET.finditer(text)]
    return [
        found
        for found in words
        if not any(first <= found.start() < last for first, last in kept)
    ]


def _begun_as_a_company(
    text: str, why: list[Reason]
) -> tuple[str, list[Reason], list[Asked]]:
    """A Latin name after a form that is no Latin word."""
    if not _COMPANY.match(text):
        return text, why, []
    return text[:3].translate(_TO_CYRILLIC) + text[3:], [*why, LETTERS], []


_Answer = tuple[str, Reason | None, Asked | None]


def _mended(text: str, words: list[re.Match[str]], number: int) -> _Answer:
    found = words[number]
    one = found.group()
    if _CYRILLIC_LETTER.search(one):
        return _unmixed(one, [w.group() for w in words if w is not found])
    if _is_a_slip(text, words, number):
        return one.translate(_TO_CYRILLIC), LETTERS, None
    return one, None, None


def _unmixed(one: str, others: list[str]) -> _Answer:
    """A word of two alphabets goes to the one that has all of its letters."""
    ukrainian, latin = one.translate(_TO_CYRILLIC), one.translate(_TO_LATIN)
    if _is_roman(latin):
        return one, None, None
    fits_ukrainian = not _LATIN_LETTER.search(ukrainian)
    fits_latin = not _CYRILLIC_LETTER.search(latin)
    two_parts = bool(_ONE_BORDER.fullmatch(one))
    if not fits_ukrainian and not fits_latin and two_parts:
        return one, None, None
    if fits_ukrainian and fits_latin:
        fits_ukrainian = not two_parts and _rather_ukrainian(one, others)
        fits_latin = not two_parts and _rather_latin(one, others)
    if fits_ukrainian:
        return ukrainian, LETTERS, None
    if fits_latin:
        return latin, LATIN_LETTERS, None
    return one, None, warning(Reason(MIXED, (("word", one),)))


def _rather_ukrainian(one: str, others: list[str]) -> bool:
    if one.translate(_TO_CYRILLIC) in _KNOWN:
        return True
    latin = len(_LATIN_LETTER.findall(one))
    return latin * 2 < len(one) and bool(others) and not any(map(_is_latin, others))


def _rather_latin(one: str, others: list[str]) -> bool:
    latin = len(_LATIN_LETTER.findall(one))
    return latin * 2 > len(one) and any(map(_is_latin, others))


def _is_latin(one: str) -> bool:
    return not _CYRILLIC_LETTER.search(one)


def _is_roman(one: str) -> bool:
    return bool(one) and bool(_ROMAN.fullmatch(one))


def _is_a_slip(text: str, words: list[re.Match[str]], number: int) -> bool:
    """A wholly Latin word that stands for a Ukrainian one: i, c, T., TOB."""
    found = words[number]
    one = found.group()
    before = words[number - 1].group() if number else ""
    after = words[number + 1].group() if number + 1 < len(words) else ""
    if one.isupper() and one.translate(_TO_CYRILLIC) in _KNOWN:
        return _is_known_form(text, found, before, after)
    if len(one) > 1 or one.translate(_TO_CYRILLIC) == one or not _alone(text, found):
        return False
    if one in _SMALL:
        return _is_ukrainian(after) and (_is_ukrainian(before) or not number)
    dotted = text[found.end() : found.end() + 1] == "."
    return dotted and _is_ukrainian(after) and after[0].isupper()


def _is_known_form(text: str, found: re.Match[str], before: str, after: str) -> bool:
    """At the beginning of a name, or inside Ukrainian words."""
    if not _alone(text, found) or text[found.end() : found.end() + 1] in {"&", "-"}:
        return False
    if found.start() == 0:
        return found.end() < len(text)
    return _is_ukrainian(before) and (not after or _is_ukrainian(after))


def _is_ukrainian(one: str) -> bool:
    return bool(_CYRILLIC_LETTER.search(one))


def _alone(text: str, found: re.Match[str]) -> bool:
    """No digit, sign or hyphen is glued to the word."""
    glued = text[max(found.start() - 1, 0) : found.start()]
    after = text[found.end() : found.end() + 1]
    return not any(sign.isdigit() or sign in set("-/+&_") for sign in glued + after)


# ---------------------------------------------------------------------------- quotes

_FOREIGN: tuple[tuple[str, str], ...] = (
    (r"<<", r">>"),
    ("[„“”‟]", "[“”‟]"),
    ("‚", "[‘’]"),
    ("''", "''"),
    ('""', '""'),
    ("»", "«"),
)
_ANY_QUOTE = re.compile("|".join(opening for opening, _ in _FOREIGN))
_OF_CSV = re.compile(r'"((?:[^"]|"")*)"')
_OPENS, _SHUTS = r"(?<![^\s(\-–—/])", r"(?![^\s)\-–—/.,;:!?])"


def whole_quotes(text: str) -> str:
    """Foreign and broken quotes made « »; straight and mixed ones are left alone.

    >>> whole_quotes('ПП „Явір“'), whole_quotes('ПП "Явір"')
    ('ПП «Явір»', 'ПП "Явір"')
    """
    if not _ANY_QUOTE.search(text):
        return text
    if (found := _OF_CSV.fullmatch(text)) and found[1].count('""') in {2, 4, 6}:
        return whole_quotes(found[1])
    opening, shutting = next(pair for pair in _FOREIGN if re.search(pair[0], text))
    whole = _paired(text, opening, shutting)
    return whole if _has_no_other(whole) else text


def _paired(text: str, opening: str, shutting: str) -> str:
    pair = rf"{_OPENS}{opening}(?=\S)([^«»„“”‟\"]*?\S){shutting}{_SHUTS}"
    return re.sub(pair, r"«\1»", text)


def _has_no_other(text: str) -> bool:
    """Only « » are left, one after the other."""
    marks = re.findall(r"[«»]|[„“”‟\"‚]|<<|>>|''", text)
    return len(marks) % 2 == 0 and all(
        mark == "«»"[place % 2] for place, mark in enumerate(marks)
    )


Change = Callable[[str], str]


def also(told: Told[str], change: Change, why: Reason) -> Told[str]:
    """The same with one more change, told when it changed something."""
    now = change(told.value)
    if now == told.value:
        return told
    return Told(now, now, (*told.why, why), told.asked)
