"""Readings of the journal."""

from __future__ import annotations

from datetime import datetime, timedelta

from suprovid.journal.models import Heartbeat

SILENCE = timedelta(minutes=2)


def last_heartbeat() -> datetime | None:
    """The newest sign of life of any worker."""
    return Heartbeat.objects.order_by("-at").values_list("at", flat=True).first()


def worker_is_alive(now: datetime) -> bool:
    """Some worker was heard of within two minutes (PROCESS 4)."""
    last = last_heartbeat()
    return last is not None and now - last <= SILENCE
