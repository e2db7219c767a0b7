"""What the API of every app is built of (DESIGN 4): problems, doing once, pages, ETags.

An endpoint reads its values, calls one action or one query and returns; a refusal of
any kind becomes problem+json (RFC 9457) here, in the caller's language.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import wraps
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from django.core import exceptions
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.decorators import decorate_view
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.operation import Operation
from ninja.parser import Parser
from ninja.utils import contribute_operation_callback
from pydantic import ConfigDict

from suprovid.lib.decision import Invalid, Missing, Refused
from suprovid.web.doing import (
    KEY_FORM,
    KEY_LENGTH,
    Answer,
    Busy,
    Doing,
    InFlight,
    OtherContent,
    digest_of,
    do_once,
    from_the_beginning,
    sent_files,
    status_of,
)
from suprovid.web.problems import Problem as Problem
from suprovid.web.problems import problem as problem
from suprovid.web.say import say

if TYPE_CHECKING:
    from suprovid.journal.rules import Actor
    from suprovid.people.rules import Staff, Viewer

T = TypeVar("T")
M = TypeVar("M", bound=Model)
Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
MOST = 200


class ApiRequest(HttpRequest):
    """A request that auth has let in."""

    actor: Actor
    viewer: Viewer
    staff: Staff
    prepared: Any
    """What `doing_once(first=…)` has made of what was sent."""


# ---------------------------------------------------------------- refusals as problems


def answer_problems(api: NinjaAPI) -> None:
    """Teach an API to answer all of our refusals and its own as problems."""
    handlers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        Refused: _refused,
        Problem: lambda request, exc: problem(exc.status, exc.detail, kind=exc.kind),
        Missing: lambda request, exc: problem(404),
        Http404: lambda request, exc: problem(404),
        ValidationError: _unreadable,
        AuthenticationError: _who_are_you,
        Throttled: lambda request, exc: problem(429),
        HttpError: lambda request, exc: problem(exc.status_code),
        OtherContent: _other_content,
        InFlight: _in_flight,
        Busy: _busy,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    text = say(refused.reason)
    field = refused.field if isinstance(refused, Invalid) else ""
    errors = {field: [text]} if field else None
    return problem(status_of(refused), text, errors=errors)


def _who_are_you(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    response = problem(401)
    response.headers["WWW-Authenticate"] = 'Bearer realm="suprovid"'
    return response


def _unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors: dict[str, list[str]] = {}
    for found in error.errors:
        errors.setdefault(_field_of(found["loc"]), []).append(_words_of(found))
    return problem(422, errors=errors)


def _field_of(place: tuple[Any, ...]) -> str:
    """("body", "body", "lines", 0, "price") is the caller's lines.0.price."""
    steps = [str(step) for step in place[1:]]
    if place[:1] == ("body",) and len(steps) > 1:
        steps = steps[1:]
    return ".".join(steps) or str(place[0])


def _words_of(found: dict[str, Any]) -> str:
    if found["type"] == "missing":
        return _("This field is required.")
    return _("Enter a valid value.")


def _other_content(request: HttpRequest, error: OtherContent) -> HttpResponse:
    text = _("This Idempotency-Key was already used for other content.")
    return problem(422, text, kind="other-content")


def _in_flight(request: HttpRequest, error: InFlight) -> HttpResponse:
    text = _("The same request is being carried out right now. Ask again shortly.")
    response = problem(409, text, kind="in-flight")
    response.headers["Retry-After"] = "1"
    return response


def _busy(request: HttpRequest, error: Busy) -> HttpResponse:
    text = _("Others are changing the same right now, so nothing was saved. Try again.")
    response = problem(503, text, kind="busy")
    response.headers["Retry-After"] = "1"
    return response


# ---------------------------------------------------------------- what is sent


class Body(Schema):
    """What a program sends: blanks around a text say nothing."""

    model_config = ConfigDict(str_strip_whitespace=True)


class ReadableParser(Parser):
    """JSON can spell what no database keeps: such a text is no text (400)."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        body = super().parse_body(request)
        told = json.dumps(body, ensure_ascii=False)
        told.encode()  # half of a surrogate pair has no bytes
        if "\\u0000" in told.replace("\\\\", ""):
            raise ValueError("A zero stands in the text.")
        return body


# ---------------------------------------------------------------- doing once

KEY_HEADER = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "One new value for each thing you want done; repeat it to retry.",
    "schema": {"type": "string", "minLength": 8, "maxLength": KEY_LENGTH},
}


def doing_once(
    operation: str, first: Callable[[Any], object] | None = None
) -> Callable[[Endpoint], Endpoint]:
    """An endpoint that does its work once per Idempotency-Key.

    Args:
        first: long work that writes nothing, such as reading a file that was sent: it
            is done before the transaction and left as `request.prepared`, so that on
            SQLite nobody waits for it. It decides the right for itself.

    One transaction holds the key, the action and the stored answer. A repeat gets the
    same answer and `Idempotency-Replayed: true`; other content under the key 422; the
    same still in flight 409. What was refused leaves nothing, so it may be repeated.

    Stands under the router's decorator:

        @router.post("/handovers/{handover_id}/accept", response=HandoverOut)
        @doing_once("handover.accept")
        def accept(request: ApiRequest, handover_id: int) -> Handover: ...
    """

    def described(done: Operation) -> None:
        extra = done.openapi_extra = done.openapi_extra or {}
        extra.setdefault("parameters", []).append(KEY_HEADER)

    def decorate(endpoint: Endpoint) -> Endpoint:
        contribute_operation_callback(endpoint, described)
        return decorate_view(_once_around(operation, first))(endpoint)

    return decorate


Run = Callable[..., HttpResponse]


def _once_around(
    name: str, first: Callable[[Any], object] | None
) -> Callable[[Run], Run]:
    def around(run: Run) -> Run:
        operation = cast(Operation, run.__self__)  # type: ignore[attr-defined]

        @wraps(run)
        def once(request: ApiRequest, **values: Any) -> HttpResponse:
            refused = operation._run_checks(request)  # noqa: SLF001 - who asks?
            if refused is not None:
                return refused
            try:
                if first is not None:
                    request.prepared = first(request)
                return _do(request, name, lambda: run(request, **values))
            except Exception as error:
                return operation.api.on_exception(request, error)

        # Another decorator around this one asks for the operation as well.
        once.__self__ = operation  # type: ignore[attr-defined]
        return once

    return around


class _Unfit(Exception):
    """The endpoint answered with a problem: undo everything, keep no key."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__(response.status_code)
        self.response = response


