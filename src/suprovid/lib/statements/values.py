"""Sums, moments and codes as ISO 20022 writes them, each read by a plain pattern."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from suprovid.lib.statements.causes import Cause, NotAStatement
from suprovid.lib.statements.text import told

KYIV = ZoneInfo("Europe/Kyiv")
CEILING = Decimal(10) ** 12
_KOPECK = Decimal("0.01")
_SUM = re.compile(r"([0-9]{1,30})(?:\.([0-9]{1,5}))?", re.ASCII)
_BELOW_ZERO = re.compile(r"-[0-9]{1,30}(\.[0-9]*)?", re.ASCII)
_TOO_MANY = re.compile(r"[0-9]{31,}(\.[0-9]*)?", re.ASCII)


def amount(text: str) -> Decimal:
    """A sum that is not below zero, with two decimals.

    Five are lawful in ISO 20022: those beyond the kopeck must be zeros.

    Raises:
        NotAStatement: BAD_SUM, NEGATIVE_SUM, SUM_TOO_LARGE or FRACTION, telling `told`.
    """
    plain = text.strip(" \t\r\n")
    found = _SUM.fullmatch(plain)
    if found is None:
        raise NotAStatement(_fault(plain), {"told": told(text)})
    if (found[2] or "")[2:].strip("0"):
        raise NotAStatement(Cause.FRACTION, {"told": told(text)})
    value = Decimal(f"{found[1]}.{(found[2] or '')[:2]:0<2}")
    if value > CEILING:
        raise NotAStatement(Cause.SUM_TOO_LARGE, {"told": told(text)})
    return value


def _fault(plain: str) -> Cause:
    if _BELOW_ZERO.fullmatch(plain):
        return Cause.NEGATIVE_SUM
    return Cause.SUM_TOO_LARGE if _TOO_MANY.fullmatch(plain) else Cause.BAD_SUM


# ------------------------------------------------------------------------- moments

FIRST_YEAR = 1990
LAST_YEAR = 2099
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
_ZONE = r"(?:Z|([+-])([0-9]{2}):?([0-9]{2}))?"
_DAY_ALONE = re.compile(_DAY.pattern + _ZONE, re.ASCII)
_MOMENT = re.compile(
    _DAY.pattern + r"T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,12}))?"
    r"(Z|[+-][0-9]{2}:?[0-9]{2})?",
    re.ASCII,
)


@lru_cache(maxsize=1024)
def day(text: str) -> date:
    """A calendar day; its zone, if told, does not move it.

    Raises:
        NotAStatement: BAD_DATE.
    """
    found = _DAY_ALONE.fullmatch(text.strip())
    if found is None:
        raise _no_date(text)
    return _date(found, text)


def _date(found: re.Match[str], text: str) -> date:
    year = int(found[1])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _no_date(text)
    try:
        return date(year, int(found[2]), int(found[3]))
    except ValueError as impossible:
        raise _no_date(text) from impossible


def moment(text: str) -> datetime:
    """A moment with Kyiv's offset; one without a zone is of Kyiv.

    The offset is a fixed one, so that the repeated hour of October stays in order.

    Raises:
        NotAStatement: BAD_DATE.
    """
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        raise _no_date(text)
    on = _date(found, text)
    try:
        local = datetime(
            on.year, on.month, on.day,
            int(found[4]), int(found[5]), int(found[6]),
            int(f"{found[7] or 0:0<6}"[:6]),
            tzinfo=_zone(found[8]),
        )  # fmt: skip
    except ValueError as impossible:
        raise _no_date(text) from impossible
    return in_kyiv(local)


@lru_cache(maxsize=64)
def _zone(mark: str | None) -> ZoneInfo | timezone:
    if mark is None:
        return KYIV
    if mark == "Z":
        return UTC
    minutes = int(mark[1:3]) * 60 + int(mark[-2:])
    return timezone(timedelta(minutes=-minutes if mark[0] == "-" else minutes))


def in_kyiv(at: datetime) -> datetime:
    local = at.astimezone(UTC).astimezone(KYIV)
    return local.replace(tzinfo=timezone(local.utcoffset() or timedelta()))


@lru_cache(maxsize=1024)
def beginning(on: date) -> datetime:
    """The beginning of a day in Kyiv."""
    return in_kyiv(datetime(on.year, on.month, on.day, tzinfo=KYIV))


def _no_date(text: str) -> NotAStatement:
    return NotAStatement(Cause.BAD_DATE, {"told": told(text)})


# --------------------------------------------------------------------------- codes

_CODE = re.compile(r"[0-9]{8}|[0-9]{10}|(?:77|88)[0-9]{7}", re.ASCII)


def payer_code(texts: list[str]) -> str:
    """The first that looks like a code of a Ukrainian payer, by its length (B1).

    Banks name the schemes as they like, so the names are not asked.
    """
    plain = (text.strip() for text in texts)
    return next((text for text in plain if _CODE.fullmatch(text)), "")
