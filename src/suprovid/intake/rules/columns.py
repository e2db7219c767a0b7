"""Which column of a sheet means what: by its heading, then by how its values look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from suprovid.clients.rules.folding import fold
from suprovid.intake.rules.codes import looks_like_code
from suprovid.intake.rules.fields import Cell, Field, NotAList, Row
from suprovid.intake.rules.headings import EXACT, LONGEST, PART, meaning, says_nothing
from suprovid.intake.rules.looks import GUESSED, LOOKS, guess, look, sample
from suprovid.intake.rules.texts import tidy
from suprovid.intake.rules.told import shown
from suprovid.lib.decision import Reason
from suprovid.lib.words import word

TOP = 20
"""The heading stands in one of so many first rows that are not empty."""
WIDEST = 200
MOSTLY, DOUBT = PART + 0.35, 0.5
NO_COLUMN = {
    Field.CODE: word("The list has no column of codes: name one “ЄДРПОУ”."),
    Field.NAME: word("The list has no column of names: name one “Назва”."),
}
EMPTY = Reason(word("The sheet is empty."))
NO_SUCH_COLUMN = Reason(word("The sheet has no such column: match it anew."))
ONE_COLUMN = Reason(word("Two fields cannot be read from one column."))
Merge = tuple[tuple[int, int], tuple[int, int]]
"""First and last (row, column) of merged cells, counted from 0 as readers do."""


@dataclass(frozen=True)
class Matching:
    """Which columns mean what; columns are counted from 0, rows as the sheet does."""

    heading_rows: tuple[int, ...]
    columns: Mapping[Field, int]
    headings: tuple[str, ...]


@dataclass(frozen=True)
class _Heading:
    """One or two rows of headings: of groups above, of columns below."""

    rows: tuple[int, ...]
    upper: tuple[str, ...]
    lower: tuple[str, ...]

    def meaning(self, place: int, field: Field) -> float:
        return meaning(self.upper[place], self.lower[place], field)

    def nothing(self, place: int) -> bool:
        return says_nothing(self.upper[place], self.lower[place])

    def label(self, place: int) -> str:
        both = (self.upper[place], self.lower[place])
        return " / ".join(part for part in both if part)

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(map(self.label, range(len(self.lower))))

    def known(self) -> float:
        """How much of what we look for is said here."""
        places = range(len(self.lower))
        return sum(
            max((self.meaning(place, field) for place in places), default=0)
            for field in Field
        )


def find(rows: Sequence[Row], *, merges: Sequence[Merge] = ()) -> Matching:
    """Match the columns of a sheet, the surest pairs first.

    Raises:
        NotAList: when codes or names are nowhere.
    """
    heading, body = _parted(rows, merges)
    return _matched(heading, _given(heading, body, {}, frozenset()))


def rematch(matching: Matching, by_hand: Mapping[Field, int | None]) -> Matching:
    """The same with columns chosen by a person; None: the field is not read.

    Raises:
        NotAList: when codes or names are nowhere then, there is no such column, or two
            fields share one.
    """
    columns = dict(matching.columns)
    for field, place in by_hand.items():
        columns.pop(field, None)
        if place is not None:
            columns = {f: p for f, p in columns.items() if p != place or f in by_hand}
            columns[field] = place
    if not all(0 <= place < len(matching.headings) for place in columns.values()):
        raise NotAList(NO_SUCH_COLUMN)
    if len(set(columns.values())) < len(columns):
        raise NotAList(ONE_COLUMN)
    return _whole(Matching(matching.heading_rows, columns, matching.headings))


def saved(matching: Matching) -> dict[str, str]:
    """Each heading and its field, "" for none: keeps well as JSON."""
    fields = {place: field.value for field, place in matching.columns.items()}
    return {
        key: fields.get(place, "") for place, key in enumerate(_keys(matching.headings))
    }


def apply_saved(
    rows: Sequence[Row], saved: Mapping[str, str], *, merges: Sequence[Merge] = ()
) -> Matching:
    """A saved matching on another sheet, whose columns may have moved.

    What was left out stays out; what the saving did not know is found anew.

    Raises:
        NotAList: when codes or names are nowhere.
    """
    known = {_folded(key): field for key, field in saved.items()}
    heading, body = _parted(rows, merges, known)
    keys = [_folded(key) for key in _keys(heading.labels)]
    places = {
        Field(known[key]): place
        for place, key in enumerate(keys)
        if known.get(key) in set(Field)
    }
    refused = frozenset(place for place, key in enumerate(keys) if key in known)
    return _matched(heading, _given(heading, body, places, refused))


def _matched(heading: _Heading, columns: Mapping[Field, int]) -> Matching:
    return _whole(Matching(heading.rows, columns, heading.labels))


def _whole(matching: Matching) -> Matching:
    for field, reason in NO_COLUMN.items():
        if field not in matching.columns:
            raise NotAList(Reason(reason))
    return matching


# ---------------------------------------------------------------------- the heading


def _parted(
    rows: Sequence[Row], merges: Sequence[Merge], known: Mapping[str, str] | None = None
) -> tuple[_Heading, list[Sequence[Cell]]]:
    """The heading and what stands under it."""
    filled = [row for row in rows if any(shown(cell).strip() for cell in row[1])]
    if not filled:
        raise NotAList(EMPTY)
    width = min(max(len(cells) for _, cells in filled), WIDEST)
    top = filled[:TOP]
    ways = list(_ways(top, width, merges))
    best = max(ways, key=lambda way: _worth(way, known or {}), default=None)
    if best is None or (best.known() < EXACT and not _worth(best, known or {})[0]):
        best = _without_words(top, width)
    last = max(best.rows, default=0)
    return best, [cells for number, cells in filled if number > last]


def _worth(way: _Heading, known: Mapping[str, str]) -> tuple[int, float, int]:
    met = sum(_folded(key) in known for key in _keys(way.labels) if key[0] != "#")
    return met, way.known(), -len(way.rows)


def _without_words(top: Sequence[Row], width: int) -> _Heading:
    """A list may have no heading, or one that says nothing."""
    number, cells = top[0]
    blank = ("",) * width
    if _is_data(cells) or len(top) < 2:
        return _Heading((), blank, blank)
    return _Heading((number,), blank, _texts(cells, width))


def _ways(
    top: Sequence[Row], width: int, merges: Sequence[Merge]
) -> Iterator[_Heading]:
    """Every row, and every two rows, that may be the heading."""
    blank = ("",) * width
    for number, cells in top:
        if not _is_data(cells):
            yield _Heading((number,), blank, _texts(cells, width))
    for (first, above), (second, below) in pairwise(top):
        if second == first + 1 and not _is_data(above) and not _is_data(below):
            upper, lower = _texts(above, width), _texts(below, width)
            yield _Heading((first, second), _spread(upper, lower, first, merges), lower)


def _spread(
    upper: tuple[str, ...], lower: tuple[str, ...], number: int, merges: Sequence[Merge]
) -> tuple[str, ...]:
    """The heading of a group over all its columns."""
    spans = [(a[1], b[1]) for a, b in merges if a[0] <= number - 1 <= b[0]]
    spread = list(upper)
    for first, last in spans:
        for place in range(first, min(last + 1, len(spread))):
            spread[place] = upper[first]
    if not spans:
        for place in range(1, len(spread)):
            if not spread[place] and lower[place]:
                spread[place] = spread[place - 1]
    return tuple(spread)


def _texts(cells: Sequence[Cell], width: int) -> tuple[str, ...]:
    texts = [tidy(shown(cell)[:LONGEST]) for cell in cells[:width]]
    return tuple(texts + [""] * (width - len(texts)))


def _is_data(cells: Sequence[Cell]) -> bool:
    """A row with a good code, or with numbers and days rather than words."""
    filled = [cell for cell in cells if shown(cell).strip()]
    figures = sum(isinstance(cell, int | float | date) for cell in filled)
    return figures * 2 > len(filled) or any(map(looks_like_code, filled))


# ---------------------------------------------------------------------- the columns


def _given(
    heading: _Heading,
    body: Sequence[Sequence[Cell]],
    places: Mapping[Field, int],
    refused: frozenset[int],
) -> dict[Field, int]:
    """Give each field its column, the surest pairs first."""
    taken = dict(places)
    free = [place for place in range(len(heading.lower)) if place not in refused]
    cells = {place: sample(body, place) for place in free}
    scores = [
        (score, -place, list(Field).index(field), field)
        for field in Field
        for place in free
        if (score := _score(heading, field, place, cells[place])) > 0
    ]
    for _, place, _, field in sorted(scores, reverse=True):
        if field not in taken and -place not in taken.values():
            taken[field] = -place
    return taken


def _score(heading: _Heading, field: Field, place: int, cells: Sequence[Cell]) -> float:
    said, looks = heading.meaning(place, field), look(field, cells)
    if said >= EXACT * 0.9:
        # "Тариф" is a price where sums stand, else a kit.
        return said + looks - (DOUBT if field in LOOKS and cells and not looks else 0)
    if said >= PART * 0.9:
        # "edrpou_ok" has the word, but no code ever stands in it.
        sure = looks or field not in LOOKS or not cells or said >= MOSTLY
        return said + looks if sure else 0
    if heading.nothing(place):
        return 0
    if fold(heading.label(place)):
        return _unsaid(heading, field, place, looks)
    return (
        guess(field, cells) - list(GUESSED).index(field) / 100
        if (field in GUESSED)
        else 0
    )


def _unsaid(heading: _Heading, field: Field, place: int, looks: float) -> float:
    """Under an unknown heading only a code or a name is guessed."""
    if field not in NO_COLUMN or looks < 0.6:
        return 0
    known = any(heading.meaning(place, other) >= EXACT * 0.9 for other in Field)
    return 0 if known else looks


# -------------------------------------------------------------------------- its keys


def _keys(headings: Sequence[str]) -> list[str]:
    """Headings as keys: a second one alike is numbered, an empty one has its place."""
    met: dict[str, int] = {}
    keys = []
    for place, heading in enumerate(headings, start=1):
        met[heading] = met.get(heading, 0) + 1
        again = f"{heading} ({met[heading]})" if met[heading] > 1 else heading
        keys.append(again if heading else f"#{place}")
    return keys


def _folded(key: str) -> str:
    return " ".join(fold(key)) or key
