"""People at their own browsers, and a worker that turns when a test lets it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page

from suprovid.contracts import actions as contracts
from suprovid.contracts.models import Contract
from suprovid.contracts.rules import Delivery, Periodicity, Variant
from suprovid.demo.build import catalogue, turn
from suprovid.demo.papers import pdf
from suprovid.obligations import actions as obligations
from suprovid.people import actions as people
from suprovid.people.models import Person
from suprovid.people.rules import Role
from tests.cast import Cast, acting, hire
from tests.fixtures.browser import OpenAs
from tests.path import Case, new_case, new_client, new_contract, new_invoice

KYIV = ZoneInfo("Europe/Kyiv")
Desk = Callable[..., Page]
Paper = Callable[[str], Path]
Worker = Callable[[], None]


@dataclass
class Office:
    """A company at work; `began` is an hour ago by the real clock."""

    cast: Cast
    began: datetime

    def case(self, **contract: Any) -> Case:
        """A handover that Andrii has opened within this hour."""
        return new_case(self.cast, self.began, **(self._days() | contract))

    def contract(self) -> Contract:
        """All that a handover starts from: contract, its line, the first invoice."""
        client = new_client(self.cast, self.began)
        contract = new_contract(self.cast, client, self.began, **self._days())
        kit = catalogue(self.cast, self.began)["Універсал"]
        contracts.add_line(
            actor=acting(self.cast.andrii, self.began),
            contract_id=contract.pk,
            kit_id=kit.pk,
            variant=Variant.NETWORK,
            seats=5,
            periodicity=Periodicity.WEEKLY,
            delivery=Delivery.VISIT,
            monthly_price=Decimal(2000),
            valid_from=self.today,
        )
        new_invoice(self.cast, contract, self.began)
        return contract

    @property
    def today(self) -> date:
        return self.began.astimezone(KYIV).date()

    def grant(self, person: Person, role: Role) -> None:
        """One more role for this person, from today."""
        people.grant_role(
            actor=acting(self.cast.yaroslav, self.began), person_id=person.pk, role=role
        )

    def _days(self) -> dict[str, Any]:
        return {"signed_on": self.today, "valid_from": self.today}


@pytest.fixture
def office(transactional_db: None) -> Office:
    began = datetime.now(UTC) - timedelta(hours=1)
    obligations.found_company(actor=acting(None, began), name="Правовий вимір")
    return Office(hire(began), began)


@pytest.fixture
def cast(office: Office) -> Cast:
    return office.cast


@pytest.fixture
def desk(office: Office, open_as: OpenAs) -> Desk:
    """`desk("olena")`: that person's browser, the same one every time."""
    open_pages: dict[str, Page] = {}

    def at(key: str, *, phone: bool = False) -> Page:
        if key not in open_pages:
            open_pages[key] = open_as(getattr(office.cast, key), phone=phone)
        return open_pages[key]

    return at


@pytest.fixture
def worker() -> Worker:
    """One turn of the worker at this moment."""
    return lambda: turn(datetime.now(UTC))


@pytest.fixture
def paper(tmp_path: Path) -> Paper:
    """A small true PDF on the person's computer."""

    def made(name: str) -> Path:
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(pdf(name))
        return path

    return made
