"""Why is this visit in no plan, and why is that one on this day: by trying.

One constraint at a time is relaxed and the visit is offered to the plan again. Where it
then fits, the constraint is named with its price: the travel that the visit would add.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from .ground import Ground
from .insertion import Book, Place, keys_of
from .model import Band, Client, Plan, Problem, Shift, Visit
from .patterns import keeps_gaps

LONGER = 120
"""Minutes by which a shift and a day are made longer."""


class Constraint(StrEnum):
    NOTHING = "nothing"  # it fits as things are
    WINDOW = "window"
    SHIFT_END = "shift_end"
    LUNCH = "lunch"
    OWNER = "owner"
    WEEKDAYS = "weekdays"
    PINS = "pins"
    SKILLS = "skills"
    BAND = "band"


@dataclass(frozen=True, slots=True)
class Relaxed:
    """What would help: without the constraint the visit has that place."""

    constraint: Constraint
    place: Place

    @property
    def price(self) -> float:
        """Minutes of travel that are added, 10 for each start that is moved."""
        return self.place.price


@dataclass(frozen=True, slots=True)
class OtherDay:
    """The visit on another day; `more` minutes of travel than now, None = no place."""

    day: int
    more: float | None
    keeps_gaps: bool


def why_unplaced(problem: Problem, plan: Plan, client: str) -> tuple[Relaxed, ...]:
    """The constraints that, relaxed alone, find one more visit a place; cheapest first.

    If it fits as things are, that alone is said.
    """
    subject = _Subject(problem, plan, _client(problem, client))
    as_is = subject.tried(Constraint.NOTHING)
    if as_is:
        return as_is
    relaxed = (
        found
        for constraint in Constraint
        if constraint is not Constraint.NOTHING
        for found in subject.tried(constraint)
    )
    return tuple(sorted(relaxed, key=lambda found: found.price))


def why_this_day(problem: Problem, plan: Plan, visit: Visit) -> tuple[OtherDay, ...]:
    """What every other day would cost, the visit's owner being the same."""
    client = _client(problem, visit.client)
    rest = replace(plan, visits=tuple(v for v in plan.visits if v != visit))
    subject = _Subject(problem, rest, client)
    now = subject.price_on((visit.day,))
    days = (day for day in range(len(problem.days)) if day != visit.day)
    return tuple(_other(subject, day, now) for day in days)


def _other(subject: _Subject, day: int, now: float | None) -> OtherDay:
    price = subject.price_on((day,))
    more = None if price is None else price - (now or 0.0)
    return OtherDay(day, more, subject.keeps_gaps(day))


def _client(problem: Problem, client: str) -> Client:
    found = next((c for c in problem.clients if c.id == client), None)
    if found is None:
        raise ValueError(f"client: {client} is not in the plan.")
    return found


@dataclass(frozen=True)
class _Subject:
    """A client of whom one more visit is offered to the plan."""

    problem: Problem
    plan: Plan
    client: Client

    def tried(self, constraint: Constraint) -> tuple[Relaxed, ...]:
        problem, client = _RELAX[constraint](self.problem, self.client)
        days: Iterable[int] = range(len(problem.days))
        if constraint is not Constraint.WEEKDAYS:
            days = [day for day in days if self.keeps_gaps(day)]
        place = _place(problem, self.plan, client, days)
        return () if place is None else (Relaxed(constraint, place),)

    def price_on(self, days: Iterable[int]) -> float | None:
        place = _place(self.problem, self.plan, self.client, days)
        return None if place is None else place.price

    def keeps_gaps(self, day: int) -> bool:
        visits = [visit.day for visit in self.plan.of(self.client.id)]
        dates = [self.problem.days[d] for d in sorted({*visits, day})]
        apart = day not in visits
        client = self.client
        return apart and keeps_gaps(client.periodicity, dates, client.last_visit)


def _place(
    problem: Problem, plan: Plan, client: Client, days: Iterable[int]
) -> Place | None:
    ground = Ground(problem)
    if not client.site.known:
        return None
    book = Book(ground, plan, ground.shifts, problem.band.most, (client,))
    places = book.best(client, keys_of(ground, client, days))
    return places[0] if places else None


# ------------------------------------------------------------------- one at a time

Case = tuple[Problem, Client]


def _as_is(problem: Problem, client: Client) -> Case:
    return problem, client


def _any_hour(problem: Problem, client: Client) -> Case:
    return problem, replace(client, windows=None)


def _longer_shifts(problem: Problem, client: Client) -> Case:
    shifts = tuple(_longer(shift) for shift in problem.shifts)
    return replace(problem, shifts=shifts), client


def _longer(shift: Shift) -> Shift:
    longest = None if shift.longest is None else shift.longest + LONGER
    return replace(shift, end=shift.end + LONGER, longest=longest)


def _no_lunch(problem: Problem, client: Client) -> Case:
    shifts = tuple(replace(shift, lunch=None) for shift in problem.shifts)
    return replace(problem, shifts=shifts), client


def _any_manager(problem: Problem, client: Client) -> Case:
    """Whoever has the skills, of whatever group."""
    managers = tuple(replace(manager, group="") for manager in problem.managers)
    return replace(problem, managers=managers), replace(client, owner=None, group="")


def _any_weekday(problem: Problem, client: Client) -> Case:
    """Its hours are those of any weekday; gaps are not asked."""
    if client.windows is None:
        return problem, client
    hours = {window for day in client.windows.values() for window in day}
    every = tuple(sorted(hours, key=lambda window: (window.start, window.end)))
    return problem, replace(client, windows=dict.fromkeys(range(7), every))


def _no_pins(problem: Problem, client: Client) -> Case:
    pins = tuple(pin for pin in problem.pins if pin.client != client.id)
    return replace(problem, pins=pins), client


def _no_skills(problem: Problem, client: Client) -> Case:
    return problem, replace(client, skills=frozenset())


def _no_band(problem: Problem, client: Client) -> Case:
    return replace(problem, band=Band()), client


_RELAX: dict[Constraint, Callable[[Problem, Client], Case]] = {
    Constraint.NOTHING: _as_is,
    Constraint.WINDOW: _any_hour,
    Constraint.SHIFT_END: _longer_shifts,
    Constraint.LUNCH: _no_lunch,
    Constraint.OWNER: _any_manager,
    Constraint.WEEKDAYS: _any_weekday,
    Constraint.PINS: _no_pins,
    Constraint.SKILLS: _no_skills,
    Constraint.BAND: _no_band,
}
