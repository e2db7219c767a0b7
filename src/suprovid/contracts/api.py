"""Contracts and the catalogue for programs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.http import HttpResponse
from ninja import Router, Schema, Status
from pydantic import Field

from suprovid.contracts import actions, queries
from suprovid.contracts.rules import (
    CountFrom,
    Delivery,
    OwnTermUnit,
    Periodicity,
    Variant,
)
from suprovid.people.queries import today
from suprovid.web.api import ApiRequest, Body, Page, doing_once, etag, if_match, keyset

router = Router(tags=["contracts"])


class LineIn(Body):
    kit_id: int
    variant: Variant
    seats: int = Field(ge=1, le=10000)
    periodicity: Periodicity
    delivery: Delivery
    monthly_price: Decimal = Field(ge=0, max_digits=14, decimal_places=2)
    valid_from: date
    valid_to: date | None = None


class ContractLineOut(Schema):
    id: int
    kit: str
    variant: Variant
    seats: int
    periodicity: Periodicity
    delivery: Delivery
    monthly_price: Decimal
    valid_from: date
    valid_to: date | None


class TermsIn(Body):
    signed_on: date
    valid_from: date
    valid_to: date | None = None
    price_agreement: str = Field("", max_length=60)
    price_agreed_on: date | None = None
    own_term_count: int | None = Field(None, ge=0, le=366)
    own_term_unit: OwnTermUnit | None = None
    own_term_from: CountFrom | None = None
    may_agree_later: bool = False


class ContractIn(TermsIn):
    client_id: int
    number: str = Field(min_length=1, max_length=40)
    regular: bool = True


class Made(Schema):
    id: int


class ContractBrief(Schema):
    id: int
    number: str
    client_id: int
    signed_on: date
    valid_from: date
    valid_to: date | None


class ContractOut(ContractBrief):
    client: str
    regular: bool
    price_agreement: str
    price_agreed_on: date | None
    may_agree_later: bool
    version: int
    monthly: Decimal
    lines: list[ContractLineOut]


class EndIn(Body):
    last_day: date


class BankIn(Body):
    name: str = Field(min_length=1, max_length=120)
    valid_from: date


class KitIn(BankIn):
    bank_ids: list[int]


class KitOut(Schema):
    id: int
    name: str
    banks: list[str]
    valid_from: date


@router.get("/contracts", response=Page[ContractBrief])
def contracts(request: ApiRequest, cursor: str = "", limit: int = 50) -> object:
    """Contracts you may see, newest first."""
    return keyset(queries.visible(request.viewer), cursor, limit)


@router.get("/contracts/{contract_id}", response=ContractOut)
def contract(request: ApiRequest, response: HttpResponse, contract_id: int) -> object:
    """One contract with its lines; its version comes as ETag."""
    day = today(request.actor.now)
    found = queries.contract_page(request.viewer, contract_id, day).contract
    etag(response, found.version)
    return found


@router.post("/contracts", response={201: Made})
@doing_once("contracts.make_contract")
def make_contract(request: ApiRequest, body: ContractIn) -> object:
    """Enter a contract of a client."""
    return Status(201, actions.make_contract(actor=request.actor, **body.dict()))


@router.put("/contracts/{contract_id}", response=Made)
@doing_once("contracts.edit_contract")
def edit_contract(request: ApiRequest, contract_id: int, body: TermsIn) -> object:
    """Change the terms of a contract that you saw under If-Match."""
    return actions.edit_contract(
        actor=request.actor,
        contract_id=contract_id,
        version=if_match(request),
        **body.dict(),
    )


@router.post("/contracts/{contract_id}/lines", response={201: Made})
@doing_once("contracts.add_line")
def add_line(request: ApiRequest, contract_id: int, body: LineIn) -> object:
    """Subscribe a kit under a contract."""
    return Status(
        201,
        actions.add_line(actor=request.actor, contract_id=contract_id, **body.dict()),
    )


@router.post("/contracts/lines/{line_id}/end", response=Made)
@doing_once("contracts.end_line")
def end_line(request: ApiRequest, line_id: int, body: EndIn) -> object:
    """End a subscription line on a day."""
    return actions.end_line(actor=request.actor, line_id=line_id, **body.dict())


@router.get("/catalogue/kits", response=list[KitOut])
def kits(request: ApiRequest) -> object:
    """The kits and their banks."""
    return list(queries.catalogue(request.viewer).kits)


@router.post("/catalogue/banks", response={201: Made})
@doing_once("contracts.add_bank")
def add_bank(request: ApiRequest, body: BankIn) -> object:
    """Add an information bank to the catalogue."""
    return Status(201, actions.add_bank(actor=request.actor, **body.dict()))


@router.post("/catalogue/kits", response={201: Made})
@doing_once("contracts.add_kit")
def add_kit(request: ApiRequest, body: KitIn) -> object:
    """Add a kit to the catalogue."""
    return Status(201, actions.add_kit(actor=request.actor, **body.dict()))
