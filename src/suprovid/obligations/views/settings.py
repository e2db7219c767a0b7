"""Settings: the terms of kinds, the working calendar, the company."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from suprovid.obligations import actions, forms, queries
from suprovid.obligations.queries import ChangePreview
from suprovid.people.queries import today
from suprovid.web.doing import perform
from suprovid.web.http import PersonRequest, asking, page
from suprovid.web.parts import Act, Crumb, LinkAct, Tab
from suprovid.web.say import kind_label, label

EITHER = ["GET", "HEAD", "POST"]


@page
@require_GET
def terms(request: PersonRequest) -> HttpResponse:
    shown = {
        "page": queries.terms_page(request.viewer, today(request.actor.now)),
        "tabs": queries.tabs("terms"),
    }
    return render(request, "obligations/terms.html", shown)


@page
@require_http_methods(EITHER)
def term(request: PersonRequest, kind: str) -> HttpResponseBase:
    on = today(request.actor.now)

    def show(form: Form | None) -> HttpResponse:
        may = queries.terms_decision(request.viewer)
        shown = {
            "form": form,
            "label": kind_label(kind),
            "decision": may,
            "crumbs": [Crumb(_("Terms"), reverse("obligations:terms"))],
        }
        return asking(request, "obligations/term.html", shown, may)

    held = queries.kind_term(kind, on)
    if request.method != "POST":
        return show(forms.ChangeTerm(term=held, on=on))
    return perform(
        request,
        "obligations.set_term",
        forms.ChangeTerm(request.POST),
        work=lambda data: actions.set_term(actor=request.actor, kind=kind, **data),
        done=lambda row: reverse("obligations:terms"),
        again=show,
    )


@page
@require_GET
def calendar(request: PersonRequest) -> HttpResponse:
    now = today(request.actor.now)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and 2021 <= int(asked) <= 2100 else now.year
    shown = queries.calendar_page(request.viewer, year, now)
    context = {
        "page": shown,
        "tabs": queries.tabs("calendar"),
        "change": LinkAct(
            _("Change the calendar"),
            reverse("obligations:change-calendar", args=["day"]),
            shown.decision,
            primary=True,
        ),
        "earlier": year - 1,
        "later": year + 1,
    }
    return render(request, "obligations/calendar.html", context)


@page
@require_http_methods(EITHER)
def change_calendar(request: PersonRequest, thing: str) -> HttpResponseBase:
    """Asked by GET it shows which terms would move; POST does it."""
    kind = forms.CHANGES.get(thing)
    if kind is None:
        raise Http404
    if request.method != "POST":
        form = kind(request.GET or None, initial=_usual(request))
        return _show_change(request, form)
    sent = kind(request.POST)
    return perform(
        request,
        "obligations.change_calendar",
        sent,
        work=lambda data: actions.change_calendar(actor=request.actor, **data),
        done=lambda company: reverse("obligations:calendar"),
        again=lambda form: _show_change(request, sent),
        said=_("The working calendar was changed."),
    )


def _show_change(request: PersonRequest, form: forms.CalendarForm) -> HttpResponse:
    may = queries.terms_decision(request.viewer)
    shown: dict[str, Any] = {
        "form": form,
        "things": [
            Tab(
                label(other.thing),
                reverse("obligations:change-calendar", args=[name]),
                current=name == form.thing.value,
            )
            for name, other in forms.CHANGES.items()
        ],
        "crumbs": [Crumb(_("Working calendar"), reverse("obligations:calendar"))],
        "preview": None,
        "decision": may,
        "now": request.actor.now,
    }
    form.is_valid()  # a refused one keeps its values, so it is shown tried out again
    change = getattr(form, "cleaned_data", {}).get("change")
    if may and change:
        preview = queries.change_preview(request.viewer, change, request.actor.now)
        shown |= {"preview": preview, "confirm": _confirm(request, form, preview)}
    return asking(request, "obligations/change.html", shown, may)


def _confirm(
    request: PersonRequest, form: forms.CalendarForm, preview: ChangePreview
) -> Act:
    """The same fields again, with the digest of what was shown."""
    sent = request.POST if request.method == "POST" else request.GET
    said = [
        (name, value)
        for name, values in sent.lists()
        for value in values
        if name in form.fields and name != "seen"
    ]
    return Act(
        _("Change and move the terms") if preview.total else _("Change the calendar"),
        reverse("obligations:change-calendar", args=[form.thing.value]),
        preview.decision,
        fields=(*said, ("seen", preview.digest)),
        primary=True,
    )


def _usual(request: PersonRequest) -> dict[str, Any]:
    """Today, and the hours of the week in force."""
    on = today(request.actor.now)
    hours = next((h for h in queries.week_in_force(on) if h), None)
    usual = {
        "start": hours.start if hours else None,
        "end": hours.end if hours else None,
        "lunch_start": hours.lunch_start if hours else None,
        "lunch_end": hours.lunch_end if hours else None,
    }
    return {"day": on, "mode": queries.company().term_mode, **usual}


@page
@require_http_methods(EITHER)
def company(request: PersonRequest) -> HttpResponseBase:
    if request.method != "POST":
        return _show_company(request, None)
    return perform(
        request,
        "obligations.set_company",
        forms.CompanyForm(request.POST),
        work=lambda data: actions.set_company(actor=request.actor, **data),
        done=lambda row: reverse("obligations:company"),
        again=lambda form: _show_company(request, form),
    )


@page
@require_POST
def letters(request: PersonRequest) -> HttpResponseBase:
    return perform(
        request,
        "obligations.pause_letters",
        forms.PauseLetters(request.POST),
        work=lambda data: actions.pause_letters(actor=request.actor, **data),
        done=lambda row: reverse("obligations:company"),
        again=lambda form: _show_company(request, None),
    )


def _show_company(request: PersonRequest, form: Form | None) -> HttpResponse:
    shown = queries.company_page(request.viewer)
    names = forms.CompanyForm.base_fields
    initial = {name: getattr(shown.row, name) for name in names}
    paused = shown.row.sending_paused
    context = {
        "page": shown,
        "form": form or forms.CompanyForm(initial=initial),
        "tabs": queries.tabs("company"),
        "letters": Act(
            _("Send letters again") if paused else _("Stop sending letters"),
            reverse("obligations:letters"),
            shown.letters,
            fields=() if paused else (("paused", "on"),),
        ),
    }
    return render(request, "obligations/company.html", context)
