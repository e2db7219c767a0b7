"""What pages and neighbours ask about terms."""

from suprovid.obligations.queries.calendar import (
    calendar,
    calendar_rows,
    company,
    read_calendar,
    standing_terms,
    term_in_force,
)
from suprovid.obligations.queries.changes import Move, Preview, preview
from suprovid.obligations.queries.owed import (
    AboutClient,
    Owed,
    about_client,
    done_on,
    falls_to,
    next_due,
    open_kinds,
    owed_by,
    term_views,
    visible,
)
from suprovid.obligations.queries.rows import (
    ObligationRow,
    label_of,
    owner_of,
    term_view,
)

__all__ = [
    "AboutClient",
    "Move",
    "ObligationRow",
    "Owed",
    "Preview",
    "about_client",
    "calendar",
    "calendar_rows",
    "company",
    "done_on",
    "falls_to",
    "label_of",
    "next_due",
    "open_kinds",
    "owed_by",
    "owner_of",
    "preview",
    "read_calendar",
    "standing_terms",
    "term_in_force",
    "term_view",
    "term_views",
    "visible",
]
