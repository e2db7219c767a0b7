"""Owners proposed anew: near each other, even in visits, and few of them changed.

Each manager has a centre among their clients, drawn a little to where their day begins.
HiGHS deals the clients to the centres by the way there, within a band of visits for
each manager; the centres move to the middle of what was dealt, a few times over. To
leave today's owner costs as much as `stay` says, so that a client moves only where it
pays. It is a proposal: `priced` plans the month both ways and tells the difference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp  # type: ignore[import-untyped]

from .difference import Difference, difference
from .ground import Ground
from .model import Client, Manager, Plan, Problem, Rule
from .plan import Budget, make_plan
from .travel import Point

BAND = 0.05
"""Of visits, to either side of the mean."""
STAY = 60.0
"""Minutes of way in the month that must be won before a client changes owner."""
HOMEWARD = 0.25
"""How much the way from home weighs beside the way from the centre."""
ROUNDS = 4
FORBIDDEN = 1e7
UNEVEN = 1e4
"""Price of a visit outside the band, where skills leave no other way."""
VISITS = {
    Rule.WEEKLY: 4,
    Rule.TWICE_A_MONTH: 2,
    Rule.MONTHLY: 1,
}


@dataclass(frozen=True, slots=True)
class Handover:
    """A client to go to another manager; `saved` minutes of way in the month."""

    client: str
    before: str | None
    after: str
    saved: float


@dataclass(frozen=True)
class Proposal:
    """Owners by client; what moves; visits of each manager today and then."""

    owners: Mapping[str, str]
    handovers: tuple[Handover, ...]
    visits_before: Mapping[str, int]
    visits_after: Mapping[str, int]

    @property
    def saved(self) -> float:
        return sum(handover.saved for handover in self.handovers)


def propose_owners(
    problem: Problem, *, band: float = BAND, stay: float = STAY
) -> Proposal:
    """Nothing is changed by it. Clients and managers who cannot be dealt stay out."""
    return _Dealing(problem, band, stay).proposal()


def with_owners(problem: Problem, owners: Mapping[str, str]) -> Problem:
    clients = tuple(
        replace(client, owner=owners.get(client.id, client.owner))
        for client in problem.clients
    )
    return replace(problem, clients=clients)


@dataclass(frozen=True)
class Priced:
    """The month planned with today's owners and with the proposed ones."""

    before: Plan
    after: Plan
    difference: Difference


def priced(
    problem: Problem,
    proposal: Proposal,
    *,
    budget: Budget,
    seed: int = 1,
    cores: int = 1,
) -> Priced:
    """What the proposal is worth: each month planned within the same budget."""
    then = with_owners(problem, proposal.owners)
    before = make_plan(problem, budget=budget, seed=seed, cores=cores)
    after = make_plan(then, budget=budget, seed=seed, cores=cores)
    return Priced(before, after, difference(before, after))


