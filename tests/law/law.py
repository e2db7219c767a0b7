"""PROCESS told another way: who may what, what stands, what is owed.

Plain values under names of the cast; not one line of it is shared with the product's
rules. The machine presses buttons, and after each of them both must agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

CONTRACT, PRICE, PAYMENT = "contract", "price_agreement", "payment"
PAIR, APPLICATION, CARD = "invoice_and_act", "application", "card"
COPY = "price_agreement_copy"
PAPERS, FORMS, LAW = (
    (CONTRACT, PRICE, PAIR, COPY),
    (APPLICATION, CARD),
    (CONTRACT, PRICE),
)
CODES = (CONTRACT, PRICE, PAYMENT, PAIR, APPLICATION, CARD, COPY)

DRAFT, SENT, COLLECTING = "draft", "sent", "collecting"
ACCEPTED, SERVED, DEAD = "accepted", "in_service", "called_off"
GIVEN, REFUSED, WITHDRAWN = "given", "refused", "withdrawn"

Persons = frozenset[str]
Version = tuple[str, ...] | None


@dataclass
class Stamp:
    """The last act on a line: what, by whom (deputies as both), on what."""

    verdict: str
    persons: Persons
    version: Version
    author_allowed: bool = False


@dataclass
class Paper:
    text: str
    authors: Persons


@dataclass
class Part:
    """What of a payment lies on the first invoice."""

    payment: int
    amount: Decimal
    at: datetime


@dataclass
class Line:
    """What one of the bank's lines says; struck out, it may be entered anew."""

    said: tuple[object, ...]
    amount: Decimal
    at: datetime
    struck: bool = False


def roles_of_the_cast() -> dict[str, set[str]]:
    """Sofiia and Viktor sit in more chairs than one, to make mischief possible."""
    return {
        "yaroslav": {"administrator"},
        "iryna": {"department_head"},
        "olena": {"head:podil"},
        "taras": {"manager:podil"},
        "nadiia": {"manager:podil"},
        "pavlo": {"engineer:podil"},
        "serhii": {"head:obolon"},
        "oksana": {"manager:obolon"},
        "bohdan": {"manager:obolon"},
        "yurii": {"engineer:obolon"},
        "viktor": {"sales_head", "lawyer"},
        "andrii": {"sales"},
        "sofiia": {"sales", "lawyer", "accountant"},
        "maryna": {"lawyer"},
        "denys": {"lawyer"},
        "halyna": {"accountant"},
        "liudmyla": {"accountant"},
    }


