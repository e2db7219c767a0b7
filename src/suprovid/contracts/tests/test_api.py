"""The catalogue and contracts by programs."""

from __future__ import annotations

from datetime import date

from django.test import Client

from suprovid.contracts import actions
from tests.cast import MONDAY, Cast, acting


def test_two_kits_are_two_rows_and_not_a_status_with_one(cast: Cast) -> None:
    """The API takes a tuple of two for (status, body): rows go out as a list."""
    for name in ("Універсал", "Юрист"):
        actions.add_kit(
            actor=acting(cast.iryna, MONDAY),
            name=name,
            bank_ids=[],
            valid_from=date(2026, 4, 1),
        )
    client = Client()
    client.force_login(cast.taras)

    kits = client.get("/api/v1/catalogue/kits")

    assert [row["name"] for row in kits.json()] == ["Універсал", "Юрист"]
