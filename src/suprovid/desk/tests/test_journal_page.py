"""The journal page: sentences, only of what one may see, from the newest back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from suprovid.desk.queries import JournalPage, journal_page
from suprovid.desk.queries.journal import PAGE
from suprovid.journal.actions import erase, order_fresh, seal
from suprovid.journal.models import Fact, Parked
from suprovid.obligations import actions as obligations
from suprovid.people import actions as people
from suprovid.people.models import Person
from suprovid.people.queries import viewer
from suprovid.people.rules import Role
from tests.cast import MONDAY, Cast, acting
from tests.path import Case, new_case, new_client

JOURNAL = reverse("desk:journal")
ACCOUNTS = {"people", "journal", "obligations"}


@pytest.fixture
def case(cast: Cast) -> Case:
    """A handover that the money has come for."""
    obligations.found_company(actor=acting(None, MONDAY), name="Правовий вимір")
    case = new_case(cast).collect()
    case.pay(MONDAY - timedelta(days=2))
    return case


def page_of(person: Person, **asked: Any) -> JournalPage:
    return journal_page(viewer(acting(person, MONDAY)), **asked)


def everything(person: Person, kind: str = "") -> set[str]:
    """Kinds of all facts a person can leaf through."""
    seen, before = list[int](), None
    while not seen or before:
        shown = page_of(person, kind=kind, before=before)
        seen += [row.id for row in shown.rows]
        before = shown.next
        if not shown.rows:
            break
    assert len(seen) == len(set(seen))
    return set(Fact.objects.filter(pk__in=seen).values_list("kind", flat=True))


def apps(kinds: set[str]) -> set[str]:
    return {kind.split(".")[0] for kind in kinds}


def browser(person: Person) -> Browser:
    entered = Browser()
    entered.force_login(person)
    return entered


# ---------------------------------------------------------------- sight


def test_the_head_of_department_reads_everything(case: Case) -> None:
    assert everything(case.cast.iryna) == set(
        Fact.objects.values_list("kind", flat=True)
    )


@pytest.mark.parametrize("who", ["andrii", "viktor", "olena", "taras", "halyna"])
def test_whose_client_it_is_reads_of_it_with_its_money(case: Case, who: str) -> None:
    seen = everything(case.cast.everybody()[who])
    assert {"clients", "contracts", "handover", "money"} <= apps(seen)
    assert "people.role.granted" not in seen


def test_a_lawyer_reads_of_contracts_and_not_of_money(case: Case) -> None:
    seen = apps(everything(case.cast.maryna))
    assert {"clients", "contracts", "handover"} <= seen
    assert "money" not in seen
    assert not everything(case.cast.maryna, "money")


@pytest.mark.parametrize("who", ["sofiia", "serhii", "oksana", "pavlo"])
def test_others_read_nothing_of_it(case: Case, who: str) -> None:
    assert apps(everything(case.cast.everybody()[who])) <= {"people"}


def test_an_administrator_reads_of_accounts_and_settings_only(case: Case) -> None:
    seen = everything(case.cast.yaroslav)
    assert apps(seen) <= ACCOUNTS
    assert {"people.role.granted", "obligations.company_founded"} <= seen
    assert not any(kind in seen for kind in ("obligations.opened", "obligations.met"))
    for kind in ("handover", "money", "clients", "service"):
        assert not everything(case.cast.yaroslav, kind)


def test_an_administrator_with_a_group_reads_of_its_clients_too(case: Case) -> None:
    cast = case.cast
    people.grant_role(
        actor=acting(cast.yaroslav, MONDAY),
        person_id=cast.olena.pk,
        role=Role.ADMINISTRATOR,
    )
    seen = apps(everything(cast.olena))
    assert {"people", "handover", "money"} <= seen


def test_everybody_reads_of_the_own_doings(case: Case) -> None:
    new_client(case.cast, sales=case.cast.sofiia)
    assert "clients.client.added" in everything(case.cast.sofiia)


# ---------------------------------------------------------------- filters


@pytest.mark.parametrize("kind", ["handover", "handover.visa", "money", "people"])
def test_a_kind_is_asked_for_by_its_beginning(case: Case, kind: str) -> None:
    case.bring_all()
    case.give_all()
    seen = everything(case.cast.iryna, kind)
    assert seen
    assert all(name.startswith(f"{kind}.") for name in seen)


def test_the_page_is_turned_back_to_the_beginning(case: Case) -> None:
    first = page_of(case.cast.iryna)
    assert len(first.rows) == PAGE
    assert [row.id for row in first.rows] == sorted(
        (row.id for row in first.rows), reverse=True
    )
    last = Fact.objects.order_by("pk").first()
    assert last is not None
    assert page_of(case.cast.iryna, before=last.pk + 1).next is None


@pytest.mark.parametrize(
    "asked", ["kind=nonsense", "before=x", "before=-1", "kind='&before=99999999999999"]
)
def test_a_bent_address_still_shows_a_journal(case: Case, asked: str) -> None:
    answer = browser(case.cast.iryna).get(f"{JOURNAL}?{asked}")
    assert answer.status_code == 200


# ---------------------------------------------------------------- what it says


def test_a_fact_is_a_sentence_with_who_and_when_it_was_known(case: Case) -> None:
    shown = page_of(case.cast.halyna, kind="money")
    entered = next(row for row in shown.rows if "ПД-" in row.sentence)
    assert entered.at == MONDAY - timedelta(days=2)
    assert entered.recorded_at is not None
    assert "Поліщук" in entered.who
    issued = shown.rows[-1]
    assert issued.recorded_at is None
    text = browser(case.cast.halyna).get(JOURNAL).content.decode()
    assert entered.sentence in text
    assert "None" not in text


def test_what_was_erased_says_so(case: Case) -> None:
    fact = Fact.objects.filter(kind="clients.contact.added").get()
    erase(
        actor=acting(None, MONDAY),
        facts=[fact.pk],
        subject=case.client,
        client=case.client.pk,
    )
    row = next(
        row for row in page_of(case.cast.iryna, kind="clients").rows if row.erased
    )
    assert row.id == fact.pk
    assert "Салій" not in row.sentence


@pytest.mark.parametrize(
    ("who", "seals", "parked"),
    [("iryna", 1, 0), ("yaroslav", 1, 1), ("olena", 0, 0), ("maryna", 0, 0)],
)
def test_seals_are_shown_to_heads_and_ill_facts_to_the_administrator(
    case: Case, who: str, seals: int, parked: int
) -> None:
    order_fresh()
    seal(MONDAY + timedelta(days=1))
    Parked.objects.create(
        follower="handover.clocks",
        fact=Fact.objects.latest("pk"),
        error="Traceback\nKeyError: 'invoice'",
        parked_at=MONDAY,
    )
    person = case.cast.everybody()[who]
    shown = page_of(person)
    assert (len(shown.seals), len(shown.parked)) == (seals, parked)
    text = browser(person).get(JOURNAL).content.decode()
    assert ("KeyError" in text) == bool(parked)


@pytest.mark.parametrize("who", ["iryna", "taras", "yaroslav"])
def test_the_journal_asks_twelve_questions_however_long_it_is(
    case: Case, django_assert_max_num_queries: DjangoAssertNumQueries, who: str
) -> None:
    looking = browser(case.cast.everybody()[who])
    with django_assert_max_num_queries(12):
        assert looking.get(JOURNAL).status_code == 200
