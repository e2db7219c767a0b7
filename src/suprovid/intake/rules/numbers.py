"""Numbers of contracts: without the words around them, saved from being days."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from suprovid.intake.rules.dates import EPOCH, SERIALS
from suprovid.intake.rules.fields import Cell
from suprovid.intake.rules.months import month_of
from suprovid.intake.rules.texts import BLANKS, tidy
from suprovid.intake.rules.told import Told, error, shown
from suprovid.lib.decision import Reason
from suprovid.lib.words import word

BARE = Reason(word("The number is left without the words around it."))
BECAME_DAY = word(
    "The spreadsheet turned the number into a day, {text}: write it anew."
)
NO_NUMBER = word("“{text}” is no number of a contract: write it.")
_LONGEST = 300

_WORDS = re.compile(
    r"(?:(?:договір|договору|договор|дог|контракт|угода|contract|agreement)"
    r"(?:\s*\.\s*|\s+|(?=[№#]))|дог\.(?=\S))?"
    r"(?:(?:№|#|n°|nr\.|no\.|номер\b)\s*|(?:n|no|nr)\s+(?=\S))?",
    re.IGNORECASE,
)
_TITLE = re.compile(r"(?:договір|договор|контракт|contract)\b[^№]*(?=№)", re.IGNORECASE)
_NONE = re.compile(
    r"б\s*[/.]?\s*н\.?|без\s+номер[ау]|n/a|нема[є]?|відсутній", re.IGNORECASE
)
_SIGNED = re.compile(r"\s+(?:від|от|dated|from|of)\s+(\S.*)$", re.IGNORECASE)
_PATTERN = re.compile(r"(\d{1,6})([/\-.])(\d\d|20\d\d)")
_DATE_TEXTS = (
    re.compile(r"(?P<day>\d{1,2})[-.\s](?P<name>[^\W\d_]{3,12})\.?"),
    re.compile(r"(?P<name>[^\W\d_]{3,12})[-.,\s']+(?P<year>\d{4}|\d\d)(?:\s*р\.?)?"),
    re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?:[ T][\d:]+)?"),
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """How most numbers of the column look: 5/25 has sign "/" and a year of two."""

    sign: str = "/"
    width: int = 1
    found: bool = False
    days: bool = False
    century: str = ""

    def number(self, first: int, second: int) -> str:
        return f"{first:0{self.width}}{self.sign}{second:02}"

    def of_year(self, first: int, year: int) -> str:
        return f"{first:0{self.width}}{self.sign}{self.century}{year % 100:02}"


def pattern_of(cells: Iterable[Cell]) -> Pattern:
    """What the numbers written as text have in common."""
    texts = [bare(cell)[0] for cell in cells if isinstance(cell, str) and cell.strip()]
    found = [match for text in texts if (match := _PATTERN.fullmatch(text))]
    days = sum(_as_day(text) is not None for text in texts) * 2 > len(texts)
    if len(found) * 2 <= len(texts) or not found:
        return Pattern(days=days)
    signs = [match[2] for match in found]
    padded = any(match[1].startswith("0") for match in found)
    sign = max(sorted(set(signs)), key=signs.count)
    century = "20" if all(len(match[3]) == 4 for match in found) else ""
    return Pattern(sign, 2 if padded else 1, found=True, days=days, century=century)


def bare(text: str) -> tuple[str, str]:
    """The number alone, and the day that stands behind it."""
    if _PATTERN.fullmatch(text):
        return text, ""
    plain = tidy(text[:_LONGEST])
    signed = _SIGNED.search(plain)
    alone = plain[: signed.start()] if signed else plain
    for words in (_TITLE, _WORDS):
        start = words.match(alone)
        alone = alone[start.end() :] if start else alone
    alone = re.sub(r"(?<=\d)\s*([/\\])\s*(?=\w)", r"\1", alone).strip(" .,;:№")
    return alone, signed[1] if signed else ""


def read_number(cell: Cell, pattern: Pattern) -> Told[str]:
    """A contract's number; one that became a day is asked about."""
    text = shown(cell)
    if day := _turned(cell, pattern):
        return _asked_for(text, day, pattern)
    number, _ = bare(text)
    if tidy(text) and (not re.search(r"\w", number) or _NONE.fullmatch(number)):
        reason = Reason(NO_NUMBER, (("text", tidy(text)[:60]),))
        return Told("", "", asked=(error(reason),))
    if number == text:
        return Told(number, number)
    return Told(number, number, (BLANKS if number == tidy(text) else BARE,))


@dataclass(frozen=True, slots=True)
class _Day:
    """What is left of a number that became a day."""

    month: int
    day: int | None
    year: int | None


def _turned(cell: Cell, pattern: Pattern) -> _Day | None:
    if isinstance(cell, datetime | date):
        return _Day(cell.month, cell.day, cell.year)
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float):
        return _counted(cell) if pattern.found else None
    if pattern.days:
        return None
    text = tidy(cell[:_LONGEST])
    if pattern.found and re.fullmatch("[0-9]{5}", text):
        return _counted(int(text))
    return _as_day(text)


def _counted(cell: float) -> _Day | None:
    if cell != cell or not SERIALS.start <= cell < SERIALS.stop or cell % 1:
        return None
    day = EPOCH + timedelta(days=int(cell))
    return _Day(day.month, day.day, day.year)


def _as_day(text: str) -> _Day | None:
    for form in _DATE_TEXTS:
        if found := form.fullmatch(text):
            part = found.groupdict()
            name = part.get("name")
            month = month_of(name) if name else int(part["month"])
            if month and 1 <= month <= 12:
                return _Day(month, _whole(part.get("day")), _whole(part.get("year")))
    return None


def _whole(text: str | None) -> int | None:
    return int(text) if text else None


def _asked_for(text: str, turned: _Day, pattern: Pattern) -> Told[str]:
    """Month and year first when the first of the month stands for "5/25"."""
    guesses = []
    if turned.year is not None and turned.day in {None, 1}:
        guesses.append(pattern.of_year(turned.month, turned.year))
    if turned.day is not None and not (guesses and pattern.found):
        guesses.append(pattern.number(turned.day, turned.month))
        guesses.append(pattern.number(turned.month, turned.day))
    reason = Reason(BECAME_DAY, (("text", tidy(text)[:60]),))
    return Told("", "", asked=(error(reason, *dict.fromkeys(guesses)),))
