"""A month for the department: parts, first plan, better plan, hours.

The parts (one manager each, where clients have owners) are solved by a crew. First each
part gets a plan at all. Then, round by round, each is planned anew from another seed
and keeps the better plan; where the light tables hold a plan possible that is not, the
part is improved on the true ones instead. Those that gained most in a round come first
in the next. Against the clock each part cools within its share of what is left; where
there are two cores or more for a part, each of them searches it from its own seed.

With a budget of iterations nothing depends on the clock: the same problem, seed and
iterations give the same plan, on however many cores.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from .assemble import assemble
from .crew import Cancelled, Crew, Done, Job
from .groups import groups
from .model import Client, Plan, Problem, Reason
from .tables import Solution
from .translate import Part, translate

FIRST = 50
"""Iterations of the first plan of a part."""
PACE = 500
"""Iterations of a round for each client of a part: after so many it has cooled."""
TAIL = 0.05
"""Share of the time that is kept for hours and checks."""


@dataclass(frozen=True, slots=True)
class Budget:
    """Seconds of wall time for all, or iterations for each part; the clock is read
    only where there are seconds."""

    seconds: float | None = None
    iterations: int | None = None
    clock: Callable[[], float] = time.monotonic


@dataclass(frozen=True, slots=True)
class Report:
    """How far the planning is: searches done of those of this round, one for a part or
    more; the cost of all parts so far."""

    round: int
    done: int
    parts: int
    cost: float


Progress = Callable[[Report], None]


@dataclass
class Work:
    """What is known while planning: the parts and the best solution of each."""

    problem: Problem
    parts: list[Part]
    refused: list[tuple[Client, Reason]]
    seed: int
    best: dict[int, Solution] = field(default_factory=dict)
    gained: dict[int, float] = field(default_factory=dict)
    heavy: set[int] = field(default_factory=set)  # parts that the light tables mislead
    iterations: int = 0
    engine: str = ""

    def plan(self) -> Plan:
        solved = [(self.parts[part], self.best[part]) for part in sorted(self.best)]
        return assemble(
            self.problem, solved, self.refused, seed=self.seed, engine=self.engine
        )

    @property
    def cost(self) -> float:
        return sum(solution.cost for solution in self.best.values())

    def take(self, part: int, done: Done) -> None:
        solution, known = done.solved.solution, self.best.get(part)
        self.gained[part] = 0.0 if known is None else known.cost - solution.cost
        if known is None or solution.cost < known.cost:
            self.best[part] = solution
        if not done.light_is_true:
            self.heavy.add(part)
        self.iterations += done.solved.iterations
        self.engine = done.solved.engine

    def jobs(self, number: int, most: int | None = None) -> list[Job]:
        """One for each part, in the order of what the last round gained."""
        gained = self.gained
        order = sorted(range(len(self.parts)), key=lambda k: (-gained.get(k, 0.0), k))
        return [self._job(part, number, most) for part in order]

    def _job(self, part: int, number: int, most: int | None) -> Job:
        pace = self.pace(part)
        return Job(
            part,
            self.parts[part].tables,
            self.parts[part].light,
            seed=(self.seed * 10_007 + part) * 1_009 + number,
            iterations=pace if most is None else min(pace, most),
            start=self.best[part] if part in self.heavy else None,
        )

    def pace(self, part: int) -> int:
        return PACE * len(self.parts[part].group.clients)


def make_plan(
    problem: Problem,
    *,
    budget: Budget,
    seed: int = 1,
    cores: int = 1,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Plan:
    """The best plan within the budget; whoever cancels gets what there is by then."""
    *_, last = plans(
        problem,
        budget=budget,
        seed=seed,
        cores=cores,
        progress=progress,
        cancelled=cancelled,
    )
    return last.plan()


def plans(
    problem: Problem,
    *,
    budget: Budget,
    seed: int = 1,
    cores: int = 1,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Iterator[Work]:
    """The work after each round: the first has the first whole plan."""
    end = _end(budget)
    work = _work(problem, seed)
    tasks = (
        _by_iterations(work, budget.iterations)
        if budget.iterations is not None
        else _by_clock(work, cores, lambda: end - budget.clock())
    )
    late = (lambda: budget.clock() >= end) if budget.seconds is not None else None
    for number, jobs in enumerate(tasks):
        # The first plan is made whole, whatever the clock says.
        stop = cancelled if number == 0 else _either(cancelled, late)
        if number and stop is not None and stop():
            return
        _round(work, Crew(cores, stop), number, jobs, progress)
        yield work


def _by_iterations(work: Work, iterations: int) -> Iterator[list[Job]]:
    """Rounds until each part has had its iterations; at least one."""
    spent, number = 0, 0
    most = max(map(work.pace, range(len(work.parts))), default=1)
    while number == 0 or spent < iterations:
        yield work.jobs(number, min(most, iterations - spent))
        spent, number = spent + most, number + 1


def _by_clock(work: Work, cores: int, left: Callable[[], float]) -> Iterator[list[Job]]:
    """Rounds without end: the clock ends them."""
    yield work.jobs(0, FIRST)
    number = 1
    while work.parts:
        copies = max(1, cores // len(work.parts))
        jobs = [job for copy in range(copies) for job in work.jobs(number + copy)]
        share = max(0.0, left()) * min(1.0, cores / len(jobs))
        yield [replace(job, seconds=share) for job in jobs]
        number += copies


def _end(budget: Budget) -> float:
    """By the budget's clock; never, where only iterations end it."""
    if budget.seconds is None:
        return math.inf
    return budget.clock() + budget.seconds * (1 - TAIL)


def _either(one: Cancelled | None, other: Cancelled | None) -> Cancelled | None:
    if one is None or other is None:
        return one or other
    return lambda: one() or other()


def _work(problem: Problem, seed: int) -> Work:
    found, refused = groups(problem)
    work = Work(problem, [], list(refused), seed)
    for group in found:
        part, unreached = translate(group)
        work.refused += unreached
        work.parts += [part] if part is not None else []
    return work


def _round(
    work: Work, crew: Crew, number: int, jobs: Sequence[Job], tell: Progress | None
) -> None:
    for count, (job, done) in enumerate(crew.do(jobs), start=1):
        work.take(job.part, done)
        if tell is not None:
            tell(Report(number, count, len(jobs), work.cost))
