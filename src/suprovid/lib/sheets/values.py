"""What a cell's text means by its type and its style (ECMA-376 part 1, 18.3.1.4)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from suprovid.lib.sheets.shape import Cell

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NOT_SHOWN_AS_CODE = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]?')
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]")
_DATES = {*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)}
_DURATION = 46
_EXACT_DIGITS = 17
_EXACT = 1e15
_LAST_DAY = 2_958_466  # 9999-12-31 is one less
_LEAP_THAT_WAS_NOT = 60  # Excel believes in 29.02.1900

DATE, DURATION = "date", "duration"


def style(number: int, code: str) -> str:
    """Whether a number of this format is a date, a duration or (empty) a number."""
    if not code:
        return DURATION if number == _DURATION else DATE if number in _DATES else ""
    shown = _NOT_SHOWN_AS_CODE.sub("", code.split(";")[0].casefold())
    if _ELAPSED.search(shown):
        return DURATION
    if shown.startswith(("general", "standard")):
        return ""
    return DATE if set(shown) & set("dmyhs") else ""


def unescaped(text: str) -> str:
    """`_x000D_` is how a workbook writes what XML cannot."""
    return _ESCAPE.sub(_letter, text) if "_x" in text else text


def _letter(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return found[0] if 0xD800 <= code <= 0xDFFF else chr(code)


def number(text: str) -> Cell:
    """Whole ones as int; what is no number stays a text."""
    text = text.strip()
    digits = text.removeprefix("-")
    if digits.isdecimal() and digits.isascii() and len(digits) <= _EXACT_DIGITS:
        return int(text)
    if not _NUMBER.fullmatch(text):
        return text or None
    value = float(text)
    return text if value in _INFINITE else plain(value)


_INFINITE = (float("inf"), float("-inf"))


def plain(value: float) -> int | float:
    return int(value) if value.is_integer() and abs(value) < _EXACT else value


def dated(value: Cell, meaning: str, *, since_1904: bool) -> Cell:
    """A serial number as the day, the moment or the text that Excel shows."""
    if not meaning or isinstance(value, str | bool) or value is None:
        return value
    if not isinstance(value, int | float) or not 0 <= value < _LAST_DAY:
        return value
    if meaning == DURATION:
        return span(timedelta(days=value))
    if value < 1:
        return clock((datetime(1904, 1, 1) + _exactly(value)).time())  # noqa: DTZ001
    return _moment(value, since_1904=since_1904)


def _moment(value: float, *, since_1904: bool) -> Cell:
    first = date(1904, 1, 1) if since_1904 else date(1899, 12, 30)
    if not since_1904 and value < _LEAP_THAT_WAS_NOT:
        first = date(1899, 12, 31)
    if not since_1904 and int(value) == _LEAP_THAT_WAS_NOT:
        return value
    try:
        moment = datetime.combine(first, time()) + _exactly(value)
    except OverflowError:
        return value
    return moment.date() if moment.time() == time() else moment


def _exactly(days: float) -> timedelta:
    """To a thousandth of a second: beyond it is the noise of a fraction of a day."""
    return timedelta(milliseconds=round(days * 86_400_000))


def clock(moment: time) -> str:
    return moment.replace(microsecond=0).isoformat()


def span(duration: timedelta) -> str:
    seconds = round(duration.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def iso(text: str) -> Cell:
    """A cell of the type "d"."""
    day: Callable[[str], date] = date.fromisoformat
    for read in (day, datetime.fromisoformat):
        try:
            moment = read(text.strip().removesuffix("Z"))
        except ValueError:
            continue
        return moment.replace(tzinfo=None) if isinstance(moment, datetime) else moment
    return text or None
