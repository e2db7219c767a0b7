"""How a sheet stands: what its lines hold, whose visas are in force (PROCESS 3.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from suprovid.handover.rules.vocabulary import (
    Allowance,
    Carrier,
    ItemCode,
    LineState,
    Requirement,
    Stage,
    Verdict,
)
from suprovid.journal.rules import canonical, sha256
from suprovid.people.rules import Role, Staff, Viewer


@dataclass(frozen=True)
class Stamp:
    """The act on an item that counts now: a visa given, refused or withdrawn."""

    id: int
    verdict: Verdict
    person_id: int
    name: str
    role: Role
    for_whom: int | None
    for_name: str
    at: datetime
    holds: tuple[str, ...] = ()
    requirement: Requirement | None = None
    reason: str = ""
    allowances: frozenset[Allowance] = frozenset()

    @property
    def persons(self) -> frozenset[int]:
        """A deputy counts as both: oneself and the one stood in for."""
        return both(self.person_id, self.for_whom)


@dataclass(frozen=True)
class Attached:
    """A paper in force on an item, and who prepared it; a glance has no label."""

    id: int
    sha256: str
    brought_by: int
    for_whom: int | None
    at: datetime
    paper_id: int = 0
    name: str = ""
    size: int = 0
    media_type: str = ""
    brought_name: str = ""


@dataclass(frozen=True)
class Filled:
    """The version in force of a form; a glance does not say what it says."""

    version: int
    digest: str
    filled_by: int
    for_whom: int | None
    at: datetime
    values: Mapping[str, str] = field(default_factory=dict)
    filled_name: str = ""


@dataclass(frozen=True)
class Laid:
    """A part of the first invoice that money has reached."""

    id: int
    amount: Decimal
    at: datetime


@dataclass(frozen=True)
class Line:
    """A line of a sheet as it stands now; `frozen` when the sheet is closed."""

    id: int
    number: int
    code: ItemCode
    carrier: Carrier
    role: Role
    requirements: tuple[Requirement, ...]
    needed: int = 1
    papers: tuple[Attached, ...] = ()
    form: Filled | None = None
    laid: tuple[Laid, ...] = ()
    paid: bool = False
    stamp: Stamp | None = None
    frozen: bool = False

    @property
    def holds(self) -> tuple[str, ...]:
        """What there is to confirm: hashes of papers, of a form, or the money."""
        if self.carrier is Carrier.PAPER:
            return tuple(sorted(paper.sha256 for paper in self.papers))
        if self.carrier is Carrier.FORM:
            return (self.form.digest,) if self.form else ()
        return tuple(f"alloc:{part.id}:{part.amount}" for part in self.laid)

    @property
    def complete(self) -> bool:
        if self.carrier is Carrier.PAPER:
            return len(self.papers) >= self.needed
        return self.form is not None if self.carrier is Carrier.FORM else self.paid

    @property
    def authors(self) -> frozenset[int]:
        """Whoever prepared a version in force; a deputy counts as both persons."""
        made = [both(paper.brought_by, paper.for_whom) for paper in self.papers]
        if self.form:
            made.append(both(self.form.filled_by, self.form.for_whom))
        return frozenset[int]().union(*made)

    @property
    def in_force(self) -> bool:
        """Given, and what it holds is what is there now, by another hand.

        The giver may become an author afterwards by bringing the same content again;
        then the visa is his own and no longer counts. A closed sheet stays as it was.
        """
        if self.stamp is None or self.stamp.verdict is not Verdict.GIVEN:
            return False
        if self.frozen:
            return True
        return (
            self.complete
            and self.stamp.holds == self.holds
            and (
                Allowance.AUTHOR in self.stamp.allowances
                or not self.stamp.persons & self.authors
            )
        )

    @property
    def refused(self) -> bool:
        """Refused, and sales have not answered with anything new."""
        return (
            self.stamp is not None
            and self.stamp.verdict is Verdict.REFUSED
            and self.stamp.holds == self.holds
        )

    @property
    def state(self) -> LineState:
        if self.in_force:
            return LineState.GIVEN
        if self.refused:
            return LineState.REFUSED
        if self.stamp is not None and self.stamp.verdict is not Verdict.REFUSED:
            given = self.stamp.verdict is Verdict.GIVEN
            return LineState.FALLEN if given else LineState.WITHDRAWN
        return LineState.WAITING if self.complete else LineState.EMPTY


@dataclass(frozen=True)
class Ready:
    """What of the client's information is there before sales send it (3.1)."""

    price_agreement: bool = False
    responsible: bool = False


