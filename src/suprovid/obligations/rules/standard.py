"""What every company starts with: week, holidays, regime, terms."""

from __future__ import annotations

from datetime import date, time
from functools import lru_cache
from typing import Any

from suprovid.lib.worktime import MARTIAL_LAW, Hours, public_holidays, standard_week
from suprovid.obligations.rules.terms import TERMS


def hours_of(row: list[str | None] | None) -> Hours | None:
    """Hours from a row: [start, end] or [start, end, lunch, lunch end]."""
    if not row:
        return None
    start, end, *lunch = (time.fromisoformat(mark) if mark else None for mark in row)
    if start is None or end is None:
        return None
    first, last = (*lunch, None, None)[:2]
    return Hours(start, end, first, last)


def row_of(hours: Hours | None) -> list[str | None] | None:
    if hours is None:
        return None
    marks = (hours.start, hours.end, hours.lunch_start, hours.lunch_end)
    return [f"{mark:%H:%M}" if mark else None for mark in marks]


FIRST_DAY = date(2021, 1, 1)
LAST_YEAR = 2030


@lru_cache(maxsize=1)
def standard_rows() -> dict[str, list[dict[str, Any]]]:
    """What every company starts with, by table: the migration and `init` lay it."""
    week = standard_week(FIRST_DAY)
    holidays = public_holidays(range(FIRST_DAY.year, LAST_YEAR + 1))
    return {
        "WeekRow": [
            {"valid_from": FIRST_DAY, "days": [row_of(hours) for hours in week.days]}
        ],
        "HolidayRow": [{"day": day, "name": name} for day, name in holidays.items()],
        "RegimeRow": [
            {
                "valid_from": MARTIAL_LAW.valid_from,
                "valid_to": MARTIAL_LAW.valid_to,
                "holidays_work": MARTIAL_LAW.holidays_work,
                "name": MARTIAL_LAW.name,
            }
        ],
        "TermRow": [
            {
                "kind": kind,
                "valid_from": FIRST_DAY,
                "count": term.count,
                "unit": term.unit.value,
                "warn_share": term.warn_share,
                "escalate": [role.value for role in term.escalate],
            }
            for kind, term in TERMS.items()
        ],
    }
