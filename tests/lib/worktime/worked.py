"""The worked examples of PROCESS 2: tests check them, docs/worktime.md prints them."""

from dataclasses import dataclass
from datetime import date, datetime

from suprovid.lib.worktime import Due, Term, Unit, WorkCalendar

from .calendars import (
    KYIV,
    NIGHTS,
    PEACE,
    PEACE_COMES,
    PEACE_GOES,
    ROUND_THE_CLOCK,
    SAME_CLOCK,
    SAME_CLOCK_EARLY_LUNCH,
    SAME_CLOCK_SHORT_MONDAY,
    USUAL,
    WITH_FREE_MONDAY,
    WITH_SHORT_MONDAY,
    WITH_WORKING_SATURDAY,
    at,
)


@dataclass(frozen=True)
class Example:
    said: str
    calendar: WorkCalendar
    event: str
    term: Term | date
    due: str

    def answer(self) -> Due:
        if isinstance(self.term, date):
            return self.calendar.due_on(at(self.event), self.term)
        return self.calendar.due(at(self.event), self.term)

    def row(self) -> str:
        """A line of the table in docs/worktime.md, reckoned anew."""
        event, due = said(at(self.event)), said(self.answer().at)
        return f"| {self.said} | {event} | {_said_term(self.term)} | {due} |"


def said(moment: datetime) -> str:
    return f"{moment.astimezone(KYIV):%a %d.%m.%Y %H:%M %Z}"


def _said_term(term: Term | date) -> str:
    if isinstance(term, date):
        return f"on {term:%a %d.%m.%Y}"
    words = term.unit.replace("_", " ")
    return f"{term.count} {words.removesuffix('s') if term.count == 1 else words}"


def days(count: int) -> Term:
    return Term(count, Unit.WORKING_DAYS)


def hours(count: int) -> Term:
    return Term(count, Unit.WORKING_HOURS)


def calendar_days(count: int) -> Term:
    return Term(count, Unit.CALENDAR_DAYS)


