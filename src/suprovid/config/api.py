"""The API of the house: who is let in, and the routers of all apps under /api/v1."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from suprovid.config.middleware import know
from suprovid.config.signin import address_of
from suprovid.journal.rules import Actor, Channel
from suprovid.people import actions as people_actions
from suprovid.people import queries as people
from suprovid.people.rules import Viewer
from suprovid.web.api import (
    SAFE,
    ApiRequest,
    Problem,
    ReadableParser,
    answer_problems,
)

WRONG_TOKENS = 20
MINUTES = 15 * 60


class Token(HttpBearer):
    """`Authorization: Bearer …`: a token that a person made for a program."""

    def __call__(self, request: HttpRequest) -> Any:
        """Whoever was let in already is not asked again (see web.api.doing_once)."""
        return getattr(request, "auth", None) or super().__call__(request)

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        now = datetime.now(UTC)
        holder = people.token_viewer(token, now)
        if holder is None:
            count_wrong_token(request)
            return None
        if request.method not in SAFE and not holder.may_write:
            raise Problem(403, kind="read-only-token")
        people_actions.note_token_use(token_id=holder.token_id, on=people.today(now))
        return enter(request, holder.viewer.id, now)


class Session(APIKeyCookie):
    """The pages' own session, with the CSRF token on everything that writes."""

    param_name = "sessionid"

    def __call__(self, request: HttpRequest) -> Any:
        if not request.user.is_authenticated:
            return None
        if check_csrf(request) is not None:
            raise Problem(403, kind="csrf")
        return self.authenticate(request, None)

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        now = datetime.now(UTC)
        return enter(request, request.user.pk, now)


def enter(request: HttpRequest, person_id: int | None, now: datetime) -> Viewer:
    know(request, Actor(person_id, Channel.API, now))
    return cast(ApiRequest, request).viewer


def count_wrong_token(request: HttpRequest) -> None:
    """Who guesses is slowed down, by address; IPv6 by its /64 (SECURITY D2.14).

    Good tokens are never counted, so a neighbour behind the same address works on.
    """
    name = f"wrong-tokens:{address_of(request)}"
    cache.add(name, 0, MINUTES)
    if cache.incr(name) > WRONG_TOKENS:
        raise Problem(429)


api = NinjaAPI(
    title="Suprovid",
    version="1",
    urls_namespace="api",
    auth=[Token(), Session()],
    parser=ReadableParser(),
    docs_decorator=login_required,
)
answer_problems(api)

# One line for each app whose api.py stands.
api.add_router("", "suprovid.people.api.router")
api.add_router("", "suprovid.clients.api.router")
api.add_router("", "suprovid.obligations.api.router")
api.add_router("", "suprovid.notifications.api.router")
api.add_router("", "suprovid.contracts.api.router")
api.add_router("", "suprovid.money.api.router")
api.add_router("", "suprovid.handover.api.router")
api.add_router("", "suprovid.service.api.router")
api.add_router("", "suprovid.intake.api.router")
