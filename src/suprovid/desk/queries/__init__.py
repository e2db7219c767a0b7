"""What the desk asks of the apps below it."""

from suprovid.desk.queries.day import Colleague, DayPage, Troubles, my_day
from suprovid.desk.queries.journal import JournalPage, journal_page
from suprovid.desk.queries.search import Hit, Hits, search

__all__ = [
    "Colleague",
    "DayPage",
    "Hit",
    "Hits",
    "JournalPage",
    "Troubles",
    "journal_page",
    "my_day",
    "search",
]
