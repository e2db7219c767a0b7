"""Papers for those rooms that have already asked for the right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.core.files.storage import default_storage

from suprovid.documents.models import Paper
from suprovid.documents.rules import SHOWN_IN_PAGE, path_of
from suprovid.lib.decision import Missing


@dataclass(frozen=True)
class PaperRow:
    id: int
    name: str
    sha256: str
    size: int
    media_type: str
    brought_by_id: int
    brought_at: datetime


@dataclass(frozen=True)
class PaperFile:
    """Bytes of a paper for web.sending; safe_in_page: may be shown, not only saved."""

    row: PaperRow
    safe_in_page: bool

    @property
    def name(self) -> str:
        return self.row.name

    @property
    def media_type(self) -> str:
        return self.row.media_type

    def open(self) -> BinaryIO:
        return Path(default_storage.path(path_of(self.row.sha256))).open("rb")


def row(paper: Paper) -> PaperRow:
    """A paper with its content selected."""
    return PaperRow(
        id=paper.pk,
        name=paper.name,
        sha256=paper.content_id,
        size=paper.content.size,
        media_type=paper.content.media_type,
        brought_by_id=paper.brought_by_id,
        brought_at=paper.brought_at,
    )


def paper_file(paper_id: int) -> PaperFile:
    """The right comes from what the paper is attached to: ask there first.

    Raises:
        Missing: there is no such paper.
    """
    paper = Paper.objects.select_related("content").filter(pk=paper_id).first()
    if paper is None:
        raise Missing(f"There is no paper {paper_id}.")
    return PaperFile(row(paper), paper.content.media_type in SHOWN_IN_PAGE)


@dataclass(frozen=True)
class KeptFile:
    """Bytes of a file that was brought in, for web.sending: never shown in a page."""

    name: str
    sha256: str
    media_type: str = "application/octet-stream"
    safe_in_page: bool = False

    def open(self) -> BinaryIO:
        return Path(default_storage.path(path_of(self.sha256))).open("rb")
