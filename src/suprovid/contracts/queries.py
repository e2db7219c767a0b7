"""Contracts as their viewers see them."""

from __future__ import annotations

from django.db.models import QuerySet

from suprovid.clients.queries import visible as visible_clients
from suprovid.contracts.models import Contract
from suprovid.people.rules import Viewer


def visible(viewer: Viewer) -> QuerySet[Contract]:
    """Whoever sees the client sees its contracts (PROCESS 5)."""
    return Contract.objects.filter(client__in=visible_clients(viewer))
