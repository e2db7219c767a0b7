"""From the periodicity of a contract to the patterns of days that keep it.

A rule names days of the calendar (each Tuesday; every second Tuesday). Where one of
them cannot be - a holiday, the client closed, nobody at work - the visit moves to the
nearest day before or after within the same week, if the gaps of the contract allow it;
each way of moving is a pattern of its own and the planner chooses. Where nothing in
reach can be, the visit is missing: the others stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice, pairwise, product

from .calendar import DAY, dates, monday
from .model import Periodicity, Rule

MOST_WAYS = 32
"""Of moving the visits of one sequence of days."""
MOST_PATTERNS = 240
NEAR = 6
"""Calendar days that a visit of EVERY_N_DAYS may move."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Indexes of days; how many were moved, and how many found no day at all."""

    days: tuple[int, ...]
    moved: int = 0
    missing: int = 0


def keeps_gaps(
    periodicity: Periodicity, visits: Sequence[date | None], last: date | None = None
) -> bool:
    """Whether the days between visits are allowed; None = a missing visit, a break."""
    least, greatest = periodicity.gaps
    chain = [last, *visits]
    return all(
        least <= (after - before).days <= greatest
        for before, after in pairwise(chain)
        if before is not None and after is not None
    )


def allowed_patterns(
    periodicity: Periodicity,
    days: Sequence[date],
    allowed: Set[int],
    *,
    last: date | None = None,
    since: date | None = None,
    pinned: Set[int] = frozenset(),
) -> tuple[Pattern, ...]:
    """The patterns over the allowed days; only those with the fewest missing visits.

    Nothing is allowed: one pattern without days, everything in it missing.
    """
    first = 0 if since is None else sum(day < since for day in days)
    within = frozenset(day - first for day in allowed if day >= first)
    reach = _Reach(periodicity, tuple(days[first:]), within, last)
    shifted = (_shifted(pattern, first) for pattern in reach.patterns())
    found = _pinned(_unique(shifted), pinned)
    fewest = min((pattern.missing for pattern in found), default=0)
    kept = [pattern for pattern in found if pattern.missing == fewest]
    kept.sort(key=lambda pattern: pattern.moved)
    return tuple(kept[:MOST_PATTERNS])


def _shifted(pattern: Pattern, first: int) -> Pattern:
    days = tuple(day + first for day in pattern.days)
    return Pattern(days, pattern.moved, pattern.missing)


def _unique(patterns: Iterable[Pattern]) -> list[Pattern]:
    """Each set of days once, as the one with the least moved."""
    best: dict[tuple[int, ...], Pattern] = {}
    for pattern in patterns:
        known = best.get(pattern.days)
        if known is None or _trouble(pattern) < _trouble(known):
            best[pattern.days] = pattern
    return list(best.values())


def _trouble(pattern: Pattern) -> tuple[int, int]:
    return pattern.missing, pattern.moved


def _pinned(patterns: list[Pattern], pinned: Set[int]) -> list[Pattern]:
    """Those that hold the pinned days; if none does, those that are bent to them.

    A pin is a person's word: it stands above the gaps.
    """
    if not pinned:
        return patterns
    holding = [pattern for pattern in patterns if pinned <= set(pattern.days)]
    return holding or _unique(_bent(pattern, pinned) for pattern in patterns)


def _bent(pattern: Pattern, pinned: Set[int]) -> Pattern:
    """Each pinned day takes the place of the nearest that is not pinned."""
    days, missing = set(pattern.days), pattern.missing
    for pin in sorted(pinned - days):
        free = sorted(days - pinned, key=lambda day: (abs(day - pin), day))
        days -= set(free[:1])
        days.add(pin)
        missing -= 0 if free else min(missing, 1)
    return Pattern(tuple(sorted(days)), pattern.moved + 1, missing)