EXAMPLES = [
    Example(
        "the day of the payment is not counted, the weekend neither",
        USUAL,
        "2026-04-15 10:12",
        days(3),
        "Mon 20.04.2026 18:00 EEST",
    ),
    Example(
        "Friday 23:30 is Friday: Monday is the first day",
        USUAL,
        "2026-04-17 23:30",
        days(1),
        "Mon 20.04.2026 18:00 EEST",
    ),
    Example(
        "a payment on Saturday counts as of Saturday",
        USUAL,
        "2026-04-18 11:00",
        days(3),
        "Wed 22.04.2026 18:00 EEST",
    ),
    Example(
        "a term that ends on a shortened day ends with its hours",
        WITH_SHORT_MONDAY,
        "2026-04-17 10:00",
        days(1),
        "Mon 20.04.2026 16:00 EEST",
    ),
    Example(
        "hours that do not fit into a shortened day go on in the next",
        WITH_SHORT_MONDAY,
        "2026-04-20 13:00",
        hours(4),
        "Tue 21.04.2026 11:00 EEST",
    ),
    Example(
        "an extra working Saturday is a working day",
        WITH_WORKING_SATURDAY,
        "2026-04-17 10:00",
        days(1),
        "Sat 18.04.2026 16:00 EEST",
    ),
    Example(
        "a day that the company took off is not counted",
        WITH_FREE_MONDAY,
        "2026-04-17 10:00",
        days(1),
        "Tue 21.04.2026 18:00 EEST",
    ),
    Example(
        "under martial law Independence Day is a working day",
        USUAL,
        "2026-08-20 10:00",
        days(3),
        "Tue 25.08.2026 18:00 EEST",
    ),
    Example(
        "martial law ends in mid-term, on the 20th: Independence Day is off",
        PEACE_COMES,
        "2026-08-20 10:00",
        days(3),
        "Wed 26.08.2026 18:00 EEST",
    ),
    Example(
        "martial law begins in mid-term, on the 22nd: Independence Day is worked",
        PEACE_GOES,
        "2026-08-20 10:00",
        days(3),
        "Tue 25.08.2026 18:00 EEST",
    ),
    Example(
        "peace, Constitution Day on a Sunday: Monday is off instead",
        PEACE,
        "2026-06-26 10:00",
        days(1),
        "Tue 30.06.2026 18:00 EEST",
    ),
    Example(
        "the clock goes forward over the weekend: hours stay hours",
        USUAL,
        "2026-03-27 17:00",
        hours(2),
        "Mon 30.03.2026 10:00 EEST",
    ),
    Example(
        "the clock goes back over the weekend: the day still ends at 18:00",
        USUAL,
        "2026-10-23 17:00",
        days(1),
        "Mon 26.10.2026 18:00 EET",
    ),
    Example(
        "the clock goes forward in a night shift: the hour that was not is not worked",
        NIGHTS,
        "2026-03-29 02:30",
        hours(2),
        "Sun 29.03.2026 05:30 EEST",
    ),
    Example(
        "the clock goes back in a night shift: the hour that was twice is worked twice",
        NIGHTS,
        "2026-10-25 02:30",
        hours(2),
        "Sun 25.10.2026 03:30 EET",
    ),
    Example(
        "hours step over the lunch",
        USUAL,
        "2026-04-15 11:30",
        hours(4),
        "Wed 15.04.2026 16:30 EEST",
    ),
    Example(
        "hours that are full when the lunch begins are due then",
        USUAL,
        "2026-04-15 09:00",
        hours(4),
        "Wed 15.04.2026 13:00 EEST",
    ),
    Example(
        "hours of an event inside the lunch start after it",
        USUAL,
        "2026-04-15 13:20",
        hours(4),
        "Wed 15.04.2026 18:00 EEST",
    ),
    Example(
        "hours go on after the weekend",
        USUAL,
        "2026-04-17 16:00",
        hours(4),
        "Mon 20.04.2026 11:00 EEST",
    ),
    Example(
        "hours of a day that lasts till midnight end with that day",
        ROUND_THE_CLOCK,
        "2026-04-17 20:00",
        hours(4),
        "Sat 18.04.2026 00:00 EEST",
    ),
    Example(
        "N = 0 within working hours: the end of this day",
        USUAL,
        "2026-04-15 10:12",
        days(0),
        "Wed 15.04.2026 18:00 EEST",
    ),
    Example(
        "N = 0 at the end of working hours: the end of the next working day",
        USUAL,
        "2026-04-17 18:00",
        days(0),
        "Mon 20.04.2026 18:00 EEST",
    ),
    Example(
        "N = 0 on a day off: the end of the next working day",
        USUAL,
        "2026-04-18 11:00",
        calendar_days(0),
        "Mon 20.04.2026 18:00 EEST",
    ),
    Example(
        "N = 0 hours: the next working instant",
        USUAL,
        "2026-04-15 13:20",
        hours(0),
        "Wed 15.04.2026 14:00 EEST",
    ),
    Example(
        "an agreed date ends with its working hours",
        USUAL,
        "2026-04-15 10:12",
        date(2026, 4, 17),
        "Fri 17.04.2026 18:00 EEST",
    ),
    Example(
        "an agreed date on a day off moves to the next working day",
        USUAL,
        "2026-04-15 10:12",
        date(2026, 4, 18),
        "Mon 20.04.2026 18:00 EEST",
    ),
    Example(
        "calendar days count days off",
        USUAL,
        "2026-04-15 10:12",
        calendar_days(7),
        "Wed 22.04.2026 18:00 EEST",
    ),
    Example(
        "calendar days that end on a day off end on the next working day",
        USUAL,
        "2026-04-15 10:12",
        calendar_days(10),
        "Mon 27.04.2026 18:00 EEST",
    ),
    Example(
        "same clock: the clock time of the event, three working days later",
        SAME_CLOCK,
        "2026-04-15 10:12",
        days(3),
        "Mon 20.04.2026 10:12 EEST",
    ),
    Example(
        "same clock: Friday 23:30 is moved to Monday 9:00",
        SAME_CLOCK,
        "2026-04-17 23:30",
        days(1),
        "Tue 21.04.2026 09:00 EEST",
    ),
    Example(
        "same clock: cut to the end of a shortened day",
        SAME_CLOCK_SHORT_MONDAY,
        "2026-04-17 17:00",
        days(1),
        "Mon 20.04.2026 16:00 EEST",
    ),
    Example(
        "same clock: a time inside that day's lunch goes to the end of the lunch",
        SAME_CLOCK_EARLY_LUNCH,
        "2026-04-17 12:30",
        days(1),
        "Mon 20.04.2026 13:00 EEST",
    ),
    Example(
        "same clock: the very beginning of that day's lunch is inside it",
        SAME_CLOCK_EARLY_LUNCH,
        "2026-04-17 12:00",
        days(1),
        "Mon 20.04.2026 13:00 EEST",
    ),
    Example(
        "same clock: a payment on Saturday is moved to Monday 9:00",
        SAME_CLOCK,
        "2026-04-18 11:00",
        days(3),
        "Thu 23.04.2026 09:00 EEST",
    ),
    Example(
        "same clock: the end of the next working day is its end",
        SAME_CLOCK,
        "2026-04-15 10:12",
        Term(1, Unit.WORKING_DAY_ENDS),
        "Thu 16.04.2026 18:00 EEST",
    ),
    Example(
        "same clock: N = 0 is the next working instant",
        SAME_CLOCK,
        "2026-04-18 11:00",
        days(0),
        "Mon 20.04.2026 09:00 EEST",
    ),
]
