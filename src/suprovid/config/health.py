"""Is the house alive? For supervisors and for the red line on heads' desks."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from suprovid.journal import queries as journal


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and a worker lives; 503 says what is wrong."""
    state, number = look(datetime.now(UTC))
    response = JsonResponse(state, status=number)
    response.headers["Cache-Control"] = "no-store"
    return response


def look(now: datetime) -> tuple[dict[str, str], int]:
    try:
        beating = journal.worker_is_alive(now)
    except DatabaseError:
        return {"database": "away", "worker": "unknown"}, 503
    if not beating:
        return {"database": "ok", "worker": "silent"}, 503
    return {"database": "ok", "worker": "ok"}, 200
