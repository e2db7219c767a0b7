"""The language and the theme: the reader's own choice, kept where it belongs."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from suprovid.journal.rules import Actor, Channel
from suprovid.people import actions as people
from suprovid.web.doing import lead_to

A_YEAR = 365 * 24 * 3600
THEMES = ("light", "dark", "auto")


def own_address(request: HttpRequest) -> str:
    """Where to go back: only to our own pages (D2.23)."""
    for wanted in (request.POST.get("next", ""), request.headers.get("Referer", "")):
        if wanted and url_has_allowed_host_and_scheme(
            wanted, {request.get_host()}, require_https=settings.HTTPS
        ):
            return wanted
    return reverse("desk:day")


def remember(response: HttpResponse, name: str, value: str) -> HttpResponse:
    response.set_cookie(
        name,
        value,
        max_age=A_YEAR,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response


@require_POST
def set_language(request: HttpRequest) -> HttpResponseBase:
    """A signed-in person's language is kept with the person, so letters know it."""
    response = lead_to(request, own_address(request))
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        return response
    if request.user.is_authenticated:
        actor = Actor(request.user.pk, Channel.PAGE, datetime.now(UTC))
        people.set_language(actor=actor, language=chosen)
    return remember(response, settings.LANGUAGE_COOKIE_NAME, chosen)


@require_POST
def set_theme(request: HttpRequest) -> HttpResponseBase:
    response = lead_to(request, own_address(request))
    chosen = request.POST.get("theme", "")
    return remember(response, "theme", chosen) if chosen in THEMES else response
