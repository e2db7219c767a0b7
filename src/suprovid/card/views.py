"""The client's page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from suprovid.card import queries
from suprovid.card.rules import Strand
from suprovid.lib.decision import Missing
from suprovid.web.http import PersonRequest, page
from suprovid.web.parts import Crumb, LinkAct, Tab
from suprovid.web.say import label


@page
@require_GET
def client(request: PersonRequest, client_id: int) -> HttpResponse:
    try:
        shown = _asked(request, client_id)
    except Missing:
        to = queries.moved_to(request.viewer, client_id)
        return redirect("card:client", to)
    parts = {
        "page": shown,
        "crumbs": _crumbs(shown),
        "acts": _acts(shown),
        "strands": _strands(shown),
        "now": request.actor.now,
    }
    return render(request, "card/client.html", parts)


def _asked(request: PersonRequest, client_id: int) -> queries.ClientPage:
    asked = request.GET.get("story", "")
    before = request.GET.get("before", "")
    return queries.client_page(
        request.viewer,
        request.staff,
        client_id,
        request.actor.now,
        strand=Strand(asked) if asked in set(Strand) else Strand.MAIN,
        before=int(before) if before.isdecimal() and len(before) < 16 else None,
    )


def _crumbs(page: queries.ClientPage) -> list[Crumb]:
    clients = reverse("clients:list")
    crumbs = [Crumb(_("Clients"), clients)]
    if page.client.group_id:
        group = _("Group “{name}”").format(name=page.client.group)
        crumbs.append(Crumb(group, f"{clients}?group={page.client.group_id}"))
    return crumbs


def _acts(page: queries.ClientPage) -> list[LinkAct]:
    """What one may do here; the two main ones are shown refused too, and why."""
    client = page.client
    here = [client.id]
    more = [
        LinkAct(_("For sales"), reverse("clients:sales", args=here), client.name_sales),
        LinkAct(
            _("Group and manager"), reverse("clients:assign", args=here), client.assign
        ),
        LinkAct(
            _("Join with another client"),
            reverse("intake:merge", args=here),
            page.merge,
        ),
    ]
    main = [
        LinkAct(_("Change"), reverse("clients:edit", args=here), client.change),
        LinkAct(
            _("New contract"),
            reverse("contracts:new", args=here),
            page.contract_writing,
            primary=True,
        ),
    ]
    return [act for act in more if act.decision.allowed] + main


def _strands(page: queries.ClientPage) -> list[Tab]:
    here = reverse("card:client", args=[page.client.id])
    return [
        Tab(label(strand), f"{here}?story={strand}#story", strand is page.story.strand)
        for strand in page.story.strands
    ]
