"""The list of terms, one term, and what heads do with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from suprovid.lib.decision import allow
from suprovid.obligations import actions, forms, queries
from suprovid.obligations.queries import Sort, Status, Wanted
from suprovid.people.queries import today
from suprovid.web.doing import perform
from suprovid.web.http import PersonRequest, asking, page
from suprovid.web.parts import Crumb, LinkAct

EITHER = ["GET", "HEAD", "POST"]
RARE = ("text", "owner", "group", "since", "until", "sort")


@page
@require_GET
def listing(request: PersonRequest) -> HttpResponse:
    offered = queries.choices(request.viewer, request.staff)
    form = forms.ListFilter(
        request.GET or None,
        kinds=offered.kinds,
        owners=offered.owners,
        groups=offered.groups,
    )
    form.is_valid()  # a filter that cannot be read does not filter, and says so
    asked = getattr(form, "cleaned_data", {})
    found = queries.listing(
        request.viewer,
        request.staff,
        request.actor.now,
        _wanted(asked),
        request.GET.get("after", ""),
    )
    shown = {
        "form": form,
        "found": found,
        "now": request.actor.now,
        "first_url": _with(request, ""),
        "next_url": _with(request, found.next) if found.next else "",
        "on_first": "after" not in request.GET,
        "narrowed": any(asked.get(name) for name in RARE),
    }
    return render(request, "obligations/list.html", shown)


def _wanted(asked: Mapping[str, Any]) -> Wanted:
    return Wanted(
        status=Status(asked.get("status") or Status.OPEN),
        mine=bool(asked.get("mine")),
        owner_id=asked.get("owner"),
        group_id=asked.get("group"),
        kind=asked.get("kind") or "",
        text=asked.get("text") or "",
        since=asked.get("since"),
        until=asked.get("until"),
        sort=Sort(asked.get("sort") or Sort.DUE),
    )


def _with(request: PersonRequest, cursor: str) -> str:
    """This list's address from another row on, the filters kept."""
    asked = request.GET.copy()
    asked.pop("after", None)
    if cursor:
        asked["after"] = cursor
    return f"?{asked.urlencode()}"


@page
@require_GET
def obligation(request: PersonRequest, obligation_id: int) -> HttpResponse:
    shown = queries.obligation_page(
        request.viewer, request.staff, obligation_id, request.actor.now
    )
    acts = [
        LinkAct(text, _address(name, obligation_id), shown.decision, icon=icon)
        for name, text, icon in (
            ("move", _("Move the term"), "calendar-event"),
            ("hand-over", _("Pass to another"), "user-check"),
            ("waive", _("Take off control"), "circle-check"),
        )
    ]
    context = {
        "page": shown,
        "acts": acts if shown.open else [],
        "crumbs": [_list_crumb()],
        "now": request.actor.now,
    }
    return render(request, "obligations/obligation.html", context)


@page
@require_GET
def why(request: PersonRequest, obligation_id: int) -> HttpResponse:
    """In its place on a page; whole when somebody opens the link itself."""
    shown = {"why": queries.why(request.viewer, obligation_id)}
    inside = request.headers.get("HX-Request") == "true"
    name = "obligations/why.html" if inside else "obligations/why_page.html"
    shown_more = {"crumbs": [_list_crumb()], "obligation_id": obligation_id}
    return render(request, name, shown | shown_more)


@page
@require_http_methods(EITHER)
def move(request: PersonRequest, obligation_id: int) -> HttpResponseBase:
    on = today(request.actor.now)
    form = forms.MoveTerm(request.POST or None, initial={"on": on})
    return _decide(
        request,
        obligation_id,
        form,
        title=_("Move the term"),
        button=_("Move"),
        work=actions.move_by_head,
        said=_("Term moved."),
    )


@page
@require_http_methods(EITHER)
def waive(request: PersonRequest, obligation_id: int) -> HttpResponseBase:
    return _decide(
        request,
        obligation_id,
        forms.Waive(request.POST or None),
        title=_("Take off control"),
        button=_("Take off control"),
        work=actions.waive,
        said=_("Taken off control."),
    )


@page
@require_http_methods(EITHER)
def hand_over(request: PersonRequest, obligation_id: int) -> HttpResponseBase:
    takers = queries.takers(request.viewer, request.staff, obligation_id)
    return _decide(
        request,
        obligation_id,
        forms.HandOver(request.POST or None, takers=takers),
        title=_("Pass to another"),
        button=_("Pass on"),
        work=actions.hand_over_by_head,
        said=_("Passed on."),
    )


def _decide(
    request: PersonRequest,
    obligation_id: int,
    form: Form,
    *,
    title: str,
    button: str,
    work: Callable[..., Any],
    said: str,
) -> HttpResponseBase:
    """One decision of a head: its form, and its work once it is sent."""

    def show(form: Form | None) -> HttpResponse:
        shown = queries.obligation_page(
            request.viewer, request.staff, obligation_id, request.actor.now
        )
        context = {
            "page": shown,
            "form": form,
            "title": title,
            "button": button,
            "crumbs": [
                _list_crumb(),
                Crumb(shown.row.label, _address("obligation", obligation_id)),
            ],
            "back": _address("obligation", obligation_id),
            "now": request.actor.now,
        }
        may = shown.decision if shown.open else allow()
        return asking(request, "obligations/decide.html", context, may)

    if request.method != "POST":
        return show(form)
    return perform(
        request,
        f"obligations.{work.__name__}",
        form,
        work=lambda data: work(
            actor=request.actor, obligation_id=obligation_id, **data
        ),
        done=lambda row: _address("obligation", row.pk),
        again=show,
        said=said,
    )


def _address(name: str, obligation_id: int) -> str:
    return reverse(f"obligations:{name}", args=[obligation_id])


def _list_crumb() -> Crumb:
    return Crumb(_("Under control"), reverse("obligations:list"))
