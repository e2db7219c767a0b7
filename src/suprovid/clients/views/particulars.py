"""The list of clients, and the particulars of one."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from suprovid.clients import actions, forms, queries, rules
from suprovid.lib.decision import Decision
from suprovid.web.differing import differences
from suprovid.web.doing import perform
from suprovid.web.http import PersonRequest, page
from suprovid.web.parts import Crumb, LinkAct, Page

EITHER = ["GET", "HEAD", "POST"]


def crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb(_("Clients"), reverse("clients:list")), *more]


def address(client_id: int) -> str:
    return reverse("card:client", args=[client_id])


def trail(client: queries.Particulars) -> list[Crumb]:
    return crumbs(Crumb(client.title, address(client.id)))


def turned_away(request: PersonRequest, decision: Decision) -> HttpResponse:
    """The page is not theirs: why, and who can."""
    return render(request, "web/errors/403.html", {"why": decision}, status=403)


# ---------------------------------------------------------------- the list


@page
@require_GET
def clients(request: PersonRequest) -> HttpResponse:
    form = forms.WhatList(request.GET)
    found = queries.listed(request.viewer, _asked(request))
    form.offer(found.groups, found.managers)
    shown = {
        "form": form,
        "found": found,
        "filters": [form[name] for name in ("serving", "group", "manager", "sort")],
        "pager": Page(found.page, found.has_next, _total(found.total)),
        "filtered": any(value for name, value in request.GET.items() if name != "page"),
        "acts": _list_acts(found),
    }
    return render(request, "clients/list.html", shown)


def _asked(request: PersonRequest) -> queries.Filters:
    """What the address asks for; what cannot be read is not asked."""
    said = request.GET
    known = forms.WhatList.base_fields
    serving, sort = said.get("serving", ""), said.get("sort", "")
    return queries.Filters(
        text=said.get("text", "")[:100],
        serving=serving if _offers(known["serving"], serving) else "",
        group_id=_number(said.get("group")),
        manager_id=_number(said.get("manager")),
        sort=sort if _offers(known["sort"], sort) else "name",
        page=max(1, min(_number(said.get("page")) or 1, 10_000)),
    )


def _offers(field: Any, value: str) -> bool:
    return value in dict(field.choices)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text[:9].isdigit() else None


def _total(total: int | None) -> str:
    if total is None:
        return _("more than 1,000 clients")
    return ngettext("{n} client", "{n} clients", total).format(n=total)


def _list_acts(found: queries.ClientList) -> list[LinkAct]:
    acts = [
        LinkAct(_("Look up by code"), reverse("clients:lookup"), found.look_up),
        LinkAct(_("Bring a list in"), reverse("intake:imports"), found.bring_in),
        LinkAct(
            _("New client"),
            reverse("clients:new"),
            found.add,
            primary=True,
            icon="plus",
        ),
    ]
    return [act for act in acts if act.decision.allowed]


@page
@require_GET
def lookup(request: PersonRequest) -> HttpResponse:
    may = rules.may_look_up(request.viewer)
    if not may:
        return turned_away(request, may)
    asked = "code" in request.GET
    form = forms.Lookup(request.GET) if asked else forms.Lookup()
    code = form.cleaned_data["code"] if asked and form.is_valid() else ""
    found = queries.lookup_by_code(request.viewer, code)
    shown = {"form": form, "code": code, "found": found, "crumbs": crumbs()}
    return render(request, "clients/lookup.html", shown)


# ---------------------------------------------------------------- one client


@page
@require_http_methods(EITHER)
def new(request: PersonRequest) -> HttpResponseBase:
    def show(form: Form | None) -> HttpResponse:
        may = rules.may_add(request.viewer)
        if not may:
            return turned_away(request, may)
        shown = {"form": form, "crumbs": crumbs()}
        return render(request, "clients/new.html", shown)

    if request.method != "POST":
        return show(forms.NewClient())
    return perform(
        request,
        "clients.add_client",
        forms.NewClient(request.POST),
        work=lambda data: actions.add_client(actor=request.actor, **data),
        done=lambda client: address(client.pk),
        again=show,
        said=_("Client entered."),
    )


@page
@require_http_methods(EITHER)
def edit(request: PersonRequest, client_id: int) -> HttpResponseBase:
    def show(form: Form | None) -> HttpResponse:
        client = queries.particulars(request.viewer, client_id)
        if not client.change:
            return turned_away(request, client.change)
        filled = form or forms.EditClient(initial=_values(client))
        shown = {
            "form": filled,
            "client": client,
            "crumbs": trail(client),
            "differs": differences(filled, _values(client)),
        }
        return render(request, "clients/edit.html", shown)

    if request.method != "POST":
        return show(None)
    client = queries.particulars(request.viewer, client_id)
    return perform(
        request,
        "clients.edit_client",
        forms.EditClient(request.POST, initial={"code": client.code}),
        work=lambda data: actions.edit_client(
            actor=request.actor, client_id=client_id, **data
        ),
        done=lambda _client: address(client_id),
        again=show,
    )


def _values(client: queries.Particulars) -> dict[str, Any]:
    return {name: getattr(client, name) for name in SHOWN}


SHOWN = (
    "name",
    "short_name",
    "code",
    "legal_form",
    "region",
    "city",
    "postcode",
    "address",
    "version",
)


@page
@require_http_methods(EITHER)
def assign(request: PersonRequest, client_id: int) -> HttpResponseBase:
    seats = queries.seats(request.viewer, request.actor.now)

    def show(form: Form | None) -> HttpResponse:
        client = queries.particulars(request.viewer, client_id)
        if not client.assign:
            return turned_away(request, client.assign)
        now = {"group_id": client.group_id, "manager_id": client.manager_id}
        shown = {
            "form": form or forms.Assign(initial=now, seats=seats),
            "client": client,
            "crumbs": trail(client),
        }
        return render(request, "clients/assign.html", shown)

    if request.method != "POST":
        return show(None)
    return perform(
        request,
        "clients.assign",
        forms.Assign(request.POST, seats=seats),
        work=lambda data: actions.assign(
            actor=request.actor, client_id=client_id, **data
        ),
        done=lambda _client: address(client_id),
        again=show,
    )


@page
@require_http_methods(EITHER)
def name_sales(request: PersonRequest, client_id: int) -> HttpResponseBase:
    sellers = queries.people_who_sell(request.actor.now)

    def show(form: Form | None) -> HttpResponse:
        client = queries.particulars(request.viewer, client_id)
        if not client.name_sales:
            return turned_away(request, client.name_sales)
        now = {"sales_id": client.sales_id}
        shown = {
            "form": form or forms.NameSales(initial=now, sellers=sellers),
            "client": client,
            "crumbs": trail(client),
        }
        return render(request, "clients/sales.html", shown)

    if request.method != "POST":
        return show(None)
    return perform(
        request,
        "clients.name_sales",
        forms.NameSales(request.POST, sellers=sellers),
        work=lambda data: actions.name_sales(
            actor=request.actor, client_id=client_id, **data
        ),
        done=lambda _client: address(client_id),
        again=show,
    )
