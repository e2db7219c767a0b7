"""My day, search, the journal."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from suprovid.desk import forms, queries
from suprovid.web.http import PersonRequest, page


@page
@require_GET
def day(request: PersonRequest) -> HttpResponse:
    now = request.actor.now
    shown = queries.my_day(request.viewer, now)
    return render(request, "desk/day.html", {"page": shown, "now": now})


@page
@require_GET
def search(request: PersonRequest) -> HttpResponse:
    text = request.GET.get("q", "")
    hits = queries.search(request.viewer, text, request.actor.now)
    # Ctrl-K asks for the rows alone; its link, where scripts are off, for a page.
    alone = "HX-Request" in request.headers
    template = "desk/search.html" if alone else "desk/search_page.html"
    shown = {"hits": hits, "text": text, "now": request.actor.now}
    return render(request, template, shown)


@page
@require_GET
def journal(request: PersonRequest) -> HttpResponse:
    form = forms.WhatFacts(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    shown = queries.journal_page(
        request.viewer, kind=asked.get("kind", ""), before=asked.get("before")
    )
    data = {"page": shown, "form": form, "now": request.actor.now}
    return render(request, "desk/journal.html", data)