@dataclass(frozen=True)
class Standing:
    """A handover with one of its sheets, as rules look at it."""

    id: int
    number: str
    stage: Stage
    group_id: int
    client_id: int
    sales_id: int
    sheet_id: int
    round: int
    sheet_opened_at: datetime
    lines: tuple[Line, ...]
    sales_name: str = ""
    closed_at: datetime | None = None
    accepted_by_name: str = ""
    confirmed_at: datetime | None = None
    confirmed_by_name: str = ""
    returned_at: datetime | None = None
    remarks: str = ""
    contact_made: bool = False
    contact_name: str = ""
    contact_at: datetime | None = None
    installer_id: int | None = None
    installed_at: datetime | None = None
    first_invoice_id: int | None = None
    paid_at: datetime | None = None
    ready: Ready = Ready()

    @property
    def collecting(self) -> bool:
        """Visas are given and papers change: the sheet is confirmed and open."""
        return self.closed_at is None and self.stage in (
            Stage.COLLECTING,
            Stage.IN_SERVICE,
        )

    @property
    def missing(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.in_force)

    @property
    def all_in_force(self) -> bool:
        return not self.missing

    @property
    def in_force_count(self) -> int:
        return len(self.lines) - len(self.missing)

    def line(self, item_id: int) -> Line | None:
        return next((line for line in self.lines if line.id == item_id), None)

    def of(self, code: ItemCode) -> Line | None:
        return next((line for line in self.lines if line.code is code), None)

    def givers(self, role: Role) -> frozenset[int]:
        """Whoever gave a visa in a role that was not taken back, deputies as both.

        Fallen ones count: the same content may return and raise them again.
        """
        given = (
            line.stamp.persons
            for line in self.lines
            if line.stamp
            and line.stamp.verdict is Verdict.GIVEN
            and line.stamp.role is role
        )
        return frozenset[int]().union(*given)


@dataclass(frozen=True)
class Allowed:
    """What the head of department allows for the company (3.3)."""

    author: bool = False
    one_person: bool = False


@dataclass(frozen=True)
class Hand:
    """Who asks, what staff there is that day, what the company allows."""

    viewer: Viewer
    staff: Staff
    allowed: Allowed = Allowed()


def both(person_id: int, for_whom: int | None) -> frozenset[int]:
    return frozenset({person_id} if for_whom is None else {person_id, for_whom})


def form_digest(values: Mapping[str, str]) -> str:
    """SHA-256 of canonical JSON: the version of a form that a visa holds."""
    return sha256(canonical(["form/1", dict(values)]))


def short(holds: Iterable[str]) -> tuple[str, ...]:
    """Hashes as stamps print them: two groups of four; money by entry and sum."""
    return tuple(_short(held) for held in holds)


def _short(held: str) -> str:
    entry, amount = money_held(held)
    return f"№ {entry}: {amount}" if entry else f"{held[:4]} {held[4:8]}"


def money_held(held: str) -> tuple[str, Decimal]:
    """Entry and sum of money that a visa holds; no entry when it holds a hash."""
    kind, _colon, rest = held.partition(":")
    entry, _colon, amount = rest.partition(":")
    return (entry, Decimal(amount)) if kind == "alloc" else ("", Decimal(0))
