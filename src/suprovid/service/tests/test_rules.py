"""What every step of the standard is called."""

from __future__ import annotations

from suprovid.obligations.rules import TERMS
from suprovid.service import rules


def test_every_step_is_said() -> None:
    assert set(rules.STEPS) == set(rules.WORDS)


def test_every_term_of_service_has_a_label() -> None:
    assert set(rules.OBLIGATIONS) <= set(TERMS)
