"""Files of the bank that came in: who brought them, what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min, QuerySet

from suprovid.money.models import Entry, StatementFile, StatementLine
from suprovid.money.queries.statements import names_of, visible_files
from suprovid.people.rules import Viewer

HISTORY = 50


def lines_only_in(file: StatementFile) -> QuerySet[StatementLine]:
    """The lines that go when the file is taken back: no other file tells them."""
    entries = Entry.objects.filter(statement__file=file)
    elsewhere = Entry.objects.exclude(statement__file=file).values("line")
    told = StatementLine.objects.filter(pk__in=entries.values("line"))
    return told.exclude(pk__in=elsewhere)


@dataclass(frozen=True)
class FileRow:
    id: int
    name: str
    who: str
    at: datetime
    lines: int
    new: int
    known: int
    matched: int
    statement_id: int | None
    """Its first statement; none when the file was taken back."""
    undone_at: datetime | None
    undone_why: str


def statement_files(viewer: Viewer) -> tuple[FileRow, ...]:
    """The newest first, taken back or not."""
    rows = visible_files(viewer).annotate(first=Min("statements"))
    shown = list(rows.order_by("-brought_at", "-pk")[:HISTORY])
    names = names_of(row.brought_by for row in shown)
    return tuple(
        FileRow(
            id=row.pk,
            name=row.name,
            who=names.get(row.brought_by, ""),
            at=row.brought_at,
            lines=row.lines,
            new=row.new,
            known=row.known,
            matched=row.matched,
            statement_id=row.first,
            undone_at=row.undone_at,
            undone_why=row.undone_why,
        )
        for row in shown
    )
