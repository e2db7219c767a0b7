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
