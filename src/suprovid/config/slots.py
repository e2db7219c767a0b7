"""What the apps give to the frame of every page; the only list of it."""

from __future__ import annotations

from datetime import datetime

from suprovid.journal.queries import heard_lately
from suprovid.notifications.queries import unread as unread
from suprovid.obligations.queries import company


def is_demo() -> bool:
    """The ribbon "demo" stands on every page of an invented department."""
    return company().demo


def worker_is_alive(now: datetime) -> bool:
    return heard_lately(company().heard_at, now)
