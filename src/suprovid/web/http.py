"""The request as our views see it: someone is signed in, and we know their rights."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from suprovid.lib.decision import Decision, Missing

if TYPE_CHECKING:
    from suprovid.journal.rules import Actor
    from suprovid.people.models import Person
    from suprovid.people.rules import Staff, Viewer

P = ParamSpec("P")


class PersonRequest(HttpRequest):
    """`actor` acts, `viewer` looks; both are made anew at every request."""

    user: Person
    actor: Actor
    viewer: Viewer
    staff: Staff


View = Callable[Concatenate[PersonRequest, P], HttpResponseBase]


def page(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A door for signed-in people; what is not theirs is not found."""

    @wraps(view)
    def guarded(
        request: HttpRequest, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        try:
            answer = view(cast(PersonRequest, request), *args, **kwargs)
        except Missing as missing:
            raise Http404 from missing
        answer.headers["Cache-Control"] = "no-store"
        return answer

    return login_required(guarded)  # type: ignore[return-value]


def asking(
    request: HttpRequest, template: str, shown: dict[str, Any], may: Decision
) -> HttpResponse:
    """A page that asks for something; 403, with the reason, for whom it is not.

    `perform` leaves that number as it is, so the right is told before the shape.
    """
    return render(request, template, shown, status=200 if may else 403)
