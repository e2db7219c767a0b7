"""Sums of money as people type them into tables (DOMAIN B2)."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from suprovid.intake.rules.fields import Cell
from suprovid.intake.rules.told import Asked, Told, error, shown
from suprovid.lib.decision import Reason
from suprovid.lib.words import word

Price = Decimal | None
AS_NUMBER = Reason(word("The sum is read as a number."))
ROUNDED = Reason(word("The sum is rounded to the kopeck."))
NOT_A_SUM = word("“{text}” is no sum in hryvnias: write it as 1250.50.")
TWO_WAYS = word("“{text}” may be read in two ways: write which sum it is.")
BELOW_ZERO = Reason(word("A price is not below zero."))
TOO_LARGE = Reason(word("The price is too large to be one: write it anew."))
CEILING = Decimal(100_000_000)
_KOPECK = Decimal("0.01")
_PLAIN = re.compile(r"\d{1,12}(?:\.\d{1,2})?")
_MONEY_WORDS = re.compile(
    r"(?<![^\W\d_])(?:грн|гривень|гривні|гривня|uah|hrn)\b\.?|₴|₴\s*"
    r"|(?:/|\bна\b|\bза\b|\bв\b)\s*(?:міс|місяць)\b\.?|\bз\s+пдв\b|\bper\s+month\b",
    re.IGNORECASE,
)
_KOPECKS = re.compile(r"([\d\s]+)грн\.?\s*(\d\d)\s*коп\.?", re.IGNORECASE)
_GROUPS = re.compile(r"\d{1,3}(?:[\s'’](?=\d)\d{3})+(?![^.,])|\d+")
_SPACED = re.compile(r"(\d{1,3}(?:[\s'’ʼ`]\d{3})+|\d+)((?:[.,]\d+)*)")


def read_price(cell: Cell) -> Told[Price]:
    """A sum a month in hryvnias, two decimals."""
    text = shown(cell)
    if isinstance(cell, bool) or not text.strip():
        return Told(None, "", asked=_asked(NOT_A_SUM, text) if text.strip() else ())
    if isinstance(cell, int | float):
        return _number(cell)
    return _text(text[:100].strip())


def _number(cell: float) -> Told[Price]:
    exact = Decimal(repr(cell))
    if not exact.is_finite():
        return Told(None, "", asked=_asked(NOT_A_SUM, str(cell)))
    return _taken(exact, ())


def _taken(exact: Decimal, why: tuple[Reason, ...]) -> Told[Price]:
    if exact < 0:
        return Told(None, "", asked=(error(BELOW_ZERO),))
    if exact >= CEILING:
        return Told(None, "", asked=(error(TOO_LARGE),))
    price = exact.quantize(_KOPECK, ROUND_HALF_UP)
    # What arithmetic of spreadsheets leaves behind is no rounding of ours.
    rounded = (ROUNDED,) if abs(price - exact) > Decimal("0.000001") else ()
    return Told(price, str(price), why + rounded)


def _text(text: str) -> Told[Price]:
    if found := _KOPECKS.fullmatch(text):
        text = f"{''.join(found[1].split())}.{found[2]}"
        return (
            _taken(Decimal(text), (AS_NUMBER,))
            if _PLAIN.fullmatch(text)
            else (Told(None, "", asked=_asked(NOT_A_SUM, text)))
        )
    bare = _MONEY_WORDS.sub(" ", text).strip().rstrip("=. ")
    why = () if _PLAIN.fullmatch(text) else (AS_NUMBER,)
    if re.fullmatch(r"[-−–(]\s*\d[\d\s.,']*\)?", bare):
        return Told(None, "", asked=(error(BELOW_ZERO),))
    return _parsed(text, bare, why)


def _parsed(text: str, bare: str, why: tuple[Reason, ...]) -> Told[Price]:
    found = _SPACED.fullmatch(re.sub(r"-(\d\d)$", r".\1", bare))
    if not found:
        return Told(None, "", asked=_asked(NOT_A_SUM, text))
    whole, rest = re.sub(r"\D", "", found[1]), found[2]
    ways = list(_ways(whole, rest, spaced=whole != found[1]))
    if len(ways) == 1:
        return _taken(ways[0], why)
    if ways:
        return Told(None, "", asked=_asked(TWO_WAYS, text, *map(str, ways)))
    return Told(None, "", asked=_asked(NOT_A_SUM, text))


def _ways(whole: str, rest: str, *, spaced: bool) -> list[Decimal]:
    """What the figures after the first sign may mean."""
    signs, parts = re.findall("[.,]", rest), re.split("[.,]", rest)[1:]
    if not signs:
        return [Decimal(whole)]
    *middle, last = parts
    thousands = not spaced and len(whole) <= 3 and all(len(p) == 3 for p in middle)
    if middle:
        alike = len(set(signs[:-1])) == 1 and thousands
        return _of_groups(whole + "".join(middle), last, signs) if alike else []
    if len(last.rstrip("0")) <= 2 and (len(last) != 3 or spaced or whole == "0"):
        return [Decimal(f"{whole}.{last}")]
    if len(last) == 3 and thousands and whole != "0":
        return [Decimal(whole + last), Decimal(f"{whole}.{last}").normalize()]
    return []


def _of_groups(whole: str, last: str, signs: list[str]) -> list[Decimal]:
    if signs[-1] != signs[0]:
        return [Decimal(f"{whole}.{last}")] if len(last) <= 2 else []
    return [Decimal(whole + last)] if len(last) == 3 else []


def _asked(msgid: str, text: str, *suggestions: str) -> tuple[Asked, ...]:
    return (error(Reason(msgid, (("text", text[:60]),)), *suggestions),)
