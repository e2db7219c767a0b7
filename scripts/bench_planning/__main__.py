"""The planner beside its peers: the same problems, the same seconds, one run.

python -m scripts.bench_planning                          pr01-pr10, all engines
python -m scripts.bench_planning --only pr02,pr05 --seconds 20 --engines ours,pyvrp
python -m scripts.bench_planning --family pvrptw          with time windows
python -m scripts.bench_planning --held-out               in disguise, and made ones
python -m scripts.bench_planning --department             months of whole departments
python -m scripts.bench_planning --quick                  seconds: does it run?

It ends with 1 when the gate is missed; a busy machine is not judged.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from scripts.bench_planning import departments, sets
from scripts.bench_planning.figures import (
    GOALS,
    Verdict,
    against_best,
    summary,
    table,
    told,
    verdict,
)
from scripts.bench_planning.running import ENGINES, Row, Task, measured

KEPT = sets.ROOT / "bench" / "planning.json"
SECONDS, QUICK_SECONDS = 60.0, 0.5


def main(arguments: list[str] | None = None) -> int:
    asked = parser().parse_args(arguments)
    seconds = asked.seconds or (QUICK_SECONDS if asked.quick else SECONDS)
    if asked.department:
        return of_departments(asked, seconds)
    problems = [one for one in wanted(asked) if chosen(one.name, asked.only)]
    if not problems:
        print(f"No problem of that name, or none in {sets.folder()}.")
        return 2
    found = list(measure(problems, asked, seconds))
    rows = against_best(found)
    summaries = [summary(engine, rows) for engine in asked.engines]
    print(table(summaries, [one.name for one in problems]))
    if asked.freeze:
        freeze(rows, asked, seconds)
    judged = verdict(found, len(problems), seconds, GOALS[asked.family])
    print(judged.words)
    told_of = {
        "rows": [asdict(row) | {"gap": row.gap} for row in rows],
        "summaries": [one.as_dict() for one in summaries],
        "verdict": judged.words,
    }
    keep(told_of, asked, seconds)
    return ended(judged)


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(prog="bench_planning", description=__doc__)
    found.formatter_class = argparse.RawDescriptionHelpFormatter
    found.add_argument("--family", choices=["pvrp", "pvrptw"], default="pvrp")
    found.add_argument("--only", type=names, default=[], help="pr01,pr02")
    found.add_argument("--engines", type=engines, default=list(ENGINES))
    found.add_argument("--seconds", type=float, help=f"each; usually {SECONDS:g}")
    found.add_argument("--seeds", type=numbers, default=[1, 2])
    found.add_argument("--cores", type=int, default=os.cpu_count() or 1)
    found.add_argument("--held-out", action="store_true")
    found.add_argument("--department", action="store_true")
    found.add_argument(
        "--times", type=int, default=1, help="a department so much larger"
    )
    found.add_argument("--freeze", action="store_true", help="lower our references")
    found.add_argument("--quick", action="store_true")
    found.add_argument("--json", type=Path, default=KEPT, help="where figures are kept")
    return found


def names(words: str) -> list[str]:
    return words.split(",")


def numbers(words: str) -> list[int]:
    return [int(word) for word in words.split(",")]


def engines(words: str) -> list[str]:
    found = words.split(",")
    if unknown := set(found) - set(ENGINES):
        raise argparse.ArgumentTypeError(f"no engine {unknown}: there are {[*ENGINES]}")
    return found


def wanted(asked: argparse.Namespace) -> Iterator[sets.Problem]:
    if asked.quick:
        return sets.quick()
    return (sets.held_out if asked.held_out else sets.public)(asked.family)


def chosen(name: str, only: list[str]) -> bool:
    return not only or any(part in name for part in only)


def measure(
    problems: list[sets.Problem], asked: argparse.Namespace, seconds: float
) -> Iterator[Row]:
    """Engines in turns on each problem, so that a slow minute meets all of them."""
    for problem in problems:
        for seed in asked.seeds[:1] if asked.quick else asked.seeds:
            for engine in asked.engines:
                task = Task(engine, problem.instance, seconds, seed, asked.cores)
                row = measured(problem.name, task, problem.reference)
                print(told(row), flush=True)
                yield row


def freeze(rows: list[Row], asked: argparse.Namespace, seconds: float) -> None:
    """Only the family that nobody published costs for, as it lies in the folder."""
    if asked.family != "pvrptw" or asked.held_out or asked.quick:
        print("Not frozen: only --family pvrptw has references of our own.")
        return
    costs: dict[str, float] = {}
    for row in rows:
        if not row.unplaced and not row.checked:
            name = row.problem.removeprefix("pvrptw/")
            costs[name] = min(row.cost, costs.get(name, row.cost))
    source = f"{seconds:g} s, {asked.cores} cores, seeds {asked.seeds}"
    print(f"{sets.freeze(asked.family, costs, source)} references are lower now.")


def of_departments(asked: argparse.Namespace, seconds: float) -> int:
    months = []
    for month in departments.measured(seconds, asked.seeds, asked.cores, asked.times):
        print(departments.told(month), flush=True)
        months.append(month)
    rows = [asdict(month) | {"kept": month.kept} for month in months]
    keep({"departments": rows}, asked, seconds)
    return 1 if any(month.kept is False for month in months) else 0


def keep(figures: dict[str, Any], asked: argparse.Namespace, seconds: float) -> None:
    libraries = ("pyvrp", "ortools", "numba", "numpy")
    about = {
        "python": platform.python_version(),
        "versions": {name: version(name) for name in libraries},
        "cores": asked.cores,
        "seeds": asked.seeds,
        "seconds": seconds,
        "quick": asked.quick,
        "held_out": asked.held_out,
        "at": datetime.now(UTC).isoformat(timespec="minutes"),
    }
    print(f"{about['versions']}, {asked.cores} cores, {seconds:g} s each")
    asked.json.parent.mkdir(exist_ok=True)
    asked.json.write_text(json.dumps(about | figures, indent=1) + "\n")
    print(f"Written to {asked.json}")


def ended(judged: Verdict) -> int:
    return 1 if judged.kept is False else 0


if __name__ == "__main__":
    sys.exit(main())
