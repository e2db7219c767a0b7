"""What the worker does when a moment of a term has come (PROCESS 4, DESIGN 4)."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import OperationalError, connection, transaction
from django.db.models import Q, QuerySet

from suprovid.journal.actions import record
from suprovid.journal.models import Fact
from suprovid.journal.rules import Actor, moment
from suprovid.obligations.models import Message, Obligation
from suprovid.obligations.queries import owner_of
from suprovid.obligations.rules import Point, Points, grants_of, point_at, told
from suprovid.people.queries import staff as staff_on
from suprovid.people.queries import today
from suprovid.people.rules import Staff
from suprovid.web.doing import passing

log = logging.getLogger("suprovid.worker")
REST = timedelta(minutes=5)
FACT_OF = {Point.WARNING: "obligations.warned", Point.MISSED: "obligations.missed"}


def tick(*, actor: Actor, limit: int = 500) -> int:
    """Fire what has come by now, one term a transaction; how many points fired.

    The cost is of what is due: the index knows the next moments, nothing else is read.
    Any number of workers may do this at once; a point fires in one of them only.
    """
    if not _come(actor.now).exists():
        return 0
    staff = staff_on(today(actor.now))
    fired = 0
    while fired < limit:
        try:
            if not _fire_next(actor, staff):
                break
            fired += 1
        except _CannotFireError as trouble:
            _put_off(trouble.row, actor.now)
    return fired


def _come(now: datetime) -> QuerySet[Obligation]:
    return Obligation.objects.filter(next_moment__lte=now)


class _CannotFireError(Exception):
    """This one breaks off, whatever the reason; the others must not wait for it."""

    def __init__(self, row: Obligation) -> None:
        super().__init__(row.pk)
        self.row = row


def _put_off(row: Obligation, now: datetime) -> None:
    """Try it again later: what fires then bears the point's own moment all the same."""
    log.exception("Term %s cannot fire; the others go on.", row.pk)
    Obligation.objects.filter(pk=row.pk, next_moment=row.next_moment).update(
        next_moment=now + REST
    )


@transaction.atomic
def _fire_next(actor: Actor, staff: Staff) -> bool:
    """Fire the oldest moment that nobody else is at; False when there is none."""
    skips = connection.features.has_select_for_update_skip_locked
    found = _come(actor.now).order_by("next_moment", "id")
    row = found.select_for_update(skip_locked=skips).first()
    if row is None:
        return False
    try:
        _fire(actor, row, staff)
    except OperationalError as error:
        if passing(error):  # not the term's fault: the next turn tries again
            raise
        raise _CannotFireError(row) from error
    except Exception as error:
        raise _CannotFireError(row) from error
    return True


def _fire(actor: Actor, row: Obligation, staff: Staff) -> None:
    point, at = point_at(Points(row.due_at, row.soon_at, row.warn_at), actor.now)
    if _claim(row, point):
        _say(actor, row, point, at, staff)


def _claim(row: Obligation, point: Point) -> bool:
    """One conditional UPDATE: true for one worker, and only while it is still owed."""
    seen = Obligation.objects.filter(
        pk=row.pk, next_moment=row.next_moment, ended_at=None
    )
    if point is Point.WARNING:
        return seen.update(next_moment=row.due_at) == 1
    row.missed_at = row.missed_at or row.due_at
    return seen.update(next_moment=None, missed_at=row.missed_at) == 1


def _say(
    actor: Actor, row: Obligation, point: Point, at: datetime, staff: Staff
) -> None:
    """The fact bears the point's own moment; heads of a miss are found today."""
    fact = record(
        kind=FACT_OF[point],
        actor=actor,
        subject=row,
        at=at,
        client=row.client_id,
        details={
            "kind": row.kind,
            "thing": row.subject,
            "about": row.about,
            "due": moment(row.due_at),
        },
    )
    hearers = told(point, owner_of(row), grants_of(row.escalate), staff)
    tell(
        fact=fact,
        person_ids=[member.id for member in hearers],
        by_letter=point is Point.MISSED,
        obligation=row,
        point=point,
    )


def tell(
    *,
    fact: Fact,
    person_ids: Iterable[int],
    by_letter: bool = False,
    obligation: Obligation | None = None,
    point: Point | str = "",
) -> int:
    """One row per fact and person; telling the same again tells nobody anew."""
    wanted = set(person_ids)
    known = Message.objects.filter(Q(fact=fact), Q(person__in=wanted))
    fresh = sorted(wanted - set(known.values_list("person_id", flat=True)))
    Message.objects.bulk_create(
        [
            Message(
                fact=fact,
                person_id=person_id,
                obligation=obligation,
                point=str(point),
                moment=fact.at if point else None,
                by_letter=by_letter,
                created_at=fact.recorded_at,
                next_try_at=fact.recorded_at if by_letter else None,
            )
            for person_id in fresh
        ],
        ignore_conflicts=True,
    )
    return len(fresh)
