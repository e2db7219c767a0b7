"""The worker: gives facts their places, walks followers, fires terms, sends letters.

Any number of workers may run: each step claims its work in the database. Nothing is
kept here, so any of them may die at any moment.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from types import FrameType

from django.contrib.sessions.models import Session
from django.db import close_old_connections, connection

from suprovid.handover import followers as handover
from suprovid.journal import actions as journal
from suprovid.journal.actions import Follower
from suprovid.journal.queries import ParkedRow, parked
from suprovid.journal.rules import Actor, Channel
from suprovid.notifications import followers as notifications
from suprovid.notifications import jobs as letters
from suprovid.obligations import jobs as obligations
from suprovid.people.queries import KYIV
from suprovid.web.doing import forget_old, once_a_day

log = logging.getLogger("suprovid.worker")
PAUSE = 0.5
BEAT = timedelta(seconds=15)
ROUNDS = 100

# Each walks the journal from its own mark.
FOLLOWERS: Mapping[str, Follower] = {
    **handover.FOLLOWERS,
    **notifications.FOLLOWERS,
}


def forget(now: datetime) -> None:
    """What nobody will ask for again."""
    forget_old(now)
    journal.forget_workers(now)
    Session.objects.filter(expire_date__lt=now).delete()


# Once a day each, at a time of Kyiv or, after an outage, as soon as possible.
DAILY: Mapping[str, tuple[time, Callable[[datetime], object]]] = {
    "forget": (time(3, 30), forget),
}


# ---------------------------------------------------------------- one turn

Step = Callable[[datetime], object]
Guard = Callable[[str, Step, datetime], object]


def openly(name: str, step: Step, now: datetime) -> object:
    """Tests want to see what breaks."""
    return step(now)


class Sign:
    """The sign of life of a worker, given now and then, at work as in between."""

    def __init__(self, name: str, clock: Callable[[], datetime]) -> None:
        self.name, self.clock = name, clock
        self.given: datetime | None = None

    def __call__(self) -> None:
        now = self.clock()
        if self.given is not None and self.given <= now < self.given + BEAT:
            return
        try:
            journal.beat(self.name, now, every=BEAT)
            self.given = now
        except Exception:
            log.exception("The worker’s sign of life is not written.")


class Careful:
    """One step's trouble is logged and does not keep the others from their work.

    It rests after a failure, longer each time, up to five minutes. Before each step
    there is a sign of life: a turn after a long silence takes its time.
    """

    def __init__(self, sign: Callable[[], object] = lambda: None) -> None:
        self.sign = sign
        self.resting: dict[str, tuple[datetime, int]] = {}

    def __call__(self, name: str, step: Step, now: datetime) -> object:
        self.sign()
        until, failures = self.resting.get(name, (now, 0))
        if now < until:
            return 0
        try:
            done = step(now)
        except Exception:
            log.exception("The worker’s step “%s” failed; the others go on.", name)
            rest = timedelta(seconds=min(2**failures, 300))
            self.resting[name] = (now + rest, failures + 1)
            close_old_connections()
            return 0
        self.resting.pop(name, None)
        return done


def turn(now: datetime, guard: Guard = openly) -> None:
    """All that is due by now: facts, followers, terms, letters, the day's work, seals.

    Terms that fire write facts, and followers write more: so they go round until
    nothing is left.
    """
    for _round in range(ROUNDS):
        if not facts(now, guard) and not guard("terms", obligations.tick, now):
            break
    # It knows when a working day begins, and keeps itself to one round a day.
    guard("morning", letters.morning, now)
    guard("letters", letters.send_letters, now)
    for job in DAILY:
        guard(job, lambda at, job=job: daily(job, at), now)  # type: ignore[misc]
    guard("seal", seal_all, now)


def facts(now: datetime, guard: Guard = openly) -> int:
    """Place what was committed, hand it to every follower; how much there was."""
    done = _count(guard("order", lambda at: journal.order_fresh(), now))
    for name, handle in FOLLOWERS.items():
        done += _count(guard(name, _walking(name, handle), now))
    return done


def _walking(name: str, handle: Follower) -> Step:
    return lambda now: journal.walk(name, handle, now=now)


def _count(done: object) -> int:
    return done if isinstance(done, int) else 0


def daily(job: str, now: datetime) -> None:
    local = now.astimezone(KYIV)
    at, work = DAILY[job]
    if local.time() >= at:
        once_a_day(job, local.date(), now, lambda: work(now))


def seal_all(now: datetime) -> None:
    while journal.seal(now) is not None:
        pass


def settle_all() -> Iterator[tuple[ParkedRow, str]]:
    """Hand over again what was put aside; with the error of what is still ill."""
    actor = Actor(None, Channel.CONSOLE, datetime.now(UTC))
    for row in parked():
        handle = FOLLOWERS[row.follower]
        try:
            journal.settle(actor=actor, parked_id=row.id, handle=handle)
            yield row, ""
        except Exception as error:
            log.exception("Fact %s is still not taken.", row.fact_id)
            yield row, f"{type(error).__name__}: {error}"


# ---------------------------------------------------------------- the process


def name_of_worker() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"[:80]


def work(stop: threading.Event, clock: Callable[[], datetime] | None = None) -> None:
    """Turn after turn until told to stop: twice a second, or when a fact calls."""
    clock = clock or (lambda: datetime.now(UTC))
    careful = Careful(Sign(name_of_worker(), clock))
    while not stop.is_set():
        close_old_connections()
        turn(clock(), careful)
        wait(stop)
    connection.close()


def wait(stop: threading.Event) -> None:
    """On PostgreSQL a committed fact ends the pause at once."""
    if connection.vendor != "postgresql":
        stop.wait(PAUSE)
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {journal.BELL}")
        list(connection.connection.notifies(timeout=PAUSE, stop_after=1))
    except Exception:
        log.exception("The worker cannot hear the database.")
        connection.close()
        stop.wait(PAUSE)


def run() -> int:
    """`suprovid worker`: until SIGTERM or SIGINT, which let the current step end."""
    stop = threading.Event()

    def leave(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    work(stop)
    return 0
