"""Contracts and the catalogue as their viewers see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from suprovid.clients.models import Client
from suprovid.clients.queries import sees_all, with_words
from suprovid.clients.queries import visible as visible_clients
from suprovid.clients.rules import Serving, fold_number
from suprovid.contracts.models import Bank, Contract, Kit, Line
from suprovid.contracts.rules import (
    CountFrom,
    Delivery,
    OwnTermUnit,
    Periodicity,
    Variant,
    may_write_catalogue,
    may_write_contract,
    running,
)
from suprovid.lib.decision import Decision, Missing
from suprovid.people.rules import Viewer
from suprovid.web.begins import begins
from suprovid.web.parts import Page

BEGINNING = date.min
"""Asked about no day: what runs when the first lines begin."""
SERVED = frozenset({Serving.SERVED, Serving.PAUSED})
PAGE = 50


@dataclass(frozen=True)
class LineRow:
    id: int
    kit: str
    variant: Variant
    seats: int
    periodicity: Periodicity
    delivery: Delivery
    monthly_price: Decimal
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class OwnTerm:
    """A contract's own term of installation (PROCESS 2, 3.5)."""

    count: int
    unit: OwnTermUnit
    start: CountFrom


@dataclass(frozen=True)
class ContractRow:
    id: int
    number: str
    client_id: int
    client: str
    signed_on: date
    valid_from: date
    valid_to: date | None
    regular: bool
    price_agreement: str
    price_agreed_on: date | None
    own_term: OwnTerm | None
    may_agree_later: bool
    version: int
    lines: tuple[LineRow, ...]
    running: tuple[LineRow, ...]
    """The lines that run on the day asked about."""

    @property
    def monthly(self) -> Decimal:
        """What runs costs a month, without VAT."""
        return sum((line.monthly_price for line in self.running), Decimal(0))

    @property
    def seats(self) -> int:
        return sum(line.seats for line in self.running)


@dataclass(frozen=True)
class ContractPage:
    contract: ContractRow
    writing: Decision


@dataclass(frozen=True)
class ContractList:
    rows: tuple[ContractRow, ...]
    page: Page


@dataclass(frozen=True)
class KitRow:
    id: int
    name: str
    banks: tuple[str, ...]
    valid_from: date


@dataclass(frozen=True)
class Catalogue:
    kits: tuple[KitRow, ...]
    banks: tuple[tuple[int, str], ...]
    writing: Decision


def visible(viewer: Viewer) -> QuerySet[Contract]:
    """Whoever sees the client sees its contracts (PROCESS 5)."""
    if sees_all(viewer):
        return Contract.objects.all()
    return Contract.objects.filter(client__in=visible_clients(viewer))


def numbered(contracts: QuerySet[Contract], text: str) -> QuerySet[Contract]:
    """Keep those whose number begins with a text, however it is spelled."""
    return contracts.filter(begins("number_key", fold_number(text)))


def writing(viewer: Viewer, client: Client) -> Decision:
    """May this person write the contracts of this client?"""
    return may_write_contract(
        viewer,
        sales_id=client.sales_id,
        group_id=client.group_id,
        served=client.serving in SERVED,
    )


def contract_page(
    viewer: Viewer, contract_id: int, on: date = BEGINNING
) -> ContractPage:
    """One contract with its lines.

    Raises:
        Missing: not there, or not theirs.
    """
    contract = _whole(visible(viewer)).filter(pk=contract_id).first()
    if contract is None:
        raise Missing(f"There is no contract {contract_id}.")
    return ContractPage(_row(contract, on), writing(viewer, contract.client))


def writing_for(viewer: Viewer, client_id: int) -> tuple[str, Decision]:
    """A client's name and whether this person may write its contracts.

    Raises:
        Missing: not there, or not theirs.
    """
    client = visible_clients(viewer).filter(pk=client_id).first()
    if client is None:
        raise Missing(f"There is no client {client_id}.")
    return str(client), writing(viewer, client)


def contract_list(
    viewer: Viewer, on: date, *, text: str = "", number: int = 1
) -> ContractList:
    """Contracts one sees, newest first; a text finds numbers and clients."""
    rows = _whole(visible(viewer)).order_by("-signed_on", "-pk")
    if text.strip():
        clients = with_words(visible_clients(viewer), text)
        rows = numbered(rows, text) | rows.filter(client__in=clients)
    first = (number - 1) * PAGE
    found = list(rows[first : first + PAGE + 1])
    page = Page(number=number, has_next=len(found) > PAGE)
    return ContractList(tuple(_row(contract, on) for contract in found[:PAGE]), page)


def about_client(viewer: Viewer, client_id: int, on: date) -> tuple[ContractRow, ...]:
    """The contracts of a client for its page, newest first."""
    rows = _whole(visible(viewer).filter(client_id=client_id))
    return tuple(_row(row, on) for row in rows.order_by("-signed_on", "-pk"))


def catalogue(viewer: Viewer) -> Catalogue:
    """Kits and banks; everybody reads them, the head of department writes."""
    kits = Kit.objects.prefetch_related("banks").order_by("name")
    return Catalogue(
        kits=tuple(
            KitRow(
                kit.pk, kit.name, tuple(str(b) for b in kit.banks.all()), kit.valid_from
            )
            for kit in kits
        ),
        banks=tuple(Bank.objects.order_by("name").values_list("pk", "name")),
        writing=may_write_catalogue(viewer),
    )


def kit_choices() -> list[tuple[int, str]]:
    return list(Kit.objects.order_by("name").values_list("pk", "name"))


def _whole(rows: QuerySet[Contract]) -> QuerySet[Contract]:
    lines = Line.objects.select_related("kit").order_by("valid_from", "pk")
    return rows.select_related("client").prefetch_related(
        Prefetch("lines", queryset=lines)
    )


def _row(contract: Contract, on: date) -> ContractRow:
    lines = tuple(_line(line) for line in contract.lines.all())
    return ContractRow(
        id=contract.pk,
        number=contract.number,
        client_id=contract.client_id,
        client=str(contract.client),
        signed_on=contract.signed_on,
        valid_from=contract.valid_from,
        valid_to=contract.valid_to,
        regular=contract.regular,
        price_agreement=contract.price_agreement,
        price_agreed_on=contract.price_agreed_on,
        own_term=_own_term(contract),
        may_agree_later=contract.may_agree_later,
        version=contract.version,
        lines=lines,
        running=running(lines, on),
    )


def _own_term(contract: Contract) -> OwnTerm | None:
    if contract.own_term_count is None:
        return None
    return OwnTerm(
        contract.own_term_count,
        OwnTermUnit(contract.own_term_unit),
        CountFrom(contract.own_term_from),
    )


def _line(line: Line) -> LineRow:
    return LineRow(
        id=line.pk,
        kit=line.kit.name,
        variant=Variant(line.variant),
        seats=line.seats,
        periodicity=Periodicity(line.periodicity),
        delivery=Delivery(line.delivery),
        monthly_price=line.monthly_price,
        valid_from=line.valid_from,
        valid_to=line.valid_to,
    )


def contract_row(contract_id: int) -> ContractRow:
    """One contract, for rooms that have already asked for the right.

    Raises:
        Missing: there is none.
    """
    contract = _whole(Contract.objects.filter(pk=contract_id)).first()
    if contract is None:
        raise Missing(f"There is no contract {contract_id}.")
    return _row(contract, BEGINNING)
