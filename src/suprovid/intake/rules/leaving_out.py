"""Rows of a sheet that are no clients: totals, headings said again, blanks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from suprovid.clients.rules.folding import fold
from suprovid.intake.rules.codes import looks_like_code
from suprovid.intake.rules.columns import Matching
from suprovid.intake.rules.fields import Cell, Field
from suprovid.intake.rules.told import shown
from suprovid.lib.decision import Reason
from suprovid.lib.words import word

BLANK = Reason(word("The row is blank."))
TOTAL = Reason(word("The row is a total."))
HEADING = Reason(word("The row says the headings again."))
NUMBERED = Reason(word("The row numbers the columns."))
SECTION = Reason(word("The row is the heading of a part."))
NOBODY = Reason(word("The row has neither a code nor a name."))
_TOTAL = re.compile(
    r"^(?:за?галом|разом|всього|усього|підсумок|підсумки|итого|всего|total|subtotal"
    r"|grand total)\b",
    re.IGNORECASE | re.MULTILINE,
)
_SECTION = re.compile(
    r"[^\W\d_]+(?:-[^\W\d_]+)?[сц]ька(?:\s+обл(?:асть|\.)?)?"
    r"|(?:м\.|місто)\s*[\w -]+",
    re.IGNORECASE,
)
_OF_A_CLIENT = (Field.CONTRACT, Field.SIGNED_ON, Field.ADDRESS)


def why_left_out(
    row: Sequence[Cell], cells: Mapping[Field, Cell], matching: Matching
) -> Reason | None:
    """Why a row is no client; None when it is one or may be."""
    texts = [text for cell in row if (text := shown(cell)[:200].strip())]
    if not texts:
        return BLANK
    code, name = (
        shown(cells.get(field))[:200].strip() for field in (Field.CODE, Field.NAME)
    )
    total = bool(_TOTAL.search("\n".join(texts)))
    if _numbers(texts):
        return NUMBERED
    if any(map(str.isdigit, code)) and not (total and _is_no_code(cells)):
        return None
    return (
        HEADING
        if _says_headings(cells, matching)
        else _nobody(cells, total=total, named=bool(code or name))
    )


def _is_no_code(cells: Mapping[Field, Cell]) -> bool:
    """A count of clients, it may be, in the column of codes."""
    return not looks_like_code(cells[Field.CODE])


def _nobody(cells: Mapping[Field, Cell], *, total: bool, named: bool) -> Reason | None:
    """What says too little to be a client's row."""
    filled = [text for cell in cells.values() if (text := shown(cell).strip())]
    if len(filled) == 1 and _SECTION.fullmatch(filled[0][:80]):
        return SECTION
    said = sum(bool(shown(cells.get(field)).strip()) for field in _OF_A_CLIENT)
    if said > 1 or (named and not total):
        return None
    return TOTAL if total else NOBODY


def _says_headings(cells: Mapping[Field, Cell], matching: Matching) -> bool:
    """At least two cells, and most of them, say their own heading."""
    texts = {field: shown(cell)[:200].strip() for field, cell in cells.items()}
    filled = {field: text for field, text in texts.items() if text}
    same = sum(_is_heading(text, f, matching) for f, text in filled.items())
    return same >= 2 and same * 2 > len(filled)


def _is_heading(text: str, field: Field, matching: Matching) -> bool:
    place = matching.columns.get(field)
    if place is None or not (heading := fold(matching.headings[place])):
        return False
    words = fold(text)
    return bool(words) and words == heading[-len(words) :]


def _numbers(texts: list[str]) -> bool:
    """1, 2, 3 … under the headings."""
    if len(texts) < 3 or not all(text.isascii() and text.isdigit() for text in texts):
        return False
    return [int(text[:6]) for text in texts] == list(
        range(int(texts[0][:6]), int(texts[0][:6]) + len(texts))
    )
