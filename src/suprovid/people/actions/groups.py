"""Service groups."""

from __future__ import annotations

from django.db import transaction

from suprovid.journal.actions import record
from suprovid.journal.rules import Actor
from suprovid.lib.decision import Forbidden, Missing, invalid, require
from suprovid.people import queries, rules
from suprovid.people.actions.locking import chair_of
from suprovid.people.models import RoleGrant, ServiceGroup
from suprovid.people.rules import Role, Viewer


@transaction.atomic
def create_group(*, actor: Actor, name: str) -> ServiceGroup:
    viewer = _arranging(actor)
    title = _free_name(name)
    group = ServiceGroup.objects.create(name=title, sort_key=rules.sort_key(title, 160))
    _record("people.group.created", actor, viewer, group)
    return group


@transaction.atomic
def rename_group(*, actor: Actor, group_id: int, name: str) -> ServiceGroup:
    group = _hold_group(group_id)
    viewer = _arranging(actor)
    group.name = _free_name(name, group.pk)
    group.sort_key = rules.sort_key(group.name, 160)
    group.save(update_fields=["name", "sort_key"])
    _record("people.group.renamed", actor, viewer, group)
    return group


@transaction.atomic
def close_group(*, actor: Actor, group_id: int) -> ServiceGroup:
    """From today nobody enters it; its people have left it by now."""
    group = _hold_group(group_id)
    viewer = _arranging(actor)
    on = queries.today(actor.now)
    people = RoleGrant.objects.not_over(on).filter(group=group).count()
    require(rules.may_close_group(closed=group.closed_on is not None, people=people))
    group.closed_on = on
    group.save(update_fields=["closed_on"])
    _record("people.group.closed", actor, viewer, group)
    return group


def _arranging(actor: Actor) -> Viewer:
    viewer = queries.viewer(actor)
    require(rules.may_arrange_groups(viewer), Forbidden)
    return viewer


def _hold_group(group_id: int) -> ServiceGroup:
    group = ServiceGroup.objects.select_for_update().filter(pk=group_id).first()
    if group is None:
        raise Missing
    return group


def _free_name(name: str, group_id: int | None = None) -> str:
    title = " ".join(name.split())
    if not title:
        raise invalid("name", "Write the name.")
    if ServiceGroup.objects.filter(name=title).exclude(pk=group_id or 0).exists():
        raise invalid("name", "Another group has this name.")
    return title


def _record(kind: str, actor: Actor, viewer: Viewer, group: ServiceGroup) -> None:
    record(
        kind=kind,
        actor=actor,
        subject=group,
        for_whom=chair_of(viewer, Role.ADMINISTRATOR, Role.DEPARTMENT_HEAD),
        details={"name": group.name},
    )
