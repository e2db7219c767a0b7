"""Chaining batches of places, so that what was sealed cannot be altered unseen."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from suprovid.journal.actions.ordering import hold_mark
from suprovid.journal.models import Line, Mark, Seal
from suprovid.journal.rules import GENESIS, SEAL_AGE, SEAL_COUNT, SEALER, seal_hash


def seal(
    now: datetime, *, count: int = SEAL_COUNT, age: timedelta = SEAL_AGE
) -> Seal | None:
    """Seal the next batch: when `count` facts wait, or the oldest waits `age`."""
    sealed = Mark.objects.filter(name=SEALER).values_list("seq", flat=True).first()
    if not _is_due(_waiting(sealed or 0, count), now, count, age):
        return None
    return _seal(now, count, age)


Place = tuple[int, str, datetime]


def _waiting(sealed: int, count: int) -> list[Place]:
    return list(
        Line.objects.filter(seq__gt=sealed)
        .order_by("seq")
        .values_list("seq", "fact__digest", "fact__recorded_at")[:count]
    )


def _is_due(lines: list[Place], now: datetime, count: int, age: timedelta) -> bool:
    return bool(lines) and (len(lines) == count or now - lines[0][2] >= age)


@transaction.atomic
def _seal(now: datetime, count: int, age: timedelta) -> Seal | None:
    mark = hold_mark(SEALER)
    if mark is None:
        return None
    lines = _waiting(mark.seq, count)
    if not _is_due(lines, now, count, age):
        return None  # another worker was quicker
    previous = Seal.objects.order_by("-number").first()
    chained = previous.hash if previous else GENESIS
    made = Seal.objects.create(
        number=previous.number + 1 if previous else 1,
        first_seq=lines[0][0],
        last_seq=lines[-1][0],
        previous=chained,
        hash=seal_hash(previous=chained, lines=[(seq, d) for seq, d, _ in lines]),
        sealed_at=now,
    )
    mark.seq = made.last_seq
    mark.save(update_fields=["seq"])
    return made
