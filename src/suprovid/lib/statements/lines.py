"""What a bank's statement says, whatever the layout it came in (DOMAIN B6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True)
class Line:
    """One movement on the account.

    `booked_at` is the bank's own moment; a bank that gives only a day is read as the
    beginning of that day in Kyiv. `amount` is above zero for money in, below zero for
    money out, two decimals. `number` is the place of the line in its statement, from 1.
    The party is who stands on the other side: the payer of money in.
    """

    number: int
    booked_at: datetime
    value_on: date | None
    amount: Decimal
    currency: str
    reference: str = ""
    document: str = ""
    party_name: str = ""
    party_code: str = ""
    party_iban: str = ""
    party_bank: str = ""
    purpose: str = ""
    reversal: bool = False
    actual_name: str = ""
    actual_code: str = ""
    """Who really pays (or is really paid), when the bank tells one beside the party."""
    firm: bool = False
    """Whether `reference` is the bank's own and met once in the statement: only such
    a one can be trusted to be unique on the account."""


@dataclass(frozen=True)
class Statement:
    """An account between two moments: opening + lines = closing, if both are told."""

    account: str
    currency: str
    identity: str
    sequence: str
    begins: date | None
    ends: date | None
    opening: Decimal | None
    closing: Decimal | None
    lines: tuple[Line, ...]
    pending: int = 0
    """Entries that the bank has not booked yet: they are not among the lines."""
    empty: int = 0
    """Booked entries of 0.00: they move nothing and are not among the lines."""
