"""Taking a list back, while nothing was built on what it brought."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q

from suprovid.clients import actions as clients
from suprovid.clients.models import Client
from suprovid.clients.rules import may_import
from suprovid.contracts import actions as contracts
from suprovid.contracts.models import Contract
from suprovid.intake.actions.bringing import as_columns
from suprovid.intake.models import BroughtRow, ListImport
from suprovid.intake.queries.here import here_by_ids, kit_ids, parts
from suprovid.intake.rules import (
    OF_CLIENT,
    Field,
    Known,
    ListState,
    may_undo,
)
from suprovid.journal.actions import record, subject_of
from suprovid.journal.models import Fact
from suprovid.journal.rules import Actor
from suprovid.lib.decision import Forbidden, Missing, Reason, Refused, require
from suprovid.lib.words import word
from suprovid.people import queries as people

BUILT_ON = word(
    "Something was built on it already, so it is not taken back: {what}. "
    "Put that right by hand."
)


@transaction.atomic
def undo_list(*, actor: Actor, import_id: int, why: str) -> ListImport:
    """Take back all that a list brought: what it entered goes, what it changed returns.

    Raises:
        Forbidden, Missing.
        Refused: no reason was said, or somebody has worked on a client since.
    """
    viewer = people.viewer(actor)
    require(may_import(viewer), Forbidden)
    entry = ListImport.objects.select_for_update().filter(pk=import_id).first()
    if entry is None:
        raise Missing(f"There is no list {import_id}.")
    require(may_undo(state=ListState(entry.state), why=why))
    rows = list(entry.rows.order_by("row"))
    _require_untouched(entry, rows)
    _put_back(actor, rows)
    _take_away(actor, rows)
    entry.state, entry.undone_at = ListState.UNDONE, actor.now
    entry.undone_by, entry.undone_why = actor.name, why.strip()
    entry.save()
    record(
        kind="intake.list.undone",
        actor=actor,
        for_whom=viewer.for_whom(may_import),
        subject=entry,
        details={"list": entry.file_name, "why": entry.undone_why},
    )
    return entry


# ---------------------------------------------------------------- nothing was built


def _require_untouched(entry: ListImport, rows: Iterable[BroughtRow]) -> None:
    """The journal knows whatever happened to a client since the list came."""
    new = [row.client_id for row in rows if row.entered_client and row.client_id]
    added = [
        row.contract_id
        for row in rows
        if row.entered_contract and not row.entered_client and row.contract_id
    ]
    later = Fact.objects.filter(recorded_at__gt=entry.brought_at)
    for some in parts(new):
        _refuse_if(later.filter(client__in=some).first())
    for some in parts(added):
        names = [subject_of(Contract(pk=contract_id)) for contract_id in some]
        _refuse_if(later.filter(subject__in=names).first())


def _refuse_if(fact: Fact | None) -> None:
    if fact is None:
        return
    client = Client.objects.filter(pk=fact.client or 0).first()
    raise Refused(Reason(BUILT_ON, (("what", str(client or fact.subject)),)))


# ---------------------------------------------------------------- what it changed


def _put_back(actor: Actor, rows: Iterable[BroughtRow]) -> None:
    """Values return where the list's own still stand; a later hand is respected."""
    changed = [row for row in rows if row.before]
    known = here_by_ids(
        {row.client_id for row in changed}, {row.contract_id for row in changed}
    )
    of_clients: dict[int, dict[str, str]] = {}
    of_contracts: dict[int, dict[str, Any]] = {}
    kits = kit_ids()
    for row in changed:
        for name, was in row.before.items():
            field = Field(name)
            if field in OF_CLIENT and row.client_id:
                _require_ours(known.clients[row.client_id], field, row)
                of_clients.setdefault(row.client_id, {})[name] = was
            elif row.contract_id:
                _require_ours(known.contracts[row.contract_id], field, row)
                of_contracts.setdefault(row.contract_id, {}).update(
                    as_columns(field, was, kits)
                )
    clients.change_listed(actor=actor, changes=of_clients)
    contracts.change_listed(actor=actor, changes=of_contracts)


def _require_ours(known: Known, field: Field, row: BroughtRow) -> None:
    if known.values.get(field, "") != row.values.get(field.value, ""):
        raise Refused(Reason(BUILT_ON, (("what", known.client),)))


# ---------------------------------------------------------------- what it entered


def _take_away(actor: Actor, rows: Iterable[BroughtRow]) -> None:
    contract_ids = [
        row.contract_id for row in rows if row.entered_contract and row.contract_id
    ]
    client_ids = [row.client_id for row in rows if row.entered_client and row.client_id]
    BroughtRow.objects.filter(pk__in=[row.pk for row in rows]).filter(
        Q(entered_client=True) | Q(entered_contract=True)
    ).update(contract=None)
    contracts.take_back_listed(actor=actor, contract_ids=contract_ids)
    BroughtRow.objects.filter(client__in=client_ids).update(client=None)
    clients.take_back_listed(actor=actor, client_ids=client_ids)
