"""The clock of installation: 3 working days, or the contract's own term (S19)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from suprovid.lib.decision import Decision, allow, deny
from suprovid.lib.worktime import Due, Term, Unit, WorkCalendar

INSTALLATION = Term(3, Unit.WORKING_DAYS)


@dataclass(frozen=True)
class OwnTerm:
    """What a contract says instead of the 3 working days."""

    term: Term
    signed_on: date | None = None
    """Given when the term runs from the signing, not from the payment."""

    def since(self, zone: tzinfo) -> datetime | None:
        """The moment it runs from, if not the payment's."""
        if self.signed_on is None:
            return None
        return datetime.combine(self.signed_on, time(), zone)


def installation_limit(
    calendar: WorkCalendar, *, paid_at: datetime | None, own: OwnTerm | None
) -> Due | None:
    """Not later than this; unknown before the payment, unless it runs from signing."""
    since = (own and own.since(calendar.tz)) or paid_at
    if since is None:
        return None
    return calendar.due(since, own.term if own else INSTALLATION)


def may_agree_on(
    day: date, *, made_on: date, limit: date | None, may_agree_later: bool
) -> Decision:
    """Not after the term, while it can still be kept (3.5, decision 0008)."""
    if day < made_on:
        return deny("The day of installation comes before the contact itself.")
    if limit is not None and made_on <= limit < day and not may_agree_later:
        return deny(
            "The installation is due by {limit}: the contract allows no later day.",
            limit=limit,
        )
    return allow()
