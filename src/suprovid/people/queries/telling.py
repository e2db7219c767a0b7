"""Facts told to people: the sentence, who did it, for whom."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from suprovid.journal.queries import FactRow
from suprovid.people.queries.standing import names
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


def told(rows: Iterable[FactRow]) -> tuple[TimelineRow, ...]:
    """Rows of a time line; what only the engine cares for is left out."""
    shown = [row for row in rows if row.kind not in QUIET]
    known = names({n for row in shown for n in (row.actor_id, row.for_whom_id) if n})
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
