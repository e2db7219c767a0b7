"""Who is looking, decided anew at every request: a right lost is lost at once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from suprovid.journal.rules import Actor, Channel
from suprovid.people import queries as people
from suprovid.web.api import problem
from suprovid.web.reading import reading

Answering = Callable[[HttpRequest], HttpResponse]


class BehindProxy:
    """Whose address counts: the nearest one that is not a proxy of ours.

    Anybody may write X-Forwarded-For, so it is believed only from the addresses in
    SUPROVID_PROXIES, and only as far as they wrote it themselves (SECURITY D2.14).
    """

    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        while request.META.get("REMOTE_ADDR") in settings.PROXIES and said:
            if nearest := said.pop().strip():
                request.META["REMOTE_ADDR"] = nearest
        return self.get_response(request)


class WhoIsLooking:
    """Sets request.actor and request.viewer for signed-in people, and the language."""

    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            actor = Actor(request.user.pk, Channel.PAGE, datetime.now(UTC))
            know(request, actor)
        elif SESSION_KEY in request.session:
            logout(request)  # dismissed since: the session ends with the next click
        translation.activate(language_of(request))
        require_readable(request)
        with reading() if request.method in ("GET", "HEAD") else nullcontext():
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language())
        return response


def require_readable(request: HttpRequest) -> None:
    """An address may spell a zero; PostgreSQL breaks off at it: 400, not 500."""
    for name, values in request.GET.lists():
        if any("\0" in text for text in (name, *values)):
            raise BadRequest("A zero stands in the address.")


def know(request: HttpRequest, actor: Actor) -> None:
    """Who acts, everybody as they stand today, and what this one may: asked once."""
    staff = SimpleLazyObject(lambda: people.staff(people.today(actor.now)))
    viewer = SimpleLazyObject(lambda: staff.viewer(actor.person_id))
    request.actor = actor  # type: ignore[attr-defined]
    request.staff = staff  # type: ignore[attr-defined]
    request.viewer = viewer  # type: ignore[attr-defined]


class ProblemsForPrograms:
    """Whatever goes wrong under /api/ outside the API itself is a problem too."""

    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        ours = response.headers.get("Content-Type", "") == "application/problem+json"
        if response.status_code < 400 or ours or not request.path.startswith("/api/"):
            return response
        told = problem(response.status_code)
        if "Allow" in response.headers:
            told.headers["Allow"] = response.headers["Allow"]
        return told


def language_of(request: HttpRequest) -> str:
    """The person's own choice; before sign-in the cookie; Ukrainian otherwise.

    What the browser prefers is not asked: the department works in Ukrainian. The API
    is a program and says what it wants (Accept-Language).
    """
    if request.path.startswith("/api/"):
        wanted = request.headers.get("Accept-Language", "")
        return "en" if wanted.lower().startswith("en") else settings.LANGUAGE_CODE
    if request.user.is_authenticated:
        chosen = str(request.user.language)
    else:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
