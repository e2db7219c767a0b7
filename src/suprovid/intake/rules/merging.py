"""When two clients are one, who says so, and when that can be taken back (PROCESS 5).

Which of two states holds for the survivor: the stronger one, with its group and
manager, for those are people who work with the client now. One in service by any way
stays in service (PROCESS 7.1: what brought it there first stays).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from suprovid.clients.rules import CodeKind, Serving
from suprovid.clients.rules.codes import PERSONAL
from suprovid.lib.decision import Decision, allow, deny
from suprovid.lib.words import word
from suprovid.people.rules import Role, Viewer


class Side(StrEnum):
    """From which of the two clients a value is taken."""

    KEPT = "kept"
    GONE = "gone"


FIELDS = (
    "name",
    "short_name",
    "legal_form",
    "postcode",
    "region",
    "city",
    "address",
)
"""Particulars chosen one by one; the code of each stays its own."""

FACTS = {
    "intake.client.joined": word("Joined to this client: {name}, code {code}"),
    "intake.client.joined_to": word("Joined to the client {name}, code {code}"),
    "intake.client.parted": word("Parted from this client again: {name}, code {code}"),
    "intake.client.parted_from": word(
        "Parted from the client {name}, code {code}: stands alone again"
    ),
}
_RANK = (
    Serving.KNOWN,
    Serving.ENDED,
    Serving.HANDOVER,
    Serving.PAUSED,
    Serving.SERVED,
)


@dataclass(frozen=True)
class Standing:
    """How a client stands with the company, and who works with it."""

    serving: Serving
    served_by: str = ""
    served_since: date | None = None
    group_id: int | None = None
    manager_id: int | None = None
    sales_id: int | None = None


@dataclass(frozen=True)
class Twin:
    """What is asked of each of two clients before they become one."""

    id: int
    code_kind: CodeKind
    joined: bool
    standing: Standing


def may_merge(viewer: Viewer) -> Decision:
    """Both clients change, whosever they are: the head of department's, as lists."""
    if viewer.may(Role.DEPARTMENT_HEAD):
        return allow()
    return deny("Only the {role} joins clients.", role=Role.DEPARTMENT_HEAD)


def can_be_merged(kept: Twin, gone: Twin) -> Decision:
    """Two different clients, neither joined yet, that can be one in law and service."""
    if kept.id == gone.id:
        return deny("This is one and the same client.")
    if kept.joined or gone.joined:
        return deny("One of the two is joined to another client already.")
    if _person_and_organisation(kept, gone):
        return deny("A person and an organisation are not one client.")
    if {kept.standing.serving, gone.standing.serving} == {
        Serving.PAUSED,
        Serving.SERVED,
    }:
        return deny(
            "One is in service and the service of the other is paused: "
            "settle first which holds."
        )
    return allow()


def _person_and_organisation(one: Twin, other: Twin) -> bool:
    kinds = {one.code_kind, other.code_kind}
    return CodeKind.EDRPOU in kinds and bool(kinds & PERSONAL)


def standing_after(kept: Standing, gone: Standing) -> Standing:
    """How the survivor stands: the stronger state with its people, or its own.

    In service by both, it is so since the earlier day and by what brought it then.

    >>> standing_after(Standing(Serving.KNOWN), Standing(Serving.HANDOVER)).serving
    <Serving.HANDOVER: 'handover'>
    """
    strong, other = kept, gone
    if _RANK.index(gone.serving) > _RANK.index(kept.serving):
        strong, other = gone, kept
    alike = [one for one in (kept, gone) if one.serving is strong.serving]
    first = min(alike, key=lambda one: one.served_since or date.max)
    group_id = strong.group_id or other.group_id
    manager_id = strong.manager_id
    if manager_id is None and other.group_id == group_id:
        manager_id = other.manager_id
    return Standing(
        serving=strong.serving,
        served_by=first.served_by,
        served_since=first.served_since,
        group_id=group_id,
        manager_id=manager_id,
        sales_id=kept.sales_id or gone.sales_id,
    )


def proposed(kept: str, gone: str) -> Side:
    """Whose value stands unless a person says otherwise: the survivor's, if any."""
    return Side.GONE if gone and not kept else Side.KEPT


def chosen(
    kept: Mapping[str, str], gone: Mapping[str, str], choices: Mapping[str, Side]
) -> dict[str, str]:
    """The survivor's particulars, field by field.

    >>> chosen({"city": ""}, {"city": "Луцьк"}, {})
    {'city': 'Луцьк'}
    """
    both = {Side.KEPT: kept, Side.GONE: gone}
    return {
        name: both[choices.get(name, proposed(kept[name], gone[name]))][name]
        for name in kept
    }


@dataclass(frozen=True)
class Undoing:
    """How two joined clients stand now, against how they stood when joined."""

    undone: bool = False
    later: str = ""
    """Who was joined to the survivor after that, or the survivor joined on."""
    changed: str = ""
    """The number of a handover that was opened or ended since."""
    taken_over: bool = False
    """Taken over into service since."""


def can_be_undone(case: Undoing) -> Decision:
    """What was built on the joined client must not become untrue."""
    if case.undone:
        return deny("This was undone already.")
    if case.later:
        return deny(
            "After that {client} was joined: undo that first.", client=case.later
        )
    if case.changed:
        return deny(
            "Handover {number} was opened or ended after that: "
            "the two cannot be parted truly any more.",
            number=case.changed,
        )
    if case.taken_over:
        return deny(
            "The client was taken over into service after that: "
            "the two cannot be parted truly any more."
        )
    return allow()
