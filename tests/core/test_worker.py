"""The worker: each step claims its work, one's trouble is not another's."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connection, transaction

from suprovid.config import worker
from suprovid.journal import queries
from suprovid.journal.actions import beat, record
from suprovid.journal.models import Heartbeat, Line, Seal
from suprovid.journal.rules import Actor, Channel
from suprovid.web.doing import once_a_day
from suprovid.web.models import Firing, OnceKey

# Ten in the morning in Kyiv.
MONDAY = datetime(2026, 4, 20, 7, tzinfo=UTC)


@transaction.atomic
def happen() -> None:
    subject = OnceKey(pk=7)
    record(
        kind="core.note", actor=Actor(None, Channel.CONSOLE, MONDAY), subject=subject
    )


@pytest.mark.django_db
def test_a_turn_places_follows_and_seals_everything() -> None:
    happen()
    worker.turn(MONDAY + timedelta(hours=1))
    assert Line.objects.count() >= 1
    assert Seal.objects.count() == 1
    assert queries.verify().whole


@pytest.mark.django_db
def test_an_idle_turn_writes_nothing() -> None:
    worker.turn(MONDAY)
    wrote: list[str] = []

    def watch(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        if not sql.startswith(("SELECT", "SAVEPOINT", "RELEASE", "BEGIN")):
            wrote.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        worker.turn(MONDAY + timedelta(seconds=1))
    assert [sql for sql in wrote if not sql.startswith("LISTEN")] == []


@pytest.mark.django_db
def test_a_step_that_breaks_rests_and_the_others_go_on() -> None:
    careful = worker.Careful()
    tried: list[datetime] = []
    done: list[datetime] = []

    def breaks(now: datetime) -> None:
        tried.append(now)
        raise ValueError

    for second in range(20):
        now = MONDAY + timedelta(seconds=second)
        careful("ill", breaks, now)
        careful("well", done.append, now)
    assert [(at - MONDAY).seconds for at in tried] == [0, 1, 3, 7, 15]
    assert len(done) == 20


@pytest.mark.django_db
def test_a_day_s_work_is_done_once_and_not_before_its_hour() -> None:
    early = MONDAY.replace(hour=0)
    worker.daily("forget", early)
    assert not Firing.objects.exists()
    for minutes in (0, 1, 600):
        worker.daily("forget", MONDAY + timedelta(minutes=minutes))
    assert Firing.objects.count() == 1


@pytest.mark.django_db
def test_a_day_s_work_that_failed_is_tried_again() -> None:
    def breaks() -> None:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - any will do
        once_a_day("job", MONDAY.date(), MONDAY, breaks)
    assert once_a_day("job", MONDAY.date(), MONDAY, lambda: None)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_eight_workers_one_does_the_day_s_work() -> None:
    done: list[int] = []
    together = threading.Barrier(8)

    def one(number: int) -> bool:
        try:
            together.wait()
            return once_a_day("j", MONDAY.date(), MONDAY, lambda: done.append(number))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one, range(8))) == 1
    assert len(done) == 1


@pytest.mark.django_db
def test_a_heartbeat_is_written_now_and_then_and_found_out_when_it_stops() -> None:
    beat("w", MONDAY, every=timedelta(seconds=15))
    beat("w", MONDAY + timedelta(seconds=10), every=timedelta(seconds=15))
    assert Heartbeat.objects.get().at == MONDAY
    beat("w", MONDAY + timedelta(seconds=16), every=timedelta(seconds=15))
    assert Heartbeat.objects.get().at == MONDAY + timedelta(seconds=16)
    assert not queries.worker_is_alive(MONDAY + timedelta(seconds=137))


@pytest.mark.django_db
def test_a_long_turn_gives_signs_of_life_between_its_steps() -> None:
    """Three days of silence may take minutes to make up for: nobody calls it dead."""
    now = MONDAY
    careful = worker.Careful(worker.Sign("w", lambda: now))
    for _step in range(5):
        careful("step", lambda at: None, now)
        assert queries.worker_is_alive(now)
        now += timedelta(minutes=3)
    assert not queries.worker_is_alive(now)


@pytest.mark.django_db
def test_a_base_that_was_away_is_told_of_life_as_soon_as_it_is_back() -> None:
    def away(*args: object) -> object:
        raise OperationalError("server closed the connection unexpectedly")

    now = MONDAY
    sign = worker.Sign("w", lambda: now)
    with connection.execute_wrapper(away):
        for _ in range(20):
            sign()
            now += timedelta(minutes=1)
    sign()
    assert queries.worker_is_alive(now)


@pytest.mark.django_db(transaction=True)
def test_a_worker_works_until_it_is_told_to_stop() -> None:
    happen()
    stop = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(worker.work, stop)
        for _ in range(200):
            if Line.objects.exists():
                break
            time.sleep(0.05)
        stop.set()
        working.result(20)
    assert Line.objects.exists()
    assert Heartbeat.objects.count() == 1
