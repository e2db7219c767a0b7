"""The staff, one person, accounts and roles."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from suprovid.people import actions, forms, queries, rules
from suprovid.people.views.showing import asking, crumb_of
from suprovid.web.doing import perform
from suprovid.web.http import PersonRequest, page
from suprovid.web.say import label

TOLD_ONCE = "people.told-once"


@page
@require_GET
def people(request: PersonRequest) -> HttpResponse:
    on = queries.today(request.actor.now)
    shown = queries.people_page(request.viewer, on)
    return render(request, "people/list.html", {"page": shown})


@page
@require_GET
def person(request: PersonRequest, person_id: int) -> HttpResponse:
    return show_person(request, person_id)


def show_person(request: PersonRequest, person_id: int) -> HttpResponse:
    shown = queries.person_page(request.viewer, person_id, request.actor.now)
    told = request.session.get(TOLD_ONCE, {})
    context: dict[str, Any] = {"page": shown, "link": ""}
    if told.get("person") == person_id:
        del request.session[TOLD_ONCE]
        path = reverse("people:invitation", args=[told["secret"]])
        context["link"] = request.build_absolute_uri(path)
    return render(request, "people/person.html", context)


def to_person(person_id: int) -> str:
    return reverse("people:person", args=[person_id])


@page
@require_http_methods(["GET", "POST"])
def new(request: PersonRequest) -> HttpResponseBase:
    show = asking(
        request,
        title=_("Enter a person"),
        button=_("Enter"),
        may=rules.may_administer(request.viewer),
        note=_("The person gets the password by an invitation link, then a role."),
    )
    if request.method != "POST":
        return show(forms.EnterPerson())
    return perform(
        request,
        "people.enter",
        forms.EnterPerson(request.POST),
        work=lambda data: actions.enter_person(actor=request.actor, **data),
        done=lambda person: to_person(person.pk),
        again=show,
        said=_("Entered. Now make an invitation link and grant a role."),
    )


@page
@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, person_id: int) -> HttpResponseBase:
    data = queries.data_of(request.viewer, person_id)
    show = asking(
        request,
        title=_("Edit"),
        button=_("Save"),
        may=rules.may_administer(request.viewer),
        trail=(crumb_of(person_id, data.name),),
    )
    if request.method != "POST":
        return show(forms.EditPerson(initial=data.__dict__))
    return perform(
        request,
        "people.edit",
        forms.EditPerson(request.POST),
        work=lambda said: actions.edit_person(
            actor=request.actor, person_id=person_id, **said
        ),
        done=lambda person: to_person(person.pk),
        again=show,
    )


@page
@require_http_methods(["GET", "POST"])
def grant(request: PersonRequest, person_id: int) -> HttpResponseBase:
    data = queries.data_of(request.viewer, person_id)
    show = asking(
        request,
        title=_("Grant a role"),
        button=_("Grant"),
        may=rules.may_grant(request.viewer, person_id),
        trail=(crumb_of(person_id, data.name),),
    )
    if request.method != "POST":
        return show(forms.GrantRole())
    return perform(
        request,
        "people.grant",
        forms.GrantRole(request.POST),
        work=lambda said: actions.grant_role(
            actor=request.actor, person_id=person_id, **said
        ),
        done=lambda row: to_person(person_id),
        again=show,
    )


@page
@require_http_methods(["GET", "POST"])
def end_role(request: PersonRequest, grant_id: int) -> HttpResponseBase:
    ending = queries.ending_role(grant_id)
    show = asking(
        request,
        title=_("End the role: {role}").format(role=label(ending.role)),
        button=_("End the role"),
        may=rules.may_administer(request.viewer),
        trail=(crumb_of(ending.person_id, ending.name),),
        note=ending.group,
    )
    if request.method != "POST":
        return show(forms.EndRole())
    return perform(
        request,
        "people.end-role",
        forms.EndRole(request.POST),
        work=lambda said: actions.end_role(
            actor=request.actor, grant_id=grant_id, **said
        ),
        done=lambda row: to_person(ending.person_id),
        again=show,
    )


@page
@require_POST
def invite(request: PersonRequest, person_id: int) -> HttpResponseBase:
    """The link is told once, on the page that follows, and kept nowhere after."""

    def work(said: object) -> actions.Handed:
        handed = actions.invite(actor=request.actor, person_id=person_id)
        request.session[TOLD_ONCE] = {"person": person_id, "secret": handed.secret}
        return handed

    def again(form: Form | None) -> HttpResponse:
        return show_person(request, person_id)

    return perform(
        request,
        "people.invite",
        None,
        work=work,
        done=lambda handed: to_person(person_id),
        again=again,
        said=_("The link is made: pass it to the person."),
    )


@page
@require_POST
def dismiss(request: PersonRequest, person_id: int) -> HttpResponseBase:
    return perform(
        request,
        "people.dismiss",
        None,
        work=lambda said: actions.dismiss(actor=request.actor, person_id=person_id),
        done=lambda person: to_person(person_id),
        again=lambda form: show_person(request, person_id),
        said=_("Dismissed: the person is out from this moment."),
    )
