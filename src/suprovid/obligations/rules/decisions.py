"""Who may move a term, waive it, hand it over, and set the terms."""

from __future__ import annotations

from decimal import Decimal

from suprovid.lib.decision import Decision, allow, deny
from suprovid.obligations.rules.owners import Owner, heads_above, seats_of
from suprovid.obligations.rules.terms import TERMS, TermUnit
from suprovid.people.rules import Grant, Member, Role, Staff, Viewer

LONGEST_TERM = 400


def may_manage(viewer: Viewer, owner: Owner, staff: Staff, *, open_: bool) -> Decision:
    """Who moves a term, waives it or hands it over: a head above the owner."""
    if not open_:
        return deny("This is already off control.")
    if viewer.system or viewer.may(Role.DEPARTMENT_HEAD):
        return allow()
    nearest = heads_above(owner, staff)[0]
    if viewer.id is not None and viewer.id == owner.person_id:
        return deny("You owe this yourself: ask the {role}.", role=nearest.role)
    if managing_seat(viewer, owner, staff) is None:
        return deny(
            "Only the {role} moves this term or takes it off control.",
            role=nearest.role,
        )
    return allow()


def managing_seat(viewer: Viewer, owner: Owner, staff: Staff) -> Grant | None:
    """The seat above the owner that the viewer holds, or stands in for."""
    rungs = heads_above(owner, staff)
    return next((r for r in rungs if viewer.may(r.role, r.group_id)), None)


def may_take(member: Member, owner: Owner, staff: Staff) -> Decision:
    """One who takes over must hold a role in which the owner owed it."""
    if any(member.holds(s.role, s.group_id) for s in seats_of(owner, staff)):
        return allow()
    return deny("{name} does not hold the role that this needs.", name=member.name)


def may_set_terms(viewer: Viewer) -> Decision:
    if viewer.system or viewer.may(Role.DEPARTMENT_HEAD):
        return allow()
    return deny(
        "Only the {role} changes terms, calendar and rules of the company.",
        role=Role.DEPARTMENT_HEAD,
    )


def term_fits(
    kind: str, count: int, unit: TermUnit, share: Decimal | None
) -> dict[str, Decision]:
    """Whether something can be opened with such a term, field by field."""
    dates_itself = TERMS[kind].unit is TermUnit.GIVEN
    return {
        "unit": deny("Nothing else says when this kind is due: give it a term.")
        if unit is TermUnit.GIVEN and not dates_itself
        else allow(),
        "count": allow()
        if 0 <= count <= LONGEST_TERM
        else deny("A term is 0 to {most} long.", most=LONGEST_TERM),
        "warn_share": allow()
        if share is None or 0 < share < 1
        else deny("A warning comes after the opening and before the end."),
    }


def may_pause_letters(viewer: Viewer) -> Decision:
    """After a restore nothing is sent until a person says go (DESIGN 4, Messages)."""
    if viewer.system or viewer.may(Role.DEPARTMENT_HEAD):
        return allow()
    if viewer.may(Role.ADMINISTRATOR):
        return allow()
    return deny("Only the {role} stops and starts letters.", role=Role.ADMINISTRATOR)
