"""What the apps give to the frame of every page; the only list of it."""

from __future__ import annotations

from suprovid.journal.queries import worker_is_alive as worker_is_alive
from suprovid.obligations.models import Company, Message
from suprovid.people.rules import Viewer


def is_demo() -> bool:
    """The ribbon "demo" stands on every page of an invented department."""
    return Company.objects.filter(demo=True).exists()


def unread(viewer: Viewer) -> int:
    return Message.objects.filter(person_id=viewer.id, read_at=None).count()
