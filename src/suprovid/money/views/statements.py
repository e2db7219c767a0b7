"""Pages of statements: the list, bringing one in, one of them line by line."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from suprovid.money import actions, forms, queries
from suprovid.money.rules import Group, may_handle_money
from suprovid.money.views.books import EITHER, crumbs
from suprovid.money.views.shares import shares
from suprovid.web.doing import lead_to, perform
from suprovid.web.http import PersonRequest, asking, page
from suprovid.web.parts import Crumb
from suprovid.web.say import amount

KEPT = ("show", "page")
"""What stays in the address while lines are laid one after another."""


def _list_at(_file: object = None) -> str:
    return reverse("money:statements")


def _at(request: PersonRequest, statement_id: int, **more: object) -> str:
    """The statement with the same rows shown, and what else is asked."""
    asked = {name: request.GET[name] for name in KEPT if name in request.GET}
    told = {name: value for name, value in more.items() if value}
    address = reverse("money:statement", args=[statement_id])
    query = urlencode({**asked, **told}, safe=",")
    return f"{address}?{query}" if query else address


# ---------------------------------------------------------------- the list


def _show_list(
    request: PersonRequest, form: Form | None = None, why: Form | None = None
) -> HttpResponse:
    asked = forms.WhatLines(request.GET)
    number = asked.cleaned_data.get("page") if asked.is_valid() else None
    shown = queries.statements(request.viewer, number=number or 1)
    data = {
        "page": shown,
        "form": form or forms.BringStatement(),
        "why_form": why,
        "accounts": queries.accounts_page(request.viewer).accounts,
        "crumbs": crumbs(),
    }
    may = shown.handling if form else shown.seeing
    return asking(request, "money/statements.html", data, may)


@page
@require_http_methods(EITHER)
def statements(request: PersonRequest) -> HttpResponseBase:
    if request.method != "POST":
        return _show_list(request)
    if not may_handle_money(request.viewer):
        # The right is told before the file is opened.
        return _show_list(request, forms.BringStatement())
    return perform(
        request,
        "money.import_statement",
        forms.BringStatement(request.POST, request.FILES),
        work=lambda data: actions.bring_statements(
            actor=request.actor,
            parsed=data["file"].parsed,
            data=data["file"].data,
            name=data["file"].name,
        ),
        done=lambda report: _brought(request, report),
        again=lambda form: _show_list(request, form),
        said=_("The statement is read."),
    )


def _brought(request: PersonRequest, report: actions.FileReport) -> str:
    first = queries.first_statement(request.viewer, report.file_id or 0)
    again = {"again": "1"} if report.brought_before else {}
    return _at(request, first, **again)


@page
@require_POST
def undo_file(request: PersonRequest, statement_file_id: int) -> HttpResponseBase:
    return perform(
        request,
        "money.undo_statement_file",
        forms.Why(request.POST),
        work=lambda data: actions.undo_statement_file(
            actor=request.actor, file_id=statement_file_id, **data
        ),
        done=_list_at,
        again=lambda form: _show_list(request, why=form),
        said=_("The file is taken back; it may come again."),
    )


@page
@require_GET
def bank_line(request: PersonRequest, bank_line_id: int) -> HttpResponse:
    """Where a line of the bank stands."""
    found = queries.statement_of_line(request.viewer, bank_line_id)
    return lead_to(request, _at(request, found, line=bank_line_id))


# ---------------------------------------------------------------- one statement


def _show(
    request: PersonRequest,
    statement_id: int,
    *,
    line: int | None = None,
    **problems: Form | None,
) -> HttpResponse:
    form = forms.WhatLines(request.GET)
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    shown = queries.statement_page(
        request.viewer,
        statement_id,
        show=Group(asked["show"]) if asked.get("show") else None,
        number=asked.get("page") or 1,
    )
    chosen = shown.chosen(line or asked.get("line"))
    find = asked.get("find", "")
    found = queries.find_invoices(request.viewer, find, chosen.amount) if chosen else ()
    data = {
        "page": shown,
        "line": chosen,
        "is_asked": bool(line or asked.get("line")),
        "next_id": shown.following(chosen) or "",
        "shares": shares(shown),
        "find": find,
        "found": found,
        "found_count": len(found),
        "done": queries.done_lines(request.viewer, asked.get("done") or ()),
        "again": asked.get("again"),
        "back": _at(request, statement_id).partition("?")[2],
        "aside_form": forms.SetAside(),
        "last_key": len(found) + (len(chosen.candidates) if chosen else 0) + 1,
        "split_rows": _split(request, chosen, problems.get("parts_problem")).rows(),
        "crumbs": crumbs(Crumb(_("Statements of the bank"), _list_at())),
        **problems,
    }
    fragment = request.headers.get("HX-Request") == "true" and not problems
    name = "money/statement_line.html" if fragment else "money/statement.html"
    return render(request, name, data)


def _split(
    request: PersonRequest, line: queries.LineRow | None, sent: Form | None
) -> forms.SplitLine:
    """As it was sent, else filled with what is proposed first."""
    if isinstance(sent, forms.SplitLine):
        return sent
    best = line.candidates[0].parts if line and line.candidates else ()
    start = {f"number-{n}": part.invoice for n, part in enumerate(best, 1)}
    start |= {f"amount-{n}": amount(part.amount) for n, part in enumerate(best, 1)}
    return forms.SplitLine(viewer=request.viewer, initial=start)


@page
@require_GET
def statement(request: PersonRequest, statement_id: int) -> HttpResponse:
    return _show(request, statement_id)


@page
@require_POST
def lay_ticked(request: PersonRequest, statement_id: int) -> HttpResponseBase:
    form = forms.LayTicked(request.POST)
    return perform(
        request,
        "money.confirm_many",
        form,
        work=lambda data: actions.confirm_many(actor=request.actor, **data),
        done=lambda _laid: _at(request, statement_id, done=_ids(form)),
        again=lambda form: _show(request, statement_id, problem=form),
        said=_("The ticked lines are laid."),
    )


def _ids(form: forms.LayTicked) -> str:
    return ",".join(str(line_id) for line_id, _parts in form.cleaned_data["chosen"])


def _lay(
    request: PersonRequest,
    statement_id: int,
    bank_line_id: int,
    form: forms.LayLine | forms.SplitLine,
    name: str,
) -> HttpResponseBase:
    def further(_laid: object) -> str:
        following = form.cleaned_data["next"]
        return _at(request, statement_id, line=following, done=bank_line_id)

    return perform(
        request,
        "money.lay_line",
        form,
        work=lambda data: actions.lay_line(
            actor=request.actor, line_id=bank_line_id, parts=data[name]
        ),
        done=further,
        again=lambda form: _show(
            request, statement_id, line=bank_line_id, **{f"{name}_problem": form}
        ),
        said=_("The line is laid."),
    )


@page
@require_POST
def lay_line(
    request: PersonRequest, statement_id: int, bank_line_id: int
) -> HttpResponseBase:
    form = forms.LayLine(request.POST)
    if form.is_valid() and not form.cleaned_data["choice"]:
        following = form.cleaned_data["next"]
        return lead_to(request, _at(request, statement_id, line=following))
    return _lay(request, statement_id, bank_line_id, form, "choice")


@page
@require_POST
def split_line(
    request: PersonRequest, statement_id: int, bank_line_id: int
) -> HttpResponseBase:
    form = forms.SplitLine(request.POST, viewer=request.viewer)
    return _lay(request, statement_id, bank_line_id, form, "parts")


@page
@require_POST
def set_aside(
    request: PersonRequest, statement_id: int, bank_line_id: int
) -> HttpResponseBase:
    form = forms.SetAside(request.POST)
    return perform(
        request,
        "money.set_aside",
        form,
        work=lambda data: actions.set_aside(
            actor=request.actor, line_id=bank_line_id, aside=data["aside"]
        ),
        done=lambda _line: _at(
            request, statement_id, line=form.cleaned_data["next"], done=bank_line_id
        ),
        again=lambda form: _show(
            request, statement_id, line=bank_line_id, aside_problem=form
        ),
        said=_("The line is set aside."),
    )


@page
@require_POST
def take_back(
    request: PersonRequest, statement_id: int, bank_line_id: int
) -> HttpResponseBase:
    return perform(
        request,
        "money.take_back",
        forms.TakeBack(request.POST),
        work=lambda _data: actions.take_back(actor=request.actor, line_id=bank_line_id),
        done=lambda _line: _at(request, statement_id, line=bank_line_id),
        again=lambda form: _show(
            request, statement_id, line=bank_line_id, problem=form
        ),
        said=_("The line waits to be laid."),
    )


@page
@require_POST
def unlay_line(
    request: PersonRequest, statement_id: int, bank_line_id: int
) -> HttpResponseBase:
    """This line; with those laid together with it a moment ago, when it says so."""
    form = forms.UnlayLines(request.POST, line_id=bank_line_id)
    return perform(
        request,
        "money.unlay_line",
        form,
        work=lambda data: actions.unlay_many(actor=request.actor, **data),
        done=lambda _lines: _at(request, statement_id, line=bank_line_id),
        again=lambda form: _show(
            request, statement_id, line=bank_line_id, problem=form
        ),
        said=_("Taken off the invoices."),
    )
