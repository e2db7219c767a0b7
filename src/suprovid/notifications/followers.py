"""Who hears of which fact: the journal is walked, message rows are written."""

from __future__ import annotations

from collections.abc import Callable

from suprovid.journal.models import Fact
from suprovid.notifications import actions
from suprovid.notifications.rules import HEARS


def hear(fact: Fact) -> None:
    """Safe to run twice: a person is told of a fact once."""
    if fact.kind in HEARS:  # most facts concern nobody: not even a savepoint for them
        actions.tell_about(fact=fact)


FOLLOWERS: dict[str, Callable[[Fact], None]] = {"notifications": hear}
