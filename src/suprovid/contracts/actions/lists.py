"""Contracts that come by a list, many at once, in the transaction of the list.

The right is that of the list: the head of department's (PROCESS 5).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import ProtectedError

from suprovid.clients.rules import fold_number
from suprovid.contracts.models import Contract, Kit, Line
from suprovid.contracts.rules import Delivery, Periodicity, Variant, may_write_catalogue
from suprovid.journal.actions import Happening, record_many
from suprovid.journal.rules import Actor
from suprovid.lib.decision import Forbidden, Reason, Refused, require
from suprovid.people.queries import viewer as rights_of

BATCH = 500
OF_A_LINE = frozenset({"kit_id", "periodicity", "monthly_price", "seats"})


@dataclass(frozen=True)
class ListedContract:
    """A contract as a list tells it; without a kit it has no subscription line.

    `monthly_price` is without VAT. What lists do not tell is as in most contracts: the
    local version, updated by visits.
    """

    client_id: int
    number: str
    signed_on: date
    valid_to: date | None = None
    kit_id: int | None = None
    periodicity: Periodicity = Periodicity.MONTHLY
    monthly_price: Decimal = Decimal(0)
    seats: int = 1


def _head(actor: Actor) -> int | None:
    viewer = rights_of(actor)
    require(may_write_catalogue(viewer), Forbidden)
    return viewer.for_whom(may_write_catalogue)


def enter_kits(*, actor: Actor, names: Collection[str], on: date) -> dict[str, int]:
    """Add kits that a list names and the catalogue lacks; their banks come later.

    Raises:
        Forbidden: not the head of department.
    """
    head = _head(actor)
    kits = [Kit(name=name, valid_from=on) for name in sorted(names)]
    made = Kit.objects.bulk_create(kits, batch_size=BATCH)
    record_many(
        kind="contracts.kit.added",
        actor=actor,
        happenings=[
            Happening(kit, for_whom=head, details={"name": kit.name, "banks": []})
            for kit in made
        ],
    )
    return {kit.name: kit.pk for kit in made}


def enter_listed(*, actor: Actor, listed: Sequence[ListedContract]) -> list[Contract]:
    """Enter contracts and their lines, in the order given.

    Raises:
        Forbidden: not the head of department.
        IntegrityError: a number is taken; the caller looks again.
    """
    head = _head(actor)
    contracts = Contract.objects.bulk_create(
        [_contract(actor, one) for one in listed], batch_size=BATCH
    )
    pairs = list(zip(contracts, listed, strict=True))
    lines = {line.contract_id: line for line in _enter_lines(pairs)}
    _record_contracts(actor, head, contracts)
    _record_lines(actor, head, pairs, lines)
    return contracts


def _contract(actor: Actor, one: ListedContract) -> Contract:
    return Contract(
        client_id=one.client_id,
        number=one.number,
        number_key=fold_number(one.number),
        signed_on=one.signed_on,
        valid_from=one.signed_on,
        valid_to=one.valid_to,
        created_at=actor.now,
    )


def _enter_lines(pairs: Iterable[tuple[Contract, ListedContract]]) -> list[Line]:
    lines = [
        Line(
            contract=contract,
            kit_id=one.kit_id,
            variant=Variant.LOCAL if one.seats == 1 else Variant.NETWORK,
            seats=one.seats,
            periodicity=one.periodicity,
            delivery=Delivery.VISIT,
            monthly_price=one.monthly_price,
            valid_from=contract.valid_from,
            valid_to=one.valid_to,
        )
        for contract, one in pairs
        if one.kit_id is not None
    ]
    return Line.objects.bulk_create(lines, batch_size=BATCH)


def _record_contracts(
    actor: Actor, head: int | None, contracts: Iterable[Contract]
) -> None:
    record_many(
        kind="contracts.contract.made",
        actor=actor,
        happenings=[
            Happening(
                contract,
                for_whom=head,
                client=contract.client_id,
                details={
                    "number": contract.number,
                    "signed_on": contract.signed_on.isoformat(),
                },
            )
            for contract in contracts
        ],
    )


def _record_lines(
    actor: Actor,
    head: int | None,
    pairs: Iterable[tuple[Contract, ListedContract]],
    lines: Mapping[int, Line],
) -> None:
    kits = dict(Kit.objects.values_list("pk", "name"))
    record_many(
        kind="contracts.line.added",
        actor=actor,
        happenings=[
            Happening(
                lines[contract.pk],
                for_whom=head,
                client=contract.client_id,
                details={
                    "kit": kits[one.kit_id or 0],
                    "number": contract.number,
                    "seats": one.seats,
                    "price": str(one.monthly_price),
                },
            )
            for contract, one in pairs
            if contract.pk in lines
        ],
    )


def change_listed(*, actor: Actor, changes: Mapping[int, Mapping[str, Any]]) -> None:
    """Put right what a corrected list says otherwise: contract's id to its new values.

    Values of the line (kit_id, periodicity, monthly_price, seats) go to the contract's
    first line.

    Raises:
        Forbidden: not the head of department.
    """
    head = _head(actor)
    rows = Contract.objects.select_for_update().order_by("pk").in_bulk(list(changes))
    lines = _first_lines(rows)
    told = []
    for contract_id, values in changes.items():
        contract = rows[contract_id]
        said = _set(contract, lines.get(contract_id), values)
        contract.version += 1
        contract.save()
        told.append(_changed(contract, head, said))
    record_many(kind="contracts.contract.changed", actor=actor, happenings=told)


def _first_lines(contracts: Collection[int]) -> dict[int, Line]:
    rows = Line.objects.filter(contract__in=list(contracts)).order_by("-pk")
    return {line.contract_id: line for line in rows}


def _set(
    contract: Contract, line: Line | None, values: Mapping[str, Any]
) -> dict[str, list[str]]:
    said = {}
    for name, value in values.items():
        target = line if name in OF_A_LINE else contract
        if target is None:
            continue
        said[name] = [str(getattr(target, name)), str(value)]
        setattr(target, name, value)
    if "signed_on" in values:
        contract.valid_from = contract.signed_on
    if line is not None and OF_A_LINE & set(values):
        line.save()
    return said


def _changed(
    contract: Contract, head: int | None, said: Mapping[str, list[str]]
) -> Happening:
    return Happening(
        contract,
        for_whom=head,
        client=contract.client_id,
        details={"number": contract.number, "changes": said},
    )


def take_back_listed(*, actor: Actor, contract_ids: Collection[int]) -> None:
    """Remove contracts that a list entered by mistake, with their lines.

    Raises:
        Forbidden: not the head of department.
        Refused: something stands on one of them already.
    """
    head = _head(actor)
    rows = list(Contract.objects.filter(pk__in=list(contract_ids)).order_by("pk"))
    happenings = [
        Happening(
            row, for_whom=head, client=row.client_id, details={"number": row.number}
        )
        for row in rows
    ]
    record_many(
        kind="contracts.contract.taken_back", actor=actor, happenings=happenings
    )
    try:
        Line.objects.filter(contract__in=rows).delete()
        Contract.objects.filter(pk__in=[row.pk for row in rows]).delete()
    except ProtectedError as built:
        raise Refused(
            Reason("Something was built on a contract of this list already.")
        ) from built
