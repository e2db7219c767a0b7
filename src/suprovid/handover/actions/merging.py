"""Handovers go with their client, with their sheets and papers."""

from __future__ import annotations

from collections.abc import Collection

from suprovid.handover.models import Handover


def hold_handovers(client_ids: Collection[int]) -> None:
    """Lock all handovers of the clients, before the clients, as whoever changes one."""
    rows = Handover.objects.select_for_update().filter(client__in=client_ids)
    list(rows.order_by("pk").values_list("pk", flat=True))


def follow_client(
    *, before: int, after: int, only: Collection[int] | None = None
) -> list[int]:
    """Handovers of a client become another’s; which ones did.

    A step of joining two clients and of parting them, inside its transaction: it
    decides nothing and records nothing.

    Args:
        only: these of the client's, for the way back; all without it.
    """
    rows = Handover.objects.filter(client=before)
    rows = rows if only is None else rows.filter(pk__in=only)
    ids = sorted(rows.values_list("pk", flat=True))
    Handover.objects.filter(pk__in=ids).update(client=after)
    return ids
