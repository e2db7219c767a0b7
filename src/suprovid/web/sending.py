"""Sending content: the one way a kept file leaves the house (SECURITY D2.11, 24)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

if TYPE_CHECKING:
    from typing import BinaryIO


PDF = "application/pdf"
SANDBOX = "default-src 'none'; frame-ancestors 'none'; sandbox"
Answer = TypeVar("Answer", bound=HttpResponseBase)


class Sendable(Protocol):
    """A name for people, a type from our allow-list, bytes."""

    @property
    def name(self) -> str: ...
    @property
    def media_type(self) -> str: ...
    @property
    def safe_in_page(self) -> bool: ...
    def open(self) -> BinaryIO: ...


def send(content: Sendable, *, in_page: bool) -> FileResponse:
    """The file as a download, or in the page when it is safe there."""
    answer = FileResponse(
        content.open(),
        as_attachment=not (in_page and content.safe_in_page),
        filename=content.name,
        content_type=content.media_type,
    )
    # A browser's own reader of PDF does not open inside a sandbox.
    if not (in_page and content.media_type == PDF):
        answer.headers["Content-Security-Policy"] = SANDBOX
    return _guarded(answer)


def send_bytes(data: bytes, *, name: str, media_type: str) -> HttpResponse:
    """A file made a moment ago: a print, an export."""
    answer = HttpResponse(data, content_type=media_type)
    answer.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=False, filename=name) or "inline"
    )
    return _guarded(answer)


def _guarded(answer: Answer) -> Answer:
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
