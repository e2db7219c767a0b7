"""Facts are only added, stand in the order of commits, and nobody skips one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from suprovid.journal import actions, queries
from suprovid.journal.actions import order_fresh, record, walk
from suprovid.journal.models import (
    Fact,
    Fresh,
    Heartbeat,
    Line,
    Mark,
    Parked,
    PersonalValues,
    Seal,
)
from suprovid.journal.rules import Actor, Channel

MONDAY = datetime(2026, 4, 20, 8, tzinfo=UTC)
IRYNA = Actor(1, Channel.PAGE, MONDAY)


@transaction.atomic
def happen(kind: str = "journal.test", name: str = "") -> Fact:
    subject = Heartbeat(pk="x")
    personal = {"name": name} if name else {}
    return record(kind=kind, actor=IRYNA, subject=subject, personal=personal)


def placed() -> list[int]:
    return list(Line.objects.order_by("seq").values_list("fact_id", flat=True))


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_recorded() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        record(kind="journal.test", actor=IRYNA, subject=Heartbeat(pk="x"))
    assert not Fact.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "details",
    [
        {"sums": {10: "a", 9: "b"}},
        {"pair": (1, 2), "deep": [{"x": (True, None)}]},
        {"share": 0.8, "small": 0.1 + 0.2},
        {"letters": 'їґ’ \u2028 \\ " 🎈', "": ""},
        {"big": 10**30},
    ],
)
def test_what_comes_back_from_the_base_has_the_digest_it_was_given(
    details: dict[str, Any],
) -> None:
    """Keys become texts and pairs lists on the way: the digest knows that before."""
    record_with(details)
    order_fresh()
    assert queries.verify().broken == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "value",
    [
        *(1e22, 1.5e-9, -0.0, float("nan"), float("inf")),
        *(MONDAY, b"x", "\x00", {True: "a name that is none"}),
    ],
)
def test_what_the_two_bases_keep_differently_is_not_recorded(value: object) -> None:
    for details, personal in (({"deep": [value]}, {}), ({}, {"deep": [value]})):
        with pytest.raises((ValueError, TypeError)), transaction.atomic():
            record_with(details, personal)
    assert not Fact.objects.exists()


@transaction.atomic
def record_with(
    details: dict[str, Any], personal: dict[str, Any] | None = None
) -> Fact:
    subject = Heartbeat(pk="x")
    return record(
        kind="journal.test",
        actor=IRYNA,
        subject=subject,
        details=details,
        personal=personal or details,
    )


@pytest.mark.django_db
def test_facts_get_places_without_gaps() -> None:
    facts = [happen().pk for _ in range(3)]
    assert order_fresh() == 3
    assert placed() == facts
    assert list(Line.objects.values_list("seq", flat=True)) == [1, 2, 3]
    assert (order_fresh(), Fresh.objects.count()) == (0, 0)


CHANGES: list[Callable[[], object]] = [
    lambda: Fact.objects.update(kind="other"),
    lambda: connection.cursor().execute("DELETE FROM journal_fact"),
    lambda: Line.objects.update(seq=9),
    lambda: connection.cursor().execute("DELETE FROM journal_line"),
    lambda: Seal.objects.update(hash="0"),
    lambda: connection.cursor().execute("DELETE FROM journal_seal"),
    lambda: PersonalValues.objects.update(values={}),
]


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES)
def test_the_database_itself_refuses_to_change_the_journal(
    change: Callable[[], object],
) -> None:
    happen(name="Ганна")
    order_fresh()
    assert actions.seal(MONDAY, count=1) is not None
    with pytest.raises(IntegrityError, match="is only added to"), transaction.atomic():
        change()


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Fact, Line, Seal, PersonalValues])
def test_nothing_is_written_over_what_stands(
    model: type[Fact | Line | Seal | PersonalValues],
) -> None:
    """SQLite's REPLACE removes the old row without asking who minds deleting."""
    happen(name="Ганна")
    order_fresh()
    assert actions.seal(MONDAY, count=1) is not None
    table = model._meta.db_table
    verb = "INSERT" if connection.vendor == "postgresql" else "INSERT OR REPLACE"
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"{verb} INTO {table} SELECT * FROM {table}")


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.parametrize("table", ["fact", "line", "seal", "personalvalues"])
def test_postgresql_refuses_to_empty_the_journal(table: str) -> None:
    with (
        pytest.raises(IntegrityError, match="is only added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE journal_{table} CASCADE")


# ---------------------------------------------------------------- followers


@pytest.mark.django_db
def test_a_follower_sees_each_fact_once_and_in_order() -> None:
    facts = [happen().pk for _ in range(5)]
    order_fresh()
    seen: list[int] = []
    while walk("test", lambda fact: seen.append(fact.pk), now=MONDAY, limit=2):
        pass
    assert seen == facts


@pytest.mark.django_db
def test_a_fact_that_cannot_be_digested_is_parked_and_the_others_go_on() -> None:
    good, bad, last = (happen().pk for _ in range(3))
    order_fresh()
    done: list[int] = []

    def handle(fact: Fact) -> None:
        if fact.pk == bad:
            raise ValueError("this one is poison")
        Heartbeat.objects.create(name=str(fact.pk), at=MONDAY)
        done.append(fact.pk)

    for minute in range(8):
        walk("test", handle, now=MONDAY + timedelta(minutes=minute))
    assert set(done) == {good, last}
    assert Heartbeat.objects.filter(name__in=[str(good), str(last)]).count() == 2
    parked = queries.parked()
    assert [(row.fact_id, row.error) for row in parked] == [
        (bad, "ValueError: this one is poison")
    ]
    assert Fact.objects.filter(kind="journal.fact.parked").count() == 1


@pytest.mark.django_db
def test_a_failing_fact_is_tried_five_times_with_growing_pauses() -> None:
    happen()
    order_fresh()
    tries: list[datetime] = []

    def handle(fact: Fact) -> None:
        tries.append(now)
        raise ValueError

    for second in range(60):
        now = MONDAY + timedelta(seconds=second)
        walk("test", handle, now=now)
    pauses = [(b - a).seconds for a, b in pairwise(tries)]
    assert pauses == [2, 4, 8, 16]


@pytest.mark.django_db
def test_what_a_failing_follower_wrote_is_undone() -> None:
    happen()
    order_fresh()

    def handle(fact: Fact) -> None:
        Heartbeat.objects.create(name="half", at=MONDAY)
        raise ValueError

    walk("test", handle, now=MONDAY)
    assert not Heartbeat.objects.exists()
    assert Mark.objects.get(name="test").seq == 0


@pytest.mark.django_db
def test_a_parked_fact_is_handed_over_again_when_the_cause_is_mended() -> None:
    fact = happen()
    parked = Parked.objects.create(
        follower="test", fact=fact, error="E", parked_at=MONDAY
    )
    seen: list[int] = []
    again = {"actor": IRYNA, "parked_id": parked.pk}
    assert actions.settle(**again, handle=lambda fact: seen.append(fact.pk))  # type: ignore[arg-type]
    assert not actions.settle(**again, handle=lambda fact: seen.append(fact.pk))  # type: ignore[arg-type]
    assert (seen, queries.parked()) == ([fact.pk], [])


# ---------------------------------------------------------------- commits that wait


@pytest.fixture
def held_open(transactional_db: None) -> Iterator[Callable[[], Fact]]:
    """A transaction in another thread that recorded a fact and has not committed."""
    begun, finish = threading.Event(), threading.Event()

    def slowly() -> Fact:
        try:
            with transaction.atomic():
                fact = happen("journal.slow")
                begun.set()
                assert finish.wait(20)
            return fact
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(slowly)
        assert begun.wait(20)

        def commit() -> Fact:
            finish.set()
            return slow.result(20)

        yield commit
        finish.set()


@pytest.mark.postgres
def test_a_transaction_held_open_loses_no_fact_to_followers_and_seals(
    held_open: Callable[[], Fact],
) -> None:
    quick = happen()
    seen: list[int] = []
    order_fresh()
    walk("test", lambda fact: seen.append(fact.pk), now=MONDAY)
    actions.seal(MONDAY, count=1)
    slow = held_open()
    assert slow.pk < quick.pk
    order_fresh()
    walk("test", lambda fact: seen.append(fact.pk), now=MONDAY)
    actions.seal(MONDAY, count=1)
    assert seen == placed() == [quick.pk, slow.pk]
    assert (queries.verify().sealed, queries.verify().broken) == (2, [])


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_several_walkers_under_one_name_hand_each_fact_over_once() -> None:
    facts = [happen().pk for _ in range(60)]
    seen: list[int] = []

    def work(_: int) -> None:
        try:
            for _turn in range(40):
                order_fresh(limit=7)
                walk("test", lambda fact: seen.append(fact.pk), now=MONDAY, limit=3)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    while walk("test", lambda fact: seen.append(fact.pk), now=MONDAY):
        pass
    assert seen == placed()
    assert sorted(seen) == facts


def happen_elsewhere() -> None:
    happen()
    connection.close()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_worker_is_woken_by_a_committed_fact() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {actions.BELL}")
    with ThreadPoolExecutor(1) as pool:
        pool.submit(happen_elsewhere).result(20)
    bells = list(connection.connection.notifies(timeout=5, stop_after=1))
    assert [bell.channel for bell in bells] == [actions.BELL]
