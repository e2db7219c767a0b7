"""What-if: two plans side by side, and what a client would notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .model import Plan, Visit

MOVED = 30
"""Minutes by which a start moves before it is called moved."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A visit before and after; None = there was none, or there is none any more."""

    client: str
    before: Visit | None
    after: Visit | None

    @property
    def day_changed(self) -> bool:
        one, other = self.before, self.after
        return one is not None and other is not None and one.day != other.day

    @property
    def manager_changed(self) -> bool:
        one, other = self.before, self.after
        return one is not None and other is not None and one.manager != other.manager


@dataclass(frozen=True, slots=True)
class Difference:
    """`changed` has no visit twice; travel in minutes, more is above 0."""

    changed: tuple[Changed, ...]
    travel: float
    unplaced: int

    @property
    def added(self) -> tuple[Visit, ...]:
        return tuple(c.after for c in self.changed if c.before is None and c.after)

    @property
    def removed(self) -> tuple[Visit, ...]:
        return tuple(c.before for c in self.changed if c.after is None and c.before)


def difference(before: Plan, after: Plan) -> Difference:
    """From one plan to the other, client by client."""
    one, other = _by_client(before), _by_client(after)
    changed = [
        change
        for client in sorted({*one, *other})
        for change in _changes(client, one.get(client, []), other.get(client, []))
    ]
    return Difference(
        tuple(changed),
        after.travel - before.travel,
        len(after.unplaced) - len(before.unplaced),
    )


def _by_client(plan: Plan) -> dict[str, list[Visit]]:
    found: dict[str, list[Visit]] = {}
    for visit in sorted(plan.visits, key=lambda visit: (visit.day, visit.start)):
        found.setdefault(visit.client, []).append(visit)
    return found


def _changes(client: str, one: list[Visit], other: list[Visit]) -> Iterator[Changed]:
    """Visits of the same day belong together, then those left in their order."""
    days = {visit.day: visit for visit in other}
    for before in one:
        after = days.get(before.day)
        if after is not None and _differs(before, after):
            yield Changed(client, before, after)
    kept = {visit.day for visit in one} & set(days)
    gone = [visit for visit in one if visit.day not in kept]
    new = [visit for visit in other if visit.day not in kept]
    yield from (Changed(client, *pair) for pair in zip(gone, new, strict=False))
    yield from (Changed(client, before, None) for before in gone[len(new) :])
    yield from (Changed(client, None, after) for after in new[len(gone) :])


def _differs(before: Visit, after: Visit) -> bool:
    return (
        before.manager != after.manager
        or before.end - before.start != after.end - after.start
        or abs(before.start - after.start) > MOVED
    )
