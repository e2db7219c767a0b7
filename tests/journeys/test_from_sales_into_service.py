"""The main job: a new client goes from sales into service (S16-S21).

Each step is done by its own person in that person's own browser.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from suprovid.handover.models import Handover
from suprovid.handover.rules import Stage
from tests.journeys import steps
from tests.journeys.conftest import Desk, Office, Paper, Worker

KYIV = ZoneInfo("Europe/Kyiv")


def sent(office: Office, desk: Desk, paper: Paper) -> Handover:
    """Sales prepared everything and sent it."""
    contract = office.contract()
    sales = desk("andrii")
    handover = steps.open_handover(sales, contract, "Поділ")
    steps.fill_card(sales, handover)
    steps.fill_application(sales, handover)
    steps.attach(sales, handover, 1, paper("Договір"))
    steps.attach(sales, handover, 2, paper("ДУ № 1"))
    steps.attach(sales, handover, 4, paper("Рахунок"))
    steps.attach(sales, handover, 4, paper("Акт"))
    steps.attach(sales, handover, 7, paper("Копія ДУ № 1"))
    steps.press(sales, "Надіслати керівнику збуту")
    return handover


def confirmed(office: Office, desk: Desk, paper: Paper) -> Handover:
    handover = sent(office, desk, paper)
    head = desk("viktor")
    steps.open_sheet(head, handover)
    steps.press(head, "Підтвердити передачу")
    return handover


def pay(desk: Desk, handover: Handover) -> None:
    """The accountant enters the payment by the bank's own time."""
    handover.refresh_from_db()
    accountant = desk("halyna")
    accountant.goto(f"/money/invoices/{handover.first_invoice_id}/payment/")
    booked = datetime.now(KYIV) - timedelta(minutes=2)
    accountant.get_by_label("Проведено банком").fill(f"{booked:%Y-%m-%dT%H:%M}")
    accountant.get_by_label("Номер платіжного документа").fill("1187")
    steps.press(accountant, "Внести платіж")
    expect(accountant.get_by_text("Платіж внесено").first).to_be_visible()


@pytest.mark.journey("S16")
def test_sales_open_a_handover_and_the_head_of_sales_confirms_it(
    office: Office, desk: Desk, paper: Paper
) -> None:
    handover = confirmed(office, desk, paper)

    handover.refresh_from_db()
    assert handover.stage == Stage.COLLECTING
    board = desk("olena")
    board.goto("/handovers/")
    expect(board.get_by_text(handover.number)).to_be_visible()


@pytest.mark.journey("S17")
def test_seven_visas_go_in_parallel_and_the_head_accepts(
    office: Office, desk: Desk, paper: Paper, worker: Worker
) -> None:
    handover = confirmed(office, desk, paper)
    steps.give(desk("maryna"), handover, 1)
    steps.refuse(desk("maryna"), handover, 2, "Ціна інша, ніж у карті")
    steps.replace(desk("andrii"), handover, 2, paper("ДУ № 1 виправлена"))
    steps.give(desk("maryna"), handover, 2)
    steps.give(desk("olena"), handover, 4, 5, 6, 7)
    pay(desk, handover)
    worker()
    steps.give(desk("halyna"), handover, 3)

    steps.open_sheet(desk("olena"), handover)
    steps.press(desk("olena"), "Прийняти клієнта")

    expect(desk("olena").get_by_text("Лист закрито").first).to_be_visible()
    handover.refresh_from_db()
    assert handover.stage == Stage.ACCEPTED


@pytest.mark.journey("S18")
def test_the_payment_starts_the_clocks_and_the_first_contact_is_recorded(
    office: Office, desk: Desk, worker: Worker
) -> None:
    case = office.case().collect()
    pay(desk, case.handover)
    worker()
    head = desk("olena")
    steps.open_sheet(head, case.handover)
    expect(steps.clock(head, "Встановлення")).to_contain_text("лишилося")

    steps.make_contact(head)

    case.handover.refresh_from_db()
    assert case.handover.first_contact.systems == "Windows 11"


@pytest.mark.journey("S18")
def test_a_payment_undone_stops_both_clocks(
    office: Office, desk: Desk, worker: Worker
) -> None:
    case = office.case().collect()
    case.pay()
    accountant = desk("halyna")
    accountant.goto(f"/money/invoices/{case.invoice.pk}/")

    steps.undo_payment(accountant, "Помилковий платіж")
    worker()

    head = desk("olena")
    steps.open_sheet(head, case.handover)
    expect(steps.clock(head, "Встановлення")).to_contain_text(
        "скасовано", ignore_case=True
    )
