"""Legal and illegal orders of actions (PROCESS 7, points 1-3, 5, 7, 8)."""

from __future__ import annotations

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.law.machine import Handing
from tests.law.pressing import department


@pytest.mark.django_db
def test_whatever_is_pressed_in_whatever_order_the_law_holds() -> None:
    """Each example is a whole life, so the profile's number is divided."""
    Handing.department = department()
    usual = settings.default.max_examples if settings.default else 50
    run_state_machine_as_test(
        Handing,
        settings=settings(
            max_examples=usual // 5,
            stateful_step_count=25,
            # A life against a database shrinks for longer than it is read.
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
        ),
    )
