"""Two clients become one: the other is found, both compared; it can be undone."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from suprovid.clients.queries import Particulars
from suprovid.intake import actions
from suprovid.intake.forms import merging as forms
from suprovid.intake.queries import merging as queries
from suprovid.intake.rules.merging import may_merge
from suprovid.lib.decision import Decision, Missing
from suprovid.web.doing import lead_to, perform
from suprovid.web.http import PersonRequest, page
from suprovid.web.parts import Crumb

EITHER = ["GET", "HEAD", "POST"]


def _address(client_id: int) -> str:
    return reverse("card:client", args=[client_id])


def _trail(client: Particulars) -> list[Crumb]:
    clients = Crumb(_("Clients"), reverse("clients:list"))
    return [clients, Crumb(client.title, _address(client.id))]


def _turned_away(request: PersonRequest, may: Decision) -> HttpResponse:
    return render(request, "web/errors/403.html", {"why": may}, status=403)


@page
@require_GET
def find_twin(request: PersonRequest, client_id: int) -> HttpResponse:
    may = may_merge(request.viewer)
    if not may:
        return _turned_away(request, may)
    text = request.GET.get("text", "").strip()[:100]
    shown = queries.finding_page(request.viewer, client_id, text)
    parts = {
        "page": shown,
        "form": forms.FindTwin(initial={"text": text}),
        "crumbs": _trail(shown.client),
    }
    return render(request, "intake/merge.html", parts)


@page
@require_http_methods(EITHER)
def merge(request: PersonRequest, client_id: int, gone_id: int) -> HttpResponseBase:
    may = may_merge(request.viewer)
    if not may:
        return _turned_away(request, may)
    try:
        shown = queries.pair_page(request.viewer, client_id, gone_id)
    except Missing:
        to = queries.joined_already(request.viewer, client_id, gone_id)
        messages.info(request, _("One of the two is joined to another client already."))
        return lead_to(request, _address(to))

    def show(form: Form | None) -> HttpResponse:
        parts = {"page": shown, "form": form, "crumbs": _trail(shown.kept)}
        return render(request, "intake/merge_with.html", parts)

    versions = {
        "kept_version": shown.kept.version,
        "gone_version": shown.gone.version,
    }
    form = forms.Choosing(request.POST or None, initial=versions, pairs=shown.differing)
    if request.method != "POST":
        return show(form)
    return perform(
        request,
        "intake.merge_clients",
        form,
        work=lambda data: actions.merge_clients(
            actor=request.actor, kept_id=client_id, gone_id=gone_id, **data
        ),
        done=lambda _merge: _address(client_id),
        again=lambda _form: show(form.seen_again()),
        said=_("Clients joined."),
    )


@page
@require_http_methods(EITHER)
def unmerge(request: PersonRequest, merge_id: int) -> HttpResponseBase:
    may = may_merge(request.viewer)
    if not may:
        return _turned_away(request, may)
    shown = queries.merge_page(request.viewer, merge_id)

    def show(form: Form | None) -> HttpResponse:
        parts = {
            "page": shown,
            "form": form,
            "crumbs": [Crumb(shown.kept, _address(shown.kept_id))],
        }
        return render(request, "intake/merge_undo.html", parts)

    if request.method != "POST":
        return show(forms.Undo())
    return perform(
        request,
        "intake.undo_merge",
        forms.Undo(request.POST),
        work=lambda data: actions.undo_merge(
            actor=request.actor, merge_id=merge_id, why=data["why"]
        ),
        done=lambda merge: _address(merge.gone_id),
        again=show,
        said=_("Clients parted: each stands alone again."),
    )
