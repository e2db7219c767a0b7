"""Steps that several actions of service share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from suprovid.handover.actions.shared import Scene as HandoverScene
from suprovid.handover.actions.shared import scene as handover_scene
from suprovid.handover.actions.shared import tell as tell_of_handover
from suprovid.handover.models import Handover
from suprovid.handover.rules import Hand
from suprovid.journal.rules import Actor
from suprovid.obligations import actions as obligations
from suprovid.obligations.rules import Owner
from suprovid.people.rules import Capacity
from suprovid.service.models import Installation, Standard
from suprovid.service.queries.standing import work as work_of
from suprovid.service.rules import STEPS, Work

PAGE = "service:installation"


@dataclass(frozen=True)
class Scene:
    """A locked handover with its installation, and who acts on it."""

    at_handover: HandoverScene
    work: Work
    row: Installation | None

    @property
    def actor(self) -> Actor:
        return self.at_handover.actor

    @property
    def handover(self) -> Handover:
        return self.at_handover.handover

    @property
    def hand(self) -> Hand:
        return self.at_handover.hand

    @property
    def installation(self) -> Installation:
        """The row, once the rule has seen to it that an installer is named."""
        if self.row is None:
            raise LookupError(f"Nobody installs handover {self.handover.pk} yet.")
        return self.row


def scene(actor: Actor, handover_id: int) -> Scene:
    """Lock the handover, then its installation.

    Raises:
        Missing: not found, or not theirs.
    """
    at = handover_scene(actor, handover_id)
    row = Installation.objects.select_for_update().filter(handover=handover_id).first()
    return Scene(at, work_of(at.handover), row)


def tell(
    scene: Scene,
    kind: str,
    *,
    seat: Capacity | None = None,
    at: datetime | None = None,
    details: Mapping[str, Any] | None = None,
    personal: Mapping[str, Any] | None = None,
) -> None:
    tell_of_handover(
        scene.at_handover,
        kind,
        subject=scene.row,
        seat=seat,
        at=at,
        details=details,
        personal=personal,
    )


def owe(
    scene: Scene, kind: str, *, opened: datetime, owner: Owner, reason: str
) -> None:
    """Terms of service belong to the handover: calling it off ends them all."""
    obligations.owe(
        actor=scene.actor,
        kind=kind,
        subject=scene.handover,
        opened=opened,
        client_id=scene.handover.client_id,
        owner=owner,
        page=PAGE,
        page_args=[scene.handover.pk],
        escalate_group=scene.handover.group_id,
        reason=reason,
    )


def meet(
    scene: Scene,
    kind: str,
    *,
    at: datetime | None = None,
    seat: Capacity | None = None,
) -> None:
    obligations.meet(
        actor=scene.actor,
        kind=kind,
        subject=scene.handover,
        at=at,
        for_whom=seat.for_whom if seat else None,
    )


def standard_on(day: date) -> Standard:
    """The checklist in force; the standard one where nobody has made another."""
    found = Standard.objects.filter(valid_from__lte=day).order_by("-valid_from")
    if row := found.first():
        return row
    row, _new = Standard.objects.get_or_create(
        version=1,
        defaults={
            "valid_from": date(2020, 1, 1),
            "steps": [step.value for step in STEPS],
        },
    )
    return row
