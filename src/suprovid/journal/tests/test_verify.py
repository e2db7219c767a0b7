"""Whatever is done to the journal behind its back, verify says where."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from conftest import triggers
from suprovid.journal import actions, queries
from suprovid.journal.actions import order_fresh, record, seal
from suprovid.journal.models import (
    Fact,
    Fresh,
    Heartbeat,
    Line,
    Mark,
    PersonalValues,
    Seal,
)
from suprovid.journal.rules import GENESIS, Actor, Channel, fact_digest, seal_hash

MONDAY = datetime(2026, 4, 20, 8, 0, 0, 123456, tzinfo=UTC)
IRYNA = Actor(1, Channel.PAGE, MONDAY)
DETAILS = {"item": "договір", "total": "1500.00", "days": [1, 2], "share": 0.5}


@contextmanager
def behind_its_back() -> Iterator[None]:
    """As one who owns the database and switches the triggers off."""
    asleep, awake = triggers(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA defer_foreign_keys = ON")
        for statement in asleep:
            cursor.execute(statement)
        yield
        for statement in awake:
            cursor.execute(statement)


@pytest.fixture
def sealed(db: None) -> list[Fact]:
    """Nine facts in three seals, one more that is not sealed yet."""
    facts = [happen(number) for number in range(10)]
    order_fresh()
    for _ in range(3):
        assert seal(MONDAY, count=3)
    assert queries.verify().whole
    return facts


@transaction.atomic
def happen(number: int) -> Fact:
    return record(
        kind="journal.test",
        actor=IRYNA,
        subject=Heartbeat(pk=number),
        at=MONDAY - timedelta(days=number),
        details={**DETAILS, "number": number},
        personal={"name": "Ганна Ґонта"},
    )


def found() -> list[tuple[str, str]]:
    return [(broken.what, broken.where) for broken in queries.verify().broken]


def test_an_untouched_journal_is_whole_and_counted(sealed: list[Fact]) -> None:
    report = queries.verify()
    assert (report.facts, report.sealed, report.unsealed) == (10, 9, 1)
    assert (report.seals, report.newest_seal) == (3, Seal.objects.get(number=3).hash)
    assert len(report.unseen) == 4


def test_an_altered_fact_is_found_by_its_digest_and_its_seal(
    sealed: list[Fact],
) -> None:
    fact = sealed[4]
    with behind_its_back():
        Fact.objects.filter(pk=fact.pk).update(details={"item": "інше"})
    assert found() == [
        ("altered", f"place 5, fact {fact.pk}"),
        ("altered", "seal 2"),
    ]


ALTERATIONS: list[dict[str, object]] = [
    {"kind": "other"},
    {"actor": "person:2"},
    {"for_whom": "person:3"},
    {"at": MONDAY + timedelta(microseconds=1)},
    {"recorded_at": MONDAY - timedelta(microseconds=1)},
    {"channel": "api"},
    {"subject": "journal.heartbeat:9"},
    {"client": 7},
    {"details": {**DETAILS, "number": 4, "more": None}},
    {"personal": ""},
]


@pytest.mark.parametrize("alteration", ALTERATIONS)
def test_no_part_of_a_fact_can_be_altered_unseen(
    sealed: list[Fact], alteration: dict[str, object]
) -> None:
    with behind_its_back():
        Fact.objects.filter(pk=sealed[4].pk).update(**alteration)
    assert ("altered", f"place 5, fact {sealed[4].pk}") in found()


def test_a_digest_computed_anew_does_not_hide_an_alteration(
    sealed: list[Fact],
) -> None:
    fact = sealed[4]
    with behind_its_back():
        redigest(fact, actor="person:2")
    assert found() == [("altered", "seal 2")]


def redigest(fact: Fact, **changed: object) -> None:
    said: dict[str, object] = {
        name: getattr(fact, name)
        for name in (
            "kind",
            "actor",
            "for_whom",
            "at",
            "recorded_at",
            "channel",
            "subject",
            "client",
            "details",
            "personal",
        )
    } | changed
    digest = fact_digest(**said)  # type: ignore[arg-type] # names as the model has them
    Fact.objects.filter(pk=fact.pk).update(**changed, digest=digest)


def test_altered_personal_values_are_found(sealed: list[Fact]) -> None:
    with behind_its_back():
        PersonalValues.objects.filter(pk=sealed[4].pk).update(values={"name": "X"})
    assert found() == [("altered", f"place 5, fact {sealed[4].pk}")]


def test_a_removed_fact_is_found(sealed: list[Fact]) -> None:
    with behind_its_back(), connection.cursor() as cursor:
        for table, key in (("personalvalues", "fact_id"), ("line", "fact_id")):
            cursor.execute(
                f"DELETE FROM journal_{table} WHERE {key} = %s", [sealed[4].pk]
            )
        cursor.execute("DELETE FROM journal_fact WHERE id = %s", [sealed[4].pk])
    assert found() == [("removed", "place 5"), ("altered", "seal 2")]


def test_an_inserted_fact_is_found(sealed: list[Fact]) -> None:
    stray = happen(11)
    Fresh.objects.filter(fact=stray).delete()
    assert found() == [("inserted", f"fact {stray.pk}")]


def test_a_fact_put_at_the_end_without_the_orderer_is_found(
    sealed: list[Fact],
) -> None:
    stray = happen(11)
    Fresh.objects.filter(fact=stray).delete()
    Line.objects.create(seq=11, fact=stray)
    assert found() == [("inserted", "place 11")]


def test_facts_that_changed_places_are_found(sealed: list[Fact]) -> None:
    with behind_its_back():
        for seq, other in ((2, 20), (3, 2), (20, 3)):
            Line.objects.filter(seq=seq).update(seq=other)
    assert found() == [("altered", "seal 1")]


def test_the_last_place_removed_alone_is_found(sealed: list[Fact]) -> None:
    """Not sealed yet, but the orderer's mark remembers that it was given."""
    with behind_its_back(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_line WHERE seq = 10")
    assert found() == [("truncated", "place 10"), ("inserted", f"fact {sealed[9].pk}")]


def test_a_cut_off_end_is_found(sealed: list[Fact]) -> None:
    with behind_its_back(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_personalvalues")
        cursor.execute("DELETE FROM journal_line WHERE seq > 6")
        cursor.execute("DELETE FROM journal_fact WHERE id >= %s", [sealed[6].pk])
        cursor.execute("DELETE FROM journal_seal WHERE number = 3")
    assert ("truncated", "place 7") in found()
    assert ("truncated", "seal 3") in found()


def test_a_chain_computed_anew_is_found_by_a_seal_kept_outside(
    sealed: list[Fact],
) -> None:
    mailed = Seal.objects.get(number=3).hash
    with behind_its_back():
        redigest(sealed[4], actor="person:2")
        recompute_the_chain()
    assert queries.verify().whole  # inside nothing shows
    assert [b.what for b in queries.verify(mailed).broken] == ["recomputed"]


def recompute_the_chain() -> None:
    previous = GENESIS
    for row in Seal.objects.order_by("number"):
        span = Line.objects.filter(seq__range=(row.first_seq, row.last_seq))
        lines = list(span.order_by("seq").values_list("seq", "fact__digest"))
        new = seal_hash(previous=previous, lines=lines)
        Seal.objects.filter(pk=row.pk).update(previous=previous, hash=new)
        previous = new


@pytest.mark.parametrize("part", [64, 12])
def test_a_seal_that_was_mailed_is_known(sealed: list[Fact], part: int) -> None:
    for row in Seal.objects.all():
        assert queries.verify(row.hash[:part].upper()).whole


def test_an_altered_seal_is_found(sealed: list[Fact]) -> None:
    with behind_its_back():
        Seal.objects.filter(number=2).update(hash="0" * 64)
    assert found() == [("altered", "seal 2"), ("altered", "seal 3")]


def test_a_seal_that_claims_places_nobody_gave_is_found(sealed: list[Fact]) -> None:
    with behind_its_back():
        Seal.objects.filter(number=3).update(last_seq=10**15)
    assert ("altered", "seal 3") in found()


def test_a_removed_seal_is_found(sealed: list[Fact]) -> None:
    with behind_its_back(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_seal WHERE number = 2")
    assert ("altered", "seal 3") in found()


# ---------------------------------------------------------------- erasing


def test_erased_values_leave_the_seals_valid_and_say_erased(
    sealed: list[Fact],
) -> None:
    fact = sealed[4]
    erased = actions.erase(actor=IRYNA, facts=[fact.pk], subject=fact, client=None)
    report = queries.verify()
    assert (erased, report.erased, report.whole) == (1, 1, True)
    row = next(row for row in queries.facts(limit=50) if row.id == fact.pk)
    assert row.erased
    assert "name" not in row.values
    assert row.values["item"] == "договір"


def test_who_erased_what_is_a_fact(sealed: list[Fact]) -> None:
    ids = [sealed[1].pk, sealed[2].pk]
    actions.erase(actor=IRYNA, facts=ids, subject=sealed[1], client=None)
    assert not actions.erase(actor=IRYNA, facts=ids, subject=sealed[1], client=None)
    said = Fact.objects.get(kind="journal.personal.erased")
    assert (said.details, said.actor) == ({"facts": ids, "number": 2}, "person:1")


@pytest.mark.parametrize(
    "details", [{}, {"facts": None}, {"facts": [["x"]]}, [], "gone"]
)
def test_a_fact_of_erasing_that_was_altered_is_found_and_hides_nothing(
    sealed: list[Fact], details: object
) -> None:
    """Whatever was written into it: verify reads on and tells both."""
    erased = sealed[4].pk
    actions.erase(actor=IRYNA, facts=[erased], subject=sealed[4], client=None)
    order_fresh()
    said = Fact.objects.get(kind="journal.personal.erased")
    with behind_its_back():
        Fact.objects.filter(pk=said.pk).update(details=details)
    assert found() == [
        ("altered", f"place 11, fact {said.pk}"),
        ("removed", f"fact {erased}"),
    ]


def test_values_that_vanished_without_a_fact_are_found(sealed: list[Fact]) -> None:
    PersonalValues.objects.filter(pk=sealed[4].pk).delete()
    assert found() == [("removed", f"fact {sealed[4].pk}")]


# ---------------------------------------------------------------- sealing


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "minutes", "sealed"), [(3, 0, 3), (2, 0, 0), (2, 9, 0), (2, 10, 2)]
)
def test_a_batch_is_sealed_when_it_is_full_or_has_waited(
    facts: int, minutes: int, sealed: int
) -> None:
    for number in range(facts):
        happen(number)
    order_fresh()
    seal(MONDAY + timedelta(minutes=minutes), count=3)
    assert queries.verify().sealed == sealed


@pytest.mark.django_db
def test_an_empty_journal_is_whole() -> None:
    assert queries.verify().whole
    assert seal(MONDAY) is None


LISTS: list[Callable[[], list[queries.FactRow]]] = [
    lambda: queries.facts(queries.Filters(kind="journal")),
    lambda: queries.facts(queries.Filters(kind="journal.test", actor_id=1)),
    lambda: queries.facts(clients=[], own=1),
    lambda: queries.facts_of([f"journal.heartbeat:{n}" for n in range(10)]),
    lambda: queries.facts(queries.Filters(until=MONDAY + timedelta(days=1))),
]


@pytest.mark.parametrize("ask", LISTS)
def test_lists_show_the_newest_facts_first(
    sealed: list[Fact], ask: Callable[[], list[queries.FactRow]]
) -> None:
    assert [row.id for row in ask()] == [fact.pk for fact in reversed(sealed)]


NOTHING: list[Callable[[], list[queries.FactRow]]] = [
    lambda: queries.facts(queries.Filters(kind="journal.te")),
    lambda: queries.facts(clients=[]),
    lambda: queries.facts(clients=[], own=2),
    lambda: queries.timeline([7]),
    lambda: queries.facts(queries.Filters(since=MONDAY + timedelta(days=1))),
    lambda: queries.facts(queries.Filters(subject="journal.heartbeat:77")),
]


@pytest.mark.parametrize("ask", NOTHING)
def test_lists_leave_out_what_was_not_asked_for(
    sealed: list[Fact], ask: Callable[[], list[queries.FactRow]]
) -> None:
    assert ask() == []


def test_a_list_goes_on_where_it_ended(sealed: list[Fact]) -> None:
    first = queries.facts(limit=6)
    rest = queries.facts(limit=6, before=first[-1].id)
    assert [len(first), len(rest)] == [6, 4]
    assert Mark.objects.get(name="orderer").seq == 10
