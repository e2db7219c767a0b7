"""The catalogue, contracts and what is subscribed under them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from suprovid.clients.models import Client
from suprovid.clients.queries import visible as visible_clients
from suprovid.clients.rules import fold_number
from suprovid.contracts.models import Bank, Contract, Kit, Line
from suprovid.contracts.queries import writing
from suprovid.contracts.rules import (
    CountFrom,
    Delivery,
    OwnTermUnit,
    Periodicity,
    Variant,
    fits,
    may_write_catalogue,
)
from suprovid.journal.actions import record
from suprovid.journal.rules import Actor
from suprovid.lib.decision import (
    Forbidden,
    Missing,
    Reason,
    Stale,
    invalid,
    require,
)
from suprovid.people.queries import viewer as rights_of
from suprovid.people.rules import Viewer

EDITABLE = frozenset(
    {
        "signed_on",
        "valid_from",
        "valid_to",
        "price_agreement",
        "price_agreed_on",
        "may_agree_later",
        "own_term_count",
        "own_term_unit",
        "own_term_from",
    }
)
OWN_TERM = frozenset({"own_term_count", "own_term_unit", "own_term_from"})


def _catalogue_for(viewer: Viewer) -> int | None:
    """For whom one changes the catalogue, when the right is a deputy's."""
    require(may_write_catalogue(viewer), Forbidden)
    return viewer.for_whom(may_write_catalogue)


@transaction.atomic
def add_bank(*, actor: Actor, name: str, valid_from: date) -> Bank:
    """Add an information bank to the catalogue.

    Raises:
        Forbidden, Invalid.
    """
    head = _catalogue_for(rights_of(actor))
    bank, new = Bank.objects.get_or_create(
        name=name.strip(), defaults={"valid_from": valid_from}
    )
    if not new:
        raise invalid("name", "“{name}” is in the catalogue already.", name=bank.name)
    record(
        kind="contracts.bank.added",
        actor=actor,
        for_whom=head,
        subject=bank,
        details={"name": bank.name},
    )
    return bank


@transaction.atomic
def add_kit(
    *, actor: Actor, name: str, bank_ids: Collection[int], valid_from: date
) -> Kit:
    """Add a kit of banks to the catalogue.

    Raises:
        Forbidden, Invalid.
    """
    head = _catalogue_for(rights_of(actor))
    banks = list(Bank.objects.filter(pk__in=set(bank_ids)))
    if len(banks) < len(set(bank_ids)):
        raise invalid("bank_ids", "There is no such bank in the catalogue.")
    kit, new = Kit.objects.get_or_create(
        name=name.strip(), defaults={"valid_from": valid_from}
    )
    if not new:
        raise invalid("name", "“{name}” is in the catalogue already.", name=kit.name)
    kit.banks.set(banks)
    record(
        kind="contracts.kit.added",
        actor=actor,
        for_whom=head,
        subject=kit,
        details={"name": kit.name, "banks": sorted(bank.name for bank in banks)},
    )
    return kit


@transaction.atomic
def make_contract(
    *,
    actor: Actor,
    client_id: int,
    number: str,
    signed_on: date,
    valid_from: date,
    valid_to: date | None = None,
    regular: bool = True,
    price_agreement: str = "",
    price_agreed_on: date | None = None,
    own_term_count: int | None = None,
    own_term_unit: OwnTermUnit | None = None,
    own_term_from: CountFrom | None = None,
    may_agree_later: bool = False,
) -> Contract:
    """Enter a contract of a client one may write for.

    Raises:
        Missing, Forbidden, Refused, Invalid: on `number` when it is taken.
    """
    viewer = rights_of(actor)
    client = _client(viewer, client_id)
    require(writing(viewer, client), Forbidden)
    require(fits(begins=valid_from, ends=valid_to))
    number = number.strip()
    contract, new = Contract.objects.get_or_create(
        number=number,
        defaults={
            "client": client,
            "number_key": fold_number(number),
            "signed_on": signed_on,
            "valid_from": valid_from,
            "valid_to": valid_to,
            "regular": regular,
            "price_agreement": price_agreement.strip(),
            "price_agreed_on": price_agreed_on,
            "may_agree_later": may_agree_later,
            "created_at": actor.now,
            **_own_term(own_term_count, own_term_unit, own_term_from),
        },
    )
    if not new:
        raise invalid("number", "There is a contract {number} already.", number=number)
    record(
        kind="contracts.contract.made",
        actor=actor,
        for_whom=_for_whom(viewer, client),
        subject=contract,
        client=client.pk,
        details={"number": number, "signed_on": signed_on.isoformat()},
    )
    return contract


def _for_whom(viewer: Viewer, client: Client) -> int | None:
    return viewer.for_whom(lambda one: writing(one, client))