@dataclass(frozen=True)
class _Reach:
    """One client's rule over the horizon, and the days on which a visit can be."""

    periodicity: Periodicity
    days: tuple[date, ...]
    allowed: frozenset[int]
    last: date | None

    def patterns(self) -> Iterator[Pattern]:
        if not self.allowed:
            wanted = min((len(w) for w in self._wanted()), default=1)
            yield Pattern((), 0, max(wanted, 1))
            return
        sequences = list(self._wanted())
        for ways in (self._ways, self._without_moving):
            found = [pattern for days in sequences for pattern in ways(days)]
            if found:
                yield from found
                return
        # The period is too short for the rule, or a visit just before it stands in
        # the way of every pattern.
        missing = min(map(len, sequences), default=1) - 1
        yield from (Pattern((day,), 0, missing) for day in sorted(self.allowed))

    def _wanted(self) -> Iterator[list[date]]:
        """The sequences of calendar days that the rule names."""
        if not self.days:
            return iter(())
        rules = {
            Rule.WEEKLY: self._weekly,
            Rule.TWICE_A_MONTH: self._every_second_week,
            Rule.MONTHLY: self._one_day,
            Rule.EVERY_N_DAYS: self._every_n_days,
            Rule.FIXED_WEEKDAYS: self._fixed_weekdays,
        }
        return rules[self.periodicity.rule]()

    def _weekly(self) -> Iterator[list[date]]:
        for weekday in self._weekdays():
            yield self._all_on({weekday})

    def _every_second_week(self) -> Iterator[list[date]]:
        for weekday in self._weekdays():
            every = self._all_on({weekday})
            yield from (list(pair) for pair in zip(every, every[2:], strict=False))

    def _one_day(self) -> Iterator[list[date]]:
        yield from ([self.days[index]] for index in sorted(self.allowed))
        if not self.allowed:
            yield [self.days[0]]

    def _fixed_weekdays(self) -> Iterator[list[date]]:
        yield self._all_on(self.periodicity.weekdays)

    def _every_n_days(self) -> Iterator[list[date]]:
        least, greatest = self.periodicity.gaps
        for start in self._starts(least, greatest):
            for gap in range(least, greatest + 1):
                end = self.days[-1].toordinal() + 1
                ordinals = range(start.toordinal(), end, gap)
                yield [date.fromordinal(ordinal) for ordinal in ordinals]

    def _starts(self, least: int, greatest: int) -> list[date]:
        """First days: by the gap after the last visit; at once if that has passed."""
        first, end = self.days[0], self.days[-1]
        early = first if self.last is None else self.last + least * DAY
        late = (first - DAY if self.last is None else self.last) + greatest * DAY
        early, late = max(first, early), max(first, late)
        return [*dates(early, min(late, end))]

    def _weekdays(self) -> list[int]:
        """Weekdays of which at least one is allowed."""
        source = self.allowed or range(len(self.days))
        return sorted({self.days[index].weekday() for index in source})

    def _all_on(self, weekdays: Set[int]) -> list[date]:
        """All such days of the horizon; its first week also those before its first
        day, when the last visit is known to be of an earlier week."""
        first, end = self.days[0], self.days[-1]
        if self.last is not None and self.last < monday(first):
            first = monday(first)
        return [day for day in dates(first, end) if day.weekday() in weekdays]

    def _ways(self, wanted: Sequence[date]) -> Iterator[Pattern]:
        options = [self._options(day) for day in wanted]
        for chosen in islice(product(*options), MOST_WAYS):
            visits = [None if index is None else self.days[index] for index in chosen]
            found = tuple(index for index in chosen if index is not None)
            distinct = len(set(found)) == len(found)
            if distinct and keeps_gaps(self.periodicity, visits, self._last_if_in_time):
                moved = sum(
                    visit is not None and visit != day
                    for day, visit in zip(wanted, visits, strict=True)
                )
                yield Pattern(tuple(sorted(found)), moved, len(chosen) - len(found))

    def _without_moving(self, wanted: Sequence[date]) -> Iterator[Pattern]:
        """Where no move keeps the gaps: the days that can be, the others missing."""
        found = [self._indexes[day] for day in wanted if day in self._indexes]
        visits = [day if day in self._indexes else None for day in wanted]
        if found and keeps_gaps(self.periodicity, visits, self._last_if_in_time):
            yield Pattern(tuple(found), 0, len(wanted) - len(found))

    @property
    def _last_if_in_time(self) -> date | None:
        """A visit already overdue on the first day binds nothing: it is late anyway."""
        _, greatest = self.periodicity.gaps
        overdue = self.last is not None and (self.days[0] - self.last).days > greatest
        return None if overdue else self.last

    def _options(self, day: date) -> list[int | None]:
        """The day itself; else the nearest before and after in reach; else none."""
        indexes = self._indexes
        if day in indexes:
            return [indexes[day]]
        near = [other for other in indexes if self._in_reach(day, other)]
        before = max((other for other in near if other < day), default=None)
        after = min((other for other in near if other > day), default=None)
        options = [indexes[other] for other in (before, after) if other is not None]
        return [*options] or [None]

    @cached_property
    def _indexes(self) -> dict[date, int]:
        return {self.days[index]: index for index in self.allowed}

    def _in_reach(self, day: date, other: date) -> bool:
        if self.periodicity.rule is Rule.EVERY_N_DAYS:
            return abs((day - other).days) <= NEAR
        return monday(day) == monday(other)
