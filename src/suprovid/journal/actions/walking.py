"""Followers: each walks the journal from its own mark, in the order of places.

The mark moves in the transaction of what the follower did, so a kill between the two
cannot happen; a fact may be handed over again after a rollback, never skipped.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import OperationalError, transaction
from django.db.models import Subquery
from django.db.models.functions import Coalesce

from suprovid.journal.actions.ordering import hold_mark
from suprovid.journal.actions.recording import record
from suprovid.journal.models import Fact, Line, Mark, Parked
from suprovid.journal.rules import TRIES, Actor, Channel, pause_after
from suprovid.web.doing import passing

Follower = Callable[[Fact], None]


class _IndigestibleError(Exception):
    """A follower stumbled over a fact, `before` others of the batch were fine."""

    def __init__(self, line: Line, before: int) -> None:
        super().__init__(line.seq)
        self.line, self.before = line, before


def walk(name: str, handle: Follower, *, now: datetime, limit: int = 100) -> int:
    """Hand the next facts to a follower; the number of those it is done with.

    All of a batch or nothing. When one fact fails, those before it are handed over
    without it; alone it is tried again after a pause, and parked after five tries.
    Nothing happens while another process walks under this name.
    """
    if not _anything_for(name):
        return 0
    try:
        return _batch(name, handle, now, limit)
    except _IndigestibleError as trouble:
        if trouble.before:
            return walk(name, handle, now=now, limit=trouble.before)
        return _stumbled(name, trouble, now)


def _anything_for(name: str) -> bool:
    """A look without a lock: an idle follower costs one query and holds up nobody."""
    mark = Mark.objects.filter(name=name).values("seq")
    return Line.objects.filter(seq__gt=Coalesce(Subquery(mark), 0)).exists()


@transaction.atomic
def _batch(name: str, handle: Follower, now: datetime, limit: int) -> int:
    mark = hold_mark(name)
    if mark is None or (mark.retry_at is not None and now < mark.retry_at):
        return 0
    lines = list(
        Line.objects.filter(seq__gt=mark.seq)
        .select_related("fact__private")
        .order_by("seq")[:limit]
    )
    for before, line in enumerate(lines):
        _hand_over(handle, line, before)
    if lines:
        _pass(mark, lines[-1].seq)
    return len(lines)


def _hand_over(handle: Follower, line: Line, before: int) -> None:
    try:
        handle(line.fact)
    except OperationalError as error:
        if passing(error):  # not the fact's fault: the next turn tries again
            raise
        raise _IndigestibleError(line, before) from error
    except Exception as error:
        raise _IndigestibleError(line, before) from error


def _pass(mark: Mark, seq: int) -> None:
    mark.seq, mark.tries, mark.retry_at = seq, 0, None
    mark.save(update_fields=["seq", "tries", "retry_at"])


@transaction.atomic
def _stumbled(name: str, trouble: _IndigestibleError, now: datetime) -> int:
    mark = hold_mark(name)
    if mark is None or mark.seq + 1 != trouble.line.seq:
        return 0  # another process has walked on meanwhile
    mark.tries += 1
    if mark.tries < TRIES:
        mark.retry_at = now + timedelta(seconds=pause_after(mark.tries))
        mark.save(update_fields=["tries", "retry_at"])
        return 0
    _park(name, trouble, now)
    _pass(mark, trouble.line.seq)
    return 1


def _park(name: str, trouble: _IndigestibleError, now: datetime) -> None:
    """Put the fact aside in sight of the administrator; the others go on."""
    error = "".join(traceback.format_exception(trouble.__cause__))
    fact = trouble.line.fact
    parked, new = Parked.objects.get_or_create(
        follower=name, fact=fact, defaults={"error": error, "parked_at": now}
    )
    if new:
        record(
            kind="journal.fact.parked",
            actor=Actor(None, Channel.WORKER, now),
            subject=parked,
            details={"follower": name, "fact": fact.pk, "what": fact.kind},
        )


@transaction.atomic
def settle(*, actor: Actor, parked_id: int, handle: Follower) -> bool:
    """Hand a parked fact over once more, now that the cause is mended."""
    parked = (
        Parked.objects.select_for_update(of=("self",))
        .select_related("fact")
        .filter(pk=parked_id, settled_at=None)
        .first()
    )
    if parked is None:
        return False
    handle(parked.fact)
    parked.settled_at = actor.now
    parked.save(update_fields=["settled_at"])
    record(
        kind="journal.fact.settled",
        actor=actor,
        subject=parked,
        details={"follower": parked.follower, "fact": parked.fact_id},
    )
    return True
