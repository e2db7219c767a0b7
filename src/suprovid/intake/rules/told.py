"""What becomes of one cell: its value, why it was mended, what is asked about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from suprovid.intake.rules.fields import Kind
from suprovid.lib.decision import Reason

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about a cell, and texts that may answer it."""

    kind: Kind
    reason: Reason
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told(Generic[T]):
    """The value of a cell. `shown` is the value in text, for the mends."""

    value: T
    shown: str
    why: tuple[Reason, ...] = ()
    asked: tuple[Asked, ...] = ()


def error(reason: Reason, *suggestions: str) -> Asked:
    return Asked(Kind.ERROR, reason, suggestions)


def warning(reason: Reason) -> Asked:
    return Asked(Kind.WARNING, reason)


def shown(cell: object) -> str:
    """A cell as a person reads it; a whole number without its point.

    >>> shown(5417265.0), shown(date(2025, 3, 4)), shown(None)
    ('5417265', '2025-03-04', '')
    """
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return (
            cell.isoformat(" ")
            if cell.time().isoformat() != "00:00:00"
            else str(cell.date())
        )
    return str(cell)
