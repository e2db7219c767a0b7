"""What heads do with the terms of others: move, take off control, pass on."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from suprovid.journal.rules import Actor
from suprovid.lib.decision import Forbidden, Missing, Refused, invalid, require
from suprovid.obligations.actions.owing import end, pass_on, shift
from suprovid.obligations.models import Obligation
from suprovid.obligations.queries import calendar, owner_of, visible
from suprovid.obligations.rules import (
    Ending,
    Owner,
    Recipe,
    managing_seat,
    may_manage,
    may_take,
)
from suprovid.people.queries import seat, today
from suprovid.people.queries import staff as staff_on
from suprovid.people.rules import Staff, Viewer


@transaction.atomic
def move_by_head(*, actor: Actor, obligation_id: int, on: date, why: str) -> Obligation:
    """Give a term another day: it is due at the end of that day's hours.

    Raises:
        Missing, Forbidden, Refused, Invalid.
    """
    row, for_whom, _ = _manage(actor, obligation_id)
    if on < today(actor.now):
        raise invalid("on", "Choose today or a later day.")
    due = calendar().due_on(row.opened_at, on)
    row.due_reason = ""
    return shift(
        actor, row, due, Recipe(on=on), why=why, for_whom=for_whom, private=True
    )


@transaction.atomic
def waive(*, actor: Actor, obligation_id: int, why: str) -> Obligation:
    """Take off control: nobody owes it any more, and who decided so stays.

    Raises:
        Missing, Forbidden, Refused.
    """
    row, for_whom, _ = _manage(actor, obligation_id)
    return end(actor, row, Ending.WAIVED, why=why, for_whom=for_whom, private=True)


@transaction.atomic
def hand_over_by_head(
    *, actor: Actor, obligation_id: int, person_id: int, why: str
) -> Obligation:
    """Another person owes it from now on.

    Raises:
        Missing, Forbidden, Refused, Invalid.
    """
    row, for_whom, staff = _manage(actor, obligation_id)
    member = staff.by_id.get(person_id)
    if member is None:
        raise invalid("person_id", "Choose one of the staff.")
    require(may_take(member, owner_of(row), staff))
    return pass_on(
        actor,
        row,
        Owner.person(person_id, row.owner_group_id),
        why=why,
        for_whom=for_whom,
        private=True,
    )


def _manage(actor: Actor, obligation_id: int) -> tuple[Obligation, int | None, Staff]:
    """Lock the row, ask the rule; in whose chair the actor decides."""
    staff = staff_on(today(actor.now))
    viewer = _viewer(actor, staff)
    row = _locked(viewer, obligation_id)
    owner = owner_of(row)
    decision = may_manage(viewer, owner, staff, open_=row.ended_at is None)
    require(decision, Refused if row.ended_at else Forbidden)
    grant = managing_seat(viewer, owner, staff)
    capacity = seat(viewer, staff, grant.role, grant.group_id) if grant else None
    return row, capacity.for_whom if capacity else None, staff


def _viewer(actor: Actor, staff: Staff) -> Viewer:
    if actor.person_id is None:
        return Viewer(None, "", system=True)
    return staff.viewer(actor.person_id)


def _locked(viewer: Viewer, obligation_id: int) -> Obligation:
    rows = visible(viewer).filter(pk=obligation_id)
    row = rows.select_for_update(of=("self",)).first()
    if row is None:
        raise Missing
    return row
