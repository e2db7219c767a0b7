"""Where a client sits: regions, cities, postcodes and addresses as they are written."""

from __future__ import annotations

import re

from suprovid.clients.rules.folding import fold
from suprovid.intake.rules.fields import Cell
from suprovid.intake.rules.texts import BLANKS, also, as_meant, tidy
from suprovid.intake.rules.told import Told, shown, warning
from suprovid.lib.decision import Reason
from suprovid.lib.words import word

ZEROS = Reason(word("The zeros that the spreadsheet lost in front are put back."))
FIVE_DIGITS = Reason(word("A postcode has five digits: compare it with the address."))
REGION = Reason(word("The region is written in full."))
CITY = Reason(word("The city is written as a name: without “м.”, not in capitals."))
STREET = Reason(word("The kind of street is written in Ukrainian."))
_REGIONS = (
    "Вінницька", "Волинська", "Дніпропетровська", "Донецька", "Житомирська",
    "Закарпатська", "Запорізька", "Івано-Франківська", "Київська", "Кіровоградська",
    "Луганська", "Львівська", "Миколаївська", "Одеська", "Полтавська", "Рівненська",
    "Сумська", "Тернопільська", "Харківська", "Херсонська", "Хмельницька",
    "Черкаська", "Чернівецька", "Чернігівська",
)  # fmt: skip
_BY_FOLD = {tuple(fold(region)): f"{region} область" for region in _REGIONS}
_REGION_WORDS = frozenset({"обл", "область", "області"})
_CAPITAL = re.compile(r"(?:м\.?|місто)\s*(Київ|Севастополь)", re.IGNORECASE)
_CITY = re.compile(r"(?:м\s*\.\s*|(?:місто|м)\s+)(?=[^\W\d_])", re.IGNORECASE)
#: Kept: they tell a village from a town of the same name.
_VILLAGE = re.compile(r"(с|смт|сел|с-ще)\s*(\.)\s*(?=[^\W\d_])", re.IGNORECASE)
_PARTS = re.compile(r"[^\W\d_]+(?:['’ʼ`][^\W\d_]+)*")
_LINKS = frozenset({"на", "над", "під", "та", "і"})
_STREET = re.compile(r"(?<![^\s,;(])(ул)(\.)\s*(?=\S)", re.IGNORECASE)


def read_postcode(cell: Cell) -> Told[str]:
    text = tidy(shown(cell))[:60]
    digits = re.sub(r"[\s.,]+$|\s|(?<=\d)\.0$", "", text)
    if not digits:
        return Told("", "")
    if re.fullmatch("[1-9][0-9]{3}", digits):
        return Told(f"0{digits}", f"0{digits}", (ZEROS,))
    why = (BLANKS,) if digits != shown(cell) else ()
    if re.fullmatch("[0-9]{5}", digits):
        return Told(digits, digits, why)
    return Told(text, text, asked=(warning(FIVE_DIGITS),))


def read_region(text: str) -> Told[str]:
    """A region in full; the two cities that are regions keep their «м.»."""
    return also(as_meant(text), _region, REGION)


def _region(text: str) -> str:
    if found := _CAPITAL.fullmatch(text):
        return f"м. {found[1].title()}"
    words = tuple(one for one in fold(text) if one not in _REGION_WORDS)
    return _BY_FOLD.get(words, text)


def read_city(text: str) -> Told[str]:
    """A city without «м.»; «смт» and «с.» stay: they are part of the place."""
    return also(as_meant(text), _city, CITY)


def _city(text: str) -> str:
    name = _CITY.sub("", text, count=1) if _CITY.match(text) else text
    if found := _VILLAGE.match(name):
        kind = found[1].lower()
        return f"{kind}. {_named(name[found.end() :])}"
    return _named(name)


def _named(name: str) -> str:
    if len(name) > 3 and (name.isupper() or name.islower()):
        return _PARTS.sub(_capital, name)
    return name


def _capital(found: re.Match[str]) -> str:
    one = found.group()
    return one.lower() if one.lower() in _LINKS else one.capitalize()


def read_address(text: str) -> Told[str]:
    return also(as_meant(text), _address, STREET)


def _address(text: str) -> str:
    return _STREET.sub(lambda found: _street(found[1]), text)


def _street(kind: str) -> str:
    return "Вул. " if kind[0].isupper() else "вул. "
