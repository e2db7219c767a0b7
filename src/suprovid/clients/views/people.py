"""The client's own people and places."""

from __future__ import annotations

from dataclasses import asdict

from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from suprovid.clients import actions, forms, queries
from suprovid.clients.views.particulars import EITHER, trail, turned_away
from suprovid.web.differing import differences
from suprovid.web.doing import perform
from suprovid.web.http import PersonRequest, page
from suprovid.web.parts import Act, Crumb


def _people(client_id: int) -> str:
    return reverse("clients:contacts", args=[client_id])


def _show(
    request: PersonRequest,
    client_id: int,
    contact_form: Form | None = None,
    site_form: Form | None = None,
) -> HttpResponse:
    client = queries.particulars(request.viewer, client_id)
    shown = {
        "client": client,
        "crumbs": trail(client),
        "contact_form": contact_form or forms.ContactForm(prefix="contact"),
        "site_form": site_form or forms.SiteForm(prefix="site"),
    }
    return render(request, "clients/people.html", shown)


@page
@require_http_methods(EITHER)
def people(request: PersonRequest, client_id: int) -> HttpResponseBase:
    if request.method != "POST":
        return _show(request, client_id)
    return perform(
        request,
        "clients.add_contact",
        forms.ContactForm(request.POST, prefix="contact"),
        work=lambda data: actions.add_contact(
            actor=request.actor, client_id=client_id, **data
        ),
        done=lambda _contact: _people(client_id),
        again=lambda form: _show(request, client_id, contact_form=form),
        said=_("Contact person added."),
    )


@page
@require_http_methods(EITHER)
def contact(
    request: PersonRequest, client_id: int, contact_id: int
) -> HttpResponseBase:
    def show(form: Form | None) -> HttpResponse:
        client = queries.particulars(request.viewer, client_id)
        if not client.change:
            return turned_away(request, client.change)
        row = queries.contact(request.viewer, client_id, contact_id)
        left = Act(
            _("Works there no longer"),
            reverse("clients:contact-left", args=[client_id, contact_id]),
            client.change,
            confirm=_("The person goes from the list; the time line keeps them."),
        )
        filled = form or forms.EditContact(initial=asdict(row))
        shown = {
            "form": filled,
            "differs": differences(filled, asdict(row)),
            "client": client,
            "contact": row,
            "left": left,
            "crumbs": [
                *trail(client),
                Crumb(_("People and sites"), _people(client_id)),
            ],
        }
        return render(request, "clients/contact.html", shown)

    if request.method != "POST":
        return show(None)
    return perform(
        request,
        "clients.change_contact",
        forms.EditContact(request.POST),
        work=lambda data: actions.change_contact(
            actor=request.actor, client_id=client_id, contact_id=contact_id, **data
        ),
        done=lambda _contact: _people(client_id),
        again=show,
    )


@page
@require_POST
def contact_left(
    request: PersonRequest, client_id: int, contact_id: int
) -> HttpResponseBase:
    return perform(
        request,
        "clients.contact_left",
        None,
        work=lambda _data: actions.contact_left(
            actor=request.actor, client_id=client_id, contact_id=contact_id
        ),
        done=lambda _contact: _people(client_id),
        again=lambda _form: _show(request, client_id),
    )


@page
@require_POST
def add_site(request: PersonRequest, client_id: int) -> HttpResponseBase:
    return perform(
        request,
        "clients.add_site",
        forms.SiteForm(request.POST, prefix="site"),
        work=lambda data: actions.add_site(
            actor=request.actor, client_id=client_id, **data
        ),
        done=lambda _site: _people(client_id),
        again=lambda form: _show(request, client_id, site_form=form),
        said=_("Site added."),
    )


@page
@require_http_methods(EITHER)
def site(request: PersonRequest, client_id: int, site_id: int) -> HttpResponseBase:
    def show(form: Form | None) -> HttpResponse:
        client = queries.particulars(request.viewer, client_id)
        if not client.change:
            return turned_away(request, client.change)
        row = queries.site(request.viewer, client_id, site_id)
        filled = form or forms.EditSite(initial=asdict(row))
        shown = {
            "form": filled,
            "differs": differences(filled, asdict(row)),
            "client": client,
            "site": row,
            "crumbs": [
                *trail(client),
                Crumb(_("People and sites"), _people(client_id)),
            ],
        }
        return render(request, "clients/site.html", shown)

    if request.method != "POST":
        return show(None)
    return perform(
        request,
        "clients.change_site",
        forms.EditSite(request.POST),
        work=lambda data: actions.change_site(
            actor=request.actor, client_id=client_id, site_id=site_id, **data
        ),
        done=lambda _site: _people(client_id),
        again=show,
    )
