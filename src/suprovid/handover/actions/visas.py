"""Visas: given, refused, withdrawn (S17, PROCESS 3.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction

from suprovid.handover.actions.clocks import meet, settle
from suprovid.handover.actions.shared import Scene, demand, for_whom, scene, tell
from suprovid.handover.models import Item, Visa
from suprovid.handover.rules import (
    Allowance,
    Line,
    Verdict,
    allowances,
    may_give_visa,
    may_refuse_visa,
    may_withdraw_visa,
    names_a_requirement,
    says_why,
    seen_is_now,
    visa_seat,
)
from suprovid.journal.rules import Actor
from suprovid.lib.decision import Stale, require
from suprovid.people.rules import Capacity


@transaction.atomic
def give_visa(
    *, actor: Actor, handover_id: int, item_id: int, seen: Sequence[str]
) -> Visa:
    """Confirm that the papers are there and drawn up to the requirements.

    Args:
        seen: what the person saw: hashes of papers or form, or parts of the payment.

    Raises:
        Missing, Forbidden, Refused, Stale: it is no longer what was seen.
    """
    at = scene(actor, handover_id)
    line = at.line(item_id)
    demand(may_give_visa(at.standing, line, at.hand))
    require(seen_is_now(line, seen), Stale)
    used = allowances(at.standing, line, at.hand)
    return _act(at, line, Verdict.GIVEN, allowed=used)


@transaction.atomic
def refuse_visa(
    *,
    actor: Actor,
    handover_id: int,
    item_id: int,
    requirement: str,
    reason: str,
    seen: Sequence[str],
) -> Visa:
    """Refuse, naming the requirement that is not met; sales answer it.

    Raises:
        Missing, Forbidden, Refused, Stale.
    """
    at = scene(actor, handover_id)
    line = at.line(item_id)
    demand(may_refuse_visa(at.standing, line, at.hand))
    demand(names_a_requirement(line, requirement, reason))
    require(seen_is_now(line, seen), Stale)
    return _act(
        at, line, Verdict.REFUSED, requirement=requirement, reason=reason.strip()
    )


@transaction.atomic
def withdraw_visa(*, actor: Actor, handover_id: int, item_id: int, reason: str) -> Visa:
    """Take back what was given or refused, until acceptance.

    Raises:
        Missing, Forbidden, Refused.
    """
    at = scene(actor, handover_id)
    line = at.line(item_id)
    demand(may_withdraw_visa(at.standing, line, at.hand))
    demand(says_why(reason))
    return _act(at, line, Verdict.WITHDRAWN, reason=reason.strip())


def _act(
    at: Scene,
    line: Line,
    verdict: Verdict,
    *,
    requirement: str = "",
    reason: str = "",
    allowed: Iterable[Allowance] = (),
) -> Visa:
    """Write the act, which stands until the next one on the item."""
    seat = visa_seat(at.standing, line, at.hand) or Capacity(line.role)
    Visa.objects.filter(item=line.id, standing=True).update(standing=False)
    visa = Visa.objects.create(
        item_id=line.id,
        verdict=verdict,
        person_id=at.person_id,
        role=seat.role,
        for_whom_id=seat.for_whom,
        at=at.actor.now,
        holds=list(line.holds),
        requirement=requirement,
        reason=reason,
        allowance=",".join(allowed),
    )
    _tell(at, line, visa, seat)
    if verdict is not Verdict.WITHDRAWN:
        meet(at, "handover.visa", Item(pk=line.id), for_whom=for_whom(seat))
    settle(at.anew())
    return visa


def _tell(at: Scene, line: Line, visa: Visa, seat: Capacity) -> None:
    tell(
        at,
        f"handover.visa.{visa.verdict}",
        subject=Item(pk=line.id),
        seat=seat,
        details={
            "item_code": line.code.value,
            "visa": visa.pk,
            "holds": visa.holds,
            "allowance": visa.allowance,
            **({"requirement": visa.requirement} if visa.requirement else {}),
        },
        personal={"reason": visa.reason} if visa.reason else None,
    )
