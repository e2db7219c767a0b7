"""Who hears of which fact, and the page behind the bell."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from suprovid.clients.models import Client
from suprovid.contracts.models import Contract
from suprovid.handover.models import Handover
from suprovid.journal.actions import record
from suprovid.journal.models import Fact
from suprovid.notifications.followers import hear
from suprovid.notifications.rules import HEARS
from suprovid.obligations.models import Message
from suprovid.people.models import Absence, Person
from suprovid.web import say
from tests.cast import Cast, acting
from tests.owing import MONDAY_10, client_of, found_company, owe

KEY = {"_once": "a-key-of-the-test"}


@pytest.fixture
def case(cast: Cast) -> Handover:
    client = client_of(cast, sales=cast.andrii, manager=cast.taras)
    return Handover.objects.create(
        number="П-2026/1",
        client=client,
        contract=contract_of(client),
        group=cast.podil,
        sales=cast.andrii,
        installer=cast.pavlo,
        opened_at=MONDAY_10,
    )


def contract_of(client: Client) -> Contract:
    return Contract.objects.create(
        client=client,
        number="1/26",
        signed_on=date(2026, 4, 1),
        valid_from=date(2026, 4, 1),
        created_at=MONDAY_10,
    )


def told_of(kind: str, doer: Person | None, subject: Any, **details: Any) -> set[int]:
    fact = record(
        kind=kind,
        actor=acting(doer, MONDAY_10),
        subject=subject,
        client=getattr(subject, "client_id", None),
        details=details,
    )
    hear(fact)
    hear(fact)
    rows = Message.objects.filter(fact=fact)
    assert not rows.filter(by_letter=True).exists()
    people = list(rows.values_list("person_id", flat=True))
    assert len(people) == len(set(people))
    return set(people)


OF_A_HANDOVER = [
    ("handover.sent", {"viktor"}),
    ("handover.sent_back", {"andrii"}),
    ("handover.confirmed", {"andrii", "olena"}),
    ("handover.group.changed", {"andrii", "olena"}),
    ("handover.visa.refused", {"andrii"}),
    ("handover.visa.withdrawn", {"andrii", "olena"}),
    ("handover.visa.fell", {"andrii", "olena"}),
    ("handover.payment.came", {"andrii", "olena"}),
    ("handover.payment.gone", {"andrii", "olena"}),
    ("handover.accepted", {"andrii"}),
    ("handover.returned", {"andrii", "viktor"}),
    ("handover.remarks.answered", {"olena"}),
    ("handover.called_off", {"andrii", "olena"}),
    ("handover.objected", {"andrii", "viktor", "iryna"}),
    ("handover.entered_service", {"andrii", "taras"}),
    ("service.installer.named", {"pavlo"}),
    ("service.record.submitted", {"olena"}),
    ("service.record.sent_back", {"pavlo"}),
    ("service.record.confirmed", {"pavlo"}),
]


@pytest.mark.parametrize(("kind", "hearers"), OF_A_HANDOVER)
def test_those_whom_a_handover_concerns_hear_of_it(
    cast: Cast, case: Handover, kind: str, hearers: set[str]
) -> None:
    found = told_of(kind, None, case, handover=case.pk)
    assert found == {getattr(cast, name).pk for name in hearers}


def test_the_one_who_did_it_is_not_told(cast: Cast, case: Handover) -> None:
    told = told_of("handover.confirmed", cast.olena, case, handover=case.pk)
    assert told == {cast.andrii.pk}


def test_the_head_of_department_hears_of_every_role_granted(cast: Cast) -> None:
    told = told_of(
        "people.role.granted", cast.yaroslav, cast.taras, person=cast.taras.pk
    )
    assert told == {cast.iryna.pk, cast.taras.pk}


def test_a_deputy_and_the_head_hear_of_an_absence(cast: Cast) -> None:
    details = {"person": cast.taras.pk, "deputy": cast.nadiia.pk}
    told = told_of("people.absence.declared", cast.taras, cast.taras, **details)
    assert told == {cast.nadiia.pk, cast.olena.pk}


def test_for_one_who_is_away_the_deputy_hears(cast: Cast, case: Handover) -> None:
    Absence.objects.create(
        person=cast.andrii,
        deputy=cast.sofiia,
        kind="trip",
        first_day=date(2026, 4, 1),
        last_day=date(2026, 4, 30),
    )
    assert told_of("handover.accepted", None, case, handover=case.pk) == {
        cast.sofiia.pk
    }


def test_the_owner_hears_that_a_head_moved_the_term(cast: Cast) -> None:
    found_company()
    row = owe(client_of(cast))
    assert told_of("obligations.moved", cast.iryna, row) == {cast.olena.pk}


def test_all_heads_hear_of_a_new_calendar(cast: Cast) -> None:
    told = told_of("obligations.calendar_changed", cast.iryna, cast.podil)
    assert told == {cast.olena.pk, cast.serhii.pk, cast.viktor.pk}


def test_of_other_facts_nobody_is_told(cast: Cast) -> None:
    assert told_of("clients.client.changed", cast.taras, cast.podil) == set()


def test_every_fact_that_is_told_has_a_sentence() -> None:
    assert set(HEARS) <= set(say.FACTS)


# ---------------------------------------------------------------- the page


@pytest.fixture
def told(cast: Cast, case: Handover) -> Fact:
    told_of("handover.accepted", None, case, handover=case.pk)
    return Message.objects.get().fact


def test_one_reads_and_keeps_unread(client: Browser, cast: Cast, told: Fact) -> None:
    client.force_login(cast.andrii)
    row = Message.objects.get()
    client.post(reverse("notifications:read", args=[row.pk]), KEY)
    row.refresh_from_db()
    assert row.read_at
    client.post(reverse("notifications:unread", args=[row.pk]), KEY)
    row.refresh_from_db()
    assert row.read_at is None
    client.post(reverse("notifications:read-all"), KEY)
    assert not Message.objects.filter(read_at=None).exists()


def test_nobody_reads_the_notifications_of_another(
    client: Browser, cast: Cast, told: Fact
) -> None:
    client.force_login(cast.sofiia)
    page = client.get(reverse("notifications:list"))
    assert not page.context["found"].rows
    row = Message.objects.get()
    answer = client.post(reverse("notifications:read", args=[row.pk]), KEY)
    assert answer.status_code == 404


def test_the_page_asks_twelve_questions_whatever_it_holds(
    client: Browser,
    cast: Cast,
    case: Handover,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(60):
        told_of("handover.accepted", None, case, handover=case.pk)
    client.force_login(cast.andrii)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("notifications:list"))
    assert len(page.context["found"].rows) == 50
    rest = client.get(page.context["next_url"])
    assert len(rest.context["found"].rows) == 10


def test_programs_read_them_too(client: Browser, cast: Cast, told: Fact) -> None:
    client.force_login(cast.andrii)
    shown = client.get("/api/v1/notifications?unread=true").json()
    number = shown["items"][0]["id"]
    assert client.get("/api/v1/notifications/unread").json() == {"count": 1}
    for verb, read in (("read", True), ("unread", False)):
        key = {"Idempotency-Key": f"the-key-of-{verb}"}
        url = f"/api/v1/notifications/{number}/{verb}"
        answer = client.post(url, headers=key).json()
        assert (answer["read_at"] is not None) is read
    key = {"Idempotency-Key": "the-key-of-all"}
    answer = client.post("/api/v1/notifications/read-all", headers=key)
    assert answer.json() == {"count": 1}


def test_a_notification_leads_to_its_thing(
    client: Browser, cast: Cast, case: Handover
) -> None:
    whom = {"person": cast.taras.pk}
    told_of("handover.objected", None, case, handover=case.pk)
    told_of("people.role.granted", cast.yaroslav, cast.taras, **whom)
    told_of("obligations.calendar_changed", None, cast.podil)
    found_company()
    row = owe(client_of(cast))
    told_of("obligations.moved", None, row)
    client.force_login(cast.iryna)
    page = client.get(reverse("notifications:list"), {"after": "nonsense"})
    urls = {shown.url for shown in page.context["found"].rows}
    assert urls >= {
        f"/handovers/{case.pk}/",
        f"/people/{cast.taras.pk}/",
        "/settings/calendar/",
    }
