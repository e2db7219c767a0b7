"""The other ways of the main job: what goes not as planned (PROCESS.md 3)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from suprovid.contracts.rules import CountFrom, OwnTermUnit
from suprovid.handover.rules import ItemCode, Stage
from suprovid.obligations.models import Obligation
from suprovid.people import actions as people
from suprovid.people.rules import AbsenceKind, Role
from tests.cast import acting
from tests.journeys import steps
from tests.journeys.conftest import Desk, Office, Paper


def says(page: Page, words: str) -> None:
    expect(page.get_by_text(words).first).to_be_visible()


@pytest.mark.journey("S17")
def test_a_deputy_gives_the_visa_and_it_is_printed_for_whom(
    office: Office, desk: Desk
) -> None:
    case = office.case().collect()
    away = people.declare_absence(
        actor=acting(office.cast.olena, office.began),
        person_id=office.cast.olena.pk,
        kind=AbsenceKind.VACATION,
        first_day=office.today,
        last_day=office.today + timedelta(days=7),
    )
    people.name_deputy(
        actor=acting(office.cast.olena, office.began),
        absence_id=away.pk,
        deputy_id=office.cast.taras.pk,
    )

    steps.give(desk("taras"), case.handover, 5)

    expect(steps.line(desk("taras"), 5).get_by_text("за ").first).to_be_visible()
    stamp = case.line(ItemCode.APPLICATION).stamp
    assert stamp is not None
    assert stamp.for_whom == office.cast.olena.pk


@pytest.mark.journey("S17")
def test_who_brought_the_paper_is_refused_its_visa(office: Office, desk: Desk) -> None:
    case = office.case().collect()
    office.grant(office.cast.andrii, Role.LAWYER)
    case.bring(ItemCode.CONTRACT)
    author = desk("andrii")

    steps.open_sheet(author, case.handover)

    steps.is_refused(steps.line(author, 1))


@pytest.mark.journey("S17")
def test_a_paper_replaced_between_looking_and_pressing_is_shown_not_signed_blind(
    office: Office, desk: Desk
) -> None:
    case = office.case().collect()
    case.bring(ItemCode.CONTRACT)
    lawyer = desk("maryna")
    steps.open_sheet(lawyer, case.handover)
    case.replace(ItemCode.CONTRACT)

    steps.line(lawyer, 1).get_by_role("button", name="Надати візу", exact=True).click()

    says(lawyer, "Тим часом змінилося")
    assert case.line(ItemCode.CONTRACT).stamp is None


@pytest.mark.journey("S17")
def test_a_confirmed_paper_replaced_makes_its_visa_fall(
    office: Office, desk: Desk, paper: Paper
) -> None:
    case = office.case().collect()
    case.bring(ItemCode.CONTRACT)
    case.give(ItemCode.CONTRACT)

    steps.replace(desk("andrii"), case.handover, 1, paper("Договір, нова редакція"))

    lawyer = desk("maryna")
    steps.open_sheet(lawyer, case.handover)
    button = steps.line(lawyer, 1).get_by_role("button", name="Надати візу", exact=True)
    expect(button).to_be_enabled()
    assert not case.line(ItemCode.CONTRACT).in_force


@pytest.mark.journey("S18")
def test_contact_and_installation_go_before_acceptance(
    office: Office, desk: Desk
) -> None:
    case = office.case().collect()
    case.pay()
    head = desk("olena")
    steps.open_sheet(head, case.handover)
    steps.make_contact(head)
    case.name_installer()
    case.install()

    case.handover.refresh_from_db()
    assert case.handover.stage == Stage.COLLECTING
    assert case.handover.installed_at is not None
    head.goto(f"/installations/{case.id}/")
    says(head, "Встановлення")


@pytest.mark.journey("S16")
def test_the_head_returns_a_client_with_remarks_and_sales_answer(
    office: Office, desk: Desk
) -> None:
    case = office.case().ready()
    head, sales = desk("olena"), desk("andrii")
    steps.open_sheet(head, case.handover)
    head.locator("summary", has_text="Повернути збуту").click()
    head.get_by_label("Зауваження").fill("Уточніть адресу встановлення")
    steps.press(head, "Повернути із зауваженнями")
    steps.open_sheet(sales, case.handover)
    says(sales, "Уточніть адресу встановлення")
    sales.get_by_label("Відповідь").fill("Адресу уточнено")
    steps.press(sales, "Відповісти на зауваження")

    steps.open_sheet(head, case.handover)
    steps.press(head, "Прийняти клієнта")
    says(head, "Лист закрито")


@pytest.mark.journey("S16")
def test_a_handover_called_off_owes_nothing_and_stays_readable(
    office: Office, desk: Desk
) -> None:
    case = office.case().collect()
    case.bring(ItemCode.CONTRACT)
    head = desk("viktor")
    steps.open_sheet(head, case.handover)
    head.locator("summary", has_text="Більше про цю передачу").click()
    head.locator("select[name=why]").select_option("walked_away")
    steps.press(head, "Скасувати передачу")

    says(head, "Передачу скасовано")
    steps.open_sheet(head, case.handover)
    expect(steps.line(head, 1).locator("a").first).to_be_visible()
    assert not Obligation.objects.filter(client=case.client, ended_at=None).exists()


@pytest.mark.journey("S19")
def test_the_term_of_the_contract_replaces_the_standard_one(
    office: Office, desk: Desk
) -> None:
    case = office.case(
        own_term_count=10,
        own_term_unit=OwnTermUnit.WORKING_DAYS,
        own_term_from=CountFrom.PAYMENT,
    ).collect()
    case.pay()

    due = Obligation.objects.get(kind="handover.installation").due_at
    assert due > case.now + timedelta(days=10)
    head = desk("olena")
    steps.open_sheet(head, case.handover)
    expect(steps.clock(head, "Встановлення")).to_contain_text("лишилося")


@pytest.mark.journey("S17")
def test_an_objection_after_acceptance_opens_a_new_sheet_beside_the_closed_one(
    office: Office, desk: Desk
) -> None:
    case = office.case().ready()
    case.accept()
    lawyer = desk("olena")
    steps.open_sheet(lawyer, case.handover)
    lawyer.locator("summary", has_text="Заперечити").click()
    lawyer.get_by_label("Що виявилося хибним").fill("Перелік банків неповний")
    steps.press(lawyer, "Записати заперечення")

    says(lawyer, "Перелік банків неповний")
    assert [sheet.round for sheet in case.handover.sheets.order_by("round")] == [1, 2]


@pytest.mark.journey("S17")
def test_one_person_never_gives_both_the_lawyers_and_the_accountants_visa(
    office: Office, desk: Desk
) -> None:
    case = office.case().collect()
    office.grant(office.cast.maryna, Role.ACCOUNTANT)
    case.pay()
    case.bring(ItemCode.CONTRACT)
    lawyer = desk("maryna")
    steps.give(lawyer, case.handover, 1)

    steps.open_sheet(lawyer, case.handover)
    steps.is_refused(steps.line(lawyer, 3))
