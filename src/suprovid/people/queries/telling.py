"""Facts told to people: the sentence, who did it, for whom."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from suprovid.journal.queries import FactRow
from suprovid.people.queries.standing import names
from suprovid.people.rules import Staff
from suprovid.web import say
from suprovid.web.parts import TimelineRow

KEY = (
    "handover.visa.given",
    "handover.payment.came",
    "handover.accepted",
    "service.installation.confirmed",
    "service.client.in_service",
    "service.client.taken_over",
)
QUIET = ("obligations.opened", "obligations.met", "documents.paper.kept")


def told(
    rows: Iterable[FactRow], staff: Staff | None = None
) -> tuple[TimelineRow, ...]:
    """Rows of a time line; what only the engine cares for is left out.

    Args:
        staff: those at hand already; only who left is asked for.
    """
    shown = [row for row in rows if row.kind not in QUIET]
    known = {member.id: member.name for member in staff.members} if staff else {}
    meant = {n for row in shown for n in (row.actor_id, row.for_whom_id) if n}
    known |= names(meant - known.keys())
    return tuple(
        TimelineRow(
            at=row.at,
            sentence=say.sentence(row.kind, row.values),
            who=who(row, known),
            key=row.kind in KEY,
        )
        for row in shown
    )


def who(row: FactRow, known: dict[int, str]) -> str:
    """The person, and for whom when standing in; the house's own doings by name."""
    if row.actor_id is None:
        return _("console") if row.actor == "console" else ""
    name = say.short_name(known.get(row.actor_id, ""))
    if row.for_whom_id is None:
        return name
    absent = say.short_name(known.get(row.for_whom_id, ""))
    return _("{name} for {absent}").format(name=name, absent=absent)
