"""Sums in hryvnias, two places, halves up to the kopeck; what is paid (DOMAIN B2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

KOPECK = Decimal("0.01")
VAT_PARTS = 6
"""A price with the 20 % tax holds six parts of which one is the tax."""
LARGEST = Decimal("999999999.99")


class PaidState(StrEnum):
    UNPAID = "unpaid"
    PARTLY = "partly"
    PAID = "paid"


@dataclass(frozen=True)
class Laid:
    """A part of a payment that lies on an invoice; `at` is the bank's time."""

    id: int
    amount: Decimal
    at: datetime


@dataclass(frozen=True)
class Paid:
    """That an invoice is paid in full: since when, and by what."""

    at: datetime
    laid: tuple[Laid, ...]


def kopecks(amount: Decimal) -> Decimal:
    return amount.quantize(KOPECK, ROUND_HALF_UP)


def vat_within(total: Decimal) -> Decimal:
    """The 20 % tax inside a sum that has it."""
    return kopecks(total / VAT_PARTS)


def paid(*, total: Decimal, laid: Iterable[Laid]) -> Paid | None:
    """The moment when the money laid, in the bank's order, reached the total.

    PROCESS 3.4 says "when allocations reach the first invoice"; decision 0004 reads it
    as the whole sum.
    """
    reached = Decimal(0)
    ordered = tuple(sorted(laid, key=lambda part: (part.at, part.id)))
    for part in ordered:
        reached += part.amount
        if reached >= total:
            return Paid(at=part.at, laid=ordered)
    return None


def paid_state(*, total: Decimal, laid: Decimal) -> PaidState:
    if laid >= total:
        return PaidState.PAID
    return PaidState.PARTLY if laid > 0 else PaidState.UNPAID
