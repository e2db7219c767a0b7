"""A department and its month, by the command that a person types, start-up included."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.bench_planning.running import BUSY, Watch
from scripts.bench_planning.sets import ROOT, folder
from suprovid.lib.planning import engine
from suprovid.lib.planning.generate import generate
from suprovid.lib.planning.public.judging import judge

GATE, GOAL = 0.68, 0.65
"""Of the naive travel: never more; not more."""
FIRST_SECONDS, WHOLE_SECONDS = 5.0, 60.0
START_UP = 10.0
UNSEEN = 2026


@dataclass(frozen=True)
class Month:
    """`ratio` is travel to naive travel, as judged; `wall` is of the whole command;
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

    @property
    def kept(self) -> bool | None:
        """Nothing when others were on the machine."""
        if self.violations or self.unplaced:
            return False
        if self.others > BUSY:
            return None
        return self.ratio <= GATE


def measured(
    seconds: float, seeds: list[int], cores: int, times: int
) -> Iterator[Month]:
    engine.compile_kernels()  # not inside the clock, should they have changed
    with tempfile.TemporaryDirectory(prefix="suprovid-bench-") as name:
        for department, document, share in _departments(times):
            file = Path(name) / "department.json"
            file.write_text(json.dumps(document))
            for seed in seeds:
                yield _month(department, document, file, seconds * share, seed, cores)


def _departments(times: int) -> Iterator[tuple[str, dict[str, Any], int]]:
    """The frozen one where it lies, one unseen, and one so many times as large."""
    frozen = folder() / "department.json"
    if frozen.exists():
        yield "frozen", json.loads(frozen.read_text()), 1
    yield "unseen", generate(seed=UNSEEN), 1
    if times > 1:
        yield f"unseen x{times}", generate(seed=UNSEEN, managers=20 * times), times


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
        f" of naive (gate {GATE}, goal {GOAL})  {month.unplaced} unplaced"
        f"  {month.violations} violations  {month.days_outside} days outside 4-8"
        f"  first {first} s, whole {month.wall:.1f} s, {month.memory:.0f} MB"
        f"  load {month.load:.1f}, others {month.others:.0%}  {verdict}"
    )
