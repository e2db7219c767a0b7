"""Terms go with their client; who owes them stands on them and stays."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from suprovid.obligations.models import Obligation


def follow_client(
    *,
    before: int,
    after: int,
    only: Collection[int] | None = None,
    about: Collection[str] = (),
) -> list[int]:
    """Terms about a client, open and ended, become terms about another; which ones.

    A step of joining two clients and of parting them, inside its transaction: it
    decides nothing, records nothing, and ends nothing (PROCESS 7.3).

    Args:
        only: these of the client's, for the way back; all without it.
        about: things ("handover.item:12") whose terms go too, whenever opened.
    """
    rows = Obligation.objects.filter(client=before)
    if only is not None:
        rows = rows.filter(Q(pk__in=only) | Q(subject__in=about))
    ids = sorted(rows.values_list("pk", flat=True))
    Obligation.objects.filter(pk__in=ids).update(client=after)
    return ids
