"""The clock of installation: 3 working days, or the contract's own term (S19)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from suprovid.lib.decision import Decision, allow, deny
from suprovid.lib.worktime import Due, Term, Unit, WorkCalendar

INSTALLATION = Term(3, Unit.WORKING_DAYS)


@dataclass(frozen=True)
class OwnTerm:
    """What a contract says instead of the 3 working days."""

    term: Term
    signed_on: date | None = None
    """Given when the term runs from the signing, not from the payment."""


def installation_limit(
    calendar: WorkCalendar, *, paid_at: datetime | None, own: OwnTerm | None
) -> Due | None:
    """Not later than this; unknown before the payment, unless it runs from signing."""
    if own is not None and own.signed_on is not None:
        signed = datetime.combine(own.signed_on, time(), calendar.tz)
        return calendar.due(signed, own.term)
    if paid_at is None:
        return None
    return calendar.due(paid_at, own.term if own else INSTALLATION)


def installation_due(
    calendar: WorkCalendar,
    *,
    paid_at: datetime,
    own: OwnTerm | None,
    agreed: date | None,
    may_agree_later: bool,
) -> Due:
    """The agreed day, not later than the limit; later if the contract lets (3.5)."""
    limit = installation_limit(calendar, paid_at=paid_at, own=own)
    assert limit is not None  # noqa: S101 - paid_at is given
    if agreed is None:
        return limit
    on = calendar.due_on(paid_at, agreed)
    return on if may_agree_later else min(limit, on, key=lambda due: due.at)


def may_agree_on(
    day: date, *, made_on: date, limit: date | None, may_agree_later: bool
) -> Decision:
    if day < made_on:
        return deny("The day of installation comes before the contact itself.")
    if limit is not None and day > limit and not may_agree_later:
        return deny(
            "The installation is due by {limit}: the contract allows no later day.",
            limit=limit,
        )
    return allow()
