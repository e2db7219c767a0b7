"""When can you come? Good hours for one more visit in a plan that stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .ground import Ground
from .insertion import Place, book_of, keys_of
from .model import Client, Plan, Problem

COUNT = 3


@dataclass(frozen=True, slots=True)
class Slot:
    """An hour to offer; `price` in minutes of travel, 10 for each start it moves."""

    date: date
    place: Place

    @property
    def manager(self) -> str:
        return self.place.manager

    @property
    def start(self) -> int:
        return self.place.start

    @property
    def price(self) -> float:
        return self.place.price


def suggest_slots(
    problem: Problem,
    plan: Plan,
    client: Client,
    *,
    days: Iterable[int] | None = None,
    count: int = COUNT,
) -> tuple[Slot, ...]:
    """The cheapest hours, each on another day, from the `days` asked (all of them).

    Nobody changes day or manager for it. The client may be new or known already.
    """
    ground = Ground(problem)
    asked = range(len(problem.days)) if days is None else days
    keys = keys_of(ground, client, asked)
    places = book_of(ground, plan, client).best(client, keys, count)
    return tuple(Slot(problem.days[place.day], place) for place in places)
