"""Everything that goes wrong in the API, in one shape: problem+json (RFC 9457)."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from suprovid.lib.words import word

PROBLEMS = {
    400: ("malformed", word("The request cannot be read.")),
    401: ("unknown", word("Say who you are: a token or a signed-in session.")),
    403: ("forbidden", word("This is not yours to do.")),
    404: ("missing", word("Not found, or not yours; your head can open it.")),
    405: ("method", word("This address does not take this method.")),
    409: ("refused", word("The state of things does not allow it.")),
    412: ("stale", word("It was changed meanwhile.")),
    413: ("too-large", word("Too much was sent at once.")),
    415: ("media", word("This kind of content is not taken here.")),
    422: ("invalid", word("Some values cannot be taken.")),
    428: ("precondition", word("Say which version you saw: If-Match.")),
    429: ("too-many", word("Too many attempts. Wait a little.")),
    500: ("broken", word("Something broke here. Nothing was written.")),
    503: ("unavailable", word("The database does not answer. Try again.")),
}


def problem(
    status: int,
    detail: str = "",
    *,
    errors: dict[str, list[str]] | None = None,
    kind: str = "",
) -> HttpResponse:
    """The one shape of everything that goes wrong in the API."""
    name, usual = PROBLEMS.get(status, PROBLEMS[500])
    body: dict[str, Any] = {
        "type": f"urn:suprovid:problem:{kind or name}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or _(usual),
    }
    if errors:
        body["errors"] = errors
    response = HttpResponse(
        json.dumps(body, ensure_ascii=False),
        status=status,
        content_type="application/problem+json",
    )
    response.headers["Cache-Control"] = "no-store"
    return response


class Problem(Exception):
    """Something that auth or a helper of this page turns away."""

    def __init__(self, status: int, detail: str = "", kind: str = "") -> None:
        super().__init__(status, detail)
        self.status, self.detail, self.kind = status, detail, kind
