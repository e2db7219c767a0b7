"""What heads set: the calendar of a year, the terms of kinds, the company."""

from __future__ import annotations

import calendar as months
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.urls import reverse
from django.utils import dates
from django.utils.translation import gettext as _

from suprovid.lib.decision import Decision, Forbidden, Missing, require
from suprovid.lib.worktime import DayKind, Hours, Mode, Regime, Unit, WorkCalendar
from suprovid.obligations.models import Company, TermRow
from suprovid.obligations.queries.calendar import (
    as_term,
    calendar,
    calendar_rows,
    company,
    standing_terms,
)
from suprovid.obligations.queries.changes import preview
from suprovid.obligations.queries.one import term_words
from suprovid.obligations.queries.owed import visible
from suprovid.obligations.queries.rows import label_of, with_names
from suprovid.obligations.rules import (
    CalendarChange,
    KindTerm,
    TermUnit,
    may_pause_letters,
    may_set_terms,
)
from suprovid.people.rules import Viewer
from suprovid.web import say
from suprovid.web.parts import Tab

SHOWN_MOVES = 200


def tabs(current: str) -> list[Tab]:
    """The three pages of settings."""
    pages = {
        "calendar": _("Working calendar"),
        "terms": _("Terms"),
        "company": _("Company"),
    }
    return [
        Tab(label, reverse(f"obligations:{name}"), current=name == current)
        for name, label in pages.items()
    ]


# ---------------------------------------------------------------- terms of kinds


@dataclass(frozen=True)
class KindRow:
    """The term of a kind in force today, and the next one if it is laid already."""

    kind: str
    label: str
    term: str
    warns: str
    escalates: str
    since: date
    next_term: str
    next_since: date | None
    url: str


@dataclass(frozen=True)
class TermsPage:
    rows: tuple[KindRow, ...]
    decision: Decision


def terms_page(viewer: Viewer, on: date) -> TermsPage:
    later = {
        row.kind: row
        for row in TermRow.objects.filter(valid_from__gt=on).order_by("-valid_from")
    }
    rows = [_kind_row(row, later.get(kind)) for kind, row in standing_terms(on).items()]
    return TermsPage(
        rows=tuple(sorted(rows, key=lambda row: row.label)),
        decision=may_set_terms(viewer),
    )


def _kind_row(row: TermRow, later: TermRow | None) -> KindRow:
    term = as_term(row)
    return KindRow(
        kind=row.kind,
        label=say.kind_label(row.kind),
        term=_how_long(term),
        warns=f"{term.warn_share:.0%}" if term.warn_share is not None else "",
        escalates=", ".join(say.label(role) for role in term.escalate),
        since=row.valid_from,
        next_term=_how_long(as_term(later)) if later else "",
        next_since=later.valid_from if later else None,
        url=reverse("obligations:term", args=[row.kind]),
    )


def _how_long(term: KindTerm) -> str:
    if term.unit is TermUnit.GIVEN:
        return say.label(term.unit)
    return term_words(term.count, Unit(term.unit.value))


def terms_decision(viewer: Viewer) -> Decision:
    return may_set_terms(viewer)


def kind_term(kind: str, on: date) -> KindTerm:
    """The term in force of one kind.

    Raises:
        Missing: there is no such kind.
    """
    row = standing_terms(on).get(kind)
    if row is None:
        raise Missing
    return as_term(row)


# ---------------------------------------------------------------- the calendar


@dataclass(frozen=True)
class DayCell:
    """One day of the year: its number, its kind, and what to say of it."""

    day: date
    kind: DayKind
    said: str
    today: bool
    plain: bool


@dataclass(frozen=True)
class Month:
    name: str
    weeks: tuple[tuple[DayCell | None, ...], ...]
    working_days: int
    hours: str


@dataclass(frozen=True)
class WeekLine:
    """A week pattern; days of the same hours stand together."""

    since: date
    lines: tuple[str, ...]


@dataclass(frozen=True)
class ExceptionLine:
    day: date
    kind: DayKind
    hours: str
    note: str


@dataclass(frozen=True)
class CalendarPage:
    year: int
    months: tuple[Month, ...]
    weeks: tuple[WeekLine, ...]
    regimes: tuple[Regime, ...]
    exceptions: tuple[ExceptionLine, ...]
    mode: Mode
    decision: Decision
    kinds: tuple[DayKind, ...]
    day_names: tuple[str, ...]


