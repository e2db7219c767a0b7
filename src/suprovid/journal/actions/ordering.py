"""Giving committed facts their place: the only numbering that anybody walks.

Ids are given before the commit, so a fact with a smaller id may appear after one with
a greater: who walked ids would skip it. A fresh row becomes visible with its fact's
commit, and one orderer at a time gives places to what is visible (DESIGN 4).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from suprovid.journal.models import Fresh, Heartbeat, Line, Mark
from suprovid.journal.rules import ORDERER


def hold_mark(name: str) -> Mark | None:
    """The mark, locked for this transaction; None while another walks with it."""
    Mark.objects.get_or_create(name=name)
    return Mark.objects.select_for_update(skip_locked=True).filter(name=name).first()


def order_fresh(limit: int = 1000) -> int:
    """Give the next places to facts committed since; by id within one look.

    What was decided on the sight of a committed fact has a greater id than it, so
    causes stand before their effects.
    """
    # Looking costs no lock: on SQLite an idle worker must not hold up the writers.
    return _order(limit) if Fresh.objects.exists() else 0


@transaction.atomic
def _order(limit: int) -> int:
    mark = hold_mark(ORDERER)
    if mark is None:
        return 0
    ids = list(
        Fresh.objects.order_by("fact_id").values_list("fact_id", flat=True)[:limit]
    )
    if not ids:
        return 0
    Line.objects.bulk_create(
        Line(seq=seq, fact_id=fact) for seq, fact in enumerate(ids, mark.seq + 1)
    )
    Fresh.objects.filter(fact_id__in=ids).delete()
    mark.seq += len(ids)
    mark.save(update_fields=["seq"])
    return len(ids)


def beat(name: str, now: datetime, every: timedelta = timedelta()) -> None:
    """A worker's sign of life; silence turns health red (PROCESS 4).

    Args:
        every: no sign is given while the last one is younger.
    """
    fresh = Heartbeat.objects.filter(name=name, at__gt=now - every, at__lte=now)
    if not fresh.exists():
        Heartbeat.objects.update_or_create(name=name, defaults={"at": now})


def forget_workers(now: datetime) -> None:
    """Those that have not been heard of for a day are gone for good."""
    Heartbeat.objects.filter(at__lt=now - timedelta(days=1)).delete()
