"""Recording facts, giving them their place, walking, sealing and erasing them."""

from suprovid.journal.actions.erasing import erase
from suprovid.journal.actions.ordering import beat, forget_workers, order_fresh
from suprovid.journal.actions.recording import (
    BELL,
    Happening,
    record,
    record_many,
    subject_of,
)
from suprovid.journal.actions.sealing import seal
from suprovid.journal.actions.walking import Follower, settle, walk

__all__ = [
    "BELL",
    "Follower",
    "Happening",
    "beat",
    "erase",
    "forget_workers",
    "order_fresh",
    "record",
    "record_many",
    "seal",
    "settle",
    "subject_of",
    "walk",
]
