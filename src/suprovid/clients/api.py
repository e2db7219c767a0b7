"""Clients for programs."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Field, Query, Router, Schema, Status
from pydantic import ConfigDict

from suprovid.clients import actions, queries, rules
from suprovid.web.api import ApiRequest, Page, doing_once, etag, if_match, keyset

router = Router(tags=["clients"])
Short = Annotated[str, Field(max_length=200)]
Long = Annotated[str, Field(max_length=400)]


class Strict(Schema):
    """What is not asked for is refused: nobody assigns what he may not name."""

    model_config = ConfigDict(extra="forbid")


class ClientOut(Schema):
    id: int
    name: str
    short_name: str
    legal_form: str
    code: str
    code_kind: str
    code_confirmed: bool
    region: str
    city: str
    postcode: str
    address: str
    serving: str
    served_by: str
    served_since: date | None
    group_id: int | None
    manager_id: int | None
    sales_id: int | None
    version: int


class NewClient(Strict):
    name: Long
    code: Short
    short_name: Short = ""
    legal_form: Short = ""
    region: Short = ""
    city: Short = ""
    postcode: Short = ""
    address: Long = ""
    passport: bool = False
    confirm_code: bool = False


class ClientChanges(Strict):
    """Only the fields sent are changed."""

    name: Long | None = None
    code: Short | None = None
    short_name: Short | None = None
    legal_form: Short | None = None
    region: Short | None = None
    city: Short | None = None
    postcode: Short | None = None
    address: Long | None = None
    passport: bool = False
    confirm_code: bool = False


class Assignment(Strict):
    group_id: int | None
    manager_id: int | None


class Sales(Strict):
    sales_id: int | None


class ContactIn(Strict):
    name: Short
    position: Short = ""
    phone: Annotated[str, Field(max_length=40)] = ""
    email: Annotated[str, Field(max_length=254)] = ""
    responsible: bool = False
    decides: bool = False


class ContactOut(Schema):
    id: int
    name: str
    position: str
    phone: str
    email: str
    responsible: bool
    decides: bool
    version: int


class SiteIn(Strict):
    name: Annotated[str, Field(max_length=120)]
    address: Annotated[str, Field(max_length=300)]


class SiteOut(Schema):
    id: int
    name: str
    address: str
    version: int


class ClientWhole(ClientOut):
    contacts: list[ContactOut]
    sites: list[SiteOut]


class LookupOut(Schema):
    name: str
    served: bool


class Asked(Schema):
    text: str = ""
    serving: rules.Serving | None = None
    group_id: int | None = None
    manager_id: int | None = None
    cursor: str = ""
    limit: int = 50


@router.get("/clients", response=Page[ClientOut], operation_id="clients")
def clients(request: ApiRequest, asked: Query[Asked]) -> dict[str, Any]:
    filters = queries.Filters(
        text=asked.text,
        serving=asked.serving or "",
        group_id=asked.group_id,
        manager_id=asked.manager_id,
    )
    rows = queries.filtered(request.viewer, filters)
    return keyset(rows, asked.cursor, asked.limit)


@router.get("/clients/lookup", response=LookupOut, operation_id="look_up_client")
def lookup(request: ApiRequest, code: str) -> queries.Lookup:
    return queries.looked_up(request.viewer, code)


@router.get("/clients/{int:client_id}", response=ClientWhole, operation_id="client")
def client(
    request: ApiRequest, response: HttpResponse, client_id: int
) -> dict[str, Any]:
    found = queries.answering(request.viewer, client_id)
    etag(response, found.version)
    return vars(found) | {
        "served_by": found.served_by or "",
        "served_since": found.since,
    }


@router.post("/clients", response={201: ClientOut}, operation_id="add_client")
@doing_once("clients.add_client")
def add_client(request: ApiRequest, body: NewClient) -> Status[Any]:
    return Status(201, actions.add_client(actor=request.actor, **body.dict()))


@router.patch(
    "/clients/{int:client_id}", response=ClientOut, operation_id="edit_client"
)
@doing_once("clients.edit_client")
def edit_client(request: ApiRequest, client_id: int, body: ClientChanges) -> Any:
    changes = body.dict(exclude_none=True)
    return actions.edit_client(
        actor=request.actor, client_id=client_id, version=if_match(request), **changes
    )


@router.post(
    "/clients/{int:client_id}/assign", response=ClientOut, operation_id="assign_client"
)
@doing_once("clients.assign")
def assign(request: ApiRequest, client_id: int, body: Assignment) -> Any:
    return actions.assign(actor=request.actor, client_id=client_id, **body.dict())


@router.post(
    "/clients/{int:client_id}/sales",
    response=ClientOut,
    operation_id="give_client_to_sales",
)
@doing_once("clients.name_sales")
def name_sales(request: ApiRequest, client_id: int, body: Sales) -> Any:
    return actions.name_sales(actor=request.actor, client_id=client_id, **body.dict())


@router.post(
    "/clients/{int:client_id}/contacts",
    response={201: ContactOut},
    operation_id="add_contact",
)
@doing_once("clients.add_contact")
def add_contact(request: ApiRequest, client_id: int, body: ContactIn) -> Status[Any]:
    made = actions.add_contact(actor=request.actor, client_id=client_id, **body.dict())
    return Status(201, made)


@router.put(
    "/clients/{int:client_id}/contacts/{int:contact_id}",
    response=ContactOut,
    operation_id="change_contact",
)
@doing_once("clients.change_contact")
def change_contact(
    request: ApiRequest, client_id: int, contact_id: int, body: ContactIn
) -> Any:
    return actions.change_contact(
        actor=request.actor,
        client_id=client_id,
        contact_id=contact_id,
        version=if_match(request),
        **body.dict(),
    )


@router.post(
    "/clients/{int:client_id}/contacts/{int:contact_id}/left",
    response=ContactOut,
    operation_id="contact_left",
)
@doing_once("clients.contact_left")
def contact_left(request: ApiRequest, client_id: int, contact_id: int) -> Any:
    return actions.contact_left(
        actor=request.actor, client_id=client_id, contact_id=contact_id
    )


@router.post(
    "/clients/{int:client_id}/sites", response={201: SiteOut}, operation_id="add_site"
)
@doing_once("clients.add_site")
def add_site(request: ApiRequest, client_id: int, body: SiteIn) -> Status[Any]:
    made = actions.add_site(actor=request.actor, client_id=client_id, **body.dict())
    return Status(201, made)


@router.put(
    "/clients/{int:client_id}/sites/{int:site_id}",
    response=SiteOut,
    operation_id="change_site",
)
@doing_once("clients.change_site")
def change_site(request: ApiRequest, client_id: int, site_id: int, body: SiteIn) -> Any:
    return actions.change_site(
        actor=request.actor,
        client_id=client_id,
        site_id=site_id,
        version=if_match(request),
        **body.dict(),
    )
