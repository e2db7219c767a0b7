"""Clients joined to one: facts keep the client they were about, readings ask for all.

A client joined to another is joined to one that stands alone: there are no chains.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from suprovid.clients.models import Client
from suprovid.clients.queries.sight import visible
from suprovid.people.rules import Viewer

BATCH = 500


def whole(client_id: int) -> list[int]:
    """The client and those joined to it, whose facts are one story."""
    joined = Client.objects.filter(merged_into=client_id).order_by("pk")
    return [client_id, *joined.values_list("pk", flat=True)]


def whole_of(clients: QuerySet[Client]) -> QuerySet[Client, int]:
    """Ids of these clients and of those joined to them, for readings of facts."""
    ids = clients.order_by().values_list("pk", flat=True)
    joined = Client.objects.filter(merged_into__in=ids).values_list("pk", flat=True)
    return ids.union(joined, all=True)


def survivor(viewer: Viewer, client_id: int) -> int | None:
    """To whom this client was joined; None for one who does not see that client."""
    joined_to = Client.objects.filter(pk=client_id).values("merged_into")
    found = visible(viewer).filter(pk__in=joined_to)
    return found.values_list("pk", flat=True).first()


def telling(viewer: Viewer, client_ids: Collection[int]) -> dict[int, Client]:
    """Who answers today for the clients of facts; only those the viewer sees."""
    found = visible(viewer).in_bulk(list(client_ids))
    if others := set(client_ids) - set(found):
        rows = Client.objects.filter(pk__in=others, merged_into__in=visible(viewer))
        joined = rows.select_related("merged_into")
        found |= {row.pk: row.merged_into for row in joined if row.merged_into}
    return found


def holders(codes: Iterable[str]) -> dict[str, int]:
    """Who answers for each of the codes: an old code leads to the survivor.

    Codes nobody has are left out; asked in batches, lists are long.
    """
    asked = list(dict.fromkeys(codes))
    found: dict[str, int] = {}
    for start in range(0, len(asked), BATCH):
        rows = Client.objects.filter(code__in=asked[start : start + BATCH])
        for code, one, joined_to in rows.values_list("code", "pk", "merged_into"):
            found[code] = joined_to or one
    return found
