"""Which handovers a person sees; the one place that says so (PROCESS 5)."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from suprovid.handover.models import Handover
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
