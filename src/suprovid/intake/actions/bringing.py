"""Rows of a list become clients and contracts: together or not at all.

Everything was read and planned before; here is one short transaction of bulk writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from suprovid.clients import actions as clients
from suprovid.clients.actions import ListedClient
from suprovid.clients.rules import may_import
from suprovid.contracts import actions as contracts
from suprovid.contracts.actions import ListedContract
from suprovid.contracts.models import Contract
from suprovid.contracts.rules import Periodicity
from suprovid.intake.models import BroughtRow, ListImport
from suprovid.intake.queries.here import here, kit_ids
from suprovid.intake.rules import (
    OF_CLIENT,
    OF_CONTRACT,
    Did,
    Field,
    Outcome,
    ParsedSheet,
    Plan,
    SheetRow,
    plan,
    said,
)
from suprovid.journal.actions import record
from suprovid.journal.rules import Actor
from suprovid.lib.decision import Reason, Refused
from suprovid.people import queries as people

ATTEMPTS = 3
BATCH = 500
Choice = Callable[[Plan], bool]


@dataclass(frozen=True)
class Brought:
    """What came of a list: the plans, those of them that went in, and how many."""

    plans: tuple[Plan, ...]
    taken: tuple[Plan, ...]
    created: int = 0
    contracts: int = 0
    changed: int = 0
    kits: tuple[str, ...] = ()

    @property
    def known(self) -> int:
        return sum(one.outcome is Outcome.SAME for one in self.plans)

    @property
    def joined(self) -> int:
        """Rows that were joined to the client of an earlier row."""
        return sum(one.joins is not None for one in self.taken)


def foreseen(sheet: ParsedSheet, chosen: Choice) -> Brought:
    """What would come of it now; nothing is written."""
    plans = plan(sheet, here(sheet))
    taken = tuple(one for one in plans if chosen(one))
    return Brought(
        plans=plans,
        taken=taken,
        created=len(_newcomers(taken)),
        contracts=sum(one.brings_contract for one in taken),
        changed=sum(bool(one.changes) for one in taken),
        kits=tuple(sorted(_new_kits(taken))),
    )


def bring_in(
    actor: Actor, entering: Callable[[], ListImport], sheet: ParsedSheet, chosen: Choice
) -> tuple[Brought, ListImport | None]:
    """Write the chosen rows; those that others entered meanwhile are planned anew.

    Args:
        entering: makes the entry of the list, anew at each attempt.

    Returns:
        What came of it, and the entry; no entry when nothing was left to write.

    Raises:
        Refused: others bring in the same, again and again.
    """
    for _ in range(ATTEMPTS):
        report = foreseen(sheet, chosen)
        if not report.taken:
            return report, None
        try:
            with transaction.atomic():
                entry = entering()
                _write(actor, entry, report)
        except IntegrityError:
            continue
        return report, entry
    raise Refused(Reason("Others bring the same clients in right now. Try again."))


def _write(actor: Actor, entry: ListImport, report: Brought) -> None:
    entry.save()
    kits = kit_ids()
    kits |= contracts.enter_kits(
        actor=actor, names=report.kits, on=people.today(actor.now)
    )
    by_code = _enter_clients(actor, entry, report.taken)
    entered = _enter_contracts(actor, report.taken, by_code, kits)
    _change(actor, report.taken, kits)
    _keep_rows(entry, report.taken, by_code, entered)
    _tell(actor, entry, report)


# ---------------------------------------------------------------- clients


def _newcomers(taken: Iterable[Plan]) -> dict[str, Plan]:
    """The first chosen row of each code that is not here yet."""
    found: dict[str, Plan] = {}
    for one in taken:
        if one.client_id is None:
            found.setdefault(one.row.code, one)
    return found


def _enter_clients(
    actor: Actor, entry: ListImport, taken: Sequence[Plan]
) -> dict[str, int]:
    """Clients by code, those entered now among them."""
    newcomers = _newcomers(taken)
    made = clients.enter_listed(
        actor=actor,
        listed=[_client(one.row) for one in newcomers.values()],
        list_name=entry.file_name,
    )
    known = {one.row.code: one.client_id for one in taken if one.client_id is not None}
    return known | {client.code: client.pk for client in made}


def _client(row: SheetRow) -> ListedClient:
    return ListedClient(
        code=row.code,
        code_kind=row.code_kind,
        code_confirmed=row.odd,
        name=row.name,
        short_name=row.short_name,
        legal_form=row.legal_form,
        region=row.region,
        city=row.city,
        postcode=row.postcode,
        address=row.address,
        source=row.source,
    )


# ---------------------------------------------------------------- contracts

Entered = dict[int, Contract]


def _new_kits(taken: Iterable[Plan]) -> set[str]:
    return {one.row.kit for one in taken if one.row.kit} - set(kit_ids())


def _enter_contracts(
    actor: Actor,
    taken: Iterable[Plan],
    by_code: Mapping[str, int],
    kits: Mapping[str, int],
) -> Entered:
    bringing = [one for one in taken if one.brings_contract]
    listed = [_contract(one.row, by_code[one.row.code], kits) for one in bringing]
    made = contracts.enter_listed(actor=actor, listed=listed)
    return {one.row.row: new for one, new in zip(bringing, made, strict=True)}


def _contract(row: SheetRow, client_id: int, kits: Mapping[str, int]) -> ListedContract:
    if row.signed_on is None:
        raise ValueError(f"Row {row.row} has a contract without its day.")
    return ListedContract(
        client_id=client_id,
        number=row.contract,
        signed_on=row.signed_on,
        valid_to=row.valid_to,
        kit_id=kits[row.kit] if row.kit else None,
        periodicity=row.periodicity or Periodicity.MONTHLY,
        monthly_price=row.price or Decimal(0),
        seats=row.seats or 1,
    )


# ---------------------------------------------------------------- changes


def _change(actor: Actor, taken: Iterable[Plan], kits: Mapping[str, int]) -> None:
    of_clients: dict[int, dict[str, str]] = {}
    of_contracts: dict[int, dict[str, Any]] = {}
    for one in taken:
        for change in one.changes:
            if change.field in OF_CLIENT and one.client_id is not None:
                values = of_clients.setdefault(one.client_id, {})
                values[change.field.value] = change.now
            elif one.contract_id is not None:
                of_contracts.setdefault(one.contract_id, {}).update(
                    as_columns(change.field, change.now, kits)
                )
    clients.change_listed(actor=actor, changes=of_clients)
    contracts.change_listed(actor=actor, changes=of_contracts)


def as_columns(field: Field, text: str, kits: Mapping[str, int]) -> dict[str, Any]:
    """A value of a contract as its column keeps it."""
    match field:
        case Field.SIGNED_ON | Field.VALID_TO:
            return {field.value: date.fromisoformat(text) if text else None}
        case Field.KIT:
            return {"kit_id": kits[text]}
        case Field.PRICE:
            return {"monthly_price": Decimal(text)}
        case Field.SEATS:
            return {"seats": int(text)}
        case _:
            return {field.value: text}


# ---------------------------------------------------------------- what is kept


def _keep_rows(
    entry: ListImport,
    taken: Sequence[Plan],
    by_code: Mapping[str, int],
    entered: Entered,
) -> None:
    first = {one.row.row for one in _newcomers(taken).values()}
    BroughtRow.objects.bulk_create(
        [
            _row(entry, one, by_code[one.row.code], entered, one.row.row in first)
            for one in taken
        ],
        batch_size=BATCH,
    )


def _row(
    entry: ListImport,
    one: Plan,
    client_id: int,
    entered: Entered,
    is_new: bool,  # noqa: FBT001 - one fact of the row among others
) -> BroughtRow:
    contract = entered.get(one.row.row)
    did = Did.NEW if is_new else Did.CONTRACT if contract else Did.CHANGED
    return BroughtRow(
        brought=entry,
        row=one.row.row,
        did=did,
        client_id=client_id,
        contract_id=contract.pk if contract else one.contract_id,
        entered_client=is_new,
        entered_contract=contract is not None,
        values=_values(one, is_new=is_new),
        before={change.field.value: change.was for change in one.changes},
    )


def _values(one: Plan, *, is_new: bool) -> dict[str, str]:
    """A row joined to an earlier one says nothing of the client itself."""
    of_client = () if one.joins is not None and not is_new else OF_CLIENT
    kept = {*of_client, *(OF_CONTRACT if one.row.contract else ())}
    return {field.value: text for field, text in said(one.row).items() if field in kept}


def _tell(actor: Actor, entry: ListImport, report: Brought) -> None:
    record(
        kind="intake.list.brought",
        actor=actor,
        for_whom=people.viewer(actor).for_whom(may_import),
        subject=entry,
        details={
            "list": entry.file_name,
            "sha256": entry.content_id,
            "created": report.created,
            "contracts": report.contracts,
            "changed": report.changed,
        },
    )
