"""The clients whom the department knows: brought in, entered by hand, taken over."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from suprovid.clients.models import Client
from suprovid.clients.rules import Serving
from suprovid.contracts.models import Contract
from tests.journeys import steps
from tests.journeys.conftest import Desk, Office
from tests.organisations import good_code, odd_code
from tests.sheets import Told, listed

NAMES = ("КП «Явір»", "КП «Їжак»", "КНП «Джерело»")


@pytest.fixture
def organisations(tmp_path: Path) -> Path:
    """A list in its own words: columns are known by what they mean."""
    rows = [f"{name};{good_code(3_810_000 + n)}" for n, name in enumerate(NAMES)]
    file = tmp_path / "організації.csv"
    file.write_text("\n".join(["Назва організації;ЄДРПОУ", *rows]), encoding="cp1251")
    return file


def bring(head: Page, file: Path) -> None:
    head.goto("/imports/")
    head.locator("input[type=file]").set_input_files(file)
    steps.press(head, "Прочитати список")


def bring_all(head: Page) -> None:
    head.get_by_role("button", name="Імпортувати позначені").click()
    expect(head.get_by_text("Список імпортовано").first).to_be_visible()


@pytest.mark.journey("S16")
def test_the_head_of_department_brings_a_list_in_once(
    office: Office, desk: Desk, organisations: Path
) -> None:
    head = desk("iryna")
    bring(head, organisations)
    expect(head.locator("#row-3").get_by_text("Їжак")).to_be_visible()
    assert not Client.objects.exists()

    bring_all(head)
    assert Client.objects.count() == len(NAMES)

    bring(head, organisations)
    rows = head.locator("tbody .chip", has_text="нового немає")
    expect(rows).to_have_count(len(NAMES))


@pytest.mark.journey("S16")
def test_a_sheet_as_excel_spoiled_it_is_put_right_decided_upon_and_undone(
    office: Office, desk: Desk, tmp_path: Path
) -> None:
    sheet = tmp_path / "клієнти.xlsx"
    spoiled = listed(4).but(1, code=int(Told(1).true_code), city="м.Київ")
    spoiled = spoiled.but(2, contract=date(2026, 5, 1)).but(3, name=" ")
    sheet.write_bytes(spoiled.as_xlsx())
    head = desk("iryna")
    bring(head, sheet)

    first = head.locator(f"#row-{spoiled.sheet_row(1)}")
    expect(first.get_by_text(Told(1).true_code).first).to_be_visible()
    expect(first.locator("ins", has_text="Київ")).to_be_visible()
    second = head.locator(f"#row-{spoiled.sheet_row(2)}")
    expect(second.get_by_role("checkbox")).to_be_disabled()
    second.get_by_role("button", name="5/26").click()
    expect(second.get_by_role("checkbox")).to_be_checked()
    third = head.locator(f"#row-{spoiled.sheet_row(3)}")
    third.get_by_label("Назва").fill("КП «Третій»")
    third.get_by_role("button", name="Записати").click()
    expect(third.get_by_role("checkbox")).to_be_checked()
    head.locator(f"#row-{spoiled.sheet_row(4)}").get_by_role("checkbox").uncheck()

    bring_all(head)
    numbers = set(Contract.objects.values_list("number", flat=True))
    assert numbers == {"1/26", "5/26", "3/26"}

    head.get_by_text("Скасувати цей імпорт").click()
    head.get_by_label("Причина").fill("Не той список")
    steps.press(head, "Скасувати імпорт")
    expect(head.get_by_text("Не той список").first).to_be_visible()
    assert not Client.objects.exists()


@pytest.mark.journey("S21")
def test_a_client_of_the_list_is_taken_over_with_its_contract(
    office: Office, desk: Desk, organisations: Path
) -> None:
    head = desk("iryna")
    bring(head, organisations)
    bring_all(head)
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
