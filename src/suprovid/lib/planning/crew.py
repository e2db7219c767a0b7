"""Who solves the parts: as many threads as there are cores, or this one alone.

The kernel lets go of Python's lock while it works, so threads have the cores to
themselves, and nothing is copied to them. A part is solved the same by whomever: only
its tables, its seed and its iterations say what comes out, where no clock ends them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace

from . import engine
from .tables import Solution, Tables

Cancelled = Callable[[], bool]
SETTLING = 20
"""Iterations on the true tables after those on the light ones."""
HAIR = 1e-6


@dataclass(frozen=True)
class Job:
    """Plan a part anew by its light tables, then settle the plan on the true ones; or,
    from a `start`, improve it on the true ones alone."""

    part: int
    tables: Tables
    light: Tables
    seed: int
    iterations: int
    start: Solution | None = None
    seconds: float | None = None  # of the search, where they end it before

    def done(self, cancelled: Cancelled | None) -> Done:
        if self.start is not None:
            return Done(self._solved(self.tables, cancelled, self.start))
        found = self._solved(self.light, cancelled)
        # Few iterations, and whoever cancels: else the plan would be no true one.
        settled = engine.solve(
            self.tables,
            iterations=SETTLING,
            seconds=None,
            seed=self.seed,
            start=found.solution,
        )
        light_is_true = settled.solution.cost <= found.solution.cost + HAIR
        spent = found.iterations + settled.iterations
        return Done(replace(settled, iterations=spent), light_is_true)

    def _solved(
        self,
        tables: Tables,
        cancelled: Cancelled | None,
        start: Solution | None = None,
    ) -> engine.Solved:
        return engine.solve(
            tables,
            iterations=self.iterations,
            seconds=self.seconds,
            seed=self.seed,
            start=start,
            cancelled=cancelled,
        )


@dataclass(frozen=True)
class Done:
    """`light_is_true`: what the light tables hold possible, is."""

    solved: engine.Solved
    light_is_true: bool = False


Outcome = tuple[Job, Done]


@dataclass(frozen=True)
class Crew:
    cores: int
    cancelled: Cancelled | None = None

    def do(self, jobs: Sequence[Job]) -> Iterator[Outcome]:
        """Jobs as they are done, taken up in their order."""
        if self.cores <= 1:
            yield from ((job, job.done(self.cancelled)) for job in jobs)
            return
        with ThreadPoolExecutor(self.cores) as pool:
            taken = {pool.submit(job.done, self.cancelled): job for job in jobs}
            for future in as_completed(taken):
                yield taken[future], future.result()
