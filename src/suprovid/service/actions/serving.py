"""Into service: by a handover that holds, or by a recorded take-over (7.1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from suprovid.clients.actions import enter_service as client_enters_service
from suprovid.clients.models import Client
from suprovid.clients.queries import standing_alone
from suprovid.clients.rules import ServedBy, Serving
from suprovid.contracts.models import Contract
from suprovid.handover.actions import enter_service
from suprovid.handover.actions.shared import acting, demand
from suprovid.handover.models import Handover
from suprovid.handover.rules import ENDED, Hand, head_seat
from suprovid.journal.actions import record
from suprovid.journal.rules import Actor
from suprovid.lib.decision import Invalid, Missing, Refused, invalid
from suprovid.lib.words import word
from suprovid.people.queries import today
from suprovid.people.rules import Role
from suprovid.service.actions.shared import meet, owe, scene, tell
from suprovid.service.models import ControlCall, TakeOver
from suprovid.service.rules import (
    TakingOver,
    can_be_taken_over,
    may_appoint,
    may_control_call,
    may_serve,
    may_take_over,
)


@transaction.atomic
def appoint_manager(*, actor: Actor, handover_id: int, manager_id: int) -> Handover:
    """The act that puts the client in service; a control call falls due (3.8).

    Raises:
        Missing, Forbidden, Refused, Invalid.
    """
    at = scene(actor, handover_id)
    demand(may_appoint(at.work, at.hand))
    group_id = at.handover.group_id
    member = at.hand.staff.by_id.get(manager_id)
    holds = member is not None and member.holds(Role.MANAGER, group_id)
    decision = may_serve(holds=holds)
    if decision.reason is not None:
        raise Invalid("manager_id", decision.reason)
    seat = head_seat(at.work.handover, at.hand)
    tell(
        at,
        "service.manager.appointed",
        seat=seat,
        details={"manager": manager_id},
        personal={"manager_name": member.name if member else ""},
    )
    handover = enter_service(
        actor=actor, handover_id=handover_id, manager_id=manager_id
    )
    owe(
        at,
        "service.control_call",
        opened=actor.now,
        owner=at.at_handover.group_head,
        reason=word("The client is in service"),
    )
    return handover


@transaction.atomic
def record_control_call(
    *,
    actor: Actor,
    handover_id: int,
    made_at: datetime,
    spoke_with: str,
    satisfied: bool,
    note: str = "",
) -> ControlCall:
    """The head has asked the client how it went (S21).

    Raises:
        Missing, Forbidden, Refused, Invalid.
    """
    at = scene(actor, handover_id)
    demand(may_control_call(at.work, at.hand))
    if made_at > actor.now:
        raise invalid("made_at", "This moment has not come yet.")
    if at.handover.ended_at is not None and made_at < at.handover.ended_at:
        raise invalid("made_at", "The client was not in service yet at that moment.")
    if not spoke_with.strip():
        raise invalid("spoke_with", "Fill in this field.")
    seat = head_seat(at.work.handover, at.hand)
    call = ControlCall.objects.create(
        handover=at.handover,
        made_at=made_at,
        recorded_at=actor.now,
        person_id=at.at_handover.person_id,
        spoke_with=spoke_with.strip(),
        satisfied=satisfied,
        note=note.strip(),
    )
    tell(
        at,
        "service.control_call.made",
        seat=seat,
        at=made_at,
        details={"satisfied": satisfied},
        personal={"spoke_with": call.spoke_with, "note": call.note},
    )
    meet(at, "service.control_call", at=made_at, seat=seat)
    return call


# -------------------------------------------------------------------- take-over


@dataclass(frozen=True)
class TakeOverRow:
    """One client of a list that is taken over."""

    client_id: int
    contract_id: int
    manager_id: int
    group_id: int
    since: date


@transaction.atomic
def take_over(
    *,
    actor: Actor,
    client_id: int,
    contract_id: int,
    manager_id: int,
    group_id: int,
    since: date,
) -> TakeOver:
    """Take over a client that was served before Suprovid; there is no sheet (3.10).

    Raises:
        Missing, Forbidden, Refused.
    """
    hand = acting(actor)
    demand(may_take_over(hand))
    row = TakeOverRow(client_id, contract_id, manager_id, group_id, since)
    return _take_one(actor, hand, row)


@transaction.atomic
def take_over_many(*, actor: Actor, rows: Iterable[TakeOverRow]) -> list[TakeOver]:
    """Take over a list: all of it or, if one cannot be, none of it.

    Raises:
        Missing, Forbidden, Refused: names the client that cannot be taken over.
    """
    hand = acting(actor)
    demand(may_take_over(hand))
    # By id, so that two lists with the same clients wait for each other in order.
    return [
        _named(actor, hand, row) for row in sorted(rows, key=lambda row: row.client_id)
    ]


def _named(actor: Actor, hand: Hand, row: TakeOverRow) -> TakeOver:
    try:
        return _take_one(actor, hand, row)
    except Refused as refused:
        client = Client.objects.get(pk=row.client_id)
        raise invalid(
            "rows", "{client}: {why}", client=str(client), why=refused.reason
        ) from refused


def _take_one(actor: Actor, hand: Hand, row: TakeOverRow) -> TakeOver:
    held = standing_alone().select_for_update()
    client = held.filter(pk=row.client_id).first()
    contract = Contract.objects.filter(pk=row.contract_id).first()
    if client is None or contract is None:
        raise Missing
    demand(can_be_taken_over(_case(actor, hand, row, client, contract)))
    taken = TakeOver.objects.create(
        client=client,
        contract=contract,
        manager_id=row.manager_id,
        served_since=row.since,
        person_id=actor.person_id,
        at=actor.now,
    )
    client_enters_service(
        actor=actor,
        client_id=client.pk,
        by=ServedBy.TAKE_OVER,
        since=row.since,
        group_id=row.group_id,
        manager_id=row.manager_id,
    )
    seat = hand.viewer.capacity(Role.DEPARTMENT_HEAD)
    record(
        kind="service.taken_over",
        actor=actor,
        subject=taken,
        client=client.pk,
        for_whom=seat.for_whom if seat else None,
        details={
            "contract": contract.pk,
            "contract_number": contract.number,
            "manager": row.manager_id,
            "group": row.group_id,
            "since": row.since.isoformat(),
        },
    )
    return taken


def _case(
    actor: Actor, hand: Hand, row: TakeOverRow, client: Client, contract: Contract
) -> TakingOver:
    going = Handover.objects.filter(client=client).exclude(stage__in=ENDED)
    manager = hand.staff.by_id.get(row.manager_id)
    return TakingOver(
        served=client.serving in {Serving.SERVED, Serving.PAUSED}
        or TakeOver.objects.filter(client=client).exists(),
        open_number=going.values_list("number", flat=True).first() or "",
        contract_is_theirs=contract.client_id == client.pk,
        manager_in_group=manager is not None
        and manager.holds(Role.MANAGER, row.group_id),
        begun=row.since <= today(actor.now),
    )
