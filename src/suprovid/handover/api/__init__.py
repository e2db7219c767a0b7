"""Handovers for programs: the sheet, its papers, forms and visas, the whole path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ninja import File, Form, Router, Status
from ninja.files import UploadedFile

from suprovid.documents.rules import Upload
from suprovid.handover import actions, queries
from suprovid.handover.api.shapes import (
    Answer,
    CallOff,
    Contact,
    FilledOut,
    Group,
    HandoverBrief,
    Invoice,
    Made,
    Objecting,
    Opening,
    Reason,
    Refusal,
    Remarks,
    Seen,
    SheetOut,
    Values,
    VisaOut,
)
from suprovid.web.api import ApiRequest, Page, doing_once, keyset
from suprovid.web.sending import send as send_file

if TYPE_CHECKING:
    from django.http import HttpResponseBase

router = Router(tags=["handover"])


# ---------------------------------------------------------------- what is read


@router.get("/handovers", response=Page[HandoverBrief])
def handovers(request: ApiRequest, cursor: str = "", limit: int = 50) -> object:
    """Handovers you may see, newest first."""
    return keyset(queries.visible(request.viewer), cursor, limit)


@router.get("/handovers/{handover_id}", response=SheetOut)
def handover(request: ApiRequest, handover_id: int) -> object:
    """A handover with its newest sheet: papers, forms, visas and what each holds."""
    return queries.standing(queries.seen(request.viewer, handover_id))


@router.get(
    "/handovers/{handover_id}/papers/{item_paper_id}",
    openapi_extra={"responses": {200: {"description": "The file"}}},
)
def paper(
    request: ApiRequest, handover_id: int, item_paper_id: int
) -> HttpResponseBase:
    """A paper of a sheet, also one that was replaced."""
    found = queries.paper(request.viewer, handover_id, item_paper_id)
    return send_file(found, in_page=False)


# ---------------------------------------------------------------- the whole handover


@router.post("/handovers", response={201: HandoverBrief})
@doing_once("handover.open")
def open_handover(request: ApiRequest, body: Opening) -> object:
    """Open a handover of a contract and propose a service group."""
    return Status(201, actions.open_handover(actor=request.actor, **body.dict()))


@router.post("/handovers/{handover_id}/invoice", response=HandoverBrief)
@doing_once("handover.invoice")
def set_first_invoice(request: ApiRequest, handover_id: int, body: Invoice) -> object:
    """Name the first invoice: its payment starts the terms."""
    return actions.set_first_invoice(
        actor=request.actor, handover_id=handover_id, invoice_id=body.invoice_id
    )


@router.post("/handovers/{handover_id}/send", response=HandoverBrief)
@doing_once("handover.send")
def send(request: ApiRequest, handover_id: int) -> object:
    """Send the client's information to the head of sales."""
    return actions.send(actor=request.actor, handover_id=handover_id)


@router.post("/handovers/{handover_id}/send-back", response=HandoverBrief)
@doing_once("handover.send_back")
def send_back(request: ApiRequest, handover_id: int, body: Remarks) -> object:
    """The head of sales sends it back to be made better."""
    return actions.send_back(
        actor=request.actor, handover_id=handover_id, remarks=body.remarks
    )


@router.post("/handovers/{handover_id}/confirm", response=HandoverBrief)
@doing_once("handover.confirm")
def confirm(request: ApiRequest, handover_id: int) -> object:
    """The head of sales confirms; visas may be given from now on."""
    return actions.confirm(actor=request.actor, handover_id=handover_id)


@router.post("/handovers/{handover_id}/group", response=HandoverBrief)
@doing_once("handover.group")
def change_group(request: ApiRequest, handover_id: int, body: Group) -> object:
    """The head of department gives the client to another group."""
    return actions.change_group(
        actor=request.actor, handover_id=handover_id, group_id=body.group_id
    )


@router.post("/handovers/{handover_id}/accept", response=HandoverBrief)
@doing_once("handover.accept")
def accept(request: ApiRequest, handover_id: int) -> object:
    """The head of the group accepts the client; the sheet is closed for good."""
    return actions.accept(actor=request.actor, handover_id=handover_id)


