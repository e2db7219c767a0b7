"""Giving committed facts their place: the only numbering that anybody walks.

Ids are given before the commit, so a fact with a smaller id may appear after one with
a greater: who walked ids would skip it. A fresh row becomes visible with its fact's
commit, and one orderer at a time gives places to what is visible (DESIGN 4).
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from suprovid.journal.models import Fresh, Heartbeat, Line, Mark

ORDERER = "orderer"


def hold_mark(name: str) -> Mark | None:
    """The mark, locked for this transaction; None while another walks with it."""
    Mark.objects.get_or_create(name=name)
    return Mark.objects.select_for_update(skip_locked=True).filter(name=name).first()


@transaction.atomic
def order_fresh(limit: int = 1000) -> int:
    """Give the next places to facts committed since; by id within one look.

    What was decided on the sight of a committed fact has a greater id than it, so
    causes stand before their effects.
    """
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


def beat(name: str, now: datetime) -> None:
    """A worker's sign of life; silence turns health red (PROCESS 4)."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": now})
