"""The staff by group: who holds what, who is away today and who stands in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F
from django.urls import reverse
from django.utils.translation import gettext as _

from suprovid.lib.decision import Missing
from suprovid.people import rules
from suprovid.people.models import Absence, Person, RoleGrant, ServiceGroup
from suprovid.people.rules import Grant, Role, Viewer
from suprovid.web.parts import Act, LinkAct


@dataclass(frozen=True)
class AwayRow:
    """One who is not here today. Why is nobody's business in a list."""

    person_id: int
    name: str
    url: str
    last_day: date
    deputy_id: int | None = None
    deputy: str = ""
    deputy_url: str = ""


@dataclass(frozen=True)
class PersonRow:
    id: int
    name: str
    url: str
    roles: tuple[Role, ...]
    phone: str = ""
    email: str = ""
    away: AwayRow | None = None
    stands_for: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """One group of service, or one of the other chairs of the company."""

    title: str
    rows: tuple[PersonRow, ...]


@dataclass(frozen=True)
class PeoplePage:
    sections: tuple[Section, ...]
    away: tuple[AwayRow, ...]
    count: int
    new: LinkAct
    groups: LinkAct


ORDER = (
    *(Role.DEPARTMENT_HEAD, Role.GROUP_HEAD, Role.MANAGER, Role.ENGINEER),
    *(Role.SALES_HEAD, Role.SALES, Role.LAWYER, Role.ACCOUNTANT, Role.ADMINISTRATOR),
)
Grants = dict[int, set[Grant]]


def people_page(viewer: Viewer, on: date) -> PeoplePage:
    """Everybody who works here, as anyone signed in may see."""
    grants: Grants = defaultdict(set)
    for row in RoleGrant.objects.on(on):
        grants[row.person_id].add(Grant(Role(row.role), row.group_id))
    people = list(Person.objects.filter(is_active=True).order_by("sort_key", "pk"))
    away = {row.person_id: row for row in _away(people, on)}
    rows = {p.pk: _person_row(p, away) for p in people}
    return PeoplePage(
        sections=tuple(_sections(rows, grants)),
        away=tuple(away[p.pk] for p in people if p.pk in away),
        count=len(people),
        new=LinkAct(
            _("Enter a person"),
            reverse("people:new"),
            rules.may_administer(viewer),
            icon="user-plus",
        ),
        groups=LinkAct(_("Groups"), reverse("people:groups"), icon="users-group"),
    )


def _away(people: Iterable[Person], on: date) -> list[AwayRow]:
    names = {p.pk: p.full_name for p in people}
    return [
        AwayRow(
            person_id=row.person_id,
            name=names[row.person_id],
            url=_page_of(row.person_id),
            last_day=row.last_day,
            deputy_id=row.deputy_id,
            deputy=names.get(row.deputy_id or 0, ""),
            deputy_url=_page_of(row.deputy_id or 0),
        )
        for row in Absence.objects.on(on)
        if row.person_id in names
    ]


def _page_of(person_id: int) -> str:
    return reverse("people:person", args=[person_id])


def _person_row(person: Person, away: dict[int, AwayRow]) -> PersonRow:
    return PersonRow(
        id=person.pk,
        name=person.full_name,
        url=_page_of(person.pk),
        roles=(),
        phone=person.phone,
        email=person.email,
        away=away.get(person.pk),
        stands_for=tuple(
            row.name for row in away.values() if row.deputy_id == person.pk
        ),
    )


def _sections(rows: dict[int, PersonRow], grants: Grants) -> Iterable[Section]:
    """A person stands in each section with the roles held there."""
    groups = ServiceGroup.objects.order_by("sort_key")
    chairs: list[tuple[str, set[Grant]]] = [
        (_("Head of the department"), {Grant(Role.DEPARTMENT_HEAD)}),
        *((_("Group “{name}”").format(name=g.name), _seats_of(g.pk)) for g in groups),
        (_("Sales department"), {Grant(Role.SALES_HEAD), Grant(Role.SALES)}),
        (
            _("Lawyers and accountants"),
            {Grant(Role.LAWYER), Grant(Role.ACCOUNTANT)},
        ),
        (_("Administration"), {Grant(Role.ADMINISTRATOR)}),
    ]
    for title, seats in chairs:
        if found := _seated(rows, grants, seats):
            yield Section(title, found)
    if idle := tuple(row for pk, row in rows.items() if not grants.get(pk)):
        yield Section(_("Without a role"), idle)


def _seats_of(group_id: int) -> set[Grant]:
    return {Grant(role, group_id) for role in rules.GROUP_ROLES}


def _seated(
    rows: dict[int, PersonRow], grants: Grants, seats: set[Grant]
) -> tuple[PersonRow, ...]:
    """Those who sit there, by rank and then by name."""
    found = []
    for pk, row in rows.items():
        here = grants.get(pk, set()) & seats
        if here:
            roles = tuple(sorted((g.role for g in here), key=ORDER.index))
            found.append(_with_roles(row, roles))
    return tuple(sorted(found, key=lambda row: ORDER.index(row.roles[0])))


def _with_roles(row: PersonRow, roles: tuple[Role, ...]) -> PersonRow:
    return PersonRow(**{**row.__dict__, "roles": roles})


# --------------------------------------------------------------------- groups


@dataclass(frozen=True)
class GroupRow:
    id: int
    name: str
    heads: tuple[str, ...]
    count: int
    closed_on: date | None
    rename: LinkAct | None
    close: Act | None


@dataclass(frozen=True)
class GroupsPage:
    rows: tuple[GroupRow, ...]
    new: LinkAct


def groups_page(viewer: Viewer, on: date) -> GroupsPage:
    heads: dict[int, list[str]] = defaultdict(list)
    leading = RoleGrant.objects.on(on).filter(role=Role.GROUP_HEAD)
    for grant in leading.select_related("person").order_by("person__sort_key"):
        heads[grant.group_id or 0].append(grant.person.full_name)
    held = dict(
        RoleGrant.objects.not_over(on)
        .exclude(group=None)
        .values_list("group")
        .annotate(n=Count("person", distinct=True))
    )
    may = rules.may_arrange_groups(viewer)
    return GroupsPage(
        rows=tuple(
            _group_row(group, heads[group.pk], held.get(group.pk, 0), may=bool(may))
            for group in ServiceGroup.objects.order_by(
                F("closed_on").asc(nulls_first=True), "sort_key"
            )
        ),
        new=LinkAct(_("Create a group"), reverse("people:new-group"), may, icon="plus"),
    )


def _group_row(
    group: ServiceGroup, heads: list[str], count: int, *, may: bool
) -> GroupRow:
    args = [group.pk]
    closed = group.closed_on is not None
    acts = may and not closed
    return GroupRow(
        id=group.pk,
        name=group.name,
        heads=tuple(heads),
        count=count,
        closed_on=group.closed_on,
        rename=LinkAct(_("Rename"), reverse("people:rename-group", args=args))
        if acts
        else None,
        close=Act(
            _("Close"),
            reverse("people:close-group", args=args),
            rules.may_close_group(closed=closed, people=count),
            confirm=_("Close the group “{name}”?").format(name=group.name),
        )
        if acts
        else None,
    )


def group_name(group_id: int) -> str:
    group = ServiceGroup.objects.filter(pk=group_id).first()
    if group is None:
        raise Missing
    return group.name


def open_groups() -> list[tuple[int, str]]:
    """What a form may choose from."""
    groups = ServiceGroup.objects.filter(closed_on=None).order_by("sort_key")
    return list(groups.values_list("pk", "name"))
