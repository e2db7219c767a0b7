"""From the payment to a client in service (S19-S21), by the phone where it is a phone.

What comes before is done by the actions; each thing told here is done on its page.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from suprovid.handover.models import Handover
from suprovid.handover.rules import Stage
from suprovid.service.models import ControlCall
from suprovid.service.queries import work
from suprovid.service.rules import STEPS
from tests.journeys import steps
from tests.journeys.conftest import Desk, Office


def installation(page: Page, handover: Handover) -> None:
    page.goto(f"/installations/{handover.pk}/")


def says(page: Page, words: str) -> None:
    expect(page.get_by_text(words).first).to_be_visible()


@pytest.mark.journey("S19")
def test_the_head_names_the_installer_who_installs_in_the_agreed_term(
    office: Office, desk: Desk
) -> None:
    case = office.case().collect()
    case.pay()
    case.contact()
    head, engineer = desk("olena"), desk("pavlo", phone=True)
    installation(head, case.handover)
    head.get_by_label("Виконавець встановлення").select_option(
        str(office.cast.pavlo.pk)
    )
    steps.press(head, "Призначити виконавця встановлення")

    installation(engineer, case.handover)
    engineer.get_by_label("Коли встановлено").fill(steps.minutes_ago(3))
    steps.press(engineer, "Встановлено")

    case.handover.refresh_from_db()
    assert case.handover.installer == office.cast.pavlo
    assert case.handover.installed_at is not None


@pytest.mark.journey("S20")
def test_the_engineer_fills_the_record_on_a_phone_and_the_client_signs_the_glass(
    office: Office, desk: Desk
) -> None:
    case = office.case().collect()
    case.pay()
    case.contact()
    case.name_installer()
    case.install()
    phone = desk("pavlo", phone=True)
    installation(phone, case.handover)
    phone.get_by_role("textbox", name="Комплект").fill("Універсал")
    phone.get_by_label("Версія системи").fill("2026.4")
    phone.locator("input[name=workplaces]").fill("5")
    for box in phone.locator("input[name=steps_done]").all():
        box.check()
    steps.press(phone, "Зберегти акт")
    phone.get_by_label("Хто підписує від клієнта").fill("Ніна Салій")
    steps.sign(phone)
    steps.press(phone, "Подати акт")

    expect(phone.get_by_role("link", name="Відкрити підпис")).to_be_visible()
    written = work(case.handover)
    assert written.submitted_at is not None
    assert set(written.steps_done) == {step.value for step in STEPS}


@pytest.mark.journey("S21")
def test_the_head_confirms_the_installation_and_appoints_the_manager(
    office: Office, desk: Desk
) -> None:
    case = office.case().ready()
    case.accept()
    case.contact()
    case.name_installer()
    case.install()
    case.write_record()
    case.submit_record()
    head = desk("olena")
    installation(head, case.handover)
    steps.press(head, "Підтвердити встановлення")
    head.get_by_label("Менеджер по роботі з клієнтами").select_option(
        str(office.cast.taras.pk)
    )
    steps.press(head, "Призначити і взяти на обслуговування")
    says(head, "Контрольний дзвінок")
    case.handover.refresh_from_db()
    assert case.handover.stage == Stage.IN_SERVICE
    assert case.handover.client.manager == office.cast.taras


@pytest.mark.journey("S21")
def test_the_head_makes_the_control_call(office: Office, desk: Desk) -> None:
    case = office.case().ready()
    case.accept()
    case.installed().appoint()
    head = desk("olena")
    installation(head, case.handover)
    head.get_by_label("Коли ви телефонували").fill(steps.minutes_ago(1))
    head.get_by_label("З ким").fill("Ніна Салій")
    head.get_by_label("так", exact=True).check()

    steps.press(head, "Записати дзвінок")

    says(head, "Клієнт задоволений")
    assert ControlCall.objects.get(handover=case.handover).satisfied


@pytest.mark.journey("S20")
def test_a_record_goes_back_with_remarks_and_comes_again(
    office: Office, desk: Desk
) -> None:
    case = office.case().ready()
    case.accept()
    case.contact()
    case.name_installer()
    case.install()
    case.write_record()
    case.submit_record()
    head = desk("olena")
    installation(head, case.handover)
    head.locator("summary", has_text="Повернути із зауваженнями").click()
    head.get_by_label("Зауваження").fill("Немає версії на двох місцях")
    head.locator("details[open] button").click()

    engineer = desk("pavlo", phone=True)
    installation(engineer, case.handover)
    says(engineer, "Немає версії на двох місцях")
    expect(engineer.get_by_role("button", name="Зберегти акт")).to_be_visible()