@router.post("/handovers/{handover_id}/return", response=HandoverBrief)
@doing_once("handover.return")
def return_to_sales(request: ApiRequest, handover_id: int, body: Remarks) -> object:
    """Return the client to sales with remarks."""
    return actions.return_to_sales(
        actor=request.actor, handover_id=handover_id, remarks=body.remarks
    )


@router.post("/handovers/{handover_id}/answer", response=HandoverBrief)
@doing_once("handover.answer")
def answer_remarks(request: ApiRequest, handover_id: int, body: Answer) -> object:
    """Sales answer the remarks; acceptance falls due again."""
    return actions.answer_remarks(
        actor=request.actor, handover_id=handover_id, text=body.text
    )


@router.post("/handovers/{handover_id}/call-off", response=HandoverBrief)
@doing_once("handover.call_off")
def call_off(request: ApiRequest, handover_id: int, body: CallOff) -> object:
    """The head of sales calls the handover off; its papers stay."""
    return actions.call_off(actor=request.actor, handover_id=handover_id, **body.dict())


@router.post("/handovers/{handover_id}/object", response={201: Made})
@doing_once("handover.object")
def object_to(request: ApiRequest, handover_id: int, body: Objecting) -> object:
    """Object to a closed sheet: a new one goes round, the old one stays."""
    return Status(
        201,
        actions.object_to(actor=request.actor, handover_id=handover_id, **body.dict()),
    )


@router.post("/handovers/{handover_id}/first-contact", response={201: Made})
@doing_once("handover.first_contact")
def record_first_contact(
    request: ApiRequest, handover_id: int, body: Contact
) -> object:
    """Record the first contact and the agreed day of installation."""
    return Status(
        201,
        actions.record_first_contact(
            actor=request.actor, handover_id=handover_id, **body.dict()
        ),
    )


# ---------------------------------------------------------------- a line of the sheet

ITEM = "/handovers/{handover_id}/items/{item_id}"


@router.post(f"{ITEM}/papers", response={201: Made})
@doing_once("handover.papers")
def attach_paper(
    request: ApiRequest,
    handover_id: int,
    item_id: int,
    file: File[UploadedFile],
    replaces: Form[int | None] = None,
) -> object:
    """Attach a file to a line, or put it in the place of another paper."""
    return Status(
        201,
        actions.attach_paper(
            actor=request.actor,
            handover_id=handover_id,
            item_id=item_id,
            upload=Upload(name=file.name or "", data=file.read()),
            replaces=replaces,
        ),
    )


@router.post(f"{ITEM}/form", response=FilledOut)
@doing_once("handover.form")
def fill_form(
    request: ApiRequest, handover_id: int, item_id: int, body: Values
) -> object:
    """Fill in the card or the application; the same values make no new version."""
    return actions.fill_form(
        actor=request.actor,
        handover_id=handover_id,
        item_id=item_id,
        values=body.values,
    )


@router.post(f"{ITEM}/visa", response={201: VisaOut})
@doing_once("handover.give")
def give_visa(
    request: ApiRequest, handover_id: int, item_id: int, body: Seen
) -> object:
    """Give the visa to exactly what you saw; 412 when it was changed since."""
    return Status(
        201,
        actions.give_visa(
            actor=request.actor,
            handover_id=handover_id,
            item_id=item_id,
            seen=body.seen,
        ),
    )


@router.post(f"{ITEM}/refuse", response={201: VisaOut})
@doing_once("handover.refuse")
def refuse_visa(
    request: ApiRequest, handover_id: int, item_id: int, body: Refusal
) -> object:
    """Refuse the visa by a requirement that is not met."""
    return Status(
        201,
        actions.refuse_visa(
            actor=request.actor, handover_id=handover_id, item_id=item_id, **body.dict()
        ),
    )


@router.post(f"{ITEM}/withdraw", response={201: VisaOut})
@doing_once("handover.withdraw")
def withdraw_visa(
    request: ApiRequest, handover_id: int, item_id: int, body: Reason
) -> object:
    """Withdraw one's visa or refusal until the client is accepted."""
    return Status(
        201,
        actions.withdraw_visa(
            actor=request.actor,
            handover_id=handover_id,
            item_id=item_id,
            reason=body.reason,
        ),
    )