def _do(
    request: ApiRequest, name: str, run: Callable[[], HttpResponse]
) -> HttpResponse:
    def work() -> Answer:
        response = run()
        if response.status_code >= 400:
            raise _Unfit(response)
        return Answer(response.status_code, response.content.decode())

    try:
        doing, do = _of_call(request, name), from_the_beginning(request, work)
        answer = do_once(doing, do, wait=False)
    except _Unfit as unfit:
        return unfit.response
    response = HttpResponse(
        answer.body,
        status=answer.status,
        content_type="application/json; charset=utf-8",
    )
    if answer.repeated:
        response.headers["Idempotency-Replayed"] = "true"
    return response


def _of_call(request: ApiRequest, name: str) -> Doing:
    key = request.headers.get("Idempotency-Key", "")
    if not KEY_FORM.fullmatch(key):
        text = _("Send a header Idempotency-Key of 8 to 120 characters.")
        raise Problem(400, text, "no-key")
    said = [("", request.method), (" ", request.get_full_path())]
    if (request.content_type or "").startswith("multipart/"):
        digest = digest_of([*said, *request.POST.lists()], sent_files(request))
    else:
        digest = digest_of([*said, ("body", hashlib.sha256(request.body).hexdigest())])
    return Doing(request.actor.name, name, key, digest, request.actor.now)


# ---------------------------------------------------------------- versions


def if_match(request: HttpRequest) -> int:
    """The version the caller saw, for PUT, PATCH and DELETE of fields.

    Give it to the action as `version`; the action compares and raises Stale (412).

    Raises:
        Problem: 428 when the header is missing, 412 when it is no version of ours.
    """
    said = request.headers.get("If-Match", "")
    if not said:
        raise Problem(428)
    number = said.strip().removeprefix("W/").strip('"')
    if not number.isdecimal():
        raise Problem(412)
    return int(number)


def etag(response: HttpResponse, version: int) -> None:
    """Tell the version: endpoints take `response: HttpResponse` and call this."""
    response.headers["ETag"] = f'"{version}"'


# ---------------------------------------------------------------- pages by a cursor


class Page(Schema, Generic[T]):
    """Some rows, and the cursor of the next ones ("" at the end)."""

    items: list[T]
    next: str = ""


def keyset(
    rows: QuerySet[M], cursor: str, limit: int = 50, *, by: tuple[str, ...] = ("-id",)
) -> dict[str, Any]:
    """A page of a queryset for `response=Page[RowOut]`, stable while rows are added.

    Args:
        by: the order; together the fields must be unique, so end with "id".

    Raises:
        Problem: 422 for a cursor that is not ours.
    """
    limit = max(1, min(limit, MOST))
    ordered = rows.order_by(*by)
    if cursor:
        ordered = _beyond(ordered, by, _read_cursor(cursor, len(by)))
    found = list(ordered[: limit + 1])
    more = len(found) > limit
    return {
        "items": found[:limit],
        "next": _cursor(found[limit - 1], by) if more else "",
    }


def _beyond(rows: QuerySet[M], by: tuple[str, ...], values: list[Any]) -> QuerySet[M]:
    try:
        return rows.filter(_after(by, values))
    except (ValueError, TypeError, exceptions.ValidationError) as error:
        raise Problem(422, _("This cursor is not one of ours.")) from error


def _after(by: tuple[str, ...], values: list[Any]) -> Q:
    """(a, b) after (x, y): a > x, or a = x and b > y; reversed where "-"."""
    beyond, same = Q(), Q()
    for field, value in zip(by, values, strict=True):
        name = field.removeprefix("-")
        step = Q((f"{name}__{'lt' if field.startswith('-') else 'gt'}", value))
        beyond |= same & step
        same &= Q((name, value))
    return beyond


def _cursor(row: Model, by: tuple[str, ...]) -> str:
    values = [_plain(getattr(row, field.removeprefix("-"))) for field in by]
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value) if isinstance(value, date | Decimal) else value


def _read_cursor(cursor: str, length: int) -> list[Any]:
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor.encode()))
    except (ValueError, binascii.Error) as error:
        raise Problem(422, _("This cursor is not one of ours.")) from error
    fit = isinstance(values, list) and len(values) == length
    if not fit or not all(map(_was_told, values)):
        raise Problem(422, _("This cursor is not one of ours."))
    return cast(list[Any], values)


def _was_told(value: object) -> bool:
    return isinstance(value, int) or (isinstance(value, str) and "\0" not in value)
