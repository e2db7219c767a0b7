"""Statements of the bank as their viewers see them: figures equal the rows behind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from suprovid.journal.rules import person_of
from suprovid.lib.decision import Missing
from suprovid.money.models import (
    Allocation,
    Entry,
    Statement,
    StatementFile,
    StatementLine,
)
from suprovid.money.queries.shapes import StatementRow, StatementsPage
from suprovid.money.rules import (
    LineState,
    may_handle_money,
    may_see_statements,
)
from suprovid.people import queries as people
from suprovid.people.rules import Viewer
from suprovid.web.parts import Page

LISTED = 50


def visible_files(viewer: Viewer) -> QuerySet[StatementFile]:
    rows = StatementFile.objects.all()
    return rows if may_see_statements(viewer) else rows.none()


def visible_statements(viewer: Viewer) -> QuerySet[Statement]:
    rows = Statement.objects.all()
    return rows if may_see_statements(viewer) else rows.none()


def visible_lines(
    viewer: Viewer, *, state: LineState | None = None, statement_id: int | None = None
) -> QuerySet[Any]:
    """Lines with what lies of them, in one state, of one statement."""
    rows: QuerySet[Any] = StatementLine.objects.annotate(is_laid=Exists(_live()))
    if not may_see_statements(viewer):
        return rows.none()
    if statement_id is not None:
        told = Entry.objects.filter(statement=statement_id)
        rows = rows.filter(pk__in=told.values("line"))
    return rows.filter(_in_state(state)) if state else rows


def _live() -> QuerySet[Allocation]:
    return Allocation.objects.filter(payment=OuterRef("payment"), undone_at=None)


def _in_state(state: LineState) -> Q:
    return {
        LineState.OUT: Q(amount__lte=0),
        LineState.ASIDE: Q(amount__gt=0) & ~Q(set_aside=""),
        LineState.LAID: Q(payment__isnull=False, is_laid=True),
        LineState.OPEN: Q(payment__isnull=False, is_laid=False),
    }[state]


# ------------------------------------------------------------- lists


def statements(viewer: Viewer, *, number: int = 1) -> StatementsPage:
    """All statements, the newest period first."""
    first = (number - 1) * LISTED
    rows = list(
        visible_statements(viewer)
        .select_related("file", "account")
        .order_by(F("ends").desc(nulls_last=True), "-pk")[first : first + LISTED + 1]
    )
    waiting = _waiting(rows[:LISTED])
    names = names_of(row.file.brought_by for row in rows)
    return StatementsPage(
        statements=tuple(_listed(row, waiting, names) for row in rows[:LISTED]),
        page=Page(number=number, has_next=len(rows) > LISTED),
        seeing=may_see_statements(viewer),
        handling=may_handle_money(viewer),
    )


def _waiting(rows: Iterable[Statement]) -> dict[int, int]:
    """Open lines of each statement."""
    entries = Entry.objects.filter(statement__in=[row.pk for row in rows])
    live = Allocation.objects.filter(payment=OuterRef("line__payment"), undone_at=None)
    waiting = entries.filter(~Exists(live), line__payment__isnull=False).order_by()
    return dict(waiting.values_list("statement").annotate(n=Count("pk")))


def _listed(
    row: Statement, waiting: Mapping[int, int], names: Mapping[str, str]
) -> StatementRow:
    return StatementRow(
        id=row.pk,
        file_id=row.file_id,
        file_name=row.file.name,
        iban=row.account.iban,
        account=str(row.account),
        begins=row.begins,
        ends=row.ends,
        opening=row.opening,
        closing=row.closing,
        lines=row.lines,
        new=row.new,
        open=waiting.get(row.pk, 0),
        brought_by=names.get(row.file.brought_by, ""),
        brought_at=row.file.brought_at,
    )


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """Names of persons who acted; the console has none."""
    ids = {actor: person_of(actor) for actor in set(actors)}
    names = people.names(ids.values())
    return {actor: names.get(pk or 0, "") for actor, pk in ids.items()}


def first_statement(viewer: Viewer, file_id: int) -> int:
    """The first statement of a file.

    Raises:
        Missing: not there, taken back, or not theirs to see.
    """
    rows = visible_statements(viewer).filter(file=file_id).order_by("pk")
    found = rows.values_list("pk", flat=True).first()
    if found is None:
        raise Missing(f"There is no statement of file {file_id}.")
    return found
