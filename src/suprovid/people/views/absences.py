"""Absence and deputies."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from suprovid.people import actions, forms, queries
from suprovid.people.views.accounts import show_person, to_person
from suprovid.people.views.showing import asking, crumb_of
from suprovid.web.doing import perform
from suprovid.web.http import PersonRequest, page


@page
@require_http_methods(["GET", "POST"])
def absence(request: PersonRequest, person_id: int) -> HttpResponseBase:
    data = queries.data_of(request.viewer, person_id)
    show = asking(
        request,
        title=_("Declare an absence"),
        button=_("Declare"),
        may=queries.may_speak_of(request.viewer, person_id, request.actor.now),
        trail=(crumb_of(person_id, data.name),),
        note=_("Without a deputy what is due passes to the next head at once."),
    )
    if request.method != "POST":
        return show(forms.DeclareAbsence(person_id=person_id))
    return perform(
        request,
        "people.declare-absence",
        forms.DeclareAbsence(request.POST, person_id=person_id),
        work=lambda said: actions.declare_absence(
            actor=request.actor, person_id=person_id, **said
        ),
        done=lambda row: to_person(person_id),
        again=show,
    )


@page
@require_http_methods(["GET", "POST"])
def deputy(request: PersonRequest, absence_id: int) -> HttpResponseBase:
    person_id, deputy_id = queries.absence_of(absence_id)
    data = queries.data_of(request.viewer, person_id)
    show = asking(
        request,
        title=_("Change the deputy"),
        button=_("Save"),
        may=queries.may_speak_of(request.viewer, person_id, request.actor.now),
        trail=(crumb_of(person_id, data.name),),
    )
    if request.method != "POST":
        start = {"deputy_id": deputy_id}
        return show(forms.NameDeputy(initial=start, person_id=person_id))
    return perform(
        request,
        "people.name-deputy",
        forms.NameDeputy(request.POST, person_id=person_id),
        work=lambda said: actions.name_deputy(
            actor=request.actor, absence_id=absence_id, **said
        ),
        done=lambda row: to_person(person_id),
        again=show,
    )


def _at_the_press(
    name: str, action: Callable[..., object]
) -> Callable[[PersonRequest, int], HttpResponseBase]:
    def view(request: PersonRequest, absence_id: int) -> HttpResponseBase:
        person_id, _deputy = queries.absence_of(absence_id)
        return perform(
            request,
            name,
            None,
            work=lambda said: action(actor=request.actor, absence_id=absence_id),
            done=lambda row: to_person(person_id),
            again=lambda form: show_person(request, person_id),
        )

    return view


cancel_absence = page(
    require_POST(_at_the_press("people.cancel-absence", actions.cancel_absence))
)
return_early = page(require_POST(_at_the_press("people.return", actions.return_early)))
