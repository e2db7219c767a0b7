"""Whom an action holds while it decides: persons by id, so nobody waits in a ring."""

from __future__ import annotations

from django.db.models import Q

from suprovid.lib.decision import Missing, require
from suprovid.people import rules
from suprovid.people.models import Person, RoleGrant
from suprovid.people.rules import Capacity, Role, Viewer


def hold_person(person_id: int) -> Person:
    """The person, locked until the action ends."""
    person = Person.objects.select_for_update().filter(pk=person_id).first()
    if person is None:
        raise Missing
    return person


def hold_employed(person_id: int) -> Person:
    person = hold_person(person_id)
    require(rules.is_employed(active=person.is_active))
    return person


def hold_with_administrators(person_id: int) -> Person:
    """Two administrators who end each other must meet at one lock."""
    administrators = RoleGrant.objects.filter(role=Role.ADMINISTRATOR)
    held = Person.objects.select_for_update().filter(
        Q(pk=person_id) | Q(pk__in=administrators.values("person_id"))
    )
    found = {person.pk: person for person in held.order_by("pk")}
    if person_id not in found:
        raise Missing
    return found[person_id]


def chair_of(viewer: Viewer, *roles: Role) -> int | None:
    """For whom one acts, when the right is a deputy's."""
    seats = (viewer.capacity(role) for role in roles)
    seat: Capacity | None = next((s for s in seats if s is not None), None)
    return seat.for_whom if seat else None
