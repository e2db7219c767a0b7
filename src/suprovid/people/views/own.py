"""One's own page: absence, keys, language; and the door of an invitation."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from suprovid.lib.decision import Invalid, Refused
from suprovid.people import actions, forms, queries
from suprovid.web.doing import lead_to, perform
from suprovid.web.http import PersonRequest, page
from suprovid.web.say import say

TOLD_ONCE = "people.token"


@page
@require_GET
def me(request: PersonRequest) -> HttpResponse:
    return show_me(request)


def show_me(request: PersonRequest, form: Form | None = None) -> HttpResponse:
    shown = queries.my_page(request.viewer, request.actor.now)
    context: dict[str, Any] = {
        "page": shown,
        "form": form if isinstance(form, forms.CreateToken) else forms.CreateToken(),
        "language_form": forms.ChooseLanguage(initial={"language": shown.language}),
        "token": request.session.pop(TOLD_ONCE, ""),
    }
    return render(request, "people/me.html", context)


def to_me(anything: object) -> str:
    return reverse("people:me")


@page
@require_POST
def set_language(request: PersonRequest) -> HttpResponseBase:
    return perform(
        request,
        "people.language",
        forms.ChooseLanguage(request.POST),
        work=lambda said: actions.set_language(actor=request.actor, **said),
        done=to_me,
        again=lambda form: show_me(request),
    )


@page
@require_POST
def create_token(request: PersonRequest) -> HttpResponseBase:
    """The token is told once, on the page that follows, and kept nowhere after."""

    def work(said: Any) -> actions.Handed:
        handed = actions.create_token(actor=request.actor, **said)
        request.session[TOLD_ONCE] = handed.secret
        return handed

    return perform(
        request,
        "people.create-token",
        forms.CreateToken(request.POST),
        work=work,
        done=to_me,
        again=lambda form: show_me(request, form),
        said=_("The token is made: copy it now, it is not shown again."),
    )


@page
@require_POST
def revoke_token(request: PersonRequest, token_id: int) -> HttpResponseBase:
    return perform(
        request,
        "people.revoke-token",
        None,
        work=lambda said: actions.revoke_token(actor=request.actor, token_id=token_id),
        done=to_me,
        again=lambda form: show_me(request),
        said=_("Revoked: the token opens nothing any more."),
    )


@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Set the password by a one-time link; then sign in with it."""
    now = datetime.now(UTC)
    invited = queries.invited(secret, now)
    if invited is None:
        return render(request, "people/invitation_over.html", status=410)
    form = forms.ChoosePassword(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.accept_invitation(
                secret=secret, password=form.cleaned_data["password"], now=now
            )
        except Refused as refused:
            field = refused.field if isinstance(refused, Invalid) else None
            form.add_error(field, say(refused.reason))
        else:
            messages.success(request, _("The password is set: sign in with it."))
            return lead_to(request, reverse("account_login"))
    context = {"form": form, "invited": invited}
    status = 422 if form.is_bound else 200
    return render(request, "people/invitation.html", context, status=status)