def _client(viewer: Viewer, client_id: int) -> Client:
    client = visible_clients(viewer).filter(pk=client_id).first()
    if client is None:
        raise Missing(f"There is no client {client_id}.")
    held = Client.objects.select_for_update().get(pk=client.pk)
    if held.merged_into_id is not None:  # joined to another a moment ago
        raise Missing(f"There is no client {client_id}.")
    return held


def _own_term(
    count: int | None, unit: OwnTermUnit | None, start: CountFrom | None
) -> dict[str, object]:
    """All three of a contract's own term, or none of them."""
    if count is None:
        return {"own_term_count": None, "own_term_unit": "", "own_term_from": ""}
    if unit is None or start is None:
        raise invalid(
            "own_term_unit", "Say the unit of the term and from what it runs."
        )
    return {"own_term_count": count, "own_term_unit": unit, "own_term_from": start}


def _own_term_after(
    contract: Contract, changes: Mapping[str, Any]
) -> dict[str, object]:
    """The term as it will stand: what is not sent stays."""
    count, unit, start = (
        changes.get(name, getattr(contract, name))
        for name in ("own_term_count", "own_term_unit", "own_term_from")
    )
    return _own_term(count, unit or None, start or None)


@transaction.atomic
def edit_contract(
    *, actor: Actor, contract_id: int, version: int, **changes: object
) -> Contract:
    """Change fields of a contract that nobody changed meanwhile.

    Raises:
        Missing, Forbidden, Refused, Stale: somebody saved before.
    """
    viewer = rights_of(actor)
    contract = _locked(viewer, contract_id)
    if contract.version != version:
        raise Stale(Reason("Somebody has changed this contract. Look at it again."))
    if strange := sorted(set(changes) - EDITABLE):
        raise invalid(strange[0], "This field of a contract is not changed.")
    if OWN_TERM & set(changes):
        changes |= _own_term_after(contract, changes)
    before = {name: str(getattr(contract, name)) for name in changes}
    for name, value in changes.items():
        setattr(contract, name, value)
    require(fits(begins=contract.valid_from, ends=contract.valid_to))
    contract.version += 1
    contract.save(update_fields=[*changes, "version"])
    record(
        kind="contracts.contract.changed",
        actor=actor,
        for_whom=_for_whom(viewer, contract.client),
        subject=contract,
        client=contract.client_id,
        details={
            "number": contract.number,
            "changes": {
                name: [before[name], str(value)]
                for name, value in changes.items()
                if before[name] != str(value)
            },
        },
    )
    return contract


def _locked(viewer: Viewer, contract_id: int) -> Contract:
    found = Contract.objects.filter(
        pk=contract_id, client__in=visible_clients(viewer)
    ).first()
    if found is None:
        raise Missing(f"There is no contract {contract_id}.")
    client = _client(viewer, found.client_id)
    require(writing(viewer, client), Forbidden)
    return Contract.objects.select_for_update().get(pk=contract_id)


@transaction.atomic
def add_line(
    *,
    actor: Actor,
    contract_id: int,
    kit_id: int,
    variant: Variant,
    seats: int,
    periodicity: Periodicity,
    delivery: Delivery,
    monthly_price: Decimal,
    valid_from: date,
    valid_to: date | None = None,
) -> Line:
    """Subscribe a kit under a contract; the price is a month's, without VAT.

    Raises:
        Missing, Forbidden, Refused, Invalid.
    """
    viewer = rights_of(actor)
    contract = _locked(viewer, contract_id)
    require(fits(begins=valid_from, ends=valid_to))
    kit = Kit.objects.filter(pk=kit_id).first()
    if kit is None:
        raise invalid("kit_id", "There is no such kit in the catalogue.")
    line = Line.objects.create(
        contract=contract,
        kit=kit,
        variant=variant,
        seats=seats,
        periodicity=periodicity,
        delivery=delivery,
        monthly_price=monthly_price,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    record(
        kind="contracts.line.added",
        actor=actor,
        for_whom=_for_whom(viewer, contract.client),
        subject=line,
        client=contract.client_id,
        details={
            "kit": kit.name,
            "number": contract.number,
            "seats": seats,
            "price": str(monthly_price),
        },
    )
    return line


@transaction.atomic
def end_line(*, actor: Actor, line_id: int, last_day: date) -> Line:
    """End a subscription line on a day; it is never deleted.

    Raises:
        Missing, Forbidden, Refused.
    """
    found = Line.objects.filter(pk=line_id).first()
    if found is None:
        raise Missing(f"There is no line {line_id}.")
    viewer = rights_of(actor)
    contract = _locked(viewer, found.contract_id)
    line = Line.objects.select_for_update().get(pk=line_id)
    require(fits(begins=line.valid_from, ends=last_day))
    line.valid_to = last_day
    line.save(update_fields=["valid_to"])
    record(
        kind="contracts.line.ended",
        actor=actor,
        for_whom=_for_whom(viewer, contract.client),
        subject=line,
        client=contract.client_id,
        details={
            "kit": line.kit.name,
            "number": contract.number,
            "day": last_day.isoformat(),
        },
    )
    return line
