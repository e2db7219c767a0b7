"""The clients whom the department knows: brought in, entered by hand, taken over."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from suprovid.clients.models import Client
from suprovid.clients.rules import Serving
from suprovid.clients.tests.organisations import good_code, odd_code
from tests.journeys import steps
from tests.journeys.conftest import Desk, Office

NAMES = ("КП «Явір»", "КП «Їжак»", "КНП «Джерело»")


@pytest.fixture
def organisations(tmp_path: Path) -> Path:
    """A list in its own words: columns are known by what they mean."""
    rows = [f"{name};{good_code(3_810_000 + n)}" for n, name in enumerate(NAMES)]
    file = tmp_path / "організації.csv"
    file.write_text("\n".join(["Назва організації;ЄДРПОУ", *rows]), encoding="cp1251")
    return file


def bring(head: Page, file: Path) -> None:
    head.goto("/clients/import/")
    head.locator("input[type=file]").set_input_files(file)
    steps.press(head, "Прочитати список")


@pytest.mark.journey("S16")
def test_the_head_of_department_brings_a_list_in_once(
    office: Office, desk: Desk, organisations: Path
) -> None:
    head = desk("iryna")
    bring(head, organisations)
    expect(head.get_by_text(NAMES[1]).first).to_be_visible()
    assert not Client.objects.exists()

    steps.press(head, "Імпортувати")
    expect(head.get_by_text("Усе імпортовано").first).to_be_visible()
    assert Client.objects.count() == len(NAMES)

    bring(head, organisations)
    expect(head.get_by_text("Нового в цьому списку немає").first).to_be_visible()


@pytest.mark.journey("S21")
def test_a_client_of_the_list_is_taken_over_with_its_contract(
    office: Office, desk: Desk, organisations: Path
) -> None:
    head = desk("iryna")
    bring(head, organisations)
    steps.press(head, "Імпортувати")
    client = Client.objects.get(name=NAMES[0])
    head.goto(f"/clients/{client.pk}/")
    head.get_by_role("link", name="Новий договір").first.click()
    head.get_by_label("Номер", exact=True).fill("15/24")
    for label in ("Дата підписання", "Чинний від"):
        head.get_by_label(label, exact=True).fill(f"{office.today:%Y-%m-%d}")
    steps.press(head, "Зберегти")
    head.goto("/clients/take-over/")
    head.get_by_label("Менеджер по роботі з клієнтами").select_option(index=1)
    head.get_by_label("На обслуговуванні з").fill(f"{office.today:%Y-%m-%d}")
    head.get_by_label("15/24").check()
    steps.press(head, "Прийняти на обслуговування")

    client.refresh_from_db()
    assert client.serving == Serving.SERVED
    head.goto(f"/clients/{client.pk}/")
    expect(head.get_by_text("обхідного листа немає").first).to_be_visible()


@pytest.mark.journey("S16")
def test_a_code_with_a_wrong_check_digit_waits_for_a_yes_and_a_short_one_is_refused(
    office: Office, desk: Desk
) -> None:
    sales = desk("andrii")
    sales.goto("/clients/new/")
    sales.get_by_label("Назва", exact=True).fill("ТОВ «Калина»")
    sales.get_by_label("Код", exact=True).fill("1234")
    steps.press(sales, "Зберегти")
    expect(sales.get_by_text("8 цифр").first).to_be_visible()
    expect(sales.get_by_label("Назва", exact=True)).to_have_value("ТОВ «Калина»")

    sales.get_by_label("Код", exact=True).fill(odd_code(3_820_000))
    steps.press(sales, "Зберегти")
    assert not Client.objects.exists()
    sales.get_by_label("Код звірено з документами").check()
    steps.press(sales, "Зберегти")

    expect(sales.get_by_role("heading", name="ТОВ «Калина»").first).to_be_visible()
    assert Client.objects.get().code_confirmed
