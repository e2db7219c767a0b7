"""Papers, forms and visas: the verbs of one line of the sheet."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from suprovid.handover import actions, forms, queries
from suprovid.handover.rules import yours
from suprovid.handover.views.sheet import EITHER, address, crumbs, press
from suprovid.web.doing import perform
from suprovid.web.http import PersonRequest, asking, page
from suprovid.web.parts import Crumb


@page
@require_POST
def attach(request: PersonRequest, handover_id: int, item_id: int) -> HttpResponseBase:
    form = forms.PaperUpload(
        request.POST, request.FILES, auto_id=f"papers_{item_id}_%s"
    )
    return press(
        request,
        handover_id,
        "papers",
        form,
        lambda data: actions.attach_paper(
            actor=request.actor,
            handover_id=handover_id,
            item_id=item_id,
            upload=form.upload,
            replaces=data["replaces"],
        ),
        item_id=item_id,
        said=_("Paper attached."),
    )


@page
@require_http_methods(EITHER)
def fill(request: PersonRequest, handover_id: int, item_id: int) -> HttpResponseBase:
    line = queries.form_line(request.viewer, handover_id, item_id, request.actor.now)

    def show(form: Form | None) -> HttpResponse:
        data = {
            "form": form or forms.SheetForm(code=line.code, initial=line.values),
            "line": line,
            "crumbs": crumbs(Crumb(line.number, address(handover_id))),
        }
        return asking(request, "handover/fill.html", data, yours(line.may))

    if request.method != "POST":
        return show(None)
    return perform(
        request,
        "handover.fill",
        forms.SheetForm(request.POST, code=line.code),
        work=lambda data: actions.fill_form(
            actor=request.actor,
            handover_id=handover_id,
            item_id=item_id,
            values=forms.SheetForm.texts(data),
        ),
        done=lambda _filled: address(handover_id),
        again=show,
    )


@page
@require_POST
def give(request: PersonRequest, handover_id: int, item_id: int) -> HttpResponseBase:
    return press(
        request,
        handover_id,
        "give",
        forms.GiveVisa(request.POST),
        lambda data: actions.give_visa(
            actor=request.actor, handover_id=handover_id, item_id=item_id, **data
        ),
        item_id=item_id,
        said=_("Visa given."),
    )


@page
@require_POST
def refuse(request: PersonRequest, handover_id: int, item_id: int) -> HttpResponseBase:
    checked = queries.requirements(request.viewer, handover_id, item_id)
    return press(
        request,
        handover_id,
        "refuse",
        forms.RefuseVisa(
            request.POST,
            auto_id=f"refuse_{item_id}_%s",
            requirements=checked,
        ),
        lambda data: actions.refuse_visa(
            actor=request.actor, handover_id=handover_id, item_id=item_id, **data
        ),
        item_id=item_id,
        said=_("Visa refused: sales will answer."),
    )


@page
@require_POST
def withdraw(
    request: PersonRequest, handover_id: int, item_id: int
) -> HttpResponseBase:
    return press(
        request,
        handover_id,
        "withdraw",
        forms.WithdrawVisa(request.POST, auto_id=f"withdraw_{item_id}_%s"),
        lambda data: actions.withdraw_visa(
            actor=request.actor, handover_id=handover_id, item_id=item_id, **data
        ),
        item_id=item_id,
        said=_("Visa withdrawn."),
    )
