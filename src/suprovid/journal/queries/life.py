"""Does a worker live, what could it not digest, which seal is the newest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from suprovid.journal.models import Heartbeat, Parked, Seal

SILENCE = timedelta(minutes=2)


def last_heartbeat() -> datetime | None:
    """The newest sign of life of any worker."""
    return Heartbeat.objects.order_by("-at").values_list("at", flat=True).first()


def worker_is_alive(now: datetime) -> bool:
    """Some worker was heard of within two minutes (PROCESS 4)."""
    return heard_lately(last_heartbeat(), now)


def heard_lately(heard_at: datetime | None, now: datetime) -> bool:
    return heard_at is not None and now - heard_at <= SILENCE


def newest_seal() -> tuple[int, str] | None:
    """Its number and hash: mailed to the heads, so a new chain is found out."""
    return Seal.objects.order_by("-number").values_list("number", "hash").first()


@dataclass(frozen=True)
class ParkedRow:
    """A fact that a follower could not take, for the administrator."""

    id: int
    follower: str
    fact_id: int
    kind: str
    error: str
    parked_at: datetime


def parked() -> list[ParkedRow]:
    """Everything that waits for the administrator, the oldest first."""
    rows = Parked.objects.filter(settled_at=None).select_related("fact").order_by("id")
    return [
        ParkedRow(
            id=row.pk,
            follower=row.follower,
            fact_id=row.fact_id,
            kind=row.fact.kind,
            error=row.error.strip().splitlines()[-1] if row.error else "",
            parked_at=row.parked_at,
        )
        for row in rows
    ]
