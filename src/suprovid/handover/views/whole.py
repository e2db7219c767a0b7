"""The board, opening, and the verbs of a whole handover."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from suprovid.contracts.queries import contract_page
from suprovid.handover import actions, forms, queries
from suprovid.handover.queries import SheetPage
from suprovid.handover.rules import yours
from suprovid.handover.views.printing import sheet_pdf
from suprovid.handover.views.sheet import EITHER, address, crumbs, press, show
from suprovid.obligations.queries import company
from suprovid.people.queries import open_groups
from suprovid.web.doing import perform
from suprovid.web.http import PersonRequest, asking, page
from suprovid.web.parts import Crumb
from suprovid.web.sending import send as send_file
from suprovid.web.sending import send_bytes


@page
@require_GET
def board(request: PersonRequest) -> HttpResponse:
    form = forms.WhatBoard(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    shown = queries.board(
        request.viewer,
        request.actor.now,
        group=asked.get("group"),
        show=asked.get("show", ""),
        holder=asked.get("holder", ""),
    )
    data = {"page": shown, "now": request.actor.now}
    return render(request, "handover/board.html", data)


@page
@require_http_methods(EITHER)
def new(request: PersonRequest, contract_id: int) -> HttpResponseBase:
    groups = open_groups()

    def shown_again(form: Form | None) -> HttpResponse:
        shown = contract_page(request.viewer, contract_id)
        opening = queries.opening(request.viewer, contract_id, request.actor.now)
        data = {"form": form, "page": shown, "opening": opening, "crumbs": crumbs()}
        return asking(request, "handover/new.html", data, yours(opening))

    if request.method != "POST":
        return shown_again(forms.GroupAndContract(groups=groups))
    return perform(
        request,
        "handover.open",
        forms.GroupAndContract(request.POST, groups=groups),
        work=lambda data: actions.open_handover(
            actor=request.actor, contract_id=contract_id, **data
        ),
        done=lambda opened: address(opened.pk),
        again=shown_again,
        said=_("Handover opened."),
    )


@page
@require_GET
def handover(request: PersonRequest, handover_id: int) -> HttpResponse:
    return show(request, handover_id)


@page
@require_GET
def sheet(request: PersonRequest, handover_id: int, round: int) -> HttpResponse:
    return show(request, handover_id, number=round)


@page
@require_GET
def paper(
    request: PersonRequest, handover_id: int, item_paper_id: int
) -> HttpResponseBase:
    found = queries.paper(request.viewer, handover_id, item_paper_id)
    return send_file(found, in_page="save" not in request.GET)


@page
@require_GET
def printed(request: PersonRequest, handover_id: int) -> HttpResponseBase:
    shown = queries.sheet_page(request.viewer, handover_id, request.actor.now)
    pdf = sheet_pdf(shown, company=company().name, printed_at=request.actor.now)
    name = f"{shown.number.replace('/', '-')}.pdf"
    return send_bytes(pdf, name=name, media_type="application/pdf")


@page
@require_POST
def send(request: PersonRequest, handover_id: int) -> HttpResponseBase:
    return press(
        request,
        handover_id,
        "send",
        None,
        lambda _data: actions.send(actor=request.actor, handover_id=handover_id),
        said=_("Sent to the head of sales."),
    )


@page
@require_POST
def send_back(request: PersonRequest, handover_id: int) -> HttpResponseBase:
    return press(
        request,
        handover_id,
        "send_back",
        forms.Remarks(request.POST, auto_id="back_%s"),
        lambda data: actions.send_back(
            actor=request.actor, handover_id=handover_id, **data
        ),
        said=_("Sent back to the sales manager."),
    )


@page
@require_POST
def confirm(request: PersonRequest, handover_id: int) -> HttpResponseBase:
    return press(
        request,
        handover_id,
        "confirm",
        None,
        lambda _data: actions.confirm(actor=request.actor, handover_id=handover_id),
        said=_("Handover confirmed: visas may be given."),
    )


@page
@require_POST
def change_group(request: PersonRequest, handover_id: int) -> HttpResponseBase:
    return press(
        request,
        handover_id,
        "group",
        forms.GroupAndContract(request.POST, auto_id="group_%s", groups=open_groups()),
        lambda data: actions.change_group(
            actor=request.actor, handover_id=handover_id, **data
        ),
    )


@page
@require_POST
def name_invoice(request: PersonRequest, handover_id: int) -> HttpResponseBase:
    shown = queries.sheet_page(request.viewer, handover_id, request.actor.now)
    return press(
        request,
        handover_id,
        "invoice",
        forms.FirstInvoice(request.POST, auto_id="invoice_%s", invoices=shown.invoices),
        lambda data: actions.set_first_invoice(
            actor=request.actor, handover_id=handover_id, **data
        ),
    )


@page
@require_POST
def accept(request: PersonRequest, handover_id: int) -> HttpResponseBase:
    return press(
        request,
        handover_id,
        "accept",
        None,
        lambda _data: actions.accept(actor=request.actor, handover_id=handover_id),
        said=_("The client is accepted, the sheet is closed."),
    )


@page
@require_POST
def return_to_sales(request: PersonRequest, handover_id: int) -> HttpResponseBase:
    return press(
        request,
        handover_id,
        "return",
        forms.Remarks(request.POST, auto_id="return_%s"),
        lambda data: actions.return_to_sales(
            actor=request.actor, handover_id=handover_id, **data
        ),
        said=_("Returned to sales."),
    )


@page
@require_POST
def answer(request: PersonRequest, handover_id: int) -> HttpResponseBase:
    return press(
        request,
        handover_id,
        "answer",
        forms.Answer(request.POST, auto_id="answer_%s"),
        lambda data: actions.answer_remarks(
            actor=request.actor, handover_id=handover_id, **data
        ),
        said=_("Remarks answered."),
    )


@page
@require_POST
def call_off(request: PersonRequest, handover_id: int) -> HttpResponseBase:
    return press(
        request,
        handover_id,
        "call_off",
        forms.CallOff(request.POST, auto_id="off_%s"),
        lambda data: actions.call_off(
            actor=request.actor, handover_id=handover_id, **data
        ),
        said=_("Handover called off."),
    )


@page
@require_POST
def object_to(request: PersonRequest, handover_id: int) -> HttpResponseBase:
    shown = queries.sheet_page(request.viewer, handover_id, request.actor.now)
    return press(
        request,
        handover_id,
        "object",
        forms.Objection(request.POST, auto_id="object_%s", items=shown.items),
        lambda data: actions.object_to(
            actor=request.actor, handover_id=handover_id, **data
        ),
        said=_("Objection recorded, a new sheet is open."),
    )


@page
@require_http_methods(EITHER)
def first_contact(request: PersonRequest, handover_id: int) -> HttpResponseBase:
    def shown_again(form: Form | None) -> HttpResponse:
        shown = queries.sheet_page(request.viewer, handover_id, request.actor.now)
        now = request.actor.now
        limit = queries.install_limit(request.viewer, handover_id, now)
        data = {
            "page": shown,
            "limit": limit,
            "form": form or forms.FirstContact(initial=_agreed(shown, request)),
            "crumbs": crumbs(Crumb(shown.number, address(handover_id))),
            "now": request.actor.now,
        }
        may = yours(shown.may.contact)
        return asking(request, "handover/first_contact.html", data, may)

    if request.method != "POST":
        return shown_again(None)
    return perform(
        request,
        "handover.first_contact",
        forms.FirstContact(request.POST),
        work=lambda data: actions.record_first_contact(
            actor=request.actor, handover_id=handover_id, **data
        ),
        done=lambda _made: address(handover_id),
        again=shown_again,
        said=_("First contact recorded."),
    )


def _agreed(shown: SheetPage, request: PersonRequest) -> dict[str, Any]:
    """What the sheet already knows, so that nobody types it twice."""
    lines = shown.contract.lines
    return {
        "made_at": request.actor.now,
        "spoke_with": shown.responsible,
        "workplaces": sum(line.seats for line in lines) or None,
        "delivery": lines[0].delivery if lines else None,
    }
