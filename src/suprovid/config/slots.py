"""What the apps give to the frame of every page; the only list of it."""

from __future__ import annotations

from suprovid.journal.queries import worker_is_alive as worker_is_alive
from suprovid.notifications.queries import unread as unread
from suprovid.obligations.models import Company


def is_demo() -> bool:
    """The ribbon "demo" stands on every page of an invented department."""
    return Company.objects.filter(demo=True).exists()