def calendar_page(viewer: Viewer, year: int, today: date) -> CalendarPage:
    """Every day of a year with its kind, and the rows that make it so."""
    work = calendar()
    rows = calendar_rows(work.mode)
    shown = tuple(_month(work, year, number, today) for number in range(1, 13))
    return CalendarPage(
        year=year,
        months=shown,
        weeks=tuple(
            WeekLine(week.valid_from, tuple(_week_words(week.days)))
            for week in reversed(rows.weeks)
        ),
        regimes=tuple(reversed(rows.regimes)),
        exceptions=tuple(
            ExceptionLine(row.day, work.why(row.day), hours_words(row.hours), row.note)
            for row in rows.days
            if row.day.year == year
        ),
        mode=work.mode,
        decision=may_set_terms(viewer),
        kinds=_kinds(shown),
        day_names=tuple(str(dates.WEEKDAYS_ABBR[n]) for n in range(7)),
    )


def _month(work: WorkCalendar, year: int, number: int, today: date) -> Month:
    weeks = months.Calendar().monthdatescalendar(year, number)
    cells = tuple(
        tuple(_cell(work, day, today) if day.month == number else None for day in week)
        for week in weeks
    )
    days = [cell.day for week in cells for cell in week if cell]
    minutes = sum(map(work.minutes_on, days))
    return Month(
        name=str(dates.MONTHS[number]),
        weeks=cells,
        working_days=sum(map(work.is_working_day, days)),
        hours=say.number(minutes // 60),
    )


def _cell(work: WorkCalendar, day: date, today: date) -> DayCell:
    about = work.about(day)
    kind = say.label(about.kind)
    note = f": {about.note}" if about.note else ""
    return DayCell(
        day=day,
        kind=about.kind,
        said=f"{say.day(day)}, {kind}{note}",
        today=day == today,
        plain=about.kind in (DayKind.WORKING, DayKind.WEEKEND) and not about.note,
    )


def _kinds(shown: tuple[Month, ...]) -> tuple[DayKind, ...]:
    found = {c.kind for month in shown for week in month.weeks for c in week if c}
    return tuple(kind for kind in DayKind if kind in found)


def _week_words(days: tuple[Hours | None, ...]) -> Iterator[str]:
    for hours, run in groupby(range(7), key=lambda n: days[n]):
        names = [str(dates.WEEKDAYS_ABBR[n]) for n in run]
        ends = dict.fromkeys((names[0], names[-1]))
        worked = hours_words(hours) if hours else say.label(DayKind.WEEKEND)
        yield f"{'–'.join(ends)}: {worked}"


def hours_words(hours: Hours | None) -> str:
    if hours is None:
        return "—"
    text = f"{hours.start:%H:%M}–{hours.end:%H:%M}"
    if hours.lunch_start and hours.lunch_end:
        lunch = f"{hours.lunch_start:%H:%M}–{hours.lunch_end:%H:%M}"
        return _("{hours}, lunch {lunch}").format(hours=text, lunch=lunch)
    return text


def week_in_force(on: date) -> tuple[Hours | None, ...]:
    """The week that holds on a day: what a form of a new one starts from."""
    rows = calendar_rows(Mode(company().term_mode)).weeks
    held = [week for week in rows if week.valid_from <= on]
    return held[-1].days if held else (None,) * 7


@dataclass(frozen=True)
class MovedTerm:
    id: int
    label: str
    client: str
    before: datetime
    after: datetime
    late: bool


@dataclass(frozen=True)
class ChangePreview:
    """Which open terms a change moves, before anybody presses anything."""

    moved: tuple[MovedTerm, ...]
    total: int
    digest: str
    decision: Decision


def change_preview(
    viewer: Viewer, change: CalendarChange, now: datetime
) -> ChangePreview:
    """Try a change out and name the terms that would move, at most 200 of them.

    Raises:
        Forbidden: it is not theirs to change; Invalid: the change does not fit.
    """
    may = may_set_terms(viewer)
    require(may, Forbidden)
    shown = preview(change)
    ids = [move.obligation.pk for move in shown.moves[:SHOWN_MOVES]]
    named = {row.pk: row for row in with_names(visible(viewer)).filter(pk__in=ids)}
    moved = (
        MovedTerm(
            id=row.pk,
            label=label_of(row),
            client=str(row.client) if row.client else "",
            before=move.before,
            after=move.due.at,
            late=move.due.at <= now,
        )
        for move in shown.moves[:SHOWN_MOVES]
        if (row := named.get(move.obligation.pk)) is not None
    )
    return ChangePreview(
        moved=tuple(moved),
        total=len(shown.moves),
        digest=shown.digest,
        decision=may,
    )


# ---------------------------------------------------------------- the company


@dataclass(frozen=True)
class CompanyPage:
    row: Company
    decision: Decision
    letters: Decision


def company_page(viewer: Viewer) -> CompanyPage:
    return CompanyPage(company(), may_set_terms(viewer), may_pause_letters(viewer))
