"""Days that a change has touched, by the clock: each visit at its hour where it can be.

Of a day that has begun, leaving and what was done stay as they were.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from .ground import Ground, told
from .groups import Group
from .insertion import keep_hours
from .model import Plan, Reason, Shift, Trip, Unplaced, Visit, Window
from .timetable import Timing

Key = tuple[str, int]


def at(visit: Visit, start: int) -> Visit:
    """Moved to that hour, as long as it was."""
    return replace(visit, start=start, end=start + visit.end - visit.start)


@dataclass(frozen=True)
class Hours:
    ground: Ground
    published: Plan
    shifts: Mapping[Key, Shift]
    """What is left of each manager-day."""
    frozen: Set[tuple[str, int]]
    """Visits that have begun, as (client, day)."""

    def timing(self, visits: Sequence[Visit], shift: Shift) -> Timing | None:
        group, starts = self._group(visits, shift), [visit.start for visit in visits]
        return keep_hours(group, range(len(visits)), shift, starts, starts)

    def written(self, plan: Plan, touched: Iterable[Key]) -> Plan:
        by_day = plan.by_day()
        for key in sorted(touched):
            plan = self._day(plan, key, by_day.get(key, ()))
        return plan

    def _day(self, plan: Plan, key: Key, all_visits: Sequence[Visit]) -> Plan:
        done = [v for v in all_visits if (v.client, v.day) in self.frozen]
        visits = [v for v in all_visits if (v.client, v.day) not in self.frozen]
        timing, lost = self._kept(visits, self.shifts.get(key))
        timed = self._timed(visits, self.shifts[key], timing) if timing else []
        others = [v for v in plan.visits if (v.manager, v.day) != key]
        trips = [t for t in plan.trips if (t.manager, t.day) != key]
        if done or timed:
            trips.append(self._trip(key, done, timed, timing))
        return replace(
            plan,
            visits=(*others, *done, *timed),
            trips=tuple(trips),
            unplaced=(*plan.unplaced, *lost),
        )

    def _kept(
        self, visits: list[Visit], shift: Shift | None
    ) -> tuple[Timing | None, list[Unplaced]]:
        """Should a way round be shorter than a way through, the last visits yield."""
        lost: list[Unplaced] = []
        while visits:
            timing = None if shift is None else self.timing(visits, shift)
            if timing is not None:
                return timing, lost
            gone = visits.pop()
            client = self.ground.clients[gone.client]
            why = told(Reason.NO_ROOM, client)
            lost.append(Unplaced(gone.client, Reason.NO_ROOM, gone.day, why))
        return None, lost

    def _group(self, visits: Sequence[Visit], shift: Shift) -> Group:
        clients = tuple(self.ground.clients[visit.client] for visit in visits)
        return Group(self.ground, clients, (shift,))

    def _legs(self, visits: Sequence[Visit], shift: Shift) -> list[float]:
        return self._group(visits, shift).legs(range(len(visits)), shift)

    def _timed(
        self, visits: Sequence[Visit], shift: Shift, timing: Timing
    ) -> list[Visit]:
        legs = self._legs(visits, shift)
        return [
            replace(
                at(visit, timing.starts[k]),
                arrive=math.ceil(timing.arrivals[k] - 1e-6),
                travel=legs[k],
                pinned=self._is_pinned(visit),
            )
            for k, visit in enumerate(visits)
        ]

    def _is_pinned(self, visit: Visit) -> bool:
        return bool(self.ground.pins(self.ground.clients[visit.client], visit.day))

    def _trip(
        self,
        key: Key,
        done: Sequence[Visit],
        timed: Sequence[Visit],
        timing: Timing | None,
    ) -> Trip:
        visits = [*done, *timed]
        legs = self._legs(visits, self._whole_shift(key))
        known = {(t.manager, t.day): t for t in self.published.trips}.get(key)
        back = visits[-1].end + legs[-1] if timing is None else timing.back
        leave = 0.0 if timing is None else timing.leave
        lunch = None if timing is None else timing.lunch
        if done and known is not None:
            leave, lunch = known.leave, lunch or _eaten(known.lunch, visits)
        back = math.ceil(back - 1e-6)
        return Trip(*key, math.floor(leave + 1e-6), back, sum(legs), lunch)

    def _whole_shift(self, key: Key) -> Shift:
        shifts = self.ground.problem.shifts
        return next(shift for shift in shifts if (shift.manager, shift.day) == key)


def _eaten(lunch: Window | None, visits: Sequence[Visit]) -> Window | None:
    """The published lunch, if no visit has run into it."""
    if lunch is None:
        return None
    free = all(v.end <= lunch.start or lunch.end <= v.start for v in visits)
    return lunch if free else None
