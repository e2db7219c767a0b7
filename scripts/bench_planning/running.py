"""One engine on one problem, in processes of its own, with the clock of the machine."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from suprovid.lib.planning import engine
from suprovid.lib.planning.public import checking, solving
from suprovid.lib.planning.public.plans import Plan
from suprovid.lib.planning.public.reading import Instance

OURS = "ours"
BUSY = 0.1
"""Share of the machine that others may take while we measure."""


class Task(NamedTuple):
    engine: str
    instance: Instance
    seconds: float
    seed: int
    cores: int


class Done(NamedTuple):
    plan: Plan
    iterations: int
    seconds: float


@dataclass(frozen=True)
class Row:
    """What one engine made of one problem; `others` is the share of the machine that
    was not ours meanwhile, `load` the load average before."""

    problem: str
    engine: str
    seed: int
    cost: float
    unplaced: int
    checked: str
    iterations: int
    seconds: float
    load: float
    others: float
    reference: float | None = None

    @property
    def gap(self) -> float | None:
        """Above the reference, as a share; nothing where the plan is not whole."""
        if self.reference is None or self.unplaced or self.checked:
            return None
        return self.cost / self.reference - 1


def measured(problem: str, task: Task, reference: float | None) -> Row:
    """Peers that know one core are run on each core with a seed of its own; the best
    counts. The clock of an engine starts when its libraries are there."""
    load = os.getloadavg()[0]
    watch = Watch()
    tasks = [task]
    if task.engine in ON_ONE_CORE_WITH_SEEDS:
        seeds = range(task.seed * 100, task.seed * 100 + task.cores)
        tasks = [task._replace(seed=seed) for seed in seeds]
    with ProcessPoolExecutor(len(tasks), get_context("spawn")) as pool:
        done = min(pool.map(_run, tasks), key=lambda one: _worth(task, one))
    broken = checking.violations(task.instance, done.plan)
    return Row(
        problem=problem,
        engine=task.engine,
        seed=task.seed,
        cost=done.plan.cost,
        unplaced=len(done.plan.unplaced),
        checked=", ".join(sorted({one.kind for one in broken})),
        iterations=done.iterations,
        seconds=done.seconds,
        load=load,
        others=watch.others(),
        reference=reference,
    )


def _worth(task: Task, done: Done) -> tuple[int, int, float]:
    broken = len(checking.violations(task.instance, done.plan))
    return broken, len(done.plan.unplaced), done.plan.cost


def _run(task: Task) -> Done:
    if task.engine == OURS:
        engine.compile_kernels()
    run = ENGINES[task.engine]
    begun = time.monotonic()
    plan, iterations = run(task)
    return Done(plan, iterations, time.monotonic() - begun)


def _ours(task: Task) -> tuple[Plan, int]:
    answer = solving.solve(
        task.instance, seconds=task.seconds, seed=task.seed, cores=task.cores
    )
    return answer.plan, answer.iterations


def _per_day(task: Task) -> tuple[Plan, int]:
    from scripts.bench_planning import by_pyvrp

    return by_pyvrp.per_day(task.instance, task.seconds, task.seed)


def _over_days(task: Task) -> tuple[Plan, int]:
    from scripts.bench_planning import by_pyvrp

    return by_pyvrp.over_days(task.instance, task.seconds, task.seed)


def _whole_model(task: Task) -> tuple[Plan, int]:
    from scripts.bench_planning import by_ortools

    return by_ortools.whole_model(task.instance, task.seconds, task.seed)


ENGINES: dict[str, Callable[[Task], tuple[Plan, int]]] = {
    OURS: _ours,
    "ortools": _whole_model,
    "pyvrp": _over_days,
    "greedy": _per_day,
}
ON_ONE_CORE_WITH_SEEDS = {"pyvrp", "greedy"}


class Watch:
    """How much of the machine others take; by the load average where it cannot say."""

    def __init__(self) -> None:
        self.begun = time.monotonic()
        self.busy, self.own = _busy(), _own()

    def others(self) -> float:
        took = (time.monotonic() - self.begun) * (os.cpu_count() or 1)
        busy = _busy()
        if busy is None or self.busy is None:
            return max(0.0, os.getloadavg()[0] / (os.cpu_count() or 1) - 1)
        return max(0.0, busy - self.busy - (_own() - self.own)) / took


def _busy() -> float | None:
    """Seconds of work of the whole machine since it was started, where Linux says."""
    try:
        words = Path("/proc/stat").read_text().split("\n", 1)[0].split()
    except OSError:
        return None
    user, nice, system, _, _, irq, softirq, steal = map(int, words[1:9])
    ticks = user + nice + system + irq + softirq + steal
    return ticks / os.sysconf("SC_CLK_TCK")


def _own() -> float:
    """Seconds of work of this process and of those of its children that have ended."""
    of = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    used = map(resource.getrusage, of)
    return sum(one.ru_utime + one.ru_stime for one in used)
