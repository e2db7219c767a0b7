"""The verbs of terms, and what a head sets (PROCESS 2, 4)."""

from suprovid.obligations.actions.company import (
    change_calendar,
    found_company,
    pause_letters,
    set_company,
    set_term,
)
from suprovid.obligations.actions.firing import tell, tick
from suprovid.obligations.actions.managing import (
    hand_over_by_head,
    move_by_head,
    waive,
)
from suprovid.obligations.actions.merging import follow_client
from suprovid.obligations.actions.owing import cancel, hand_over, meet, move, owe

__all__ = [
    "cancel",
    "change_calendar",
    "follow_client",
    "found_company",
    "hand_over",
    "hand_over_by_head",
    "meet",
    "move",
    "move_by_head",
    "owe",
    "pause_letters",
    "set_company",
    "set_term",
    "tell",
    "tick",
    "waive",
]
