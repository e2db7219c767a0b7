"""Lists brought in, and the one that waits for a yes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from suprovid.clients.models import BroughtList, Client, ClientImport
from suprovid.clients.rules import (
    CodeKind,
    ListRow,
    ParsedList,
    Problem,
    may_import,
)
from suprovid.lib.decision import Forbidden, Missing, Reason, require
from suprovid.people import queries as people
from suprovid.people.rules import Viewer

BATCH = 500


def brought(viewer: Viewer) -> BroughtList | None:
    """The list this person read in and has not confirmed yet."""
    return BroughtList.objects.filter(person=viewer.id).first()


def parsed_again(kept: BroughtList) -> ParsedList:
    """The list as it was read: the file itself is not kept."""
    content = kept.content
    rows = (
        ListRow(**{**row, "code_kind": CodeKind(row["code_kind"])})
        for row in content["rows"]
    )
    return ParsedList(
        kept.file_name,
        kept.sha256,
        content["count"],
        tuple(rows),
        problems_again(content["problems"]),
    )


def problems_again(kept: list[Any]) -> tuple[Problem, ...]:
    """Problems out of JSON, to be put into the reader's words."""
    return tuple(
        Problem(row, field, kind, Reason(msgid, tuple(map(tuple, params))))
        for row, field, kind, msgid, params in kept
    )


@dataclass(frozen=True)
class Preview:
    """What would come of the list that waits for a yes."""

    file_name: str
    sha256: str
    rows: int
    new: list[ListRow]
    odd: list[ListRow]
    known: int
    problems: list[Problem]
    brought_at: datetime


def preview(viewer: Viewer) -> Preview | None:
    """The list this person read in and has not confirmed, told before it is."""
    kept = brought(viewer)
    if kept is None:
        return None
    parsed = parsed_again(kept)
    known = known_codes([row.code for row in parsed.rows])
    new = [row for row in parsed.rows if row.code not in known]
    return Preview(
        file_name=kept.file_name,
        sha256=kept.sha256,
        rows=parsed.count,
        new=[row for row in new if not row.odd],
        odd=[row for row in new if row.odd],
        known=len(parsed.rows) - len(new),
        problems=list(parsed.problems),
        brought_at=kept.brought_at,
    )


def known_codes(codes: list[str]) -> set[str]:
    """Which of the codes are there; asked in batches, lists are long."""
    batches = (codes[start : start + BATCH] for start in range(0, len(codes), BATCH))
    return {
        code
        for some in batches
        for code in Client.objects.filter(code__in=some).values_list("code", flat=True)
    }


@dataclass(frozen=True)
class ImportRow:
    """A list that was brought in."""

    id: int
    file_name: str
    rows: int
    created: int
    known: int
    who: str
    at: datetime
    problems: tuple[Problem, ...]


def imports(viewer: Viewer, limit: int = 10) -> list[ImportRow]:
    """The last lists brought in.

    Raises:
        Forbidden: not the head of department.
    """
    require(may_import(viewer), Forbidden)
    entries = list(ClientImport.objects.order_by("-id")[:limit])
    names = people.names(_person(entry) for entry in entries)
    return [_import_row(entry, names) for entry in entries]


def imported(viewer: Viewer, import_id: int) -> ImportRow:
    """One list that was brought in.

    Raises:
        Missing: not found, or not the head of department.
    """
    entry = ClientImport.objects.filter(pk=import_id).first()
    if entry is None or not may_import(viewer):
        raise Missing
    return _import_row(entry, people.names([_person(entry)]))


def _person(entry: ClientImport) -> int | None:
    kind, _, number = entry.brought_by.partition(":")
    return int(number) if kind == "person" and number.isdigit() else None


def _import_row(entry: ClientImport, names: dict[int, str]) -> ImportRow:
    return ImportRow(
        id=entry.pk,
        file_name=entry.file_name,
        rows=entry.rows,
        created=entry.created,
        known=entry.known,
        who=names.get(_person(entry) or 0, ""),
        at=entry.brought_at,
        problems=problems_again(entry.problems),
    )
