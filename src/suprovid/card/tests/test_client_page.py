"""The client's page tells the whole story, to each as much as is theirs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from suprovid.card.queries import ClientPage, client_page
from suprovid.card.rules import Strand
from suprovid.clients import actions as clients
from suprovid.clients.models import Client
from suprovid.clients.rules import Serving
from suprovid.handover import actions as handover
from suprovid.handover.rules import CalledOffWhy
from suprovid.lib.decision import Missing
from suprovid.obligations import actions as obligations
from suprovid.people import queries as people
from suprovid.people.models import Person
from suprovid.service import actions as service
from tests.cast import Cast
from tests.path import Case, new_case


@pytest.fixture
def case(cast: Cast) -> Case:
    """A handover in the middle of its way."""
    walked = new_case(cast)
    walked.send()
    walked.confirm()
    walked.bring_all()
    walked.pay()
    return walked


def seen(case: Case, person: Person, **asked: Any) -> ClientPage:
    actor = case.by(person)
    staff = people.staff(people.today(actor.now))
    viewer = people.viewer_among(staff, actor)
    return client_page(viewer, staff, case.client.pk, case.now, **asked)


def signed_in(person: Person) -> Browser:
    browser = Browser()
    browser.force_login(
        person, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return browser


def opened(person: Person, client: Client, **asked: str) -> Any:
    return signed_in(person).get(reverse("card:client", args=[client.pk]), asked)


def more_people(case: Case, many: int) -> None:
    for number in range(many):
        clients.add_contact(
            actor=case.by(case.cast.andrii),
            client_id=case.client.pk,
            name=f"Особа {number}",
        )


def told(case: Case, person: Person, strand: Strand = Strand.MAIN) -> str:
    page = seen(case, person, strand=strand)
    return "\n".join(row.sentence for row in page.story.rows)


def test_the_page_says_what_we_owe_and_where_the_handover_stands(case: Case) -> None:
    page = seen(case, case.cast.olena)
    assert page.client.serving is Serving.HANDOVER
    assert {row.kind for row in page.terms.ours} >= {"handover.first_contact"}
    assert [card.id for card in page.handovers] == [case.id]
    assert case.contract.pk in page.handed_over
    assert len(page.papers) == 5


def test_figures_are_those_of_the_rows_shown(case: Case) -> None:
    page = seen(case, case.cast.olena)
    assert page.owed == sum(invoice.owed for invoice in page.invoices) == 0
    assert page.monthly == sum(contract.monthly for contract in page.contracts)


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("iryna", True),
        ("olena", True),
        ("taras", True),
        ("andrii", True),
        ("viktor", True),
        ("maryna", True),
        ("halyna", True),
        ("serhii", False),
        ("bohdan", False),
        ("pavlo", False),
        ("sofiia", False),
        ("yaroslav", False),
    ],
)
def test_each_opens_the_clients_of_the_own_work(
    case: Case, who: str, *, sees: bool
) -> None:
    answer = opened(case.cast.everybody()[who], case.client)
    assert answer.status_code == (200 if sees else 404)


def test_an_engineer_opens_the_client_of_the_installation_assigned(case: Case) -> None:
    case.contact()
    pavlo = case.cast.pavlo
    service.name_installer(
        actor=case.by(case.cast.olena), handover_id=case.id, installer_id=pavlo.pk
    )
    page = seen(case, pavlo)
    assert page.handovers
    assert (page.contracts, page.invoices, page.sees_money) == ((), (), False)
    with pytest.raises(Missing):
        seen(case, case.cast.yurii)


def test_money_is_not_told_to_those_who_do_not_see_it(case: Case) -> None:
    number = case.invoice.number
    assert number in told(case, case.cast.halyna)
    for strand in Strand:
        assert number not in told(case, case.cast.maryna, strand)


def test_the_story_is_told_to_its_beginning(case: Case) -> None:
    more_people(case, 30)
    pages: list[list[str]] = []
    before = None
    while not pages or before:
        page = seen(case, case.cast.iryna, before=before)
        pages.append([row.sentence for row in page.story.rows])
        before = page.story.before
    assert len(pages) > 1
    assert len({len(rows) for rows in pages[:-1]}) == 1
    assert case.client.name in pages[-1][-1]


def test_the_story_can_be_narrowed(case: Case) -> None:
    work = told(case, case.cast.iryna, Strand.WORK)
    money = told(case, case.cast.iryna, Strand.MONEY)
    assert case.invoice.number in money
    assert case.invoice.number not in work
    assert opened(case.cast.iryna, case.client, story="?").status_code == 200
    assert opened(case.cast.iryna, case.client, before="x").status_code == 200


def test_a_client_taken_over_says_that_there_is_no_sheet(cast: Cast) -> None:
    case = new_case(cast)
    handover.call_off(
        actor=case.by(cast.viktor), handover_id=case.id, why=CalledOffWhy.WALKED_AWAY
    )
    service.take_over(
        actor=case.by(cast.iryna),
        client_id=case.client.pk,
        contract_id=case.contract.pk,
        manager_id=cast.taras.pk,
        group_id=cast.podil.pk,
        since=date(2024, 3, 1),
    )
    page = seen(case, cast.iryna)
    assert page.taken_over
    assert "обхідного листа немає" in opened(cast.iryna, case.client).content.decode()


@pytest.mark.parametrize("many", [1, 30])
def test_the_page_asks_the_same_few_questions_however_much_there_is(
    case: Case, django_assert_max_num_queries: DjangoAssertNumQueries, many: int
) -> None:
    obligations.found_company(actor=case.by(None), name="Сервісна компанія")
    more_people(case, many)
    browser = signed_in(case.cast.olena)
    address = reverse("card:client", args=[case.client.pk])
    browser.get(address)
    with django_assert_max_num_queries(25):
        assert browser.get(address).status_code == 200


def test_what_was_typed_stays_text(case: Case) -> None:
    marker = "<script>alert(1)</script>"
    clients.add_contact(
        actor=case.by(case.cast.andrii), client_id=case.client.pk, name=marker
    )
    page = opened(case.cast.iryna, case.client).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert marker not in page
