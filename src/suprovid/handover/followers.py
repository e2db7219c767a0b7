"""The clocks follow the money: a payment laid or undone starts or stops them (3.4)."""

from __future__ import annotations

from collections.abc import Callable

from suprovid.handover.actions import note_payment
from suprovid.journal.models import Fact
from suprovid.journal.rules import Actor, Channel

MONEY_MOVED = frozenset(
    {
        "money.allocation.made",
        "money.allocation.made_by_rule",
        "money.allocation.undone",
    }
)


def follow(fact: Fact) -> None:
    """Safe to run twice: only a payment that differs from the noted one is a change."""
    if fact.kind in MONEY_MOVED:
        note_payment(
            actor=Actor(None, Channel.WORKER, fact.recorded_at),
            invoice_id=fact.details["invoice"],
        )


FOLLOWERS: dict[str, Callable[[Fact], None]] = {"handover.clocks": follow}
