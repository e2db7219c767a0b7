"""The kinds and their terms as PROCESS 4 has them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from suprovid.lib.worktime import Term, Unit
from suprovid.people.rules import Role


class Ending(StrEnum):
    MET = "met"
    WAIVED = "waived"
    CANCELLED = "cancelled"


class Point(StrEnum):
    """The moments of a term at which something fires."""

    WARNING = "warning"
    MISSED = "missed"


class TermUnit(StrEnum):
    """How a kind's term is counted; GIVEN: the subject itself says when it is due."""

    WORKING_DAYS = "working_days"
    WORKING_HOURS = "working_hours"
    CALENDAR_DAYS = "calendar_days"
    WORKING_DAY_ENDS = "working_day_ends"
    GIVEN = "given"


State = Literal["calm", "soon", "late", "met"]
USUAL_SHARE = Decimal("0.80")


@dataclass(frozen=True)
class KindTerm:
    """The term of a kind as PROCESS 4 has it; rows of the company start from these."""

    count: int
    unit: TermUnit
    escalate: tuple[Role, ...]
    warn_share: Decimal | None = USUAL_SHARE

    @property
    def term(self) -> Term | None:
        if self.unit is TermUnit.GIVEN:
            return None
        return Term(self.count, Unit(self.unit.value))


def _days(count: int, *escalate: Role) -> KindTerm:
    return KindTerm(count, TermUnit.WORKING_DAYS, escalate)


def _day_ends(count: int, *escalate: Role, warn: Decimal | None) -> KindTerm:
    return KindTerm(count, TermUnit.WORKING_DAY_ENDS, escalate, warn)


def _hours(count: int, *escalate: Role, warn: Decimal | None = None) -> KindTerm:
    return KindTerm(count, TermUnit.WORKING_HOURS, escalate, warn)


def _given(*escalate: Role, warn: Decimal | None = USUAL_SHARE) -> KindTerm:
    return KindTerm(0, TermUnit.GIVEN, escalate, warn)


_HEAD, _GROUP, _SALES = Role.DEPARTMENT_HEAD, Role.GROUP_HEAD, Role.SALES_HEAD

# Reports, updates and payments have ladders of their own: no warning point here.
TERMS: dict[str, KindTerm] = {
    "handover.confirmation": _hours(4, _HEAD),
    "handover.item_papers": _days(2, _SALES, _GROUP),
    "handover.visa": _days(1, _SALES, _GROUP),
    "handover.remarks": _days(1, _SALES),
    "handover.acceptance": _hours(4, _HEAD),
    "handover.first_contact": _days(1, _HEAD),
    "service.installer": _hours(4, _HEAD),
    "handover.installation": _days(3, _GROUP, _HEAD),
    "service.record": _day_ends(1, _GROUP, warn=USUAL_SHARE),
    "service.confirmation": _days(1, _HEAD),
    "service.control_call": _days(5, _HEAD),
    "service.update": _given(_GROUP, warn=None),
    "materials.owed": _given(_GROUP),
    "support.answer": _hours(16, _GROUP, warn=USUAL_SHARE),
    "money.payment": _given(Role.ACCOUNTANT, _GROUP, warn=None),
    "documents.act_returned": _days(10, _GROUP),
    "reports.daily": _day_ends(0, _GROUP, warn=None),
    "visits.month_plan": _given(_GROUP),
    "visits.plan_decision": _days(1, _HEAD),
    "growth.alert": _hours(1, _HEAD),
    "growth.renewal": _given(_GROUP),
    "learning.recertification": _given(_GROUP),
    "people.clients_left": _days(1, _HEAD),
}

# What the client owes us; everything else is ours.
OWED_BY_CLIENT = frozenset({"money.payment", "documents.act_returned"})

# What sales may follow: the handover and what became of it (PROCESS 5).
SEEN_BY_SALES = frozenset(
    kind
    for kind in TERMS
    if kind.startswith("handover.")
    or kind
    in {
        "service.installer",
        "service.record",
        "service.confirmation",
        "service.control_call",
    }
)
