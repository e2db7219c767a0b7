"""Who may change accounts, roles and absences, and in what state (PROCESS 5)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from suprovid.lib.decision import Decision, allow, deny
from suprovid.people.rules.standing import (
    GROUP_ROLES,
    Capacity,
    Member,
    Role,
    Viewer,
)

LONGEST_ABSENCE = timedelta(days=366)
LONGEST_TOKEN = timedelta(days=366)
INVITATION_LASTS = timedelta(days=3)
SIGN_IN_NAME = re.compile(r"[a-z][a-z0-9._-]{1,59}")


@dataclass(frozen=True)
class Span:
    """Days from the first to the last, both inclusive; open when last is None."""

    first: date
    last: date | None = None

    def meets(self, other: Span) -> bool:
        return self._begins_within(other) or other._begins_within(self)

    def _begins_within(self, other: Span) -> bool:
        return other.first <= self.first <= (other.last or date.max)


# ------------------------------------------------------------------- accounts


def may_administer(viewer: Viewer) -> Decision:
    """Accounts and rights are the administrator's; the console is one too."""
    if viewer.may(Role.ADMINISTRATOR):
        return allow()
    return deny("Only the {role} does this.", role=Role.ADMINISTRATOR)


def may_arrange_groups(viewer: Viewer) -> Decision:
    if viewer.may(Role.ADMINISTRATOR) or viewer.may(Role.DEPARTMENT_HEAD):
        return allow()
    return deny(
        "Only the {role} or the {other} does this.",
        role=Role.ADMINISTRATOR,
        other=Role.DEPARTMENT_HEAD,
    )


def may_invite(viewer: Viewer, person_id: int) -> Decision:
    """A link sets a password, so nobody makes one for whom he stands in."""
    if not (mine := may_administer(viewer)):
        return mine
    if person_id in viewer.ids - {viewer.id}:
        return deny("Another administrator does this: you stand in for this person.")
    return allow()


def may_close_group(*, closed: bool, people: int) -> Decision:
    if closed:
        return deny("This group is closed.")
    if people:
        return deny("First end the roles of its people: {people}.", people=people)
    return allow()


def may_dismiss(viewer: Viewer, person_id: int) -> Decision:
    if not (mine := may_administer(viewer)):
        return mine
    if person_id in viewer.ids:
        return deny("Nobody dismisses himself: another administrator does.")
    return allow()


def is_employed(*, active: bool) -> Decision:
    if active:
        return allow()
    return deny("This person no longer works here.")


def an_administrator_stays(*, others: int) -> Decision:
    """Without one nobody could give rights any more."""
    if others:
        return allow()
    return deny("The last administrator stays: grant the role to another person first.")


# ---------------------------------------------------------------------- roles


def may_grant(viewer: Viewer, person_id: int) -> Decision:
    """Nobody grants to himself, nor through a chair he sits in (PROCESS 5)."""
    if not (mine := may_administer(viewer)):
        return mine
    if person_id in viewer.ids:
        return deny("Nobody grants a role to himself: another administrator does.")
    return allow()


def role_fits_group(role: Role, group_id: int | None) -> Decision:
    if role in GROUP_ROLES and group_id is None:
        return deny("Say in which group.")
    if role not in GROUP_ROLES and group_id is not None:
        return deny("This role belongs to no group.")
    return allow()


def may_hold_from(span: Span, *, today: date, held: Iterable[Span]) -> Decision:
    """A role begins today or later: what was done yesterday keeps its rights."""
    if span.first < today:
        return deny("A role is granted from today or a later day.")
    if span.last is not None and span.last < span.first:
        return deny("The last day comes before the first.")
    if any(span.meets(other) for other in held):
        return deny("This person already holds this role on some of these days.")
    return allow()


def is_not_over(*, ended: object, last: date | None, today: date) -> Decision:
    if ended is not None or (last is not None and last < today):
        return deny("This role has ended already.")
    return allow()


def may_end_on(span: Span, last: date, *, today: date) -> Decision:
    if last < today:
        return deny("The last day has passed: end the role at once instead.")
    if last < span.first:
        return deny("The last day comes before the first.")
    if span.last is not None and last > span.last:
        return deny("The role ends earlier already: grant it anew.")
    return allow()


# -------------------------------------------------------------------- absence


def absence_chair(viewer: Viewer, absent: Member) -> Capacity | None:
    """In what capacity one speaks of another's absence: some head's."""
    if chair := viewer.capacity(Role.DEPARTMENT_HEAD):
        return chair
    groups = sorted(g.group_id for g in absent.grants if g.group_id is not None)
    for group_id in groups:
        if chair := viewer.capacity(Role.GROUP_HEAD, group_id):
            return chair
    if absent.holds(Role.SALES):
        return viewer.capacity(Role.SALES_HEAD)
    return None


def may_speak_of_absence(viewer: Viewer, absent: Member) -> Decision:
    if viewer.id == absent.id or absence_chair(viewer, absent):
        return allow()
    return deny("Only the person or the head of this person does this.")


def may_be_away(span: Span, *, today: date, others: Iterable[Span]) -> Decision:
    last = span.last or date.max
    if last < span.first:
        return deny("The last day comes before the first.")
    if last < today:
        return deny("These days have passed: nobody can stand in any more.")
    if last - span.first > LONGEST_ABSENCE:
        return deny("An absence lasts a year at most.")
    if any(span.meets(other) for other in others):
        return deny("Another absence covers some of these days.")
    return allow()


def may_stand_in(
    viewer: Viewer,
    *,
    absent_id: int,
    deputy_id: int,
    deputy_away: Iterable[Span],
    span: Span,
) -> Decision:
    """One level only, never oneself, and nobody makes himself the deputy."""
    if deputy_id == absent_id:
        return deny("Nobody stands in for himself.")
    if absent_id != viewer.id and deputy_id in viewer.ids:
        return deny(
            "Nobody makes himself the deputy: the absent person or a head does."
        )
    if any(span.meets(other) for other in deputy_away):
        return deny("The deputy is away on some of these days: choose another person.")
    return allow()


def absence_lasts(span: Span, *, today: date, cancelled: bool) -> Decision:
    if cancelled:
        return deny("This absence was cancelled.")
    if span.last is not None and span.last < today:
        return deny("This absence is over.")
    return allow()


def may_cancel_absence(span: Span, *, today: date) -> Decision:
    """One that has begun ends early: who stood in until then stays known."""
    if span.first < today:
        return deny("The absence has begun: end it early.")
    return allow()


def may_return(span: Span, *, today: date) -> Decision:
    if span.first >= today:
        return deny("The absence begins today or later: cancel it.")
    return allow()


# ----------------------------------------------------------------- own things


def may_revoke_token(viewer: Viewer, owner_id: int) -> Decision:
    if viewer.id == owner_id or viewer.may(Role.ADMINISTRATOR):
        return allow()
    return deny("Only its owner or the {role} does this.", role=Role.ADMINISTRATOR)


def token_lasts(*, days: int) -> Decision:
    if 1 <= days <= LONGEST_TOKEN.days:
        return allow()
    return deny("A token lasts from one day to a year.")


def sign_in_name_is_good(name: str) -> Decision:
    if SIGN_IN_NAME.fullmatch(name):
        return allow()
    return deny(
        "Take small Latin letters, digits, dot, hyphen or underscore,"
        " beginning with a letter."
    )
