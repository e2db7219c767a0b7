"""Words of the catalogue and of contracts (S1, S10)."""

from __future__ import annotations

from enum import StrEnum


class Variant(StrEnum):
    LOCAL = "local"
    NETWORK = "network"
    ONLINE = "online"
    FLASH = "flash"


class Periodicity(StrEnum):
    DAILY = "daily"
    WEEKLY = "weekly"
    TWICE_A_MONTH = "twice_a_month"
    MONTHLY = "monthly"


class Delivery(StrEnum):
    """How updates reach the client."""

    VISIT = "visit"
    REMOTE = "remote"
    DOWNLOAD = "download"


class CountFrom(StrEnum):
    """From what a contract's own term of installation runs (PROCESS 2)."""

    PAYMENT = "payment"
    SIGNING = "signing"
