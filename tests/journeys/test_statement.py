"""The bank's statement: brought in once, laid by keyboard, undone by one key (S9)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from suprovid.money.models import Allocation, Invoice, StatementLine
from tests.journeys import steps
from tests.journeys.conftest import Desk, Office
from tests.lib.statements.build import ALPHA, OURS, Account, Movement, file
from tests.path import new_client, new_contract, new_invoice


@pytest.fixture
def invoices(office: Office) -> tuple[Invoice, Invoice]:
    """Two invoices of two clients; neither is paid."""
    cast, now = office.cast, office.began
    agreed = [new_contract(cast, new_client(cast, now), now) for _ in range(2)]
    one, two = [new_invoice(cast, contract, now) for contract in agreed]
    return one, two


@pytest.fixture
def statement(
    office: Office, invoices: tuple[Invoice, Invoice], tmp_path: Path
) -> Path:
    """A line that leaves no doubt, two to look at, the bank's interest, a fee."""
    sure, other = invoices
    day, at = office.began.date(), office.began

    def of(invoice: Invoice, amount: Decimal, purpose: str, number: str) -> Movement:
        client = invoice.contract.client
        return Movement(
            str(amount),
            at,
            f"REF{number}",
            number,
            client.name,
            client.code,
            ALPHA,
            "388888",
            (purpose,),
        )

    movements = (
        of(sure, sure.total, f"Оплата зг. рах. № {sure.number}", "1"),
        of(other, other.total - 100, f"Частково за рах. № {other.number}", "2"),
        Movement("1.15", at, "REF3", "3", "АТ «Банк»", pieces=("Відсотки на залишок",)),
    )
    told = Account(movements, number=OURS, begins=day, ends=day)
    path = tmp_path / "виписка.xml"
    path.write_bytes(file(told))
    return path


def bring(page: Page, path: Path) -> None:
    page.goto("/money/statements/")
    page.locator("input[type=file]").set_input_files(path)
    steps.press(page, "Прочитати виписку")


def live() -> int:
    return Allocation.objects.filter(undone_at=None).count()


@pytest.mark.journey("S9")
def test_the_accountant_lays_a_statement_by_keyboard(
    office: Office, desk: Desk, invoices: tuple[Invoice, Invoice], statement: Path
) -> None:
    page = desk("halyna")
    page.goto("/money/accounts/")
    page.get_by_label("IBAN").fill(OURS)
    page.get_by_role("button", name="Додати рахунок").click()

    bring(page, statement)
    expect(page.get_by_role("heading", name="Виписка за")).to_be_visible()
    assert live() == 1, "the line that leaves no doubt is laid at once"

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Рядок рознесено")).to_be_visible()
    assert live() == 2
    chosen = page.locator("#chosen")
    expect(chosen).to_contain_text("1,15")
    expect(page.locator("[data-row].on [data-main]")).to_be_focused()

    page.keyboard.press("Control+z")
    expect(page.get_by_text("Знято з рахунків")).to_be_visible()
    assert live() == 1
    undone = Allocation.objects.exclude(undone_at=None).get()
    assert undone.undone_why == "рознесено помилково"

    page.keyboard.press("ArrowDown")
    expect(chosen).to_contain_text("1,15")
    chosen.get_by_text("Не гроші клієнта").click()
    chosen.get_by_label("Що це за гроші").select_option("interest")
    chosen.get_by_role("button", name="Відкласти").click()
    expect(page.get_by_text("Рядок відкладено")).to_be_visible()
    assert StatementLine.objects.get(set_aside="interest").amount == Decimal("1.15")

    bring(page, statement)
    expect(page.get_by_text("Цей самий файл уже тут")).to_be_visible()
    assert StatementLine.objects.count() == 3
