"""The demo department: alive on any day, whole, and never in anybody's own base."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.db import models, transaction
from pytest_django import DjangoDbBlocker
from stdnum.ua import edrpou

from suprovid.clients.models import Client
from suprovid.contracts.models import Contract
from suprovid.demo import build, cast, clients
from suprovid.demo.clock import KYIV, last_day
from suprovid.handover.models import Handover, Objection, Visa
from suprovid.handover.rules import Stage, Verdict
from suprovid.journal.models import Fact, Fresh, Line, Mark, Parked, PersonalValues
from suprovid.journal.queries import verify
from suprovid.lib.worktime.seed import standard_calendar
from suprovid.money.models import Account, Payment
from suprovid.obligations.models import Company, Message, Obligation
from suprovid.obligations.queries import term_views
from suprovid.people.models import Person

SUNDAY = datetime(2026, 4, 19, 7, 30, tzinfo=UTC)
TUESDAY_AT_EIGHT = datetime(2026, 4, 21, 5, 0, tzinfo=UTC)
MAIN_JOB = {
    "handover.acceptance",
    "handover.confirmation",
    "handover.first_contact",
    "handover.installation",
    "handover.item_papers",
    "handover.remarks",
    "handover.visa",
    "service.confirmation",
    "service.control_call",
    "service.installer",
    "service.record",
}
MIXED = re.compile(r"[A-Za-z][А-Яа-яЇїІіЄєҐґ]|[А-Яа-яЇїІіЄєҐґ][A-Za-z]")


@pytest.fixture(
    scope="module",
    params=[SUNDAY, TUESDAY_AT_EIGHT],
    ids=["on a Sunday morning", "on a Tuesday at eight"],
)
def now(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[datetime]:
    """The demo once for all these tests, and nothing of it afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        build.build(request.param)
        yield request.param
        transaction.set_rollback(True)


def states(now: datetime) -> Counter[str]:
    owed = Obligation.objects.filter(ended_at=None).values_list("subject", flat=True)
    return Counter(
        view.state
        for view in term_views(sorted(set(owed)), now).values()
        if view.ended_at is None
    )


def test_a_handover_stands_at_every_stage(now: datetime) -> None:
    assert set(Handover.objects.values_list("stage", flat=True)) == set(Stage)
    assert Objection.objects.exists()
    assert Handover.objects.exclude(remarks="").exists()


def test_every_term_of_the_main_job_has_been_owed(now: datetime) -> None:
    assert set(Obligation.objects.values_list("kind", flat=True)) >= MAIN_JOB


def test_a_few_terms_are_late_and_the_others_run(now: datetime) -> None:
    """Whatever the hour: a department that copes, with something to see to."""
    found = states(now)
    assert 3 <= found["late"] <= found.total() / 4, found
    assert found["calm"] + found["soon"], found


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 4, 17, 9, 0, tzinfo=KYIV), date(2026, 4, 16)),
        (datetime(2026, 4, 17, 17, 40, tzinfo=KYIV), date(2026, 4, 17)),
        (datetime(2026, 4, 18, 23, 0, tzinfo=KYIV), date(2026, 4, 17)),
        (datetime(2026, 4, 20, 3, 0, tzinfo=KYIV), date(2026, 4, 17)),
    ],
    ids=["Friday morning", "Friday evening", "Saturday night", "Monday before dawn"],
)
def test_it_ends_with_the_last_day_that_was_worked_to_its_end(
    moment: datetime, day: date
) -> None:
    assert last_day(standard_calendar(2026, 2026), moment) == day


def test_nobody_starts_with_a_bell_of_weeks(now: datetime) -> None:
    unread = Message.objects.filter(read_at=None).values("person")
    counts = unread.annotate(n=models.Count("pk")).values_list("n", flat=True)
    assert 0 < max(counts) < 25


def test_visas_were_given_refused_and_given_for_whom(now: datetime) -> None:
    verdicts = set(Visa.objects.values_list("verdict", flat=True))
    assert {Verdict.GIVEN, Verdict.REFUSED} <= verdicts
    assert Visa.objects.exclude(for_whom=None).exists()


def test_money_came_on_a_saturday_too(now: datetime) -> None:
    booked = Payment.objects.values_list("booked_at", flat=True)
    assert any(moment.astimezone(KYIV).weekday() == 5 for moment in booked)


def test_nothing_in_it_happens_after_its_end(now: datetime) -> None:
    assert not Fact.objects.filter(recorded_at__gt=now).exists()


def test_its_journal_is_whole_and_walked_to_the_end(now: datetime) -> None:
    assert verify().broken == []
    assert not Parked.objects.exists()
    assert not Fresh.objects.exists()
    end = Line.objects.order_by("-seq").values_list("seq", flat=True)[0]
    for name in build.FOLLOWERS:
        # The last turn's own facts are walked by the next one of a living worker.
        assert end - Mark.objects.get(name=name).seq < 200


def test_all_codes_of_its_clients_are_valid(now: datetime) -> None:
    codes = list(Client.objects.values_list("code", flat=True))
    assert len(codes) == len(set(codes)) == len(clients.CLIENTS)
    assert all(edrpou.is_valid(code) for code in codes)


def test_no_word_mixes_two_alphabets(now: datetime) -> None:
    said = [
        *map(str, Fact.objects.values_list("details", flat=True)),
        *map(str, PersonalValues.objects.values_list("values", flat=True)),
        *Client.objects.values_list("name", flat=True),
        *Contract.objects.values_list("number", flat=True),
    ]
    assert [text for text in said if MIXED.search(text)] == []


def test_everybody_may_sign_in_with_the_demo_s_password(now: datetime) -> None:
    people = Person.objects.filter(is_active=True)
    assert people.count() == len(cast.PARTS) + 1
    assert all(person.check_password(cast.PASSWORD) for person in people)


def test_a_base_with_anything_in_it_is_refused(now: datetime) -> None:
    facts = Fact.objects.count()
    with pytest.raises(build.NotADemo):
        build.build(now)
    assert Fact.objects.count() == facts


def test_a_real_company_s_base_is_refused_before_anything_is_written(db: None) -> None:
    Company.objects.create(name="ТОВ «Справжнє»")
    with pytest.raises(build.NotADemo):
        build.build(SUNDAY)
    assert not Person.objects.exists()


def told() -> list[tuple[str, str, datetime, date]]:
    rows = Fact.objects.order_by("pk").values_list("kind", "actor", "at", "recorded_at")
    return [(kind, actor.split(":")[0], at, on.date()) for kind, actor, at, on in rows]


@pytest.mark.long
def test_the_same_moment_makes_the_same_demo(db: None) -> None:
    first, second = (rebuilt() for _ in range(2))
    assert first == second


def rebuilt() -> list[tuple[str, str, datetime, date]]:
    with transaction.atomic():
        build.build(SUNDAY)
        facts = told()
        transaction.set_rollback(True)
    return facts


def test_the_samples_that_people_try_first_are_free(now: datetime) -> None:
    """A reader of the description enters this client, contract and account by hand."""
    assert not Client.objects.filter(code="99000011").exists()
    assert not Contract.objects.filter(number="15/26").exists()
    assert not Account.objects.filter(iban="UA093999990000026001000000017").exists()
