"""Which column of a list means what: by its heading, then by the look of its values."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import StrEnum

from suprovid.clients.rules.codes import check_code
from suprovid.clients.rules.folding import fold


class Field(StrEnum):
    CODE = "code"
    NAME = "name"
    SHORT_NAME = "short_name"
    LEGAL_FORM = "legal_form"
    REGION = "region"
    CITY = "city"
    POSTCODE = "postcode"
    ADDRESS = "address"
    SOURCE = "source"


HEADINGS: dict[Field, tuple[str, ...]] = {
    Field.CODE: (
        "єдрпоу",
        "код єдрпоу",
        "єдрпоу рнокпп",
        "код єдрпоу рнокпп",
        "рнокпп",
        "єгрпоу",
        "окпо",
        "код",
        "код клієнта",
        "код організації",
        "код підприємства",
        "ідентифікаційний код",
        "ідентифікаційний код юридичної особи",
        "реєстраційний номер",
        "податковий номер",
        "edrpou",
        "edrpou code",
        "egrpou",
        "usreou",
        "code",
        "client code",
        "company code",
        "tax code",
        "tax id",
        "registration code",
        "registration number",
    ),
    Field.NAME: (
        "назва",
        "повна назва",
        "найменування",
        "повне найменування",
        "назва організації",
        "назва клієнта",
        "назва підприємства",
        "назва установи",
        "організація",
        "підприємство",
        "установа",
        "клієнт",
        "абонент",
        "контрагент",
        "юридична особа",
        "name",
        "full name",
        "client",
        "client name",
        "company",
        "company name",
        "customer",
        "customer name",
        "organisation",
        "organization",
        "organisation name",
        "organization name",
        "legal name",
    ),
    Field.SHORT_NAME: (
        "коротка назва",
        "скорочена назва",
        "скорочене найменування",
        "скорочено",
        "short name",
        "short",
    ),
    Field.LEGAL_FORM: (
        "форма",
        "опф",
        "правова форма",
        "організаційно правова форма",
        "legal form",
        "form",
    ),
    Field.REGION: ("область", "регіон", "region", "oblast", "province", "state"),
    Field.CITY: (
        "місто",
        "населений пункт",
        "нас пункт",
        "city",
        "town",
        "settlement",
    ),
    Field.POSTCODE: (
        "індекс",
        "поштовий індекс",
        "postcode",
        "post code",
        "postal code",
        "zip",
        "zip code",
        "index",
    ),
    Field.ADDRESS: (
        "адреса",
        "юридична адреса",
        "поштова адреса",
        "адреса місцезнаходження",
        "місцезнаходження",
        "вулиця",
        "address",
        "legal address",
        "street",
    ),
    Field.SOURCE: ("джерело", "source"),
}
EXACT, PART, GUESS = 2.0, 1.0, 0.6
SAMPLE = 200
_FOLDED = {
    field: [tuple(fold(heading)) for heading in headings]
    for field, headings in HEADINGS.items()
}


def meaning(heading: str, field: Field) -> float:
    """How well a heading says the field: wholly, in part, or not at all."""
    words = tuple(fold(heading))
    if not words:
        return 0
    if words in _FOLDED[field]:
        return EXACT
    return PART if any(set(known) <= set(words) for known in _FOLDED[field]) else 0


def columns(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[Field, int]:
    """Give each field its column, the surest pairs first."""
    scores = sorted(
        (
            (score, -place, field)
            for field in Field
            for place, heading in enumerate(headings)
            if (score := _score(field, heading, _values(rows, place))) > 0
        ),
        reverse=True,
    )
    taken: dict[Field, int] = {}
    for _, place, field in scores:
        if field not in taken and -place not in taken.values():
            taken[field] = -place
    return taken


def looks_like_data(cells: Sequence[str]) -> bool:
    """A first row with a good code in it is no heading."""
    return any(_is_code(cell) for cell in cells)


def _score(field: Field, heading: str, values: list[str]) -> float:
    said, look = meaning(heading, field), _look(field, values)
    if said >= EXACT:
        return said + look
    if said >= PART:
        # "edrpou_ok" has the word, but no code ever stands in it.
        return said + look if look or field not in LOOKS else 0
    return look if look >= GUESS and field in GUESSED else 0


def _values(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    cells = (row[place] for row in rows[:SAMPLE] if place < len(row))
    return [cell for cell in cells if cell.strip()]


def _look(field: Field, values: list[str]) -> float:
    looks = LOOKS.get(field)
    if looks is None or not values:
        return 0
    return sum(map(looks, values)) / len(values)


def _is_code(text: str) -> bool:
    check = check_code(text)
    return check.error is None and check.warning is None


def _is_name(text: str) -> bool:
    return len(re.findall(r"[^\W\d_]", text)) >= 8 and bool(re.search(r"\s", text))


def _is_postcode(text: str) -> bool:
    return bool(re.fullmatch(r"\s*\d{5}\s*", text))


LOOKS: dict[Field, Callable[[str], bool]] = {
    Field.CODE: _is_code,
    Field.NAME: _is_name,
    Field.POSTCODE: _is_postcode,
}
#: What may be found without any heading; an address looks like a name, so names only
#: when nothing was said for them.
GUESSED = frozenset({Field.CODE, Field.NAME})