def visits_of(client: Client, days: int) -> int:
    """Visits in the period, as far as the rule tells."""
    rule, weeks = client.periodicity.rule, max(1, round(days / 5))
    if rule is Rule.FIXED_WEEKDAYS:
        return max(1, len(client.periodicity.weekdays) * weeks)
    if rule is Rule.EVERY_N_DAYS:
        return max(1, weeks * 7 * 2 // max(1, sum(client.periodicity.gaps)))
    return max(1, VISITS[rule] * weeks // 4)


class _Dealing:
    def __init__(self, problem: Problem, band: float, stay: float) -> None:
        self.problem, self.band, self.stay = problem, band, stay
        ground = Ground(problem)
        self.managers = [m for m in problem.managers if ground.days_of.get(m.id)]
        self.clients = [c for c in problem.clients if self._servers(c)]
        days = len(problem.days)
        self.visits = np.array([visits_of(c, days) for c in self.clients], float)
        self.homes = [self._home(ground, manager) for manager in self.managers]

    def _servers(self, client: Client) -> list[Manager]:
        return (
            [m for m in self.managers if _may(m, client)] if client.site.known else []
        )

    def _home(self, ground: Ground, manager: Manager) -> Point:
        return ground.shifts[manager.id, ground.days_of[manager.id][0]].start_at

    def proposal(self) -> Proposal:
        if not self.clients:
            return Proposal({}, (), {}, {})
        starts = (self._centres(self._today()), self._spread())
        dealings = [self._settled(centres) for centres in starts]
        _, dealt, ways = min(dealings, key=lambda dealing: dealing[0])
        return self._told(dealt, ways)

    def _settled(
        self, centres: Sequence[Point]
    ) -> tuple[float, NDArray[np.int64], NDArray[np.float64]]:
        """Deal, move the centres, deal again; the cost of it first."""
        for _ in range(ROUNDS):
            ways = self._ways(centres)
            dealt = self._dealt(ways)
            centres = self._centres(dealt)
        ways = self._ways(centres)
        moved = (self._today() >= 0) & (self._today() != dealt)
        way = float(ways[np.arange(len(dealt)), dealt].sum())
        return way + self.stay * int(moved.sum()), dealt, ways

    def _spread(self) -> list[Point]:
        """Centres far from each other, each given to the manager who is nearest to it.

        Where clients were dealt without regard to place, all of today's lie together.
        """
        sites = [client.site for client in self.clients]
        minutes = self.problem.travel.legs(sites).minutes
        chosen = [int(minutes.sum(axis=1).argmax())]
        while len(chosen) < len(self.managers):
            chosen.append(int(minutes[:, chosen].min(axis=1).argmax()))
        centres = [sites[place] for place in chosen]
        legs = self.problem.travel.legs([*centres, *self.homes]).minutes
        count = len(centres)
        from_home = np.minimum(legs[count:, :count], FORBIDDEN)
        shares = _shares(from_home, np.ones(count), 0.0)
        return [centres[place] for place in shares.argmax(axis=1)]

    def _today(self) -> NDArray[np.int64]:
        """Today's owners by place among the managers; -1 where there is none."""
        places = {manager.id: place for place, manager in enumerate(self.managers)}
        return np.array([places.get(c.owner or "", -1) for c in self.clients])

    def _centres(self, dealt: NDArray[np.int64]) -> list[Point]:
        """The middle of a manager's visits; home, where there are none."""
        sites = np.array([(c.site.lat, c.site.lon) for c in self.clients])
        found = []
        for place, home in enumerate(self.homes):
            theirs = dealt == place
            weights = self.visits[theirs]
            if weights.size == 0:
                found.append(home)
                continue
            lat, lon = np.average(sites[theirs], axis=0, weights=weights)
            found.append(Point(float(lat), float(lon)))
        return found

    def _ways(self, centres: Sequence[Point]) -> NDArray[np.float64]:
        """Minutes of way in the month, by client and manager."""
        sites = [client.site for client in self.clients]
        legs = self.problem.travel.legs([*sites, *centres, *self.homes]).minutes
        n, m = len(sites), len(centres)
        one_way = legs[:n, n : n + m] + HOMEWARD * legs[:n, n + m :]
        allowed = np.array([[_may(m, c) for m in self.managers] for c in self.clients])
        ways: NDArray[np.float64] = one_way * self.visits[:, None]
        return np.where(allowed & np.isfinite(ways), ways, FORBIDDEN)

    def _dealt(self, ways: NDArray[np.float64]) -> NDArray[np.int64]:
        """By HiGHS; the few that it cuts in two go where their larger part is."""
        today = self._today()
        cost = ways.copy()
        leaves = (today >= 0)[:, None] & (np.arange(ways.shape[1]) != today[:, None])
        cost[leaves] += self.stay
        shares = _shares(cost, self.visits, self.band)
        whole: NDArray[np.int64] = shares.argmax(axis=1)
        return whole

    def _told(self, dealt: NDArray[np.int64], ways: NDArray[np.float64]) -> Proposal:
        today = self._today()
        owners = {
            client.id: self.managers[place].id
            for client, place in zip(self.clients, dealt, strict=True)
        }
        handovers = tuple(
            Handover(
                client.id,
                client.owner,
                owners[client.id],
                float(ways[n, today[n]] - ways[n, dealt[n]]) if today[n] >= 0 else 0.0,
            )
            for n, client in enumerate(self.clients)
            if owners[client.id] != client.owner
        )
        return Proposal(owners, handovers, self._counts(today), self._counts(dealt))

    def _counts(self, dealt: NDArray[np.int64]) -> dict[str, int]:
        return {
            manager.id: int(self.visits[dealt == place].sum())
            for place, manager in enumerate(self.managers)
        }


def _may(manager: Manager, client: Client) -> bool:
    return client.group == manager.group and client.skills <= manager.skills


def _shares(
    cost: NDArray[np.float64], visits: NDArray[np.float64], band: float
) -> NDArray[np.float64]:
    """The share of each client that each manager should have."""
    # Not by mathopt: its logging closes a stream that others put in place of stderr.
    model = pywraplp.Solver.CreateSolver("HIGHS_LP")
    clients, managers = cost.shape
    share = [[model.NumVar(0, 1, "") for _ in range(managers)] for _ in visits]
    for row in share:
        model.Add(model.Sum(row) == 1)
    uneven = _bands(model, share, visits, band)
    price = model.Sum(
        float(cost[n, m]) * share[n][m] for n in range(clients) for m in range(managers)
    )
    model.Minimize(price + UNEVEN * model.Sum(uneven))
    model.Solve()
    return np.array([[each.solution_value() for each in row] for row in share])


def _bands(
    model: Any, share: list[list[Any]], visits: NDArray[np.float64], band: float
) -> list[Any]:
    """Visits of each manager within the band; what is outside has its price."""
    mean = float(visits.sum()) / len(share[0])
    uneven = []
    for m in range(len(share[0])):
        load = model.Sum(
            float(count) * row[m] for count, row in zip(visits, share, strict=True)
        )
        over, under = (model.NumVar(0, model.infinity(), "") for _ in range(2))
        model.Add(load - over <= mean * (1 + band))
        model.Add(load + under >= mean * (1 - band))
        uneven += [over, under]
    return uneven
