"""What happens to a published plan, and the problem as it is after that."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .model import MIDNIGHT, Client, Lunch, Manager, Plan, Problem, Shift, Visit


@dataclass(frozen=True, slots=True)
class Moment:
    """Now: nothing before it is touched. Day 0, minute 0: the plan has not begun."""

    day: int = 0
    minute: int = 0

    def is_past(self, day: int, minute: int) -> bool:
        """Whether what begins then has begun."""
        return (day, minute) < (self.day, self.minute)


NOT_BEGUN = Moment()


@dataclass(frozen=True, slots=True)
class Absence:
    """A manager is ill, or has a day off: no work on those days."""

    manager: str
    days: frozenset[int]


@dataclass(frozen=True, slots=True)
class NewClient:
    client: Client


@dataclass(frozen=True, slots=True)
class CalledOff:
    """A client does not want the visit of that day."""

    client: str
    day: int


@dataclass(frozen=True, slots=True)
class Overrun:
    """The visit ends at that minute, later than it should."""

    client: str
    day: int
    end: int


Change = Absence | NewClient | CalledOff | Overrun


def after(problem: Problem, plan: Plan, change: Change, now: Moment) -> Problem:
    """The problem with the change in it.

    Who falls ill on the road was at work that day: see `what_is_left`.

    Raises:
        ValueError: it speaks of a manager or client who is not there, or is already.
    """
    if isinstance(change, Absence):
        worked = {v.day for v in plan.visits if _was_there(v, change, now)}
        return _without(problem, replace(change, days=change.days - worked))
    known = {client.id for client in problem.clients}
    if isinstance(change, NewClient):
        if change.client.id in known:
            raise ValueError(f"client: {change.client.id} is there already.")
        client = change.client
        if now.day > 0:
            client = replace(client, since=problem.days[now.day])
        return replace(problem, clients=(*problem.clients, client))
    if change.client not in known:
        raise ValueError(f"client: {change.client} is not in the plan.")
    return problem


def _was_there(visit: Visit, change: Absence, now: Moment) -> bool:
    return visit.manager == change.manager and now.is_past(visit.day, visit.start)


def _without(problem: Problem, change: Absence) -> Problem:
    if change.manager not in {manager.id for manager in problem.managers}:
        raise ValueError(f"manager: {change.manager} is not in the plan.")
    managers = tuple(_absent(manager, change) for manager in problem.managers)
    return replace(problem, managers=managers)


def _absent(manager: Manager, change: Absence) -> Manager:
    if manager.id != change.manager:
        return manager
    return replace(manager, absences=manager.absences | change.days)


def begun(plan: Plan, now: Moment) -> frozenset[tuple[str, int]]:
    """Visits that have begun, as (client, day)."""
    return frozenset(
        (v.client, v.day) for v in plan.visits if now.is_past(v.day, v.start)
    )


def what_is_left(
    problem: Problem, plan: Plan, now: Moment, change: Change
) -> dict[tuple[str, int], Shift]:
    """The shifts from now on; of today, what is left after the visit that has begun."""
    by_day, left = plan.by_day(), {}
    for key, shift in problem.at_work().items():
        known = shift.start_at.known and shift.end_at.known
        if not known or shift.day < now.day or _is_absent(change, key):
            continue
        done = [v for v in by_day.get(key, ()) if now.is_past(v.day, v.start)]
        if shift.day > now.day:
            left[key] = shift
        elif not done:
            left[key] = replace(shift, start=_ready(plan, shift, now))
        else:
            left[key] = _rest(problem, plan, shift, done[-1], _end(done[-1], change))
    return left


def _is_absent(change: Change, key: tuple[str, int]) -> bool:
    if not isinstance(change, Absence):
        return False
    return key[0] == change.manager and key[1] in change.days


def _ready(plan: Plan, shift: Shift, now: Moment) -> int:
    """Who is on the way to the first client already, left when it was written."""
    leaves = [t.leave for t in plan.trips if (t.manager, t.day) == key_of(shift)]
    return max(shift.start, min([now.minute, *leaves]))


def key_of(shift: Shift) -> tuple[str, int]:
    return shift.manager, shift.day


def _end(visit: Visit, change: Change) -> int:
    if isinstance(change, Overrun) and (change.client, change.day) == (
        visit.client,
        visit.day,
    ):
        return max(visit.end, change.end)
    return visit.end


def _rest(problem: Problem, plan: Plan, shift: Shift, last: Visit, end: int) -> Shift:
    """From the door of the last client on: lunch only if it has not been eaten, and
    only if there is still time for it."""
    trip = next(t for t in plan.trips if (t.manager, t.day) == key_of(shift))
    site = next(client.site for client in problem.clients if client.id == last.client)
    eaten = trip.lunch is not None and trip.lunch.end <= end
    lunch = None if eaten or _is_too_late(shift.lunch, end) else shift.lunch
    # On the road already: its length and overtime are counted from when it began.
    longest = MIDNIGHT if shift.longest is None else shift.longest
    usual = shift.usual
    return replace(
        shift,
        start=end,
        end=min(shift.end, trip.leave + longest),
        start_at=site,
        lunch=lunch,
        longest=None,
        usual=None if usual is None else max(0, trip.leave + usual - end),
    )


def _is_too_late(lunch: Lunch | None, end: int) -> bool:
    return lunch is not None and end + lunch.minutes > lunch.end
