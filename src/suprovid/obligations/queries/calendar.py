"""The company's settings and its working calendar, read from their rows."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Subquery

from suprovid.journal.models import Heartbeat
from suprovid.lib.worktime import DayRow as DayException
from suprovid.lib.worktime import Mode, Regime, Week, WorkCalendar
from suprovid.obligations.models import (
    Company,
    DayRow,
    HolidayRow,
    RegimeRow,
    TermRow,
    WeekRow,
)
from suprovid.obligations.rules import CalendarRows, KindTerm, TermUnit, hours_of
from suprovid.people.rules import Role
from suprovid.web.reading import asked_once


@asked_once
def company() -> Company:
    """The one row of settings; before the company is entered, an unsaved usual one.

    With the workers' last sign of life: every page's frame shows both.
    """
    beats = Heartbeat.objects.order_by("-at").values("at")[:1]
    row = Company.objects.annotate(beat=Subquery(beats)).first()
    if row is None:
        return Company(name="")
    row.heard_at = row.beat
    return row


@asked_once
def calendar() -> WorkCalendar:
    """The working calendar in force. Built once per content, asked for every time."""
    row = company()
    if not row.calendar_version:
        return read_calendar(Mode(row.term_mode))
    return _kept(row.calendar_version, Mode(row.term_mode))


_CALENDARS: dict[tuple[str, Mode], WorkCalendar] = {}
MOST_CALENDARS = 4


def _kept(version: str, mode: Mode) -> WorkCalendar:
    """By what is in it: one that was changed while it was read is not kept."""
    found = _CALENDARS.get((version, mode))
    if found is not None:
        return found
    found = read_calendar(mode)
    if found.version == version:
        if len(_CALENDARS) >= MOST_CALENDARS:
            _CALENDARS.clear()
        _CALENDARS[version, mode] = found
    return found


def calendar_rows(mode: Mode) -> CalendarRows:
    """The rows as values, in four queries."""
    return CalendarRows(
        weeks=tuple(
            Week(row.valid_from, tuple(hours_of(day) for day in row.days))
            for row in WeekRow.objects.order_by("valid_from")
        ),
        holidays=tuple(HolidayRow.objects.order_by("day").values_list("day", "name")),
        regimes=tuple(
            Regime(row.valid_from, row.valid_to, row.holidays_work, row.name)
            for row in RegimeRow.objects.order_by("valid_from", "id")
        ),
        days=tuple(
            DayException(row.day, hours_of(row.hours), row.note)
            for row in DayRow.objects.order_by("day")
        ),
        mode=mode,
    )


def read_calendar(mode: Mode) -> WorkCalendar:
    return calendar_rows(mode).calendar()


def term_in_force(kind: str, on: date) -> KindTerm:
    """The term of a kind on the day something opens (PROCESS 4).

    Raises:
        LookupError: nobody has laid a term for this kind.
    """
    row = (
        TermRow.objects.filter(kind=kind, valid_from__lte=on)
        .order_by("-valid_from")
        .first()
    )
    if row is None:
        raise LookupError(f"There is no term for {kind} on {on}.")
    return as_term(row)


def as_term(row: TermRow) -> KindTerm:
    return KindTerm(
        count=row.count,
        unit=TermUnit(row.unit),
        escalate=tuple(Role(role) for role in row.escalate),
        warn_share=row.warn_share,
    )


def standing_terms(on: date) -> dict[str, Any]:
    """Every kind's row in force on a day."""
    rows = TermRow.objects.filter(valid_from__lte=on).order_by("valid_from")
    return {row.kind: row for row in rows}
