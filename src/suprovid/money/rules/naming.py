"""Which numbers of papers a purpose of payment names, as whole words (DOMAIN B6)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Generic, TypeVar

from suprovid.money.rules.folding import Folded, Piece, fold, in_pieces, number_key

T = TypeVar("T")
REACH = 6
"""How many words after «рах.» its number may stand."""
LEAST_BARE = 3
"""Figures of a number that nothing announces."""

_INVOICES = tuple(map(fold, ("рах", "сф", "счет", "счёт", "сч", "invoice", "інвойс")))
_CONTRACTS = tuple(map(fold, ("дог", "угод", "дод", "контракт", "contract")))
_OTHERS = frozenset(map(fold, ("лист", "листа", "акт", "акту", "пдв", "сума", "сумі")))
_SIGNS = frozenset(map(fold, ("N", "No", "Nr", "ном", "номер")))
_BETWEEN = re.compile(r"[\s#./\\_–—-]{0,4}")
_IN_NUMBER = re.compile(r"\s?[-/\\–]\s?")
_NO_NUMBER = re.compile(
    r"(?<![\d/-])\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})(?!\d)"
    r"|\d{4}-\d\d-\d\d"
    r"|(?:\d{1,3}(?: \d{3})+|\d+)[.,]\d{2}(?!\d)"
    r"|(?:\d{1,3}(?: \d{3})+|\d+)(?:-\d\d)?\s*(?:ГРН|КОП|%|UАН)"
)
_MONTHS = tuple(
    map(fold, ("січ", "лют", "берез", "квіт", "трав", "черв", "лип", "серп"))
) + tuple(map(fold, ("верес", "жовт", "листоп", "груд", "рок", "р")))


class About(StrEnum):
    """What kind of paper the words before a number speak of."""

    NOTHING = "nothing"
    INVOICE = "invoice"
    CONTRACT = "contract"
    OTHER = "other"


@dataclass(frozen=True)
class Named(Generic[T]):
    """A paper whose number stands in the text, and where; whole: all of the number."""

    paper: T
    start: int
    end: int
    whole: bool
    announced: bool = True


class Purpose:
    """A purpose of payment, read once for all that is looked for in it."""

    def __init__(self, text: str) -> None:
        self.folded: Folded = in_pieces(text)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return self.folded.pieces

    @cached_property
    def about(self) -> tuple[About, ...]:
        """Of each piece: what the nearest word before it announces."""
        found, last, ago = [], About.NOTHING, 0
        for piece in self.pieces:
            ago += 1
            told = None if piece.is_number else _announces(piece.text)
            if told is not None:
                last, ago = told, 0
            elif ago > REACH and not piece.is_number:
                last = About.NOTHING
            found.append(last)
        return tuple(found)

    @cached_property
    def taken(self) -> tuple[tuple[int, int], ...]:
        """Dates, sums and shares: figures that are no numbers of papers."""
        return tuple(one.span() for one in _NO_NUMBER.finditer(self.folded.text))

    def is_taken(self, piece: Piece) -> bool:
        return any(a <= piece.start and piece.end <= b for a, b in self.taken)

    def is_whole(self, first: int, last: int) -> bool:
        """Nothing goes on before the first piece nor after the last."""
        text = self.folded.text
        start, end = self.pieces[first].start, self.pieces[last].end
        before, after = text[max(0, start - 2) : start], text[end : end + 2]
        return not _goes_on(before[::-1]) and not _goes_on(after)

    def joined(self, first: int, last: int, *, tightly: bool) -> bool:
        between = _IN_NUMBER if tightly else _BETWEEN
        pairs = pairwise(self.pieces[first : last + 1])
        text = self.folded.text
        return all(between.fullmatch(text[a.end : b.start]) for a, b in pairs)


@lru_cache(maxsize=4096)
def _announces(word: str) -> About | None:
    """The same few words stand in all purposes."""
    if word.startswith(_CONTRACTS):
        return About.CONTRACT
    if word.startswith(_INVOICES):
        return About.INVOICE
    return About.OTHER if word in _OTHERS else None


def _goes_on(beside: str) -> bool:
    """A letter, a figure, or a dash or stroke with one behind it."""
    if beside[:1].isalnum():
        return True
    return beside[:1] in {"-", "/", "\\"} and beside[1:2].isalnum()


class Numbers(Generic[T]):
    """Papers by their folded numbers, to be found in texts."""

    def __init__(self, papers: Iterable[tuple[str, T]], about: About) -> None:
        self.about = about
        self.by_key: dict[tuple[str, ...], list[T]] = defaultdict(list)
        self.by_tail: dict[str, list[tuple[tuple[str, ...], T]]] = defaultdict(list)
        self.lengths: dict[str, set[int]] = defaultdict(set)
        for number, paper in papers:
            self._add(number_key(number), paper)

    def _add(self, key: tuple[str, ...], paper: T) -> None:
        if not key:
            return
        self.by_key[key].append(paper)
        self.lengths[key[0]].add(len(key))
        tail = next((part for part in key if part[0].isdigit()), None)
        if tail is not None:
            self.by_tail[tail].append((key, paper))

    def whole_in(self, purpose: Purpose) -> Iterator[Named[T]]:
        """Papers whose whole number stands there; the longest of several readings."""
        done = -1
        for first, piece in enumerate(purpose.pieces):
            if first <= done or piece.text not in self.lengths:
                continue
            for length in sorted(self.lengths[piece.text], reverse=True):
                last = first + length - 1
                key = tuple(one.text for one in purpose.pieces[first : last + 1])
                if key in self.by_key and self._stands(purpose, first, last, key):
                    yield from self._named(purpose, first, last, key)
                    done = last
                    break

    def _stands(
        self, purpose: Purpose, first: int, last: int, key: tuple[str, ...]
    ) -> bool:
        if not purpose.is_whole(first, last):
            return False
        figures_only = all(part[0].isdigit() for part in key)
        if not purpose.joined(first, last, tightly=figures_only):
            return False
        about = purpose.about[first]
        if not figures_only:
            return True
        if purpose.is_taken(purpose.pieces[first]):
            return False
        if len(key) == 1:
            return about is self.about
        return about in {self.about, About.NOTHING}

    def _named(
        self, purpose: Purpose, first: int, last: int, key: tuple[str, ...]
    ) -> Iterator[Named[T]]:
        start, end = purpose.pieces[first].start, purpose.pieces[last].end
        place = purpose.folded.range_of(start, end)
        yield from (Named(paper, *place, whole=True) for paper in self.by_key[key])

    def tails_in(self, purpose: Purpose) -> Iterator[Named[T]]:
        """Papers of whose number only the figures stand there: «рах. 302, 318»."""
        for place, piece in enumerate(purpose.pieces):
            if piece.text not in self.by_tail or not self._may_be(purpose, place):
                continue
            announced = purpose.about[place] is self.about
            if announced or len(piece.text) >= LEAST_BARE:
                where = purpose.folded.range_of(piece.start, piece.end)
                yield from (
                    Named(paper, *where, whole=False, announced=announced)
                    for _key, paper in self.by_tail[piece.text]
                )

    def _may_be(self, purpose: Purpose, place: int) -> bool:
        """No date, sum nor year, no other paper's, and no part of a longer number."""
        piece = purpose.pieces[place]
        about = purpose.about[place]
        if about not in {About.NOTHING, self.about} or purpose.is_taken(piece):
            return False
        following = purpose.pieces[place + 1 : place + 2]
        if following and following[0].text.startswith(_MONTHS):
            return False
        text = purpose.folded.text
        before, after = text[piece.start - 1 : piece.start], text[piece.end :][:2]
        prefixed = bool(place) and not purpose.pieces[place - 1].is_number
        return (prefixed or not _goes_on(before)) and not _goes_on(after)
