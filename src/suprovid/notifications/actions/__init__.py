"""Reading notifications; writing, claiming and settling letters."""

from suprovid.notifications.actions.letters import (
    ClaimedLetter,
    claim_letter,
    letter_failed,
    letter_needless,
    letter_sent,
    write_digests,
    write_seals,
)
from suprovid.notifications.actions.reading import (
    mark_all_read,
    mark_read,
    mark_unread,
    tell_about,
)

__all__ = [
    "ClaimedLetter",
    "claim_letter",
    "letter_failed",
    "letter_needless",
    "letter_sent",
    "mark_all_read",
    "mark_read",
    "mark_unread",
    "tell_about",
    "write_digests",
    "write_seals",
]
