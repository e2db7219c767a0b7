"""A list is read, looked at, brought in."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from suprovid.clients import actions, forms, queries, rules
from suprovid.clients.views.particulars import EITHER, crumbs, turned_away
from suprovid.web.doing import perform
from suprovid.web.http import PersonRequest, page
from suprovid.web.parts import Act, Crumb

SHOWN = 50


def _show(
    request: PersonRequest, form: Form | None = None, confirm: Form | None = None
) -> HttpResponse:
    may = rules.may_import(request.viewer)
    if not may:
        return turned_away(request, may)
    waiting = queries.preview(request.viewer)
    shown = {
        "form": form or forms.ImportList(),
        "earlier": queries.imports(request.viewer),
        "list": waiting,
        "crumbs": crumbs(),
        "shown": SHOWN,
        "drop": Act(_("Do not bring it in"), reverse("clients:import-drop")),
    }
    if waiting:
        known = {"sha256": waiting.sha256}
        shown["confirm"] = confirm or forms.ConfirmList(initial=known)
    return render(request, "clients/import.html", shown)


@page
@require_http_methods(EITHER)
def bring(request: PersonRequest) -> HttpResponseBase:
    if request.method != "POST":
        return _show(request)
    return perform(
        request,
        "clients.keep_list",
        forms.ImportList(request.POST, request.FILES),
        work=lambda data: actions.keep_list(actor=request.actor, parsed=data["file"]),
        done=lambda _kept: reverse("clients:import"),
        again=lambda form: _show(request, form),
        said=_("The list is read. Nothing is brought in yet."),
    )


@page
@require_POST
def confirm_list(request: PersonRequest) -> HttpResponseBase:
    return perform(
        request,
        "clients.bring_in_kept",
        forms.ConfirmList(request.POST),
        work=lambda data: actions.bring_in_kept(actor=request.actor, **data),
        done=_brought_in,
        again=lambda form: _show(request, confirm=form),
        said=_("The list is brought in."),
    )


def _brought_in(report: actions.ImportReport) -> str:
    if report.import_id is None:
        return reverse("clients:list")
    return reverse("clients:imported", args=[report.import_id])


@page
@require_POST
def drop_list(request: PersonRequest) -> HttpResponseBase:
    return perform(
        request,
        "clients.drop_kept",
        None,
        work=lambda _data: actions.drop_kept(actor=request.actor),
        done=lambda _nothing: reverse("clients:import"),
        again=lambda _form: _show(request),
        said=_("The list is put away; nothing is brought in."),
    )


@page
@require_GET
def imported(request: PersonRequest, import_id: int) -> HttpResponse:
    row = queries.imported(request.viewer, import_id)
    here = Crumb(_("Bringing lists in"), reverse("clients:import"))
    shown = {"row": row, "crumbs": crumbs(here)}
    return render(request, "clients/imported.html", shown)
