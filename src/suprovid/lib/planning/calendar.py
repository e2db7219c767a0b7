"""Working days as data, and the weeks that they make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from datetime import date, timedelta

DAY = timedelta(days=1)
WEEKEND = frozenset({5, 6})


def working_days(
    first: date,
    last: date,
    *,
    holidays: Set[date] = frozenset(),
    weekend: Set[int] = WEEKEND,
) -> tuple[date, ...]:
    """The days from `first` to `last`, both included, without weekends and holidays."""
    return tuple(
        day
        for day in dates(first, last)
        if day.weekday() not in weekend and day not in holidays
    )


def dates(first: date, last: date) -> Iterator[date]:
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)


def monday(day: date) -> date:
    """The Monday of its week: what names a week here."""
    return day - day.weekday() * DAY


def weeks(days: Sequence[date]) -> dict[date, list[int]]:
    """Indexes of days by the Monday of their week, in order."""
    found: dict[date, list[int]] = {}
    for index, day in enumerate(days):
        found.setdefault(monday(day), []).append(index)
    return found
