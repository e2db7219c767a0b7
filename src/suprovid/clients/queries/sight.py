"""Which clients a person sees; the one place that says so (PROCESS 5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.lookups import IsNull

from suprovid.clients.models import Client, SearchWord
from suprovid.clients.rules import Serving, Standing, check_code, fold, may_look_up
from suprovid.lib.decision import Forbidden, Missing, require
from suprovid.people.rules import Role, Viewer, sort_key
from suprovid.web.begins import begins

EVERYBODY = (Role.DEPARTMENT_HEAD, Role.LAWYER, Role.ACCOUNTANT)
MANY = 1000
FEW = 500
"""So many clients are looked at one by one; more are many."""


def visible(viewer: Viewer) -> QuerySet[Client]:
    """The clients this person may see; the one place that says so.

    An engineer sees what is assigned: service.queries adds it.
    """
    return standing_alone() if sees_all(viewer) else served_or_sold(viewer)


def sees_all(viewer: Viewer) -> bool:
    """No client is hidden from these; then a list need not ask whose each row is."""
    return any(viewer.may(role) for role in EVERYBODY)


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
    """Keep those in which each word of a text begins some word.

    A word of few clients names them, and only they are looked at. Words of many are
    asked of one client after another, in the order in which they are shown: a page of
    them is soon full. The database is not left to choose: it would gather all of many.
    """
    return _narrowed(clients, fold(text)).rows


class _Narrowed(NamedTuple):
    """Those with the words: few, or so many that one word finds some at once."""

    rows: QuerySet[Client]
    few: bool
    some: QuerySet[Client] | None = None


def _narrowed(clients: QuerySet[Client], words: list[str]) -> _Narrowed:
    words = sorted(words, key=len, reverse=True)
    for number, word in enumerate(words):
        # No further than it takes to know: many.
        named = set(_named_by(word)[: FEW + 1])
        if not named:
            return _Narrowed(clients.none(), few=True)
        if len(named) <= FEW:
            others = words[:number] + words[number + 1 :]
            return _Narrowed(_having(clients.filter(pk__in=named), others), few=True)
    one = len(words) == 1
    some = clients.filter(pk__in=_named_by(words[0])[: FEW + 1]) if one else None
    return _Narrowed(_having(clients, words), few=False, some=some)


def _named_by(word: str) -> QuerySet[SearchWord, int]:
    """Whom a beginning of a word names."""
    found = SearchWord.objects.filter(begins("word", word))
    return found.values_list("client_id", flat=True)


def _having(clients: QuerySet[Client], words: list[str]) -> QuerySet[Client]:
    for word in words:
        found = SearchWord.objects.filter(begins("word", word), client=OuterRef("pk"))
        one = Subquery(found.values("pk")[:1])
        clients = clients.filter(IsNull(one, False))  # noqa: FBT003 - there is one
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


class Found(NamedTuple):
    """What a search shows of a client."""

    id: int
    name: str
    code: str


def found(viewer: Viewer, text: str, limit: int = 20) -> list[Found]:
    """Clients whose words begin with the words of a text.

    First those whose name itself begins so, by name; then the others, by name too. Of
    hundreds it is some that are shown: who wants another one types more letters.
    """
    words = fold(text)
    if not words:
        return []
    rows, few, some = _narrowed(visible(viewer), words)
    if few:
        first = Case(When(named_so(text), then=0), default=1)
        return _told(rows.order_by(first, "sort_key", "pk"), limit)
    shown: list[Found] = []
    for part in (rows.filter(named_so(text)), some, rows):
        if part is not None and len(shown) < limit:
            others = part.exclude(pk__in=[one.id for one in shown]) if shown else part
            shown += _told(others.order_by("sort_key", "pk"), limit - len(shown))
    return shown


def _told(rows: QuerySet[Client], limit: int) -> list[Found]:
    told = rows.values_list("pk", "short_name", "name", "code")[:limit]
    return [Found(pk, short or name, code) for pk, short, name, code in told]


def named_so(text: str) -> Q:
    """Clients whose name begins with a text, as a stretch of the sorted list."""
    key = sort_key(text)
    after = str(int(key or "0") + 1).zfill(len(key))
    beyond = Q(sort_key__lt=after) if len(after) == len(key) else Q()
    return Q(sort_key__gte=key) & beyond


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
