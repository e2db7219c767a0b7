"""Which clients a person sees; the one place that says so (PROCESS 5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from suprovid.clients.models import Client, SearchWord
from suprovid.clients.rules import Serving, Standing, check_code, fold, may_look_up
from suprovid.lib.decision import Forbidden, Missing, require
from suprovid.people.rules import Role, Viewer

EVERYBODY = (Role.DEPARTMENT_HEAD, Role.LAWYER, Role.ACCOUNTANT)
MANY = 1000


def visible(viewer: Viewer) -> QuerySet[Client]:
    """The clients this person may see; the one place that says so.

    An engineer sees what is assigned: service.queries adds it.
    """
    if any(viewer.may(role) for role in EVERYBODY):
        return standing_alone()
    return served_or_sold(viewer)


def standing_alone() -> QuerySet[Client]:
    """Clients that are not joined to another: those are found by their survivor."""
    return Client.objects.filter(merged_into=None)


def served_or_sold(viewer: Viewer) -> QuerySet[Client]:
    """The clients of the viewer's groups and sales: what no office opens besides."""
    mine = Q(group__in=viewer.groups(Role.GROUP_HEAD, Role.MANAGER))
    if viewer.may(Role.SALES):
        mine |= Q(sales__in=viewer.ids)
    if viewer.may(Role.SALES_HEAD):
        mine |= Q(sales__isnull=False)
    return standing_alone().filter(mine)


def seen(viewer: Viewer, client_id: int, *, assigned: bool = False) -> Client:
    """One client this person sees, or at which work was assigned to them.

    Raises:
        Missing: not found, or not theirs.
    """
    rows = standing_alone() if assigned else visible(viewer)
    rows = rows.select_related("group", "manager", "sales")
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


def with_words(clients: QuerySet[Client], text: str) -> QuerySet[Client]:
    """Keep those in which each word of a text begins some word."""
    for word in fold(text):
        begun = SearchWord.objects.filter(client=OuterRef("pk"), word__startswith=word)
        clients = clients.filter(Exists(begun))
    return clients


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


def found(viewer: Viewer, text: str, limit: int = 20) -> list[ClientRow]:
    """Clients whose words begin with the words of a text, by name."""
    if not fold(text):
        return []
    rows = with_words(visible(viewer), text).select_related("group", "manager")
    return [client_row(client) for client in rows.order_by("sort_key", "pk")[:limit]]


def choices(viewer: Viewer, serving: Serving | None = None) -> list[tuple[int, str]]:
    """Clients to choose from in a form, by name."""
    rows = visible(viewer)
    if serving is not None:
        rows = rows.filter(serving=serving)
    return [(client.pk, str(client)) for client in rows.order_by("sort_key")[:MANY]]


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
    rows = Client.objects.select_related("merged_into")
    client = rows.filter(code__in=exact - {""}).first()
    if client is None:
        return None
    client = client.merged_into or client
    return Lookup(client.name, client.serving in {Serving.SERVED, Serving.PAUSED})


def looked_up(viewer: Viewer, code: str) -> Lookup:
    """The same for programs.

    Raises:
        Forbidden; Missing: nobody has this code.
    """
    found = lookup_by_code(viewer, code)
    if found is None:
        raise Missing
    return found


def client_row(client: Client) -> ClientRow:
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
