"""The main job without a mouse: every step reached by keys, the focus always seen.

Nothing here clicks, fills or focuses an element: only keys go to the page.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from suprovid.demo.papers import pdf
from suprovid.handover.rules import ItemCode, Stage
from suprovid.service.queries import work
from tests.journeys import steps
from tests.journeys.conftest import Desk, Office

FURTHEST = 120
"""Presses of Tab after which a thing is called out of reach."""
UNSEEN = """async element => {
    // The file field hides behind its button, which wears the ring for it.
    if (element.type === "file") return "";
    const {outlineStyle, outlineWidth} = getComputedStyle(element);
    if (outlineStyle === "none" || !parseFloat(outlineWidth)) return "no ring";
    for (let frame = 0; frame < 60; frame++) {  // the page scrolls after the key
        const box = element.getBoundingClientRect();
        if (box.bottom > 0 && box.top < innerHeight && box.right > 0) return "";
        await new Promise(requestAnimationFrame);
    }
    return "out of sight";
}"""


def go_to(page: Page, there: Locator) -> None:
    """Tab until it has the focus; whatever has it on the way shows it."""
    for _ in range(FURTHEST):
        page.keyboard.press("Tab")
        here = page.locator(":focus")
        if here.count() and (fault := here.evaluate(UNSEEN)):
            raise AssertionError(f"{fault}: {here.evaluate('it => it.outerHTML')}")
        if there.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"out of the keyboard’s reach: {there}")


def press(page: Page, there: Locator) -> None:
    go_to(page, there)
    page.keyboard.press("Enter")


def write(page: Page, there: Locator, text: str) -> None:
    go_to(page, there)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def write_day(page: Page, there: Locator, day: date) -> None:
    """Parts of a date stand in the order of the browser's own language."""
    go_to(page, there)
    for order in ("%m%d%Y", "%d%m%Y"):
        page.keyboard.type(f"{day:{order}}")
        if there.input_value() == day.isoformat():
            return
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
    raise AssertionError(f"the field took no {day}")


def says(page: Page, words: str) -> None:
    expect(page.get_by_text(words).first).to_be_visible()


@pytest.mark.journey("S16")
def test_the_head_of_sales_confirms_from_the_desk_by_keys(
    office: Office, desk: Desk
) -> None:
    case = office.case()
    case.fill(ItemCode.CARD)
    case.fill(ItemCode.APPLICATION)
    case.send()
    head = desk("viktor")
    head.goto("/")

    head.keyboard.press("ArrowDown")
    expect(head.locator(":focus")).to_contain_text("Підтвердити передачу")
    head.keyboard.press("Enter")
    head.wait_for_url(f"**/handovers/{case.id}/**")
    press(head, head.get_by_role("button", name="Підтвердити передачу"))

    says(head, "Збирає візи")
    assert case.standing.stage is Stage.COLLECTING


@pytest.mark.journey("S17")
def test_the_lawyer_gives_one_visa_and_refuses_another_by_keys(
    office: Office, desk: Desk
) -> None:
    case = office.case().collect()
    case.bring(ItemCode.CONTRACT)
    case.bring(ItemCode.PRICE_AGREEMENT)
    lawyer = desk("maryna")
    lawyer.goto("/")

    lawyer.keyboard.press("ArrowDown")
    lawyer.keyboard.press("Enter")
    lawyer.wait_for_url(f"**/handovers/{case.id}/**")
    press(lawyer, steps.line(lawyer, 1).get_by_role("button", name="Надати візу"))
    expect(steps.line(lawyer, 1).locator(".stamp")).to_contain_text("Візу надано")
    refusal = steps.line(lawyer, 2).locator("details.deny")
    press(lawyer, refusal.locator("summary"))
    go_to(lawyer, refusal.locator("select"))
    lawyer.keyboard.press("ArrowDown")
    write(lawyer, refusal.locator("textarea"), "Ціна інша, ніж у карті")
    press(lawyer, refusal.get_by_role("button", name="Відмовити у візуванні"))

    expect(steps.line(lawyer, 2)).to_contain_text("Ціна інша, ніж у карті")
    assert case.line(ItemCode.CONTRACT).in_force


@pytest.mark.journey("S18")
def test_the_head_finds_the_sheet_and_records_the_contact_by_keys(
    office: Office, desk: Desk
) -> None:
    case = office.case().collect()
    case.pay()
    head = desk("olena")
    head.goto("/clients/")

    head.keyboard.press("Control+k")
    head.keyboard.type(case.handover.number)
    head.keyboard.press("Enter")
    head.wait_for_url(f"**/handovers/{case.id}/")
    press(head, head.get_by_role("link", name="Записати первинний контакт"))
    head.wait_for_url("**/first-contact/")
    today = date.fromisoformat(steps.today())
    write_day(head, head.locator("[name=install_on]"), today)
    write(head, head.locator("[name=place]"), "вул. Сагайдачного, 3")
    write(head, head.locator("[name=workplaces]"), "5")
    write(head, head.locator("[name=systems]"), "Windows 11")
    press(head, head.get_by_role("button", name="Записати контакт"))

    says(head, "Первинний контакт записано")


@pytest.mark.journey("S20")
def test_the_record_is_submitted_with_a_scan_and_confirmed_by_keys(
    office: Office, desk: Desk, tmp_path: Path
) -> None:
    """Who cannot draw on the glass has the signed page scanned."""
    scan = tmp_path / "акт.pdf"
    scan.write_bytes(pdf("Акт встановлення"))
    case = office.case().ready()
    case.accept()
    case.contact()
    case.name_installer()
    case.install()
    case.write_record()
    engineer, head = desk("pavlo"), desk("olena")
    engineer.goto(f"/installations/{case.id}/")

    write(engineer, engineer.locator("[name=signed_by]"), "Салій Ніна")
    go_to(engineer, engineer.locator("[name=scan]"))
    with engineer.expect_file_chooser() as choosing:
        engineer.keyboard.press("Space")
    choosing.value.set_files(scan)
    press(engineer, engineer.get_by_role("button", name="Подати акт"))
    expect(engineer.get_by_text("Акт подано").first).to_be_visible()
    head.goto(f"/installations/{case.id}/")
    press(head, head.get_by_role("button", name="Підтвердити встановлення"))
    says(head, "підтвердив")

    assert work(case.handover).confirmed_at is not None


def test_what_may_not_be_pressed_takes_the_focus_and_tells_why(
    office: Office, desk: Desk
) -> None:
    case = office.case().collect()
    case.bring(ItemCode.CONTRACT)
    head = desk("olena")
    steps.open_sheet(head, case.handover)
    grey = steps.line(head, 1).get_by_role("button", name="Надати візу")

    press(head, grey)

    described = str(grey.get_attribute("aria-describedby"))
    expect(head.locator(f"#{described}")).to_contain_text("юрист")
    assert not case.line(ItemCode.CONTRACT).in_force
