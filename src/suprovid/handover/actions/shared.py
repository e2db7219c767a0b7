"""Steps that several actions on handovers share: lock, look, demand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from suprovid.handover.models import Definition, Handover, Item, Sheet
from suprovid.handover.queries.sight import visible
from suprovid.handover.queries.standing import hand as hand_of
from suprovid.handover.queries.standing import standing as standing_of
from suprovid.handover.rules import (
    STANDARD,
    Hand,
    ItemRule,
    Line,
    NotYours,
    Standing,
    not_yours,
)
from suprovid.journal.actions import record
from suprovid.journal.models import Fact
from suprovid.journal.rules import Actor
from suprovid.lib.decision import Decision, Forbidden, Missing, Refused, require
from suprovid.obligations.rules import Owner
from suprovid.people.queries import staff, today
from suprovid.people.rules import Capacity, Role, Viewer


@dataclass(frozen=True)
class Scene:
    """A locked handover, who acts on it, and how it stood when locked."""

    actor: Actor
    handover: Handover
    hand: Hand
    standing: Standing

    @property
    def person_id(self) -> int:
        return self.actor.person_id or 0

    @property
    def group_head(self) -> Owner:
        return Owner.role(Role.GROUP_HEAD, self.handover.group_id)

    @property
    def sales(self) -> Owner:
        return Owner.person(self.handover.sales_id)

    def line(self, item_id: int) -> Line:
        """A line of the newest sheet: earlier ones are closed and only read."""
        line = self.standing.line(item_id)
        if line is None:
            raise Missing
        return line

    def anew(self) -> Scene:
        """The same scene after something was written."""
        return Scene(self.actor, self.handover, self.hand, standing_of(self.handover))


def scene(actor: Actor, handover_id: int) -> Scene:
    """Lock a handover and look at it by the rights of this moment.

    Visas, papers and remarks are persons' doing, never the system's.

    Raises:
        Missing: not found, or not theirs.
        Forbidden: it is the system that asks.
    """
    if actor.person_id is None:
        demand(not_yours("Only a person does this."))
    locked = _hold(handover_id)
    hand = acting(actor)
    if not visible(hand.viewer).filter(pk=handover_id).exists():
        raise Missing
    return Scene(actor, locked, hand, standing_of(locked))


def system_scene(actor: Actor, handover_id: int) -> Scene:
    """For followers and for service: who asked has been asked there."""
    locked = _hold(handover_id)
    return Scene(actor, locked, acting(actor), standing_of(locked))


def _hold(handover_id: int) -> Handover:
    found = Handover.objects.select_for_update().filter(pk=handover_id).first()
    if found is None:
        raise Missing
    return found


def acting(actor: Actor) -> Hand:
    """Who acts, on the Kyiv day of the moment."""
    everybody = staff(today(actor.now))
    if actor.person_id is None:
        return hand_of(Viewer(None, "", system=True), everybody)
    return hand_of(everybody.viewer(actor.person_id), everybody)


def demand(decision: Decision) -> None:
    """Raise what the rule refuses by: who asks (403) or how things stand (409)."""
    require(decision, Forbidden if isinstance(decision, NotYours) else Refused)


def for_whom(capacity: Capacity | None) -> int | None:
    return capacity.for_whom if capacity else None


def tell(
    at_scene: Scene,
    kind: str,
    *,
    subject: Model | None = None,
    seat: Capacity | None = None,
    at: datetime | None = None,
    details: Mapping[str, Any] | None = None,
    personal: Mapping[str, Any] | None = None,
) -> Fact:
    """Record a fact of the handover on its client's time line."""
    handover = at_scene.handover
    return record(
        kind=kind,
        actor=at_scene.actor,
        subject=subject or handover,
        at=at,
        for_whom=for_whom(seat),
        client=handover.client_id,
        details={
            "handover": handover.pk,
            "number": handover.number,
            **(details or {}),
        },
        personal=personal,
    )


def definition_on(day: date) -> Definition:
    """The definition in force; the standard one where nobody has made another."""
    found = Definition.objects.filter(valid_from__lte=day).order_by("-valid_from")
    if row := found.first():
        return row
    row, _new = Definition.objects.get_or_create(
        version=1,
        defaults={
            "valid_from": date(2020, 1, 1),
            "items": [rule.as_json() for rule in STANDARD],
        },
    )
    return row


def lay_sheet(handover: Handover, *, number: int, opened_at: datetime) -> Sheet:
    """A sheet with the lines of the definition in force; it keeps its own."""
    definition = definition_on(today(opened_at))
    sheet = Sheet.objects.create(
        handover=handover, round=number, definition=definition, opened_at=opened_at
    )
    rules = [ItemRule.from_json(data) for data in definition.items]
    Item.objects.bulk_create(
        [
            Item(
                sheet=sheet,
                number=rule.number,
                code=rule.code,
                carrier=rule.carrier,
                role=rule.role,
                requirements=[code.value for code in rule.requirements],
                needed=rule.needed,
            )
            for rule in rules
        ]
    )
    return sheet
