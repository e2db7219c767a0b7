"""Words of clients and their codes (DOMAIN B1)."""

from __future__ import annotations

from enum import StrEnum


class CodeKind(StrEnum):
    EDRPOU = "edrpou"
    RNTRC = "rntrc"
    PASSPORT = "passport"
    OTHER = "other"


class Serving(StrEnum):
    """How it stands between the company and the client."""

    KNOWN = "known"
    HANDOVER = "handover"
    SERVED = "served"
    PAUSED = "paused"
    ENDED = "ended"


class ServedBy(StrEnum):
    """What brought the client into service (PROCESS 7.1)."""

    HANDOVER = "handover"
    TAKE_OVER = "take_over"
