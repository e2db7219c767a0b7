"""A client entered twice becomes one, and is parted again, at a real desk."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from suprovid.clients.models import Client
from tests.journeys import steps
from tests.journeys.conftest import Desk, Office
from tests.path import new_client


@pytest.mark.journey("S16")
def test_the_head_joins_a_client_entered_twice_and_parts_it_again(
    office: Office, desk: Desk
) -> None:
    case = office.case()
    twin = new_client(office.cast, office.began)
    head = desk("iryna")

    head.goto(f"/clients/{twin.pk}/")
    head.get_by_role("link", name="Об’єднати з іншим клієнтом").click()
    head.get_by_role("searchbox", name="Назва або код").last.fill(case.client.code)
    head.keyboard.press("Enter")
    head.locator("main tbody a").first.click()
    steps.press(head, "Об’єднати")
    expect(head.get_by_text("Клієнтів об’єднано").first).to_be_visible()
    expect(head.get_by_text(case.handover.number).first).to_be_visible()

    head.goto(f"/clients/{case.client.pk}/")
    expect(head).to_have_url(re.compile(rf"/clients/{twin.pk}/$"))
    head.get_by_role("link", name="скасувати").click()
    head.get_by_label("Причина").fill("це дві різні організації")
    steps.press(head, "Роз’єднати")
    expect(head.get_by_text("Клієнтів роз’єднано").first).to_be_visible()
    assert Client.objects.filter(merged_into=None).count() == 2
