"""In what seat one acts on a handover, deputies and heads included (3, 5)."""

from __future__ import annotations

from dataclasses import dataclass

from suprovid.handover.rules.standing import Hand, Line, Standing
from suprovid.lib.decision import Decision, Reason, allow
from suprovid.people.rules import Capacity, Role, seat


@dataclass(frozen=True)
class NotYours(Decision):
    """Refused because of who asks: API 403, not 409."""


def not_yours(msgid: str, **params: object) -> Decision:
    return NotYours(allowed=False, reason=Reason(msgid, tuple(params.items())))


def yours(decision: Decision) -> Decision:
    """Whose it is, whatever the state of things says besides."""
    return decision if isinstance(decision, NotYours) else allow()


# -------------------------------------------------------------------- seats


def sales_seat(standing: Standing, hand: Hand) -> Capacity | None:
    """The sales manager of the handover, the deputy, or the head of sales."""
    viewer = hand.viewer
    if viewer.system:
        return Capacity(Role.SALES)
    if viewer.id == standing.sales_id and viewer.has(Role.SALES):
        return Capacity(Role.SALES)
    for absent in viewer.stands_for:
        if absent.id == standing.sales_id and absent.holds(Role.SALES):
            return Capacity(Role.SALES, absent.id, absent.name)
    return viewer.capacity(Role.SALES_HEAD)


def head_seat(standing: Standing, hand: Hand) -> Capacity | None:
    """The head of the group, the deputy, or the head of department for the head."""
    return seat(hand.viewer, hand.staff, Role.GROUP_HEAD, standing.group_id)


def visa_seat(standing: Standing, line: Line, hand: Hand) -> Capacity | None:
    """In what capacity one gives the visa of a line that day."""
    if line.role is Role.GROUP_HEAD:
        return head_seat(standing, hand)
    return seat(hand.viewer, hand.staff, line.role)


def objection_seat(standing: Standing, hand: Hand) -> Capacity | None:
    """Those who answer for the sheet may say later that it was wrong (3.6)."""
    for role in (Role.LAWYER, Role.ACCOUNTANT, Role.DEPARTMENT_HEAD):
        if found := hand.viewer.capacity(role):
            return found
    return head_seat(standing, hand)


def persons_of(hand: Hand, capacity: Capacity) -> frozenset[int]:
    """A deputy counts as both persons."""
    return frozenset({hand.viewer.id or 0, capacity.for_whom or hand.viewer.id or 0})


def first_no(*decisions: Decision) -> Decision:
    return next((decision for decision in decisions if not decision), allow())


def is_sales(standing: Standing, hand: Hand) -> Decision:
    if sales_seat(standing, hand):
        return allow()
    return not_yours(
        "{name} of sales does this, or the head of sales.", name=standing.sales_name
    )


def is_sales_head(hand: Hand) -> Decision:
    if hand.viewer.may(Role.SALES_HEAD):
        return allow()
    return not_yours("Only the {role} does this.", role=Role.SALES_HEAD)


def is_head(standing: Standing, hand: Hand) -> Decision:
    if head_seat(standing, hand):
        return allow()
    return not_yours("Only the {role} does this.", role=Role.GROUP_HEAD)


def holds_visa(standing: Standing, line: Line, hand: Hand) -> Decision:
    if visa_seat(standing, line, hand):
        return allow()
    return not_yours("Only the {role} gives this visa.", role=line.role)
