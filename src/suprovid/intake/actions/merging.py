"""Two clients become one, and are parted again (PROCESS 5: the head of department's).

Everything that hangs on a client follows the survivor; its money hangs on contracts,
its papers on handovers. Facts stay with the client they were about: the time line asks
for both. The code of the one that goes stays its own and leads to the survivor.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction

from suprovid.clients import actions as clients
from suprovid.clients.actions.shared import told
from suprovid.clients.models import Client
from suprovid.clients.rules import clean
from suprovid.contracts import actions as contracts
from suprovid.handover import actions as handovers
from suprovid.handover.queries import things_of
from suprovid.intake.models import Merge
from suprovid.intake.queries.merging import stages, take_overs, twin, undoing
from suprovid.intake.rules.merging import (
    FIELDS,
    Side,
    can_be_merged,
    can_be_undone,
    chosen,
    may_merge,
    standing_after,
)
from suprovid.journal.actions import record
from suprovid.journal.rules import Actor
from suprovid.lib.decision import (
    Forbidden,
    Missing,
    Reason,
    Stale,
    invalid,
    require,
)
from suprovid.obligations import actions as obligations
from suprovid.people import queries as people
from suprovid.service import actions as service

SEAT = ("group_id", "manager_id")
"""A manager serves within a group: the two go together."""
WHY_ROOM = 300


@transaction.atomic
def merge_clients(
    *,
    actor: Actor,
    kept_id: int,
    gone_id: int,
    kept_version: int,
    gone_version: int,
    choices: Mapping[str, Side] | None = None,
) -> Merge:
    """Join a client to another that stays: everything of it follows the survivor.

    Args:
        kept_version, gone_version: of what the person saw of both.
        choices: whose value the survivor has, by the name of a particular; without
            one its own, or the other's where it has none.

    Raises:
        Forbidden: not the head of department.
        Missing: one of them is not there.
        Refused: they cannot be one; one of them is joined already.
        Stale: somebody changed one of them meanwhile.
    """
    require(may_merge(people.viewer(actor)), Forbidden)
    kept, gone = _held(kept_id, gone_id)
    require(can_be_merged(twin(kept), twin(gone)))
    if (kept.version, gone.version) != (kept_version, gone_version):
        raise Stale(Reason("Somebody changed one of the two meanwhile: look again."))
    values = _values(kept, gone, choices or {})
    before = {
        name: [_plain(getattr(kept, name)), _plain(new)] for name, new in values.items()
    }
    standing = {
        "stages": stages([kept_id, gone_id]),
        "take_overs": take_overs([kept_id, gone_id]),
    }
    merge = Merge.objects.create(
        kept=kept,
        gone=gone,
        made_by_id=actor.person_id,
        made_at=actor.now,
        moved=_move(kept, gone, values),
        before=before,
        standing=standing,
    )
    _tell(actor, merge, "intake.client.joined", "intake.client.joined_to")
    return merge


@transaction.atomic
def undo_merge(*, actor: Actor, merge_id: int, why: str) -> Merge:
    """Part two joined clients: what went over comes back, the old code stands alone.

    What was made after the joining stays with the survivor, except what hangs on
    things that come back: lines and invoices of contracts, sheets and terms of
    handovers. The survivor's values come back where nobody changed them since.

    Raises:
        Forbidden: not the head of department.
        Missing: there is no such joining.
        Refused: undone already, or what was built on it would become untrue.
        Invalid: no reason is given.
    """
    require(may_merge(people.viewer(actor)), Forbidden)
    reason = clean(why)[:WHY_ROOM]
    found = Merge.objects.filter(pk=merge_id).first()
    if found is None:
        raise Missing
    kept, gone = _held(found.kept_id, found.gone_id)
    merge = Merge.objects.select_for_update().get(pk=merge_id)
    require(can_be_undone(undoing(merge)))
    if not reason:
        raise invalid("why", "Write the reason.")
    _move_back(merge, kept, gone)
    merge.undone_at, merge.undone_why = actor.now, reason
    merge.undone_by_id = actor.person_id
    merge.save(update_fields=["undone_at", "undone_by", "undone_why"])
    _tell(actor, merge, "intake.client.parted", "intake.client.parted_from", why=reason)
    return merge


# ---------------------------------------------------------------- the parts


def _held(kept_id: int, gone_id: int) -> tuple[Client, Client]:
    """Both locked, their handovers first, as whoever works on a handover has it."""
    handovers.hold_handovers([kept_id, gone_id])
    both = sorted({kept_id, gone_id})
    held = dict(zip(both, clients.hold_clients(*both), strict=True))
    return held[kept_id], held[gone_id]


def _values(kept: Client, gone: Client, choices: Mapping[str, Side]) -> dict[str, Any]:
    """What of the survivor becomes another, by column."""
    if strange := sorted(set(choices) - set(FIELDS)):
        raise invalid(strange[0], "This particular is not chosen.")
    particulars = chosen(_particulars(kept), _particulars(gone), choices)
    after = standing_after(twin(kept).standing, twin(gone).standing)
    new = {**particulars, **asdict(after), "serving": after.serving.value}
    other = {name for name, value in new.items() if value != getattr(kept, name)}
    if other & set(SEAT):
        other |= set(SEAT)
    return {name: value for name, value in new.items() if name in other}


def _particulars(client: Client) -> dict[str, str]:
    return {name: getattr(client, name) for name in FIELDS}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _move(kept: Client, gone: Client, values: Mapping[str, Any]) -> dict[str, Any]:
    """Down the river; told by kind, for the way back."""
    own = clients.join(gone=gone, kept=kept, values=values)
    before, after = gone.pk, kept.pk
    return {
        "own": asdict(own),
        "obligations": obligations.follow_client(before=before, after=after),
        "contracts": contracts.follow_client(before=before, after=after),
        "handovers": handovers.follow_client(before=before, after=after),
        "take_overs": service.follow_client(before=before, after=after),
    }


def _move_back(merge: Merge, kept: Client, gone: Client) -> None:
    moved, before, after = merge.moved, kept.pk, gone.pk
    clients.part(
        gone=gone,
        kept=kept,
        values=_unchanged(merge, kept),
        followed=clients.Followed(**moved["own"]),
    )
    obligations.follow_client(
        before=before,
        after=after,
        only=moved["obligations"],
        about=things_of(moved["handovers"]),
    )
    contracts.follow_client(before=before, after=after, only=moved["contracts"])
    handovers.follow_client(before=before, after=after, only=moved["handovers"])
    service.follow_client(before=before, after=after, only=moved["take_overs"])


def _unchanged(merge: Merge, kept: Client) -> dict[str, Any]:
    """The survivor's old values, where they are still those that joining gave it."""
    old = {
        name: was
        for name, (was, became) in merge.before.items()
        if _plain(getattr(kept, name)) == became
    }
    if not set(SEAT) <= set(old):
        old = {name: was for name, was in old.items() if name not in SEAT}
    if old.get("served_since"):
        old["served_since"] = date.fromisoformat(old["served_since"])
    return old


def _tell(
    actor: Actor, merge: Merge, to_kept: str, to_gone: str, *, why: str = ""
) -> None:
    """A fact on each of the two, naming the other."""
    head = people.viewer(actor).for_whom(may_merge)
    pairs = ((to_kept, merge.kept, merge.gone), (to_gone, merge.gone, merge.kept))
    for kind, whose, other in pairs:
        said = told(other, {"name": str(other), "code": other.code})
        record(
            kind=kind,
            actor=actor,
            for_whom=head,
            subject=merge,
            client=whose.pk,
            details=said.details,
            personal={**said.personal, **({"why": why} if why else {})},
        )
