"""How the values of a column look: what they may be, whatever the heading says."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from suprovid.intake.rules.codes import looks_like_code
from suprovid.intake.rules.dates import Bounds, Order, read_day
from suprovid.intake.rules.fields import Cell, Field
from suprovid.intake.rules.legal_forms import FORMS, read_form
from suprovid.intake.rules.places import read_region
from suprovid.intake.rules.prices import read_price
from suprovid.intake.rules.terms import read_periodicity
from suprovid.intake.rules.told import shown

SAMPLE, SAMPLED = 200, 20_000
GUESS = 0.6
_ANY_DAY = Bounds(Order.DAY_FIRST, date.max)
_STREETS = re.compile(
    r"\b(?:вул|ул|просп|пр|пров|бульв|бул|пл|шосе|майдан|str|st|street|ave)\b\.?",
    re.IGNORECASE,
)


def sample(rows: Sequence[Sequence[Cell]], place: int) -> list[Cell]:
    """Filled cells of a column, from all over the sheet."""
    wide = max(map(len, rows[:1]), default=1) or 1
    step = max(1, len(rows) // min(SAMPLE, SAMPLED // wide or 1))
    cells = (row[place] for row in rows[::step] if place < len(row))
    return [cell for cell in cells if shown(cell).strip()]


def look(field: Field, cells: Sequence[Cell]) -> float:
    """Which part of the cells may be a value of the field."""
    looks = LOOKS.get(field)
    if looks is None or not cells:
        return 0
    return sum(map(looks, cells)) / len(cells)


def _is_name(cell: Cell) -> bool:
    text = shown(cell)[:400]
    letters = sum(map(str.isalpha, text))
    return letters >= 5 and " " in text.strip() and not _STREETS.search(text)


def _is_postcode(cell: Cell) -> bool:
    return bool(re.fullmatch(r"\s*\d{4,5}\s*", shown(cell)[:20]))


def _is_number(cell: Cell) -> bool:
    text = shown(cell)[:60].strip()
    return bool(re.fullmatch(r"[№\s\w]{0,12}\d{1,6}\s*[/\\\-]\s*\d{2,4}.*", text))


def _is_some_number(cell: Cell) -> bool:
    return any(map(str.isdigit, shown(cell)[:60])) and len(shown(cell)) < 60


def _is_day(cell: Cell) -> bool:
    if isinstance(cell, date):
        return True
    return len(shown(cell)) < 40 and read_day(cell, _ANY_DAY).value is not None


def _is_price(cell: Cell) -> bool:
    return not isinstance(cell, date) and read_price(cell).value is not None


def _is_periodicity(cell: Cell) -> bool:
    return read_periodicity(cell).value is not None


def _is_region(cell: Cell) -> bool:
    text = read_region(shown(cell)[:80]).value
    return text.endswith("область") or text == "м. Київ"


def _is_form(cell: Cell) -> bool:
    return read_form(shown(cell)[:120]).value in FORMS


def _is_address(cell: Cell) -> bool:
    return bool(_STREETS.search(shown(cell)[:300]))


LOOKS: dict[Field, Callable[[Cell], bool]] = {
    Field.CODE: looks_like_code,
    Field.NAME: _is_name,
    Field.POSTCODE: _is_postcode,
    Field.CONTRACT: _is_some_number,
    Field.SIGNED_ON: _is_day,
    Field.VALID_TO: _is_day,
    Field.PRICE: _is_price,
}
#: What may be found without any heading at all, surest first.
GUESSED: dict[Field, Callable[[Cell], bool]] = {
    Field.CODE: looks_like_code,
    Field.CONTRACT: _is_number,
    Field.PERIODICITY: _is_periodicity,
    Field.REGION: _is_region,
    Field.LEGAL_FORM: _is_form,
    Field.ADDRESS: _is_address,
    Field.NAME: _is_name,
    Field.SIGNED_ON: _is_day,
    Field.POSTCODE: _is_postcode,
}


def guess(field: Field, cells: Sequence[Cell]) -> float:
    """The look of a column that has no heading."""
    looks = GUESSED.get(field)
    if looks is None or not cells:
        return 0
    share = sum(map(looks, cells)) / len(cells)
    return share if share >= GUESS else 0
