"""Lists: sent, looked through, matched, answered, brought in, undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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

from suprovid.clients.rules import may_import
from suprovid.intake import actions, queries
from suprovid.intake.forms import lists as forms
from suprovid.intake.rules import FIELD_WORDS, Cell, Field
from suprovid.lib.decision import Reason
from suprovid.people.queries import today
from suprovid.web.doing import perform
from suprovid.web.exporting import send_workbook
from suprovid.web.http import PersonRequest, page
from suprovid.web.parts import Act, Crumb
from suprovid.web.say import say
from suprovid.web.sending import send

EITHER = ["GET", "HEAD", "POST"]


def _crumbs() -> list[Crumb]:
    return [Crumb(_("What came in"), reverse("intake:imports"))]


def _waiting_at(import_id: int) -> str:
    return reverse("intake:waiting", args=[import_id])


# ---------------------------------------------------------------- all that came in


def _show_imports(request: PersonRequest, form: Form | None = None) -> HttpResponse:
    shown = queries.imports_page(request.viewer)
    data = {"page": shown, "form": form or forms.BringList()}
    may = shown.lists_may if form else shown.any_may
    return render(request, "intake/imports.html", data, status=200 if may else 403)


@page
@require_http_methods(EITHER)
def imports(request: PersonRequest) -> HttpResponseBase:
    if request.method != "POST":
        return _show_imports(request)
    if not may_import(request.viewer):
        # The right is told before the file is opened.
        return _show_imports(request, forms.BringList())
    return perform(
        request,
        "intake.begin_list",
        forms.BringList(request.POST, request.FILES),
        work=lambda data: actions.begin_list(
            actor=request.actor,
            data=data["file"].data,
            name=data["file"].name,
            opened=data["file"].opened,
        ),
        done=lambda entry: _waiting_at(entry.pk),
        again=lambda form: _show_imports(request, form),
        said=_("The list is read. Nothing is brought in yet."),
    )


# ---------------------------------------------------------------- the list that waits


def _show_waiting(
    request: PersonRequest, list_id: int, problem: Form | None = None
) -> HttpResponse:
    asked = forms.WhatRows(request.GET)
    what = asked.cleaned_data if asked.is_valid() else {}
    shown = queries.waiting_list(
        request.viewer,
        list_id,
        today(request.actor.now),
        show=what.get("show", ""),
        number=what.get("page") or 1,
    )
    data = {
        "page": shown,
        "problem": problem,
        "columns": _columns_form(shown),
        "fields": [(one.value, _(FIELD_WORDS[one])) for one in Field],
        "crumbs": _crumbs(),
        "drop": Act(_("Do not bring it in"), reverse("intake:drop", args=[list_id])),
    }
    return render(request, "intake/waiting.html", data)


def _columns_form(
    shown: queries.ListPage, request: PersonRequest | None = None
) -> forms.MatchColumns:
    columns = [(c.place, c.heading, c.field or "") for c in shown.columns]
    if request is not None:
        return forms.MatchColumns(request.POST, columns=columns)
    return forms.MatchColumns(columns=columns, initial={"version": shown.version})


@page
@require_GET
def waiting(request: PersonRequest, list_id: int) -> HttpResponse:
    return _show_waiting(request, list_id)


def _back(request: PersonRequest, list_id: int, row: int | None = None) -> str:
    """To the same rows that the person was looking at."""
    asked = request.GET.urlencode()
    spot = f"#row-{row}" if row else ""
    return _waiting_at(list_id) + (f"?{asked}" if asked else "") + spot


@page
@require_POST
def match(request: PersonRequest, list_id: int) -> HttpResponseBase:
    shown = queries.waiting_list(request.viewer, list_id, today(request.actor.now))
    return perform(
        request,
        "intake.match_columns",
        _columns_form(shown, request),
        work=lambda data: actions.match_columns(
            actor=request.actor, import_id=list_id, **data
        ),
        done=lambda _entry: _back(request, list_id),
        again=lambda form: _show_waiting(request, list_id, form),
        said=_("The columns are matched anew."),
    )


@page
@require_POST
def use_matching(request: PersonRequest, list_id: int) -> HttpResponseBase:
    return perform(
        request,
        "intake.use_matching",
        forms.UseMatching(request.POST),
        work=lambda data: actions.use_matching(
            actor=request.actor, import_id=list_id, **data
        ),
        done=lambda _entry: _back(request, list_id),
        again=lambda form: _show_waiting(request, list_id, form),
        said=_("The columns are matched anew."),
    )


@page
@require_POST
def other_sheet(request: PersonRequest, list_id: int) -> HttpResponseBase:
    """Another sheet of the same workbook is looked through instead."""
    kept = queries.kept_file(request.viewer, list_id)
    with kept.open() as file:
        data = file.read()
    return perform(
        request,
        "intake.other_sheet",
        forms.OtherSheet(request.POST, data=data),
        work=lambda said: actions.begin_list(
            actor=request.actor, data=data, name=kept.name, opened=said["sheet"]
        ),
        done=lambda entry: _waiting_at(entry.pk),
        again=lambda form: _show_waiting(request, list_id, form),
        said=_("The sheet is read. Nothing is brought in yet."),
    )


@page
@require_POST
def answer(request: PersonRequest, list_id: int, row: int) -> HttpResponseBase:
    return perform(
        request,
        "intake.answer_row",
        forms.AnswerRow(request.POST),
        work=lambda data: actions.answer_row(
            actor=request.actor, import_id=list_id, row=row, **data
        ),
        done=lambda _entry: _back(request, list_id, row),
        again=lambda form: _show_waiting(request, list_id, form),
        said=_("Written in place of the cell."),
    )


@page
@require_POST
def tick(request: PersonRequest, list_id: int) -> HttpResponseBase:
    return perform(
        request,
        "intake.tick_rows",
        forms.TickRows(request.POST),
        work=lambda data: actions.tick_rows(
            actor=request.actor,
            import_id=list_id,
            version=data["version"],
            ticks=data["ticks"],
        ),
        done=lambda _entry: _back(request, list_id),
        again=lambda form: _show_waiting(request, list_id, form),
        said=_("The ticks are kept."),
    )


@page
@require_POST
def confirm(request: PersonRequest, list_id: int) -> HttpResponseBase:
    return perform(
        request,
        "intake.bring_list_in",
        forms.TickRows(request.POST),
        work=lambda data: actions.bring_list_in(
            actor=request.actor, import_id=list_id, **data
        ),
        done=lambda report: reverse("intake:brought", args=[report.import_id]),
        again=lambda form: _show_waiting(request, list_id, form),
        said=_("The list is brought in."),
    )


@page
@require_POST
def drop(request: PersonRequest, list_id: int) -> HttpResponseBase:
    return perform(
        request,
        "intake.drop_list",
        None,
        work=lambda _data: actions.drop_list(actor=request.actor, import_id=list_id),
        done=lambda _nothing: reverse("intake:imports"),
        again=lambda _form: _show_imports(request),
        said=_("The list is put away; nothing is brought in."),
    )


# ---------------------------------------------------------------- brought in


def _show_brought(
    request: PersonRequest, import_id: int, why: Form | None = None
) -> HttpResponse:
    asked = forms.WhatRows(request.GET)
    what = asked.cleaned_data if asked.is_valid() else {}
    shown = queries.brought_list(
        request.viewer,
        import_id,
        show=what.get("show", ""),
        number=what.get("page") or 1,
    )
    data = {"page": shown, "why": why or forms.Why(), "crumbs": _crumbs()}
    return render(request, "intake/brought.html", data)


@page
@require_GET
def brought(request: PersonRequest, import_id: int) -> HttpResponse:
    return _show_brought(request, import_id)


@page
@require_POST
def undo(request: PersonRequest, import_id: int) -> HttpResponseBase:
    return perform(
        request,
        "intake.undo_list",
        forms.Why(request.POST),
        work=lambda data: actions.undo_list(
            actor=request.actor, import_id=import_id, **data
        ),
        done=lambda entry: reverse("intake:brought", args=[entry.pk]),
        again=lambda form: _show_brought(request, import_id, form),
        said=_("The list is undone: what it brought is taken back."),
    )


@page
@require_GET
def file(request: PersonRequest, import_id: int) -> HttpResponseBase:
    """The very file that was sent."""
    return send(queries.kept_file(request.viewer, import_id), in_page=False)


@page
@require_GET
def left(request: PersonRequest, import_id: int) -> HttpResponse:
    """The rows left out, as the same sheet with a column that says what is wrong."""
    found = queries.left_rows(request.viewer, import_id, today(request.actor.now))
    stem = found.file_name.rsplit(".", 1)[0]
    name = f"{stem} - {_('left out')}.xlsx"
    return send_workbook(name, found.sheet or stem, *_sheet_of(found))


def _sheet_of(found: queries.LeftRows) -> tuple[list[list[object]], list[list[object]]]:
    every = [cells for _row, cells in (*found.heading, *found.rows)]
    width, last = max(map(len, every), default=0), len(found.heading) - 1

    def widened(cells: Sequence[Cell], more: str | None) -> list[object]:
        return [*cells, *[None] * (width - len(cells)), more]

    heading = [
        widened(cells, _("What is wrong") if place == last else None)
        for place, (_row, cells) in enumerate(found.heading)
    ]
    return heading, [
        widened(cells, _why(found.why.get(row, ()))) for row, cells in found.rows
    ]


def _why(reasons: Iterable[tuple[str, Reason]]) -> str:
    told = (
        (f"{_(FIELD_WORDS[Field(field)])}: " if field else "") + say(reason)
        for field, reason in reasons
    )
    return " ".join(told)
