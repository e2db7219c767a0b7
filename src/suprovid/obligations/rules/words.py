"""What kinds, endings and facts are called."""

from __future__ import annotations

from enum import StrEnum

from suprovid.lib.words import word
from suprovid.lib.worktime import DayKind, Mode
from suprovid.obligations.rules.calendar import ThingChanged
from suprovid.obligations.rules.terms import Ending, Point, TermUnit

WORDS: dict[StrEnum, str] = {
    Ending.MET: word("met"),
    Ending.WAIVED: word("taken off control"),
    Ending.CANCELLED: word("cancelled"),
    Point.WARNING: word("soon due"),
    Point.MISSED: word("missed"),
    TermUnit.WORKING_DAYS: word("working days"),
    TermUnit.WORKING_HOURS: word("working hours"),
    TermUnit.CALENDAR_DAYS: word("calendar days"),
    TermUnit.WORKING_DAY_ENDS: word("working days, to the end of the last one"),
    TermUnit.GIVEN: word("by its subject"),
    ThingChanged.WEEK: word("hours of the week"),
    ThingChanged.DAY: word("one day"),
    ThingChanged.USUAL_DAY: word("a day as usual again"),
    ThingChanged.REGIME: word("regime of holidays"),
    ThingChanged.MODE: word("how a term of days ends"),
    DayKind.WORKING: word("working day"),
    DayKind.WEEKEND: word("weekend"),
    DayKind.HOLIDAY: word("public holiday"),
    DayKind.TRANSFERRED: word("day off instead of a holiday"),
    DayKind.DAY_OFF: word("day off"),
    DayKind.EXTRA: word("extra working day"),
    DayKind.SHORT: word("shortened day"),
    DayKind.CHANGED: word("other hours"),
    DayKind.BEFORE: word("before the calendar begins"),
    Mode.END_OF_DAY: word("at the end of the last working day"),
    Mode.SAME_CLOCK: word("at the same time of the last working day"),
}

# Kinds whose app is not built yet; the others stand in their own rules.
OBLIGATIONS = {
    "service.update": word("Make the technical update"),
    "materials.owed": word("Hand over the materials"),
    "support.answer": word("Answer the consultation"),
    "money.payment": word("Receive the client’s payment"),
    "documents.act_returned": word("Get the signed act back"),
    "reports.daily": word("Submit the daily report"),
    "visits.month_plan": word("Submit the monthly plan"),
    "visits.plan_decision": word("Decide on the plan"),
    "growth.alert": word("Acknowledge the competitor’s action"),
    "growth.renewal": word("Renew the contract"),
    "learning.recertification": word("Certify anew"),
    "people.clients_left": word("Pass on the clients of one who leaves"),
}

FACTS = {
    "obligations.opened": word("Put on control: {kind}, until {due}"),
    "obligations.met": word("Done: {kind}"),
    "obligations.moved": word("Term moved: {kind}, now until {due} ({why})"),
    "obligations.handed_over": word("Passed to another owner: {kind}"),
    "obligations.waived": word("Taken off control: {kind} ({why})"),
    "obligations.cancelled": word("Cancelled: {kind} ({why})"),
    "obligations.warned": word("Soon due: {kind}, until {due}"),
    "obligations.missed": word("Overdue: {kind}, the term was {due}"),
    "obligations.calendar_changed": word("Working calendar changed: {note}"),
    "obligations.term_changed": word(
        "Term of a kind changed: {kind}, from {valid_from}"
    ),
    "obligations.company_changed": word("Rules of the company changed"),
    "obligations.company_founded": word("Company entered: {name}"),
}
