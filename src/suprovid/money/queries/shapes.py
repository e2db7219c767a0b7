"""Shapes of statements as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from suprovid.lib.decision import Decision
from suprovid.money.rules import Aside, Group, LineState, Sign, Sureness, Trouble
from suprovid.web.parts import Page


@dataclass(frozen=True)
class Said:
    """A piece of the purpose; marked: it was recognised."""

    text: str
    marked: bool


@dataclass(frozen=True)
class PartRow:
    """A sum on an invoice: proposed, or laid by an allocation."""

    invoice_id: int
    invoice: str
    amount: Decimal
    owed: Decimal
    allocation_id: int | None = None
    by_rule: bool = False


@dataclass(frozen=True)
class CandidateRow:
    client_id: int
    client: str
    parts: tuple[PartRow, ...]
    signs: tuple[Sign, ...]
    sure: bool
    left: Decimal
    """What of the line would stay free."""

    @property
    def said(self) -> str:
        """As a form sends it: ids of invoices with sums."""
        return ",".join(f"{one.invoice_id}={one.amount:.2f}" for one in self.parts)


@dataclass(frozen=True)
class LineRow:
    id: int
    number: int
    booked_at: datetime
    value_on: date | None
    amount: Decimal
    document: str
    payer: str
    payer_code: str
    payer_iban: str
    actual_payer: str
    purpose: tuple[Said, ...]
    state: LineState
    group: Group
    sureness: Sureness
    candidates: tuple[CandidateRow, ...]
    laid: tuple[PartRow, ...]
    by_rule: bool
    aside: Aside | None
    new: bool
    """This statement was the first that told it."""
    payment_id: int | None
    unlaying: Decision
    setting_aside: Decision
    taking_back: Decision

    @property
    def proposed(self) -> str:
        """The best candidate, as a form sends it."""
        return self.candidates[0].said if self.candidates else ""

    @property
    def free(self) -> Decimal:
        return self.amount - sum((one.amount for one in self.laid), Decimal(0))


@dataclass(frozen=True)
class GroupRows:
    group: Group
    count: int
    sum: Decimal
    lines: tuple[LineRow, ...]
    """Those of this page."""


@dataclass(frozen=True)
class StatementHead:
    id: int
    file_id: int
    file_name: str
    account_id: int
    iban: str
    account: str
    identity: str
    begins: date | None
    ends: date | None
    opening: Decimal | None
    closing: Decimal | None
    sum_in: Decimal
    sum_out: Decimal
    lines: int
    new: int
    known: int
    brought_by: str
    brought_at: datetime


@dataclass(frozen=True)
class StatementPage:
    head: StatementHead
    others: tuple[tuple[int, str], ...]
    """Statements of the same file: id and what to call them."""
    groups: tuple[GroupRows, ...]
    show: Group | None
    page: Page
    problems: tuple[Trouble, ...]
    handling: Decision
    undoing: Decision

    @property
    def lines(self) -> tuple[LineRow, ...]:
        """Those of this page, in its order."""
        return tuple(line for group in self.groups for line in group.lines)

    @property
    def can_tick(self) -> bool:
        return any(line.candidates for line in self.lines)

    def chosen(self, line_id: int | None) -> LineRow | None:
        """The line asked for, else the first that waits, else the first."""
        asked = [line for line in self.lines if line.id == line_id]
        waiting = [line for line in self.lines if line.state is LineState.OPEN]
        return next(iter([*asked, *waiting, *self.lines]), None)

    def following(self, line: LineRow | None) -> int | None:
        """The next line that waits; after the last one the first."""
        if line is None:
            return None
        place = self.lines.index(line)
        turned = (*self.lines[place + 1 :], *self.lines[:place])
        return next((one.id for one in turned if one.state is LineState.OPEN), None)


@dataclass(frozen=True)
class StatementRow:
    id: int
    file_id: int
    file_name: str
    iban: str
    account: str
    begins: date | None
    ends: date | None
    opening: Decimal | None
    closing: Decimal | None
    lines: int
    new: int
    open: int
    """Money in that nobody has laid or set aside yet."""
    brought_by: str
    brought_at: datetime


@dataclass(frozen=True)
class StatementsPage:
    statements: tuple[StatementRow, ...]
    page: Page
    seeing: Decision
    handling: Decision
