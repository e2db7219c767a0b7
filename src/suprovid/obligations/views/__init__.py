"""Pages of terms and of what heads set."""

from suprovid.obligations.views.owing import (
    hand_over,
    listing,
    move,
    obligation,
    waive,
    why,
)
from suprovid.obligations.views.settings import (
    calendar,
    change_calendar,
    company,
    letters,
    term,
    terms,
)

__all__ = [
    "calendar",
    "change_calendar",
    "company",
    "hand_over",
    "letters",
    "listing",
    "move",
    "obligation",
    "term",
    "terms",
    "waive",
    "why",
]
