"""Error pages: what is wrong and what to do, in the person's language."""

from __future__ import annotations

import sys
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page(request: HttpRequest, number: int, **context: Any) -> HttpResponse:
    response = render(request, f"web/errors/{number}.html", context, status=number)
    response.headers["Cache-Control"] = "no-store"
    return response


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return page(request, 403, why=None)


def locked_out(
    request: HttpRequest, credentials: Any = None, *args: Any, **kwargs: Any
) -> HttpResponse:
    return page(request, 429)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 403, why=None)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """500, or 503 "try again" when it is the database that does not answer (D3.3).

    No page frame: it would ask the very thing that is broken.
    """
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        response = render(None, "web/errors/503.html", status=503)
        response.headers["Retry-After"] = "10"
        return response
    return render(None, "web/errors/500.html", status=500)
