"""A contract's own term of installation is whole or absent (PROCESS 2)."""

from __future__ import annotations

from typing import Any

import pytest

from suprovid.contracts import actions
from suprovid.contracts.rules import CountFrom, OwnTermUnit
from suprovid.lib.decision import Invalid
from tests.cast import MONDAY, Cast, acting
from tests.path import new_client, new_contract

pytestmark = pytest.mark.django_db
WHOLE: dict[str, Any] = {
    "own_term_count": 10,
    "own_term_unit": OwnTermUnit.WORKING_DAYS,
    "own_term_from": CountFrom.PAYMENT,
}


def edited(cast: Cast, **changes: object) -> object:
    contract = new_contract(cast, new_client(cast), **WHOLE)
    actions.edit_contract(
        actor=acting(cast.andrii, MONDAY), contract_id=contract.pk, version=1, **changes
    )
    contract.refresh_from_db()
    return contract.own_term_count, contract.own_term_unit, contract.own_term_from


def test_a_term_taken_away_goes_whole(cast: Cast) -> None:
    assert edited(cast, own_term_count=None) == (None, "", "")


def test_a_count_changed_alone_keeps_unit_and_start(cast: Cast) -> None:
    assert edited(cast, own_term_count=5) == (5, "working_days", "payment")


def test_a_count_without_a_unit_is_refused(cast: Cast) -> None:
    with pytest.raises(Invalid):
        edited(cast, own_term_count=5, own_term_unit=None)
