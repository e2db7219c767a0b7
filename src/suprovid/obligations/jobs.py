"""What the worker does for terms."""

from __future__ import annotations

from datetime import datetime

from suprovid.journal.rules import Actor, Channel
from suprovid.obligations import actions


def tick(now: datetime, limit: int = 500) -> int:
    """Fire every point whose moment has come."""
    return actions.tick(actor=Actor(None, Channel.WORKER, now), limit=limit)
