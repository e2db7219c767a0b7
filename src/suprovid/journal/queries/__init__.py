"""Readings of the journal: lists of facts, signs of life, and whether it is whole."""

from suprovid.journal.queries.facts import (
    FactRow,
    Filters,
    facts,
    facts_of,
    timeline,
)
from suprovid.journal.queries.life import (
    ParkedRow,
    heard_lately,
    last_heartbeat,
    newest_seal,
    parked,
    worker_is_alive,
)
from suprovid.journal.queries.proof import Break, Report, verify

__all__ = [
    "Break",
    "FactRow",
    "Filters",
    "ParkedRow",
    "Report",
    "facts",
    "facts_of",
    "heard_lately",
    "last_heartbeat",
    "newest_seal",
    "parked",
    "timeline",
    "verify",
    "worker_is_alive",
]
