"""One client: its particulars, people and places, and what one may do with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from suprovid.clients.models import Client, Contact, Site
from suprovid.clients.queries.joined import survivor
from suprovid.clients.queries.sight import seen, standing
from suprovid.clients.rules import (
    CodeKind,
    ServedBy,
    Serving,
    may_assign,
    may_change,
    may_name_sales,
)
from suprovid.lib.decision import Decision, Missing
from suprovid.people import queries as people
from suprovid.people.models import ServiceGroup
from suprovid.people.rules import Role, Viewer


@dataclass(frozen=True)
class ContactRow:
    id: int
    name: str
    position: str
    phone: str
    email: str
    responsible: bool
    decides: bool
    version: int


@dataclass(frozen=True)
class SiteRow:
    id: int
    name: str
    address: str
    version: int


@dataclass(frozen=True)
class Particulars:
    """Everything the clients app knows of one client, and what one may do with it."""

    id: int
    name: str
    short_name: str
    legal_form: str
    code: str
    code_kind: CodeKind
    code_confirmed: bool
    region: str
    city: str
    postcode: str
    address: str
    source: str
    serving: Serving
    served_by: ServedBy | None
    since: date | None
    group_id: int | None
    group: str
    manager_id: int | None
    manager: str
    sales_id: int | None
    sales: str
    version: int
    contacts: list[ContactRow]
    sites: list[SiteRow]
    change: Decision
    assign: Decision
    name_sales: Decision

    @property
    def title(self) -> str:
        return self.short_name or self.name

    @property
    def place(self) -> str:
        """The address in one line, as an envelope has it."""
        region = "" if self.city and self.city in self.region else self.region
        parts = (self.postcode, region, self.city, self.address)
        return ", ".join(part for part in parts if part)

    @property
    def responsible(self) -> ContactRow | None:
        return next((c for c in self.contacts if c.responsible), None)


def particulars(
    viewer: Viewer, client_id: int, *, assigned: bool = False
) -> Particulars:
    """One client with its people and sites.

    Args:
        assigned: the caller knows that work at this client is the viewer's.

    Raises:
        Missing: not found, or not theirs.
    """
    client = seen(viewer, client_id, assigned=assigned)
    whose = standing(client)
    return Particulars(
        id=client.pk,
        name=client.name,
        short_name=client.short_name,
        legal_form=client.legal_form,
        code=client.code,
        code_kind=CodeKind(client.code_kind),
        code_confirmed=client.code_confirmed,
        region=client.region,
        city=client.city,
        postcode=client.postcode,
        address=client.address,
        source=client.source,
        serving=Serving(client.serving),
        served_by=ServedBy(client.served_by) if client.served_by else None,
        since=client.served_since,
        group_id=client.group_id,
        group=client.group.name if client.group else "",
        manager_id=client.manager_id,
        manager=client.manager.short_name if client.manager else "",
        sales_id=client.sales_id,
        sales=client.sales.short_name if client.sales else "",
        version=client.version,
        contacts=_contacts(client),
        sites=_sites(client),
        change=may_change(viewer, whose),
        assign=may_assign(viewer, whose, group_id=client.group_id),
        name_sales=may_name_sales(viewer, whose),
    )


def answering(viewer: Viewer, client_id: int) -> Particulars:
    """The client of a number, or the one it was joined to.

    Raises:
        Missing: not found, or not theirs.
    """
    try:
        return particulars(viewer, client_id)
    except Missing:
        joined_to = survivor(viewer, client_id)
        if joined_to is None:
            raise
        return particulars(viewer, joined_to)


def _contacts(client: Client) -> list[ContactRow]:
    rows = Contact.objects.filter(client=client, left_at=None)
    return [
        ContactRow(
            id=row.pk,
            name=row.name,
            position=row.position,
            phone=row.phone,
            email=row.email,
            responsible=row.responsible,
            decides=row.decides,
            version=row.version,
        )
        for row in rows.order_by("-responsible", "-decides", "name")
    ]


def _sites(client: Client) -> list[SiteRow]:
    rows = Site.objects.filter(client=client).order_by("name")
    return [SiteRow(row.pk, row.name, row.address, row.version) for row in rows]


def contact(viewer: Viewer, client_id: int, contact_id: int) -> ContactRow:
    """One person at a client.

    Raises:
        Missing: not found, left already, or of a client not theirs.
    """
    for row in _contacts(seen(viewer, client_id)):
        if row.id == contact_id:
            return row
    raise Missing


def site(viewer: Viewer, client_id: int, site_id: int) -> SiteRow:
    """One place of a client.

    Raises:
        Missing: not found, or of a client not theirs.
    """
    for row in _sites(seen(viewer, client_id)):
        if row.id == site_id:
            return row
    raise Missing


def seats(viewer: Viewer, now: datetime) -> list[Seats]:
    """The groups one may assign clients to, and who is a manager there today."""
    staff = people.staff(people.today(now))
    groups = ServiceGroup.objects.filter(closed_on=None).order_by("name")
    if not viewer.may(Role.DEPARTMENT_HEAD):
        groups = groups.filter(pk__in=viewer.groups(Role.GROUP_HEAD))
    return [
        Seats(
            group_id=group.pk,
            group=group.name,
            managers=[(m.id, m.name) for m in staff.holders(Role.MANAGER, group.pk)],
        )
        for group in groups
    ]


@dataclass(frozen=True)
class Seats:
    group_id: int
    group: str
    managers: list[tuple[int, str]]


def people_who_sell(now: datetime) -> list[tuple[int, str]]:
    """Who may be given a client to sell to today."""
    staff = people.staff(people.today(now))
    sellers = [*staff.holders(Role.SALES), *staff.holders(Role.SALES_HEAD)]
    return [(m.id, m.name) for m in dict.fromkeys(sellers)]
