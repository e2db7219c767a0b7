"""Which handovers a person sees; the one place that says so (PROCESS 5)."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet

from suprovid.handover.models import Handover, Item
from suprovid.journal.actions import subject_of
from suprovid.people.rules import Role, Viewer

EVERYBODY = (Role.DEPARTMENT_HEAD, Role.LAWYER, Role.ACCOUNTANT, Role.SALES_HEAD)


def visible(viewer: Viewer) -> QuerySet[Handover]:
    """Sales their own, groups theirs, an engineer what is assigned."""
    if viewer.system or any(viewer.may(role) for role in EVERYBODY):
        return Handover.objects.all()
    mine = Q(group__in=viewer.groups(Role.GROUP_HEAD, Role.MANAGER))
    if viewer.may(Role.SALES):
        mine |= Q(sales__in=viewer.ids)
    if viewer.may(Role.ENGINEER):
        mine |= Q(installer__in=viewer.ids)
    return Handover.objects.filter(mine)


def things_of(handover_ids: Collection[int]) -> list[str]:
    """What terms of these handovers are about: themselves and lines of their sheets."""
    items = Item.objects.filter(sheet__handover__in=handover_ids)
    ids = items.order_by("pk").values_list("pk", flat=True)
    things = [*(Handover(pk=pk) for pk in handover_ids), *(Item(pk=pk) for pk in ids)]
    return [subject_of(thing) for thing in things]
