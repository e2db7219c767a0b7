"""Take-overs go with their client."""

from __future__ import annotations

from collections.abc import Collection

from suprovid.service.models import TakeOver


def follow_client(
    *, before: int, after: int, only: Collection[int] | None = None
) -> list[int]:
    """Take-overs of a client become another’s; which ones did.

    A step of joining two clients and of parting them, inside its transaction: it
    decides nothing and records nothing.

    Args:
        only: these of the client's, for the way back; all without it.
    """
    rows = TakeOver.objects.filter(client=before)
    rows = rows if only is None else rows.filter(pk__in=only)
    ids = sorted(rows.values_list("pk", flat=True))
    TakeOver.objects.filter(pk__in=ids).update(client=after)
    return ids
