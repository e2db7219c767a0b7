"""Terms: who owes what by when, and what happens at each point (PROCESS 4)."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """Kinds of the rows that stand today; the engine itself knows none by name."""


class Ending(StrEnum):
    MET = "met"
    WAIVED = "waived"
    CANCELLED = "cancelled"


class Point(StrEnum):
    """The moments of a term at which something fires."""

    WARNING = "warning"
    MISSED = "missed"