@dataclass
class World:
    """The department, one handover in it, and what the law says of both."""

    total: Decimal
    roles: dict[str, set[str]] = field(default_factory=roles_of_the_cast)
    away: dict[str, str | None] = field(default_factory=dict)
    authors_may_confirm: bool = False
    one_person_for_both: bool = False

    stage: str = DRAFT
    closed: bool = False
    group: str = "podil"
    returned: bool = False
    papers: dict[str, list[Paper]] = field(default_factory=dict)
    forms: dict[str, Paper] = field(default_factory=dict)
    stamps: dict[str, Stamp] = field(default_factory=dict)
    confirmed_at: datetime | None = None

    lines: dict[int, Line] = field(default_factory=dict)
    parts: dict[int, Part] = field(default_factory=dict)
    noted: tuple[datetime, tuple[str, ...]] | None = None
    """The payment as the handover has heard of it; the worker brings the news."""
    news: bool = False

    contacted: bool = False
    installer: str = ""
    named_since_contact: bool = True
    done: bool = False
    submitted: bool = False
    record_confirmed: bool = False
    called: bool = False
    taken_over: bool = False

    off_control: set[tuple[str, str]] = field(default_factory=set)

    # ------------------------------------------------------------ seats

    def chairs(self, who: str) -> Iterator[str]:
        """Those who are away and left their chair to this one; one level only."""
        if who not in self.away:
            yield from (absent for absent, deputy in self.away.items() if deputy == who)

    def seat(self, who: str, role: str) -> Persons | None:
        """As which persons one acts in a role; None when one may not."""
        if role in self.roles[who]:
            return frozenset({who})
        for absent in self.chairs(who):
            if role in self.roles[absent]:
                return frozenset({who, absent})
        return None

    def head(self, who: str) -> Persons | None:
        """The head of the group, the deputy, or the head of department for the head."""
        if seat := self.seat(who, f"head:{self.group}"):
            return seat
        if "department_head" not in self.roles[who]:
            return None
        heads = [n for n, held in self.roles.items() if f"head:{self.group}" in held]
        return frozenset({who, *heads})

    def sales(self, who: str) -> Persons | None:
        """Andrii whose handover it is, his deputy, or the head of sales."""
        if "sales" in self.roles["andrii"]:
            if who == "andrii":
                return frozenset({who})
            if "andrii" in self.chairs(who):
                return frozenset({who, "andrii"})
        return self.seat(who, "sales_head")

    def confirms(self, code: str, who: str) -> Persons | None:
        if code in LAW:
            return self.seat(who, "lawyer")
        if code == PAYMENT:
            return self.seat(who, "accountant")
        return self.head(who)

    def objects(self, who: str) -> Persons | None:
        roles = ("lawyer", "accountant", "department_head")
        seats = (self.seat(who, role) for role in roles)
        return next((seat for seat in seats if seat), None) or self.head(who)

    def installs(self, who: str) -> bool:
        mine = {who, *self.chairs(who)}
        return bool(self.head(who)) or (
            self.installer in mine and self.sees(who) and bool(self.installer)
        )

    def sees(self, who: str) -> bool:
        """PROCESS 5: offices see all, a group its own, sales theirs, who installs."""
        everybody = ("department_head", "lawyer", "accountant", "sales_head")
        ours = (f"head:{self.group}", f"manager:{self.group}")
        mine = {who, *self.chairs(who)}
        engineer = any(self.seat(who, f"engineer:{g}") for g in ("podil", "obolon"))
        return (
            any(self.seat(who, role) for role in (*everybody, *ours))
            or (self.seat(who, "sales") is not None and "andrii" in mine)
            or (engineer and self.installer in mine)
        )

    # ------------------------------------------------------------ the sheet

    def paid(self) -> tuple[datetime, tuple[str, ...]] | None:
        """When money reached the sum, in the bank's order, and all that lies there."""
        reached = Decimal(0)
        ordered = sorted(self.parts.items(), key=lambda part: (part[1].at, part[0]))
        for _, part in ordered:
            reached += part.amount
            if reached >= self.total:
                return part.at, tuple(f"{n}:{p.amount}" for n, p in ordered)
        return None

    def version(self, code: str) -> Version:
        """What there is to confirm; None while something of it is missing."""
        if code == PAYMENT:
            paid = self.paid()
            return paid[1] if paid else None
        if code in FORMS:
            return (self.forms[code].text,) if code in self.forms else None
        brought = self.papers.get(code, [])
        whole = len(brought) >= (2 if code == PAIR else 1)
        return tuple(sorted(paper.text for paper in brought)) if whole else None

    def authors(self, code: str) -> Persons:
        made = [*self.papers.get(code, ())]
        made += [self.forms[code]] if code in self.forms else []
        return frozenset[str]().union(*(paper.authors for paper in made))

    def in_force(self, code: str) -> bool:
        stamp, version = self.stamps.get(code), self.version(code)
        return (
            stamp is not None
            and stamp.verdict == GIVEN
            and version is not None
            and stamp.version == version
            and (stamp.author_allowed or not stamp.persons & self.authors(code))
        )

    def refused(self, code: str) -> bool:
        stamp = self.stamps.get(code)
        return (
            stamp is not None
            and stamp.verdict == REFUSED
            and stamp.version == self.version(code)
        )

    @property
    def whole(self) -> bool:
        return all(self.in_force(code) for code in CODES)

    @property
    def takes_visas(self) -> bool:
        return self.stage in (COLLECTING, SERVED) and not self.closed

    @property
    def open_sheet(self) -> bool:
        return self.stage != DEAD and not self.closed

    def gave_the_other(self, code: str, persons: Persons) -> bool:
        """Lawyer's and accountant's visas never come from one person (3.3)."""
        others = LAW if code == PAYMENT else (PAYMENT,) if code in LAW else ()
        stamps = [self.stamps[other] for other in others if other in self.stamps]
        return any(s.verdict == GIVEN and s.persons & persons for s in stamps)

    def may_look(self, code: str, who: str) -> bool:
        """What giving and refusing have in common."""
        return (
            self.takes_visas
            and self.confirms(code, who) is not None
            and self.version(code) is not None
            and not self.in_force(code)
            and not self.refused(code)
        )

    def may_give(self, code: str, who: str) -> bool:
        persons = self.confirms(code, who) or frozenset()
        author = bool(persons & self.authors(code))
        return (
            self.may_look(code, who)
            and (self.authors_may_confirm or not author)
            and (self.one_person_for_both or not self.gave_the_other(code, persons))
        )

    # ------------------------------------------------------------ the service

    @property
    def goes_on(self) -> bool:
        return self.stage in (COLLECTING, ACCEPTED)

    @property
    def alive(self) -> bool:
        return self.stage not in (SERVED, DEAD)

    # ------------------------------------------------------------ what is owed

    def ground(self) -> set[tuple[str, str]]:
        """Everything that is owed by how things stand: kind, and the line it is about.

        PROCESS 4, row by row.
        """
        informed = self.stage not in (DRAFT, SENT)
        found = {
            ("handover.confirmation", ""): self.stage == SENT,
            ("handover.acceptance", ""): self.takes_visas
            and self.whole
            and not self.returned,
            ("handover.remarks", ""): self.takes_visas and self.returned,
            ("handover.first_contact", ""): self.alive
            and informed
            and self.noted is not None
            and not self.contacted,
            ("handover.installation", ""): self.alive
            and self.noted is not None
            and not self.done,
            ("service.installer", ""): self.alive
            and self.contacted
            and not self.named_since_contact,
            ("service.record", ""): self.alive and self.done and not self.submitted,
            ("service.confirmation", ""): self.alive
            and self.submitted
            and not self.record_confirmed,
            ("service.control_call", ""): self.stage == SERVED and not self.called,
        }
        for code in CODES:
            brought = code == PAYMENT or self.version(code) is not None
            awaits = (
                self.version(code) is not None
                and not self.in_force(code)
                and not self.refused(code)
            )
            found["handover.item_papers", code] = self.takes_visas and not brought
            found["handover.visa", code] = self.takes_visas and awaits
            found["handover.remarks", code] = self.takes_visas and self.refused(code)
        return {owed for owed, stands in found.items() if stands}

    @property
    def caught_up(self) -> bool:
        """Whether the handover has heard of all that the money did."""
        return not self.news or self.stage == DEAD

    def hear_of_money(self) -> None:
        """Money that went stops what hung on it, also when other money came since."""
        paid = self.paid()
        if self.noted is not None and self.noted != paid:
            self.off_control -= {
                ("handover.first_contact", ""),
                ("handover.installation", ""),
                ("handover.visa", PAYMENT),
            }
        self.noted, self.news = paid, False

    def settle(self) -> None:
        """What a head took off control stays off for as long as its ground stands."""
        self.off_control &= self.ground()

    def owed(self) -> set[tuple[str, str]]:
        return self.ground() - self.off_control
