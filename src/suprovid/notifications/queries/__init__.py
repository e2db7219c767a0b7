"""What the bell opens, and what letters say."""

from suprovid.notifications.queries.inbox import Inbox, NotificationRow, inbox, unread
from suprovid.notifications.queries.letters import (
    Letter,
    Line,
    letter,
    newest_seal,
    parked_letters,
    people_with_something_due,
)

__all__ = [
    "Inbox",
    "Letter",
    "Line",
    "NotificationRow",
    "inbox",
    "letter",
    "newest_seal",
    "parked_letters",
    "people_with_something_due",
    "unread",
]
