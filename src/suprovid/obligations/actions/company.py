"""The company's own rules: who it is, its calendar, the terms of kinds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from suprovid.journal.actions import record
from suprovid.journal.rules import Actor, moment
from suprovid.lib.decision import (
    Forbidden,
    Invalid,
    Missing,
    Reason,
    Stale,
    invalid,
    require,
)
from suprovid.lib.words import word
from suprovid.lib.worktime import Mode
from suprovid.obligations.actions.owing import shift
from suprovid.obligations.models import (
    Company,
    DayRow,
    HolidayRow,
    RegimeRow,
    TermRow,
    WeekRow,
)
from suprovid.obligations.queries import calendar_rows, preview
from suprovid.obligations.rules import (
    TERMS,
    CalendarChange,
    Recipe,
    TermUnit,
    ThingChanged,
    may_pause_letters,
    may_set_terms,
    row_of,
    standard_rows,
    term_fits,
)
from suprovid.people.queries import today
from suprovid.people.queries import viewer as rights_of
from suprovid.people.rules import Role

STANDARD: tuple[type[models.Model], ...] = (WeekRow, HolidayRow, RegimeRow, TermRow)


@transaction.atomic
def found_company(
    *, actor: Actor, name: str, code: str = "", demo: bool = False
) -> Company:
    """Enter the company, once, with the standard calendar and terms under it.

    Raises:
        Forbidden, Invalid: there is one already.
    """
    require(may_set_terms(rights_of(actor)), Forbidden)
    if Company.objects.exists():
        raise invalid("name", "The company is entered already.")
    _lay_standard()
    row = Company.objects.create(
        name=name,
        code=code,
        demo=demo,
        calendar_version=calendar_rows(Mode.END_OF_DAY).version,
    )
    record(
        kind="obligations.company_founded",
        actor=actor,
        subject=row,
        details={"name": name, "code": code, "demo": demo},
    )
    return row


def _lay_standard() -> None:
    """What the migration laid, should the tables have been emptied."""
    for model in STANDARD:
        table = models.QuerySet[models.Model](model)
        if not table.exists():
            rows = standard_rows()[model.__name__]
            table.bulk_create([model(**row) for row in rows])


@transaction.atomic
def set_company(
    *,
    actor: Actor,
    name: str,
    code: str,
    authors_may_confirm: bool,
    one_person_for_lawyer_and_accountant: bool,
) -> Company:
    """Change what the company allows; sheets print each allowance (PROCESS 3.3).

    Raises:
        Forbidden.
    """
    require(may_set_terms(rights_of(actor)), Forbidden)
    row = _locked()
    wanted: dict[str, Any] = {
        "name": name,
        "code": code,
        "authors_may_confirm": authors_may_confirm,
        "one_person_for_lawyer_and_accountant": one_person_for_lawyer_and_accountant,
    }
    return _set(actor, row, wanted)


@transaction.atomic
def pause_letters(*, actor: Actor, paused: bool) -> Company:
    """Stop or start the sending of letters; rows go on being written.

    Raises:
        Forbidden.
    """
    require(may_pause_letters(rights_of(actor)), Forbidden)
    return _set(actor, _locked(), {"sending_paused": paused})


def _locked() -> Company:
    row = Company.objects.select_for_update().first()
    if row is None:
        raise Missing
    return row


def _set(actor: Actor, row: Company, wanted: dict[str, Any]) -> Company:
    """Write what differs, and say only that."""
    changed = {key: v for key, v in wanted.items() if getattr(row, key) != v}
    if not changed:
        return row
    for key, value in changed.items():
        setattr(row, key, value)
    row.save(update_fields=list(changed))
    record(
        kind="obligations.company_changed", actor=actor, subject=row, details=changed
    )
    return row


@transaction.atomic
def set_term(
    *,
    actor: Actor,
    kind: str,
    valid_from: date,
    count: int,
    unit: TermUnit,
    warn_share: Decimal | None,
    escalate: tuple[Role, ...],
) -> TermRow:
    """The term of a kind from a day on; what is open keeps the one it opened with.

    Raises:
        Forbidden, Invalid.
    """
    require(may_set_terms(rights_of(actor)), Forbidden)
    if kind not in TERMS:
        raise invalid("kind", "There is no such kind.")
    for field, decision in term_fits(kind, count, unit, warn_share).items():
        if decision.reason is not None:
            raise Invalid(field, decision.reason)
    if valid_from < today(actor.now):
        raise invalid("valid_from", "A term is changed from today or a later day on.")
    values = {
        "count": count,
        "unit": unit.value,
        "warn_share": warn_share,
        "escalate": [role.value for role in escalate],
    }
    row, _ = TermRow.objects.update_or_create(
        kind=kind, valid_from=valid_from, defaults=values
    )
    share = None if warn_share is None else str(warn_share)
    record(
        kind="obligations.term_changed",
        actor=actor,
        subject=row,
        details={
            **values,
            "warn_share": share,
            "kind": kind,
            "valid_from": valid_from.isoformat(),
        },
    )
    return row


@transaction.atomic
def change_calendar(
    *, actor: Actor, change: CalendarChange, seen: str | None = None
) -> Company:
    """Change the working calendar and move the open terms that stand on it.

    Args:
        seen: the digest of the preview the person pressed on; None asks for nothing.

    Raises:
        Forbidden, Invalid, Stale: other terms move now than were shown.
    """
    require(may_set_terms(rights_of(actor)), Forbidden)
    row = _locked()
    shown = preview(change, lock=True)
    if seen is not None and seen != shown.digest:
        raise Stale(
            Reason("Other terms move now than you were shown. Look again and confirm.")
        )
    _write(change)
    row.term_mode = shown.after.mode.value
    row.calendar_version = shown.after.version
    row.save(update_fields=["term_mode", "calendar_version"])
    record(
        kind="obligations.calendar_changed",
        actor=actor,
        subject=row,
        details={
            "note": change.note,
            "change": change.as_json(),
            "moved": [
                [m.obligation.pk, moment(m.before), moment(m.due.at)]
                for m in shown.moves
            ],
        },
    )
    for move in shown.moves:
        shift(
            actor,
            move.obligation,
            move.due,
            Recipe.from_json(move.obligation.term),
            why=word("the working calendar was changed"),
            work=shown.after,
        )
    return row


def _write(change: CalendarChange) -> None:
    """The one row that a change is about."""
    match change.thing:
        case ThingChanged.WEEK:
            days = [row_of(hours) for hours in change.week]
            WeekRow.objects.update_or_create(
                valid_from=change.day, defaults={"days": days}
            )
        case ThingChanged.DAY:
            DayRow.objects.update_or_create(
                day=change.day,
                defaults={"hours": row_of(change.hours), "note": change.note},
            )
        case ThingChanged.USUAL_DAY:
            DayRow.objects.filter(day=change.day).delete()
        case ThingChanged.REGIME:
            RegimeRow.objects.create(
                valid_from=change.day,
                valid_to=change.last_day,
                holidays_work=change.holidays_work,
                name=change.note,
            )
        case ThingChanged.MODE:
            pass
