"""Which open terms a change of the calendar would move."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from suprovid.journal.rules import canonical, moment, sha256
from suprovid.lib.decision import Invalid
from suprovid.lib.worktime import Due, Mode, WorkCalendar
from suprovid.obligations.models import Obligation
from suprovid.obligations.queries.calendar import calendar_rows, company
from suprovid.obligations.rules import CalendarChange, Recipe, fits


@dataclass(frozen=True)
class Move:
    """One open term and where it would go."""

    obligation: Obligation
    before: datetime
    due: Due


@dataclass(frozen=True)
class Preview:
    """What a change would do; the digest says whether it still does the same."""

    change: CalendarChange
    after: WorkCalendar
    moves: tuple[Move, ...]

    @property
    def digest(self) -> str:
        moves = [[m.obligation.pk, moment(m.due.at)] for m in self.moves]
        return sha256(canonical([self.change.as_json(), self.change.note, moves]))


def preview(change: CalendarChange, *, lock: bool = False) -> Preview:
    """Try a change out on every open term; ended ones never move (PROCESS 2).

    Raises:
        Invalid: the change does not say what it needs.
    """
    decision = fits(change)
    if decision.reason is not None:
        raise Invalid("thing", decision.reason)
    rows = calendar_rows(Mode(company().term_mode))
    after = change.made(rows).calendar()
    return Preview(change, after, tuple(_moves(after, lock=lock)))


def _moves(after: WorkCalendar, *, lock: bool) -> Iterator[Move]:
    open_rows = Obligation.objects.filter(ended_at=None, term__isnull=False)
    if lock:
        open_rows = open_rows.select_for_update()
    for row in open_rows.order_by("due_at", "id"):
        due = Recipe.from_json(row.term).due(row.opened_at, after)
        if due.at != row.due_at:
            yield Move(row, row.due_at, due)
