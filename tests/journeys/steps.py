"""What people do on the pages, in their own words."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

from suprovid.contracts.models import Contract
from suprovid.handover.models import Handover

KYIV = ZoneInfo("Europe/Kyiv")


def line(page: Page, number: int) -> Locator:
    return page.locator(f"#line-{number}")


def clock(page: Page, name: str) -> Locator:
    """One of the two clocks beside the sheet."""
    return page.locator(".clock", has_text=name).first


def open_sheet(page: Page, handover: Handover) -> None:
    page.goto(f"/handovers/{handover.pk}/")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def open_handover(page: Page, contract: Contract, group: str) -> Handover:
    page.goto(f"/handovers/new/{contract.pk}/")
    page.get_by_label("Група обслуговування").select_option(label=group)
    press(page, "Відкрити передачу")
    expect(page.get_by_text("Передачу відкрито").first).to_be_visible()
    return Handover.objects.get(contract=contract)


def fill_card(page: Page, handover: Handover) -> None:
    """The responsible person is known already; the rest is typed."""
    open_sheet(page, handover)
    line(page, 6).get_by_role("link", name="Заповнити").click()
    page.get_by_label("Чим займається клієнт").fill("Виробництво меблів")
    page.get_by_label("Хто користуватиметься системою").fill("Бухгалтерія")
    page.get_by_label("Побажання щодо обслуговування").fill("Дзвонити зранку")
    page.get_by_label("Як ішов продаж, що обіцяно").fill("Навчання у перший місяць")
    press(page, "Зберегти")


def fill_application(page: Page, handover: Handover) -> None:
    """Everything comes from the contract; the person only looks and saves."""
    open_sheet(page, handover)
    line(page, 5).get_by_role("link", name="Заповнити").click()
    press(page, "Зберегти")


def attach(page: Page, handover: Handover, number: int, file: Path) -> None:
    open_sheet(page, handover)
    place = line(page, number)
    adding = place.locator("details.add")
    if adding.get_attribute("open") is None:
        adding.locator("summary").click()
    adding.locator("input[type=file]").set_input_files(file)
    adding.get_by_role("button", name="Долучити", exact=True).click()
    expect(line(page, number).get_by_text(file.name)).to_be_visible()


def replace(page: Page, handover: Handover, number: int, file: Path) -> None:
    open_sheet(page, handover)
    swap = line(page, number).locator("details.swap").first
    swap.locator("summary").click()
    swap.locator("input[type=file]").set_input_files(file)
    swap.get_by_role("button", name="Замінити", exact=True).click()
    expect(line(page, number).get_by_text(file.name)).to_be_visible()


def give(page: Page, handover: Handover, *numbers: int) -> None:
    for number in numbers:
        open_sheet(page, handover)
        line(page, number).get_by_role("button", name="Надати візу", exact=True).click()
        expect(
            line(page, number).get_by_text(re.compile("візу надано", re.I))
        ).to_be_visible()


def refuse(page: Page, handover: Handover, number: int, reason: str) -> None:
    open_sheet(page, handover)
    denial = line(page, number).locator("details.deny")
    denial.locator("summary").click()
    denial.locator("textarea").fill(reason)
    denial.get_by_role("button", name="Відмовити у візуванні").click()
    expect(line(page, number).get_by_text(reason)).to_be_visible()


def minutes_ago(minutes: int) -> str:
    return f"{datetime.now(KYIV) - timedelta(minutes=minutes):%Y-%m-%dT%H:%M}"


def today() -> str:
    return f"{datetime.now(KYIV):%Y-%m-%d}"


def make_contact(page: Page) -> None:
    """From the sheet: what was agreed with the client's responsible person."""
    page.get_by_role("link", name="Записати первинний контакт").click()
    page.get_by_label("Коли ви розмовляли").fill(minutes_ago(2))
    page.get_by_label("День встановлення").fill(today())
    page.get_by_label("Місце", exact=True).fill("вул. Сагайдачного, 3")
    page.locator("input[name=workplaces]").fill("5")
    page.get_by_label("Операційні системи").fill("Windows 11")
    press(page, "Записати контакт")
    expect(page.get_by_text("Первинний контакт записано").first).to_be_visible()


def undo_payment(page: Page, why: str) -> None:
    page.locator("summary", has_text="Скасувати").first.click()
    page.locator("details[open] input[name=why]").fill(why)
    page.locator("details[open] button").click()
    expect(page.get_by_text(why).first).to_be_visible()


def sign(page: Page) -> None:
    """A finger on the glass."""
    glass = page.locator("[data-sign] canvas")
    glass.scroll_into_view_if_needed()
    box = glass.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 30)
    page.mouse.down()
    for step in range(12):
        page.mouse.move(box["x"] + 20 + step * 12, box["y"] + 30 + step % 3 * 15)
    page.mouse.up()


def is_refused(place: Locator) -> None:
    """The button is grey, and the reason stands under it."""
    grey = place.locator("[aria-disabled=true]", has_text="Надати візу")
    expect(grey).to_be_visible()
    expect(place.locator("form.press")).to_have_count(0)
