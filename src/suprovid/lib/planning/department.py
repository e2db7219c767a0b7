"""A department in one document: read, planned, answered in the document's own units.

The units are those that its `about` says: kilometres on a plane, days from 0, minutes
after nine o'clock. What makes no sense as a document is refused in a sentence that
names the field; a client who cannot be served is answered among the unplaced, with the
reason, and the others are planned.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NoReturn, TypeGuard

from .check import remarks, violations
from .model import (
    Band,
    Client,
    Lunch,
    Manager,
    Periodicity,
    Plan,
    Problem,
    Rule,
    Shift,
    Unplaced,
    Window,
)
from .plan import Budget, Progress, Work, plans
from .travel import Plane, Point

NINE = 9 * 60
LUNCH = Lunch(12 * 60, 15 * 60, 60)
BAND = Band(4, 8)
MONDAY = date(2026, 1, 5)
"""The document's days have no dates: four weeks that begin on some Monday."""
WEEK = 5
LONGEST_HORIZON = 260


def solve_department(
    document: Any,
    *,
    seconds: float | None,
    seed: int = 1,
    cores: int = 1,
    iterations: int | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> dict[str, Any]:
    """The plan as plain data. Iterations, where given, stand instead of seconds.

    Raises:
        ValueError: the document makes no sense; says which field.
    """
    began = clock()
    problem = read_department(document)
    budget = Budget(seconds if iterations is None else None, iterations, clock)
    rounds = plans(
        problem,
        budget=budget,
        seed=seed,
        cores=cores,
        progress=progress,
        cancelled=cancelled,
    )
    work = next(rounds)
    first = clock() - began
    *_, work = work, *rounds
    answer = _answer(problem, work.plan(), document.get("naive"))
    return answer | _figures(work, first, clock() - began)


def _figures(work: Work, first: float, seconds: float) -> dict[str, Any]:
    return {
        "iterations": work.iterations,
        "engine": work.engine,
        "seed": work.seed,
        "first_feasible_seconds": round(first, 2),
        "seconds": round(seconds, 2),
    }


def _answer(problem: Problem, plan: Plan, naive: Any) -> dict[str, Any]:
    hours = naive.get("travel_hours") if isinstance(naive, Mapping) else None
    ratio = None
    if isinstance(hours, int | float) and hours > 0:
        ratio = round(plan.travel / 60 / hours, 4)
    return {
        "visits": _visits(plan),
        "trips": _trips(plan),
        "unplaced": [_unplaced(left_out) for left_out in plan.unplaced],
        "travel_minutes": round(plan.travel, 2),
        "travel_hours": round(plan.travel / 60, 2),
        "ratio_to_naive": ratio,
        "violations": [fault.told for fault in violations(problem, plan)],
        "remarks": [fault.told for fault in remarks(problem, plan)],
    }


def _visits(plan: Plan) -> list[dict[str, Any]]:
    ordered = sorted(plan.visits, key=lambda v: (v.manager, v.day, v.start))
    return [
        {
            "client": visit.client,
            "manager": visit.manager,
            "day": visit.day,
            "start": visit.start - NINE,
            "end": visit.end - NINE,
        }
        for visit in ordered
    ]


def _trips(plan: Plan) -> list[dict[str, Any]]:
    ordered = sorted(plan.trips, key=lambda trip: (trip.manager, trip.day))
    return [
        {
            "manager": trip.manager,
            "day": trip.day,
            "leave": trip.leave - NINE,
            "back": trip.back - NINE,
            "lunch": trip.lunch and [trip.lunch.start - NINE, trip.lunch.end - NINE],
            "travel_minutes": round(trip.travel, 2),
        }
        for trip in ordered
    ]


def _unplaced(left_out: Unplaced) -> dict[str, Any]:
    return {
        "client": left_out.client,
        "day": left_out.day,
        "reason": left_out.reason.value,
        "told": left_out.told,
    }


# ------------------------------------------------------------------------ reading


def read_department(document: Any) -> Problem:
    """The document as a problem.

    Raises:
        ValueError: says which field, in a sentence.
    """
    if not isinstance(document, Mapping):
        _refuse("The document", "must be an object.")
    days = _whole(document, "days", least=1, most=LONGEST_HORIZON)
    return _Reader(document, days).problem()


@dataclass(frozen=True)
class _Reader:
    document: Mapping[str, Any]
    days: int

    def problem(self) -> Problem:
        managers = _objects(self.document, "managers")
        clients = _objects(self.document, "clients")
        return Problem(
            days=_dates(self.days),
            clients=tuple(self._client(*pair) for pair in enumerate(clients)),
            managers=tuple(
                Manager(_identifier(manager, f"managers[{place}]"))
                for place, manager in enumerate(managers)
            ),
            shifts=tuple(self._shifts(managers)),
            travel=Plane(),
            band=BAND,
        )

    def _shifts(self, managers: Sequence[Mapping[str, Any]]) -> list[Shift]:
        """None where the shift has no length: then nobody is at work."""
        start, end = _span(self.document.get("shift"), "shift")
        longest = _whole(self.document, "max_route_min", least=0, most=1440)
        if math.isnan(start) or math.isnan(end) or start >= end:
            return []
        return [
            Shift(
                manager=_identifier(manager, f"managers[{place}]"),
                day=day,
                start=NINE + math.ceil(start),
                end=NINE + math.floor(end),
                start_at=home,
                end_at=home,
                lunch=LUNCH,
                longest=longest,
            )
            for place, manager in enumerate(managers)
            for home in [_place(manager.get("start"), f"managers[{place}].start")]
            for day in range(self.days)
        ]

    def _client(self, place: int, client: Mapping[str, Any]) -> Client:
        where = f"clients[{place}]"
        return Client(
            id=_identifier(client, where),
            site=_place(client.get("xy"), f"{where}.xy"),
            minutes=_whole(self.document, "visit_min", least=1, most=1440),
            periodicity=self._periodicity(client.get("frequency"), where),
            windows=self._windows(client.get("window"), f"{where}.window"),
            owner=_owner(client.get("owner"), f"{where}.owner"),
        )

    def _periodicity(self, frequency: Any, where: str) -> Periodicity:
        weeks = -(-self.days // WEEK)
        rules = {1: Rule.MONTHLY, 2: Rule.TWICE_A_MONTH, weeks: Rule.WEEKLY}
        known = isinstance(frequency, int) and not isinstance(frequency, bool)
        if not known or frequency not in rules:
            _refuse(
                f"{where}.frequency", f"must be 1, 2 or {weeks}, not {frequency!r}."
            )
        return Periodicity(rules[frequency])

    def _windows(self, window: Any, where: str) -> dict[int, tuple[Window, ...]]:
        """The same hours on each weekday; hours that end before they begin are none."""
        start, end = _span(window, where)
        if not (math.isfinite(start) and math.isfinite(end)) or start > end:
            return {}
        hours = (Window(NINE + math.ceil(start), NINE + math.floor(end)),)
        return dict.fromkeys(range(WEEK), hours)


def _dates(days: int) -> tuple[date, ...]:
    return tuple(
        MONDAY + timedelta(days=day // WEEK * 7 + day % WEEK) for day in range(days)
    )


def _objects(document: Mapping[str, Any], field: str) -> list[Mapping[str, Any]]:
    found = document.get(field)
    if not isinstance(found, list):
        _refuse(f"{field}", "must be a list.")
    for place, each in enumerate(found):
        if not isinstance(each, Mapping):
            _refuse(f"{field}[{place}]", "must be an object.")
    return found


def _identifier(item: Mapping[str, Any], where: str) -> str:
    found = item.get("id")
    if not isinstance(found, str) or not found:
        _refuse(f"{where}.id", "must be a text.")
    return found


def _owner(owner: Any, where: str) -> str | None:
    if owner is not None and not isinstance(owner, str):
        _refuse(f"{where}", "must be the id of a manager.")
    return owner


def _whole(document: Mapping[str, Any], field: str, *, least: int, most: int) -> int:
    found = document.get(field)
    if not _is_number(found) or not least <= found <= most or found != int(found):
        _refuse(field, f"must be a whole number from {least} to {most}.")
    return int(found)


def _span(value: Any, where: str) -> tuple[float, float]:
    return _pair(value, where, "two numbers of minutes")


def _place(value: Any, where: str) -> Point:
    """Coordinates that are null or no number are a place that is not known."""
    if isinstance(value, list):
        value = [math.nan if each is None else each for each in value]
    return Point(*_pair(value, where, "two coordinates in km"))


def _pair(value: Any, where: str, what: str) -> tuple[float, float]:
    if not isinstance(value, list | tuple) or len(value) != 2:
        _refuse(where, f"must be {what}.")
    if not all(_is_number(each) for each in value):
        _refuse(where, f"must be {what}.")
    return float(value[0]), float(value[1])


def _is_number(value: Any) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _refuse(field: str, told: str) -> NoReturn:
    raise ValueError(f"{field}: {told}")
