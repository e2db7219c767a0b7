"""Pages of contracts and of the catalogue."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from suprovid.contracts import actions, forms, queries
from suprovid.people.queries import today
from suprovid.web.differing import differences
from suprovid.web.doing import perform
from suprovid.web.http import PersonRequest, asking, page
from suprovid.web.parts import Crumb

EITHER = ["GET", "HEAD", "POST"]
TERMS = tuple(forms.ContractTerms.base_fields)


def _crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb(_("Contracts"), reverse("contracts:list")), *more]


def _address(contract_id: int) -> str:
    return reverse("contracts:contract", args=[contract_id])


@page
@require_GET
def contracts(request: PersonRequest) -> HttpResponse:
    form = forms.WhatList(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.contract_list(
        request.viewer,
        today(request.actor.now),
        text=asked.get("text", ""),
        number=asked.get("page") or 1,
    )
    return render(request, "contracts/list.html", {"form": form, "found": found})


@page
@require_http_methods(EITHER)
def new(request: PersonRequest, client_id: int) -> HttpResponseBase:
    def show(form: Form | None) -> HttpResponse:
        name, writing = queries.writing_for(request.viewer, client_id)
        shown = {
            "form": form,
            "client": name,
            "client_id": client_id,
            "writing": writing,
            "crumbs": _crumbs(),
        }
        return asking(request, "contracts/new.html", shown, writing)

    if request.method != "POST":
        return show(forms.NewContract())
    return perform(
        request,
        "contracts.make_contract",
        forms.NewContract(request.POST),
        work=lambda data: actions.make_contract(
            actor=request.actor, client_id=client_id, **data
        ),
        done=lambda made: _address(made.pk),
        again=show,
        said=_("Contract entered."),
    )


def _show(
    request: PersonRequest,
    contract_id: int,
    *,
    line: Form | None = None,
    end: Form | None = None,
) -> HttpResponse:
    day = today(request.actor.now)
    shown = queries.contract_page(request.viewer, contract_id, day)
    row = shown.contract
    form = line or forms.NewLine(
        kits=queries.kit_choices(), initial={"valid_from": row.valid_from}
    )
    crumbs = _crumbs(Crumb(row.client, reverse("card:client", args=[row.client_id])))
    return render(
        request,
        "contracts/contract.html",
        {"page": shown, "line_form": form, "end_form": end, "crumbs": crumbs},
    )


@page
@require_GET
def contract(request: PersonRequest, contract_id: int) -> HttpResponse:
    return _show(request, contract_id)


@page
@require_http_methods(EITHER)
def edit(request: PersonRequest, contract_id: int) -> HttpResponseBase:
    def show(form: Form | None) -> HttpResponse:
        shown = queries.contract_page(request.viewer, contract_id)
        here = Crumb(shown.contract.number, _address(contract_id))
        filled = form or forms.EditContract(initial=_values(shown.contract))
        data = {
            "page": shown,
            "form": filled,
            "differs": differences(filled, _values(shown.contract)),
            "crumbs": _crumbs(here),
        }
        return asking(request, "contracts/edit.html", data, shown.writing)

    if request.method != "POST":
        return show(None)
    return perform(
        request,
        "contracts.edit_contract",
        forms.EditContract(request.POST),
        work=lambda data: actions.edit_contract(
            actor=request.actor, contract_id=contract_id, **data
        ),
        done=lambda changed: _address(changed.pk),
        again=show,
    )


def _values(row: queries.ContractRow) -> dict[str, Any]:
    own = row.own_term
    plain = {name: getattr(row, name) for name in TERMS if hasattr(row, name)}
    return {
        **plain,
        "own_term_count": own and own.count,
        "own_term_unit": own and own.unit,
        "own_term_from": own and own.start,
        "version": row.version,
    }


@page
@require_POST
def add_line(request: PersonRequest, contract_id: int) -> HttpResponseBase:
    return perform(
        request,
        "contracts.add_line",
        forms.NewLine(request.POST, kits=queries.kit_choices()),
        work=lambda data: actions.add_line(
            actor=request.actor, contract_id=contract_id, **data
        ),
        done=lambda _line: _address(contract_id),
        again=lambda form: _show(request, contract_id, line=form),
    )


@page
@require_POST
def end_line(
    request: PersonRequest, contract_id: int, line_id: int
) -> HttpResponseBase:
    return perform(
        request,
        "contracts.end_line",
        forms.EndLine(request.POST),
        work=lambda data: actions.end_line(
            actor=request.actor, line_id=line_id, **data
        ),
        done=lambda _line: _address(contract_id),
        again=lambda form: _show(request, contract_id, end=form),
    )


def _catalogue(
    request: PersonRequest, *, bank: Form | None = None, kit: Form | None = None
) -> HttpResponse:
    shown = queries.catalogue(request.viewer)
    return render(
        request,
        "contracts/catalogue.html",
        {
            "page": shown,
            "bank_form": bank or forms.NewBank(prefix="bank"),
            "kit_form": kit or forms.NewKit(prefix="kit", banks=list(shown.banks)),
        },
    )


@page
@require_GET
def catalogue(request: PersonRequest) -> HttpResponse:
    return _catalogue(request)


@page
@require_POST
def add_bank(request: PersonRequest) -> HttpResponseBase:
    return perform(
        request,
        "contracts.add_bank",
        forms.NewBank(request.POST, prefix="bank"),
        work=lambda data: actions.add_bank(actor=request.actor, **data),
        done=lambda _bank: reverse("contracts:catalogue"),
        again=lambda form: _catalogue(request, bank=form),
    )


@page
@require_POST
def add_kit(request: PersonRequest) -> HttpResponseBase:
    banks = list(queries.catalogue(request.viewer).banks)
    return perform(
        request,
        "contracts.add_kit",
        forms.NewKit(request.POST, prefix="kit", banks=banks),
        work=lambda data: actions.add_kit(actor=request.actor, **data),
        done=lambda _kit: reverse("contracts:catalogue"),
        again=lambda form: _catalogue(request, kit=form),
    )
