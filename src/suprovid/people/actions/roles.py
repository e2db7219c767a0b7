"""Roles: granted from a day, ended on a day or at once."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from suprovid.journal.actions import record
from suprovid.journal.rules import Actor
from suprovid.lib.decision import Forbidden, Invalid, Missing, invalid, require
from suprovid.people import queries, rules
from suprovid.people.actions.locking import (
    chair_of,
    hold_employed,
    hold_with_administrators,
)
from suprovid.people.models import Person, RoleGrant, ServiceGroup
from suprovid.people.rules import Role, Span, Viewer


@transaction.atomic
def grant_role(
    *,
    actor: Actor,
    person_id: int,
    role: Role,
    group_id: int | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> RoleGrant:
    """Give a role from a day (today unless told); acts at the next request."""
    person = hold_employed(person_id)
    viewer = queries.viewer(actor)
    require(rules.may_grant(viewer, person_id), Forbidden)
    _require_fitting_group(role, group_id)
    on = queries.today(actor.now)
    span = Span(valid_from or on, valid_to)
    held = _spans_held(person, role, group_id, on)
    require(rules.may_hold_from(span, today=on, held=held))
    grant = RoleGrant.objects.create(
        person=person,
        role=role,
        group_id=group_id,
        valid_from=span.first,
        valid_to=span.last,
    )
    _record("people.role.granted", actor, viewer, grant)
    return grant


@transaction.atomic
def end_role(*, actor: Actor, grant_id: int, last_day: date | None = None) -> RoleGrant:
    """Take a role back: after a last day, or at once when none is said."""
    grant = _hold_grant(grant_id)
    viewer = queries.viewer(actor)
    require(rules.may_administer(viewer), Forbidden)
    on = queries.today(actor.now)
    require(rules.is_not_over(ended=grant.ended_at, last=grant.valid_to, today=on))
    if grant.role == Role.ADMINISTRATOR:
        require_an_administrator_stays(actor, without=grant.person)
    if last_day is None:
        end_at_once(grant, actor.now)
    else:
        span = Span(grant.valid_from, grant.valid_to)
        require(rules.may_end_on(span, last_day, today=on))
        grant.valid_to = last_day
        grant.save(update_fields=["valid_to"])
    _record("people.role.ended", actor, viewer, grant)
    return grant


def end_at_once(grant: RoleGrant, now: datetime) -> None:
    """What was done in the role until this moment stays done with right."""
    grant.valid_to = max(grant.valid_from, queries.today(now))
    grant.ended_at = now
    grant.save(update_fields=["valid_to", "ended_at"])


def require_an_administrator_stays(actor: Actor, *, without: Person) -> None:
    """The administrators are locked by now, so nobody else ends the other one.

    Only a right that stays counts: one with a last day may run out unseen.
    """
    others = (
        RoleGrant.objects.on(queries.today(actor.now))
        .filter(role=Role.ADMINISTRATOR, valid_to=None, person__is_active=True)
        .exclude(person=without)
    )
    require(rules.an_administrator_stays(others=others.count()))


def _hold_grant(grant_id: int) -> RoleGrant:
    """Its person is locked first, as in every action on persons."""
    owner = RoleGrant.objects.filter(pk=grant_id).values_list("person_id", flat=True)
    hold_with_administrators(owner.first() or 0)
    return RoleGrant.objects.select_for_update(of=("self",)).get(pk=grant_id)


def _require_fitting_group(role: Role, group_id: int | None) -> None:
    decision = rules.role_fits_group(role, group_id)
    if decision.reason is not None:
        raise Invalid("group_id", decision.reason)
    if group_id is None:
        return
    # Locked against closing; others may enter it at the same time only in turn.
    group = ServiceGroup.objects.select_for_update().filter(pk=group_id).first()
    if group is None:
        raise Missing
    if group.closed_on is not None:
        raise invalid("group_id", "This group is closed.")


def _spans_held(
    person: Person, role: Role, group_id: int | None, on: date
) -> list[Span]:
    rows = RoleGrant.objects.not_over(on).filter(
        person=person, role=role, group_id=group_id, ended_at=None
    )
    return [Span(row.valid_from, row.valid_to) for row in rows]


def _record(kind: str, actor: Actor, viewer: Viewer, grant: RoleGrant) -> None:
    record(
        kind=kind,
        actor=actor,
        subject=grant,
        for_whom=chair_of(viewer, Role.ADMINISTRATOR),
        details={
            "person": grant.person_id,
            "role": grant.role,
            "group": grant.group_id,
            "from": grant.valid_from.isoformat(),
            "to": grant.valid_to.isoformat() if grant.valid_to else None,
        },
        personal={"name": grant.person.short_name},
    )
