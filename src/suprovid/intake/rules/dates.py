"""Days in every form people give them; a doubtful one is asked about."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from suprovid.intake.rules.fields import Cell
from suprovid.intake.rules.months import month_of
from suprovid.intake.rules.texts import tidy
from suprovid.intake.rules.told import Told, error, shown, warning
from suprovid.lib.decision import Reason
from suprovid.lib.words import word

AS_DAY = Reason(word("The text is read as a day."))
AS_COUNTED = Reason(word("The day that the spreadsheet counts by a number is read."))
NO_DAY = word("“{text}” is no day: write it as 31.12.2026.")
IMPOSSIBLE = word("There is no such day: {text}.")
INCOMPLETE = word("“{text}” does not say the day: write it in full.")
MONTH_FIRST = word("“{text}” is a day only when the month stands first: write it anew.")
TWO_WAYS = word("“{text}” may have the day or the month first: write which day it is.")
LOOK_AGAIN = word(
    "“{text}” is read with the day first, as most of the column: compare it with the"
    " papers."
)
LONG_AGO = word("{day} was long ago: compare it with the papers.")
FAR_AHEAD = word("{day} is far ahead: compare it with the papers.")
EPOCH = date(1899, 12, 30)
SERIALS = range(20_000, 80_001)
EARLIEST = date(1991, 1, 1)

_END = r"\s*(?:р(?:оку)?|г(?:ода)?|year)?\.?"
_ISO = re.compile(
    r"(\d{4})\s?[-./]\s?(\d{1,2})\s?[-./]\s?(\d{1,2})(?:[T ]\d{1,2}:\d\d(?::\d\d)?"
    rf"(?:\.\d+)?Z?)?{_END}",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(
    rf"(\d{{1,2}})\s?([-./,])\s?(\d{{1,2}})\s?[-./,]\s?(\d{{4}}|\d\d)"
    rf"(?: \d{{1,2}}:\d\d(?::\d\d)?)?{_END}",
    re.IGNORECASE,
)
_WORDS = re.compile(
    rf"[«\"“„']?(\d{{1,2}})(?:st|nd|rd|th)?[»\"”“']?[\s.\-/]*([^\W\d_]{{3,12}})"
    rf"[\s.,\-/']*(\d{{4}}|\d\d){_END}",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"([^\W\d_]{{3,12}})\.?\s*(\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(\d{{4}}){_END}",
    re.IGNORECASE,
)
_MONTH_ONLY = re.compile(
    rf"([^\W\d_]{{3,12}})[\s.,\-/']*(\d{{4}}|\d\d){_END}", re.IGNORECASE
)
_FIGURES_ONLY = re.compile(rf"(\d{{1,2}})\s?[-./]\s?(\d{{4}}){_END}", re.IGNORECASE)
_BEFORE = re.compile(r"(?:від|з|до|по|from|to|until|since)\s+", re.IGNORECASE)
_NEVER = re.compile(
    r"[-–—]+|без ?строков\w*|без терміну|б/с|безтермінов\w*|indefinite|open[- ]ended",
    re.IGNORECASE,
)


_EITHER_ORDER = frozenset("/-")
_NO_YEAR = re.compile(r"\d{1,2}[\s.\-]*([^\W\d_]{3,12})\.?")


class Order(StrEnum):
    """What the days with signs "/" and "-" of a column say about their order."""

    DAY_FIRST = "day_first"
    BOTH = "both"
    MONTH_FIRST = "month_first"


@dataclass(frozen=True, slots=True)
class Bounds:
    """Days outside are asked about."""

    order: Order
    latest: date


Day = date | None


def order_of(cells: Iterable[Cell]) -> Order:
    """Whether the day stands first, by the days that only one order explains."""
    firsts = [(int(f[1]), int(f[3])) for f in map(_slashed, cells) if f]
    month_first = any(second > 12 >= first for first, second in firsts)
    day_first = any(first > 12 >= second for first, second in firsts)
    if not month_first:
        return Order.DAY_FIRST
    return Order.BOTH if day_first else Order.MONTH_FIRST


def _slashed(cell: Cell) -> re.Match[str] | None:
    if not isinstance(cell, str) or len(cell) > 40:
        return None
    found = _DAY_FIRST.fullmatch(cell.strip())
    return found if found and found[2] in _EITHER_ORDER else None


def read_day(cell: Cell, bounds: Bounds) -> Told[Day]:
    """The day a cell gives, in the calendar of the place."""
    told = _day(cell, bounds.order)
    if told.value is None:
        return told
    if odd := _odd(told.value, bounds.latest):
        return Told(told.value, told.shown, told.why, (*told.asked, warning(odd)))
    return told


def _odd(day: date, latest: date) -> Reason | None:
    if day < EARLIEST:
        return Reason(LONG_AGO, (("day", day),))
    return Reason(FAR_AHEAD, (("day", day),)) if day > latest else None


def never(text: str) -> bool:
    """A dash or "without a term" in place of a day."""
    return bool(_NEVER.fullmatch(tidy(text[:60])))


def _day(cell: Cell, order: Order) -> Told[Day]:
    if isinstance(cell, datetime):
        return _taken(cell.date())
    if isinstance(cell, date):
        return _taken(cell)
    text = tidy(shown(cell)[:100])
    if not text:
        return Told(None, "")
    if isinstance(cell, int | float) or re.fullmatch(r"[0-9]{5}(?:\.0)?", text):
        return _counted(text)
    return _text(_BEFORE.sub("", text, count=1) if _BEFORE.match(text) else text, order)


def _taken(day: date, *why: Reason) -> Told[Day]:
    return Told(day, day.isoformat(), why)


def _asked(msgid: str, text: str, *suggestions: date) -> Told[Day]:
    asked = error(Reason(msgid, (("text", text[:60]),)), *map(_typed, suggestions))
    return Told(None, "", asked=(asked,))


def _typed(day: date) -> str:
    return f"{day:%d.%m.}{day.year:04}"


def _counted(text: str) -> Told[Day]:
    """Days since 30.12.1899: the 1900 system after February of that year."""
    if re.fullmatch(r"[0-9]{5}(?:\.[0-9]+)?", text) and int(text[:5]) in SERIALS:
        return _taken(EPOCH + timedelta(days=int(text[:5])), AS_COUNTED)
    return _asked(NO_DAY, text)


def _text(text: str, order: Order) -> Told[Day]:
    if found := _ISO.fullmatch(text):
        return _of(text, int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.fullmatch(text):
        return _in_figures(text, found, order)
    if found := re.fullmatch(r"(\d{2})(\d{2})(\d{4})|(\d{4})(\d\d)(\d\d)", text):
        return _run_together(text)
    return _in_words(text)


def _in_figures(text: str, found: re.Match[str], order: Order) -> Told[Day]:
    first, second, year = int(found[1]), int(found[3]), _year(found[4])
    if first <= 12 < second and _exists(year, first, second):
        return _asked(MONTH_FIRST, text, date(year, first, second))
    doubtful = (
        found[2] in _EITHER_ORDER and first != second and first <= 12 and second <= 12
    )
    told = _of(text, year, second, first)
    if not doubtful or order is Order.DAY_FIRST or told.value is None:
        return told
    if order is Order.MONTH_FIRST:
        return _asked(TWO_WAYS, text, date(year, first, second), told.value)
    look = warning(Reason(LOOK_AGAIN, (("text", text),)))
    return Told(told.value, told.shown, told.why, (look,))


def _run_together(text: str) -> Told[Day]:
    """Eight figures: 20250312 or 12032025."""
    year, month, day = int(text[:4]), int(text[4:6]), int(text[6:])
    if 1900 <= year <= 2100 and _exists(year, month, day):
        return _of(text, year, month, day)
    return _of(text, int(text[4:]), int(text[2:4]), int(text[:2]))


def _in_words(text: str) -> Told[Day]:
    if (found := _WORDS.fullmatch(text)) and (month := month_of(found[2])):
        return _of(text, _year(found[3]), month, int(found[1]))
    if (found := _MONTH_FIRST.fullmatch(text)) and (month := month_of(found[1])):
        return _of(text, int(found[3]), month, int(found[2]))
    if (found := _MONTH_ONLY.fullmatch(text)) and (month := month_of(found[1])):
        return _incomplete(text, _year(found[2]), month)
    if (found := _NO_YEAR.fullmatch(text)) and month_of(found[1]):
        return _asked(INCOMPLETE, text)
    if found := _FIGURES_ONLY.fullmatch(text):
        return _incomplete(text, int(found[2]), int(found[1]))
    return _asked(NO_DAY, text)


def _incomplete(text: str, year: int, month: int) -> Told[Day]:
    known = [date(year, month, 1)] if _exists(year, month, 1) else []
    return _asked(INCOMPLETE, text, *known)


def _of(text: str, year: int, month: int, day: int) -> Told[Day]:
    if _exists(year, month, day):
        found = date(year, month, day)
        return _taken(found, *((AS_DAY,) if found.isoformat() != text else ()))
    if 1 <= month <= 12 and 28 < day <= 31 and year >= 1900:
        return _asked(IMPOSSIBLE, text, date(year, month, monthrange(year, month)[1]))
    return _asked(IMPOSSIBLE, text)


def _exists(year: int, month: int, day: int) -> bool:
    return (
        1900 <= year <= 2999
        and 1 <= month <= 12
        and 1 <= day <= monthrange(year, month)[1]
    )


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 70 else 1900)
