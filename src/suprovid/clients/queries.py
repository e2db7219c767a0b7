"""Which clients a person sees, and what of them (PROCESS 5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from suprovid.clients.models import BroughtList, Client, Contact, SearchWord, Site
from suprovid.clients.rules import (
    CodeKind,
    ServedBy,
    Serving,
    Standing,
    check_code,
    fold,
    may_add,
    may_assign,
    may_change,
    may_import,
    may_look_up,
    may_name_sales,
)
from suprovid.lib.decision import Decision, Forbidden, Missing, require
from suprovid.people import queries as people
from suprovid.people.models import Person, ServiceGroup
from suprovid.people.rules import Role, Viewer

PAGE = 50
COUNTED = 1000
EVERYBODY = (Role.DEPARTMENT_HEAD, Role.LAWYER, Role.ACCOUNTANT)
SORTS = {"name": "sort_key", "since": "-served_since", "new": "-id"}


# ---------------------------------------------------------------- sight


def visible(viewer: Viewer) -> QuerySet[Client]:
    """The clients this person may see; the one place that says so.

    An engineer sees what is assigned: service.queries adds it.
    """
    if any(viewer.may(role) for role in EVERYBODY):
        return Client.objects.all()
    mine = Q(group__in=viewer.groups(Role.GROUP_HEAD, Role.MANAGER))
    if viewer.may(Role.SALES):
        mine |= Q(sales__in=viewer.ids)
    if viewer.may(Role.SALES_HEAD):
        mine |= Q(sales__isnull=False)
    return Client.objects.filter(mine)


def seen(viewer: Viewer, client_id: int) -> Client:
    """One client this person sees.

    Raises:
        Missing: not found, or not theirs.
    """
    rows = visible(viewer).select_related("group", "manager", "sales")
    client = rows.filter(pk=client_id).first()
    if client is None:
        raise Missing
    return client


def standing(client: Client) -> Standing:
    return Standing(
        group_id=client.group_id,
        manager_id=client.manager_id,
        sales_id=client.sales_id,
        serving=Serving(client.serving),
    )


def found(viewer: Viewer, text: str, limit: int = 20) -> list[ClientRow]:
    """Clients whose words begin with the words of a text, by name."""
    if not fold(text):
        return []
    rows = with_words(visible(viewer), text).select_related("group", "manager")
    return [_row(client) for client in rows.order_by("sort_key", "pk")[:limit]]


def with_words(clients: QuerySet[Client], text: str) -> QuerySet[Client]:
    """Keep those in which each word of a text begins some word."""
    for word in fold(text):
        begun = SearchWord.objects.filter(client=OuterRef("pk"), word__startswith=word)
        clients = clients.filter(Exists(begun))
    return clients


@dataclass(frozen=True)
class Lookup:
    """All that a full code tells: the name, and whether we serve them."""

    name: str
    served: bool


def lookup_by_code(viewer: Viewer, code: str) -> Lookup | None:
    """Who stands behind a full code (PROCESS 5: name, served or not, nothing else).

    Raises:
        Forbidden: neither sales nor the head of department.
    """
    require(may_look_up(viewer), Forbidden)
    exact = {check_code(code).code, check_code(code, passport=True).code}
    client = Client.objects.filter(code__in=exact - {""}).first()
    if client is None:
        return None
    return Lookup(client.name, client.serving in {Serving.SERVED, Serving.PAUSED})


# ---------------------------------------------------------------- the list


@dataclass(frozen=True)
class ClientRow:
    id: int
    name: str
    code: str
    city: str
    group: str
    manager: str
    serving: Serving
    since: date | None


@dataclass(frozen=True)
class Filters:
    """What of the list is asked for."""

    text: str = ""
    serving: str = ""
    group_id: int | None = None
    manager_id: int | None = None
    sort: str = "name"
    page: int = 1


@dataclass(frozen=True)
class ClientList:
    """A page of the list; `total` is capped: None says "more than 1,000"."""

    rows: list[ClientRow]
    page: int
    has_next: bool
    total: int | None
    groups: list[tuple[int, str]]
    managers: list[tuple[int, str]]
    add: Decision
    bring_in: Decision
    look_up: Decision


def listed(viewer: Viewer, filters: Filters) -> ClientList:
    """The list as filtered, sorted and turned to a page."""
    rows = _filtered(viewer, filters).order_by(SORTS[filters.sort], "sort_key", "pk")
    start = (filters.page - 1) * PAGE
    shown = list(rows.select_related("group", "manager")[start : start + PAGE + 1])
    total = rows.order_by()[: COUNTED + 1].count()
    mine = visible(viewer)
    groups = ServiceGroup.objects.filter(pk__in=mine.values("group")).order_by("name")
    managers = Person.objects.filter(pk__in=mine.values("manager")).order_by("sort_key")
    return ClientList(
        rows=[_row(client) for client in shown[:PAGE]],
        page=filters.page,
        has_next=len(shown) > PAGE,
        total=total if total <= COUNTED else None,
        groups=[(group.pk, group.name) for group in groups],
        managers=[(person.pk, person.short_name) for person in managers],
        add=may_add(viewer),
        bring_in=may_import(viewer),
        look_up=may_look_up(viewer),
    )


def after(viewer: Viewer, filters: Filters, last_id: int, size: int) -> list[ClientRow]:
    """The next rows by id, for those who walk all of them (API)."""
    rows = _filtered(viewer, filters).filter(pk__gt=last_id).order_by("pk")
    return [_row(client) for client in rows.select_related("group", "manager")[:size]]


def _filtered(viewer: Viewer, filters: Filters) -> QuerySet[Client]:
    rows = with_words(visible(viewer), filters.text)
    if filters.serving:
        rows = rows.filter(serving=filters.serving)
    if filters.group_id is not None:
        rows = rows.filter(group=filters.group_id)
    if filters.manager_id is not None:
        rows = rows.filter(manager=filters.manager_id)
    return rows


def _row(client: Client) -> ClientRow:
    return ClientRow(
        id=client.pk,
        name=str(client),
        code=client.code,
        city=client.city,
        group=client.group.name if client.group else "",
        manager=client.manager.short_name if client.manager else "",
        serving=Serving(client.serving),
        since=client.served_since,
    )


# ---------------------------------------------------------------- one client


@dataclass(frozen=True)
class ContactRow:
    id: int
    name: str
    position: str
    phone: str
    email: str
    responsible: bool
    decides: bool


@dataclass(frozen=True)
class SiteRow:
    id: int
    name: str
    address: str


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


def particulars(viewer: Viewer, client_id: int) -> Particulars:
    """One client with its people and sites.

    Raises:
        Missing: not found, or not theirs.
    """
    client = seen(viewer, client_id)
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
        )
        for row in rows.order_by("-responsible", "-decides", "name")
    ]


def _sites(client: Client) -> list[SiteRow]:
    rows = Site.objects.filter(client=client).order_by("name")
    return [SiteRow(row.pk, row.name, row.address) for row in rows]


def contact_client(viewer: Viewer, contact_id: int) -> int:
    """Whose person this is.

    Raises:
        Missing: not found, left already, or of a client not theirs.
    """
    rows = Contact.objects.filter(pk=contact_id, left_at=None)
    row = rows.filter(client__in=visible(viewer)).first()
    if row is None:
        raise Missing
    return row.client_id


def site_client(viewer: Viewer, site_id: int) -> int:
    """Whose site this is.

    Raises:
        Missing: not found, or of a client not theirs.
    """
    row = Site.objects.filter(pk=site_id, client__in=visible(viewer)).first()
    if row is None:
        raise Missing
    return row.client_id


def choices(viewer: Viewer, serving: Serving | None = None) -> list[tuple[int, str]]:
    """Clients to choose from in a form, by name."""
    rows = visible(viewer)
    if serving is not None:
        rows = rows.filter(serving=serving)
    return [(client.pk, str(client)) for client in rows.order_by("sort_key")[:COUNTED]]


def managers(now: datetime, group_id: int | None) -> list[tuple[int, str]]:
    """Who may be named manager of a client of a group today."""
    if group_id is None:
        return []
    staff = people.staff(people.today(now))
    return [(m.id, m.name) for m in staff.holders(Role.MANAGER, group_id)]


def people_who_sell(now: datetime) -> list[tuple[int, str]]:
    """Who may be given a client to sell to today."""
    staff = people.staff(people.today(now))
    sellers = [*staff.holders(Role.SALES), *staff.holders(Role.SALES_HEAD)]
    return [(m.id, m.name) for m in dict.fromkeys(sellers)]


def brought(viewer: Viewer) -> BroughtList | None:
    """The list this person read in and has not confirmed yet."""
    return BroughtList.objects.filter(person=viewer.id).first()
