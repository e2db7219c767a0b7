"""The client's page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from suprovid.card import queries
from suprovid.web.http import PersonRequest, page
from suprovid.web.parts import Crumb


@page
@require_GET
def client(request: PersonRequest, client_id: int) -> HttpResponse:
    now = request.actor.now
    shown = queries.client_page(request.viewer, client_id, now)
    crumbs = [Crumb(_("Clients"), reverse("clients:list"))]
    if shown.client.group:
        crumbs.append(Crumb(shown.client.group))
    return render(
        request, "card/client.html", {"page": shown, "crumbs": crumbs, "now": now}
    )
