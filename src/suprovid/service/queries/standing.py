"""How installations stand, gathered for rules and pages in a few queries."""

from __future__ import annotations

from collections.abc import Iterable

from suprovid.clients.models import Client
from suprovid.handover.models import Handover
from suprovid.handover.queries import standings, visible
from suprovid.handover.rules import Standing
from suprovid.people.queries import names
from suprovid.people.rules import Viewer
from suprovid.service.models import ControlCall, Installation
from suprovid.service.rules import Step, Work


def work(handover: Handover) -> Work:
    return works([handover])[handover.pk]


def works(handovers: Iterable[Handover]) -> dict[int, Work]:
    """How the installation of each handover stands, by the handover's id."""
    found = standings(handovers)
    rows = Installation.objects.filter(handover__in=list(found)).select_related(
        "standard"
    )
    by_handover = {row.handover_id: row for row in rows}
    calls = {
        call.handover_id: call
        for call in ControlCall.objects.filter(handover__in=list(found))
    }
    known = names(
        [
            *(row.installer_id for row in by_handover.values()),
            *(row.confirmed_by_id for row in by_handover.values()),
            *(call.person_id for call in calls.values()),
        ]
    )
    return {
        pk: _work(standing, by_handover.get(pk), calls.get(pk), known)
        for pk, standing in found.items()
    }


def _work(
    standing: Standing,
    row: Installation | None,
    call: ControlCall | None,
    known: dict[int, str],
) -> Work:
    if row is None:
        return Work(standing)
    return Work(
        handover=standing,
        steps=tuple(Step(code) for code in row.standard.steps),
        installer_id=row.installer_id,
        installer_name=known.get(row.installer_id, ""),
        done_at=row.done_at,
        kit=row.kit,
        version=row.version,
        workplaces=row.workplaces,
        steps_done=frozenset(Step(code) for code in row.steps_done),
        submitted_at=row.submitted_at,
        submitted_round=row.round,
        remarks=row.remarks,
        confirmed_at=row.confirmed_at,
        confirmed_by_name=known.get(row.confirmed_by_id or 0, ""),
        called_at=call.recorded_at if call else None,
        called_by_name=known.get(call.person_id, "") if call else "",
    )


def assigned(viewer: Viewer) -> list[int]:
    """Clients whose installation is this person's: what an engineer sees of them."""
    mine = visible(viewer).filter(installer__in=viewer.ids)
    ids = mine.values_list("client_id", flat=True)
    return list(Client.objects.filter(pk__in=ids).values_list("pk", flat=True))
