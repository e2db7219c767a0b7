"""A department and its month, by the command that a person types, start-up included."""

from __future__ import annotations

import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scripts.bench_planning.least import month as least_month
from scripts.bench_planning.running import BUSY, Watch
from scripts.bench_planning.sets import ROOT, documents
from suprovid.lib.planning import engine
from suprovid.lib.planning.public.judging import judge

GATE, GOAL = 0.68, 0.65
"""Of the naive travel: never more; not more. Days outside 4-8 visits miss the gate at
any ratio. Where it cannot be reached at all, the least possible is told beside it."""
FIRST_SECONDS, WHOLE_SECONDS = 5.0, 60.0
START_UP = 10.0


@dataclass(frozen=True)
class Month:
    """`ratio` is travel to naive travel, as judged; `least` is below that of any plan
    with hours at fives and 4-8 visits a day; `wall` is of the whole command;
    `memory` is of its largest process, in MB; `days_outside` have under 4 visits or
    over 8."""

    department: str
    seed: int
    ratio: float
    unplaced: int
    violations: int
    days_outside: int
    first: float | None
    wall: float
    memory: float
    load: float
    others: float
    least: float = math.inf

    @property
    def kept(self) -> bool | None:
        """Nothing when others were on the machine."""
        if self.violations or self.unplaced or self.days_outside:
            return False
        if self.others > BUSY:
            return None
        return self.ratio <= GATE


def measured(
    seconds: float, seeds: list[int], cores: int, times: int
) -> Iterator[Month]:
    """All months before any bound: a command's memory counts from that of who calls."""
    engine.compile_kernels()  # not inside the clock, should they have changed
    found = list(_months(seconds, seeds, cores, times))
    for document, months in found:
        least = least_month(document) / 60 / document["naive"]["travel_hours"]
        yield from (replace(month, least=least) for month in months)


def _months(
    seconds: float, seeds: list[int], cores: int, times: int
) -> Iterator[tuple[dict[str, Any], list[Month]]]:
    with tempfile.TemporaryDirectory(prefix="suprovid-bench-") as name:
        for department, document, share in documents(times):
            file = Path(name) / "department.json"
            file.write_text(json.dumps(document))
            yield (
                document,
                [
                    _month(department, document, file, seconds * share, seed, cores)
                    for seed in seeds
                ],
            )


def _month(
    department: str,
    document: dict[str, Any],
    file: Path,
    seconds: float,
    seed: int,
    cores: int,
) -> Month:
    load, watch, begun = os.getloadavg()[0], Watch(), time.monotonic()
    options = ("--seconds", str(seconds), "--seed", str(seed), "--cores", str(cores))
    command = (sys.executable, "-m", "suprovid.lib.planning", "solve", str(file))
    done = subprocess.run(
        [*command, *options, "--json"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        timeout=seconds + 5 * START_UP,
    )
    wall = time.monotonic() - begun
    answer = json.loads(done.stdout)
    judged = judge(document, answer)
    return Month(
        department=department,
        seed=seed,
        ratio=judged.travel / 60 / document["naive"]["travel_hours"],
        unplaced=judged.unplaced,
        violations=len(judged.violations),
        days_outside=judged.outside_band,
        first=answer.get("first_feasible_seconds"),
        wall=wall,
        memory=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        load=load,
        others=watch.others(),
    )


def told(month: Month) -> str:
    verdict = {None: "not judged", True: "ok", False: "MISSED"}[month.kept]
    first = "?" if month.first is None else f"{month.first:.1f}"
    return (
        f"department {month.department:<11} seed {month.seed}  {month.ratio:.4f}"
        f" of naive (gate {GATE}, goal {GOAL}, none below {month.least:.4f})"
        f"  {month.unplaced} unplaced"
        f"  {month.violations} violations  {month.days_outside} days outside 4-8"
        f"  first {first} s, whole {month.wall:.1f} s, {month.memory:.0f} MB"
        f"  load {month.load:.1f}, others {month.others:.0%}  {verdict}"
    )
