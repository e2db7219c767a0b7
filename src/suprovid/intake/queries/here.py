"""What is here of all that a list names: a few queries, however long the list is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from suprovid.clients.models import Client
from suprovid.clients.rules import fold_number
from suprovid.contracts.models import Contract, Kit, Line
from suprovid.intake.models import BroughtRow
from suprovid.intake.rules import (
    OF_CLIENT,
    OF_CONTRACT,
    Field,
    Here,
    Known,
    ListState,
    ParsedSheet,
)
from suprovid.people.rules import sort_key

BATCH = 500
T = TypeVar("T")


def here(sheet: ParsedSheet) -> Here:
    """Clients by code, contracts by folded number, namesakes under other codes."""
    clients = _clients({row.code for row in sheet.rows})
    contracts = _contracts({fold_number(row.contract) for row in sheet.rows} - {""})
    listed = _listed(clients.values(), contracts.values())
    lines = _lines([contract.pk for contract in contracts.values()])
    return Here(
        clients={
            code: Known(
                client.pk,
                _of_client(client),
                listed.get(("client", client.pk), {}),
                under_old_code=client.code != code,
            )
            for code, client in clients.items()
        },
        contracts={
            key: _contract(contract, lines.get(contract.pk, []), listed)
            for key, contract in contracts.items()
        },
        namesakes=_namesakes(
            {row.name for row in sheet.rows if row.code not in clients}
        ),
    )


@dataclass(frozen=True)
class Stands:
    """Clients and contracts by their ids, as they stand now."""

    clients: dict[int, Known]
    contracts: dict[int, Known]


def here_by_ids(
    client_ids: Iterable[int | None], contract_ids: Iterable[int | None]
) -> Stands:
    """What stands now of the clients and contracts that a list touched."""
    clients = {
        client.pk: Known(client.pk, _of_client(client), client=str(client))
        for some in parts([one for one in client_ids if one])
        for client in Client.objects.filter(pk__in=some)
    }
    rows = {
        contract.pk: contract
        for some in parts([one for one in contract_ids if one])
        for contract in Contract.objects.filter(pk__in=some).select_related("client")
    }
    lines = _lines(list(rows))
    return Stands(
        clients,
        {pk: _contract(row, lines.get(pk, []), {}) for pk, row in rows.items()},
    )


def kit_ids() -> dict[str, int]:
    """The kits of the catalogue by name."""
    return dict(Kit.objects.values_list("name", "pk"))


def parts(values: Collection[T]) -> Iterator[Sequence[T]]:
    """A long list is asked about in parts: databases bound a question's length."""
    every = list(values)
    for start in range(0, len(every), BATCH):
        yield every[start : start + BATCH]


def _clients(codes: Collection[str]) -> dict[str, Client]:
    """By the code the list has; a client joined to another answers for it."""
    found: dict[str, Client] = {}
    for some in parts(codes):
        rows = Client.objects.filter(code__in=some).select_related("merged_into")
        found |= {client.code: client.merged_into or client for client in rows}
    return found


def _contracts(keys: Collection[str]) -> dict[str, Contract]:
    found: dict[str, Contract] = {}
    for some in parts(keys):
        rows = Contract.objects.filter(number_key__in=some).select_related("client")
        found |= {contract.number_key: contract for contract in rows}
    return found


def _lines(contract_ids: Collection[int]) -> dict[int, list[Line]]:
    found: dict[int, list[Line]] = {}
    for some in parts(contract_ids):
        rows = Line.objects.filter(contract__in=some).select_related("kit")
        for line in rows.order_by("pk"):
            found.setdefault(line.contract_id, []).append(line)
    return found


def _listed(
    clients: Iterable[Client], contracts: Iterable[Contract]
) -> dict[tuple[str, int], dict[str, str]]:
    """What the last list said of each; a list that was undone said nothing."""
    said: dict[tuple[str, int], dict[str, str]] = {}
    brought = BroughtRow.objects.filter(brought__state=ListState.BROUGHT)
    for some in parts([client.pk for client in clients]):
        for row in brought.filter(client__in=some).order_by("pk"):
            _note(said, ("client", row.client_id or 0), row, OF_CLIENT)
    for some in parts([contract.pk for contract in contracts]):
        for row in brought.filter(contract__in=some).order_by("pk"):
            _note(said, ("contract", row.contract_id or 0), row, OF_CONTRACT)
    return said


def _note(
    said: dict[tuple[str, int], dict[str, str]],
    of: tuple[str, int],
    row: BroughtRow,
    fields: Iterable[Field],
) -> None:
    names = {field.value for field in fields}
    told = {name: text for name, text in row.values.items() if name in names}
    said.setdefault(of, {}).update(told)


def _of_client(client: Client) -> dict[Field, str]:
    return {field: getattr(client, field.value) for field in OF_CLIENT}


def _contract(
    contract: Contract,
    lines: list[Line],
    listed: dict[tuple[str, int], dict[str, str]],
) -> Known:
    return Known(
        id=contract.pk,
        values=_of_contract(contract, lines[0] if lines else None),
        listed=listed.get(("contract", contract.pk), {}),
        client_id=contract.client_id,
        client=str(contract.client),
        one_line=len(lines) == 1,
    )


def _of_contract(contract: Contract, line: Line | None) -> dict[Field, str]:
    values = {
        Field.SIGNED_ON: contract.signed_on.isoformat(),
        Field.VALID_TO: contract.valid_to.isoformat() if contract.valid_to else "",
    }
    if line is not None:
        values |= {
            Field.KIT: line.kit.name,
            Field.PERIODICITY: line.periodicity,
            Field.PRICE: f"{line.monthly_price:.2f}",
            Field.SEATS: str(line.seats),
        }
    return values


def _namesakes(names: Collection[str]) -> dict[str, str]:
    keys = {sort_key(name, room=420): name for name in names if name}
    found: dict[str, str] = {}
    for some in parts(keys):
        rows = Client.objects.filter(sort_key__in=some, merged_into=None)
        for key, code in rows.values_list("sort_key", "code"):
            found[keys[key]] = code
    return found
