"""Groups of service."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from suprovid.people import actions, forms, queries, rules
from suprovid.people.views.showing import asking
from suprovid.web.doing import perform
from suprovid.web.http import PersonRequest, page
from suprovid.web.parts import Crumb


@page
@require_GET
def groups(request: PersonRequest) -> HttpResponse:
    return show_groups(request)


def show_groups(request: PersonRequest, form: Form | None = None) -> HttpResponse:
    shown = queries.groups_page(request.viewer, queries.today(request.actor.now))
    crumbs = (Crumb(_("People"), reverse("people:list")),)
    context = {"page": shown, "crumbs": crumbs}
    return render(request, "people/groups.html", context)


def to_groups(group: object) -> str:
    return reverse("people:groups")


@page
@require_http_methods(["GET", "POST"])
def new_group(request: PersonRequest) -> HttpResponseBase:
    show = asking(
        request,
        title=_("Create a group"),
        button=_("Create"),
        may=rules.may_arrange_groups(request.viewer),
        trail=(Crumb(_("Groups"), reverse("people:groups")),),
    )
    if request.method != "POST":
        return show(forms.NameGroup())
    return perform(
        request,
        "people.create-group",
        forms.NameGroup(request.POST),
        work=lambda said: actions.create_group(actor=request.actor, **said),
        done=to_groups,
        again=show,
    )


@page
@require_http_methods(["GET", "POST"])
def rename_group(request: PersonRequest, group_id: int) -> HttpResponseBase:
    name = queries.group_name(group_id)
    show = asking(
        request,
        title=_("Rename the group “{name}”").format(name=name),
        button=_("Rename"),
        may=rules.may_arrange_groups(request.viewer),
        trail=(Crumb(_("Groups"), reverse("people:groups")),),
    )
    if request.method != "POST":
        return show(forms.NameGroup(initial={"name": name}))
    return perform(
        request,
        "people.rename-group",
        forms.NameGroup(request.POST),
        work=lambda said: actions.rename_group(
            actor=request.actor, group_id=group_id, **said
        ),
        done=to_groups,
        again=show,
    )


@page
@require_POST
def close_group(request: PersonRequest, group_id: int) -> HttpResponseBase:
    return perform(
        request,
        "people.close-group",
        None,
        work=lambda said: actions.close_group(actor=request.actor, group_id=group_id),
        done=to_groups,
        again=lambda form: show_groups(request),
    )
