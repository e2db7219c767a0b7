"""Letters as rows: written once, claimed one at a time, sent at least once.

A claim is a lease: the next try is pushed away before anything is sent, so a worker
that dies with a letter in its hands leaves it to another one. Its Message-ID is fixed
by the row, so a mailbox that gets it twice can tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db import connection, transaction

from suprovid.journal.queries import newest_seal
from suprovid.journal.rules import Actor
from suprovid.notifications.models import DailyLetter, Round
from suprovid.notifications.queries import people_with_something_due
from suprovid.notifications.rules import LEASE, DailyKind, pause_after
from suprovid.obligations.models import Message
from suprovid.obligations.queries import calendar, company
from suprovid.people.queries import KYIV, today
from suprovid.people.queries import staff as staff_on
from suprovid.people.rules import Role

HEADS = (Role.GROUP_HEAD, Role.SALES_HEAD, Role.DEPARTMENT_HEAD)
SEAL_HOUR = time(8)
TABLES: dict[str, type[Message] | type[DailyLetter]] = {
    "message": Message,
    "daily": DailyLetter,
}


@dataclass(frozen=True)
class ClaimedLetter:
    """A letter in one worker's hands."""

    table: str
    id: int
    language: str


def claim_letter(*, now: datetime) -> ClaimedLetter | None:
    """Take the oldest letter whose time has come; None when none waits, or paused."""
    if company().sending_paused:
        return None
    found = (_claim_from(table, now) for table in TABLES)
    return next((claim for claim in found if claim is not None), None)


@transaction.atomic
def _claim_from(table: str, now: datetime) -> ClaimedLetter | None:
    rows: Any = TABLES[table].objects
    waiting = rows.filter(next_try_at__lte=now).order_by("next_try_at", "id")
    if not waiting.exists():
        return None
    skips = connection.features.has_select_for_update_skip_locked
    row = waiting.select_for_update(skip_locked=skips).first()
    if row is None:
        return None
    seen = rows.filter(pk=row.pk, next_try_at=row.next_try_at, sent_at=None)
    if not seen.update(next_try_at=now + LEASE, tries=row.tries + 1):
        return None
    return ClaimedLetter(table, row.pk, row.person.language)


def letter_sent(*, claim: ClaimedLetter, now: datetime) -> None:
    _settle(claim, sent_at=now, next_try_at=None)


def letter_needless(*, claim: ClaimedLetter) -> None:
    """Nobody to write to any more, or nothing left to say."""
    _settle(claim, next_try_at=None)


def letter_failed(*, claim: ClaimedLetter, now: datetime) -> None:
    """Try again later and later; after too many failures it is parked in sight."""
    rows: Any = TABLES[claim.table].objects
    tries = rows.values_list("tries", flat=True).get(pk=claim.id)
    pause = pause_after(tries)
    _settle(claim, next_try_at=now + pause if pause else None)


def _settle(claim: ClaimedLetter, **values: Any) -> None:
    rows: Any = TABLES[claim.table].objects
    rows.filter(pk=claim.id, sent_at=None).update(**values)


# ---------------------------------------------------------------- each morning


def write_digests(*, actor: Actor) -> int:
    """Once each working day, from its first working moment on."""
    day = today(actor.now)
    if _made(DailyKind.DIGEST, actor):
        return 0
    spans = calendar().intervals_on(day)
    if not spans or actor.now < spans[0][0]:
        return 0
    with transaction.atomic():
        if not _first(DailyKind.DIGEST, actor):
            return 0
        people = people_with_something_due(actor.now, staff_on(day))
        return _write(DailyKind.DIGEST, people, actor)


def write_seals(*, actor: Actor) -> int:
    """The newest seal to all heads, each day that has a new one (PROCESS 6)."""
    if actor.now.astimezone(KYIV).time() < SEAL_HOUR or _made(DailyKind.SEAL, actor):
        return 0
    with transaction.atomic():
        newest = newest_seal()
        if newest is None or not _first(DailyKind.SEAL, actor):
            return 0
        return _write_seal(newest, actor)


def _write_seal(newest: tuple[int, str], actor: Actor) -> int:
    number, digest = newest
    last = DailyLetter.objects.filter(kind=DailyKind.SEAL).order_by("-id").first()
    if last is not None and last.holds["number"] == number:
        return 0
    staff = staff_on(today(actor.now))
    heads = {member.id for role in HEADS for member in staff.holders(role)}
    return _write(DailyKind.SEAL, heads, actor, {"number": number, "hash": digest})


def _made(kind: DailyKind, actor: Actor) -> bool:
    """Asked twice a second, so it is asked first and alone."""
    return Round.objects.filter(kind=kind, day=today(actor.now)).exists()


def _first(kind: DailyKind, actor: Actor) -> bool:
    """One row per firing of a schedule: whoever inserts it writes the letters."""
    _row, new = Round.objects.get_or_create(
        kind=kind, day=today(actor.now), defaults={"made_at": actor.now}
    )
    return new


def _write(
    kind: DailyKind,
    people: set[int],
    actor: Actor,
    holds: dict[str, Any] | None = None,
) -> int:
    rows = [
        DailyLetter(
            person_id=person_id,
            kind=kind,
            day=today(actor.now),
            holds=holds or {},
            created_at=actor.now,
            next_try_at=actor.now,
        )
        for person_id in sorted(people)
    ]
    DailyLetter.objects.bulk_create(rows)
    return len(rows)
