"""Whether money typed by hand and a line of the bank are one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from suprovid.money.rules.folding import folded
from suprovid.money.rules.statements import day_of


@dataclass(frozen=True)
class Typed:
    """What tells whether money typed by hand and a line of the bank are one."""

    booked_at: datetime
    amount: Decimal
    document: str
    payer_code: str = ""
    payer_iban: str = ""


def typed_of(one: Any) -> Typed:
    """Of a payment, or of a line as it was typed."""
    return Typed(
        booked_at=one.booked_at,
        amount=one.amount,
        document=one.document,
        payer_code=one.payer_code,
        payer_iban=one.payer_iban,
    )


def likeness(one: Typed, other: Typed) -> int:
    """How surely both are the same money; 0 when they are not.

    One sum, one day in Kyiv, and the same document or the same payer; two codes that
    differ are two payers.
    """
    if one.amount != other.amount or day_of(one.booked_at) != day_of(other.booked_at):
        return 0
    same_paper = bool(one.document) and folded(one.document) == folded(other.document)
    by_code = _same(one.payer_code, other.payer_code)
    by_iban = _same(one.payer_iban, other.payer_iban)
    if by_code is False:
        return 0
    return 2 * same_paper + (by_code is True or by_iban is True)


def _same(one: str, other: str) -> bool | None:
    return one == other if one and other else None
