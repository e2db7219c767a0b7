"""Which problems are measured, and what their cost is compared with."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from scripts.bench_planning.families import Family, disguised, generated
from suprovid.lib.planning.generate import generate
from suprovid.lib.planning.public.reading import Instance, read

ROOT = Path(__file__).resolve().parents[2]
REFERENCES = Path(__file__).with_name("references.csv")
"""Costs of our own long runs, where nobody published any."""
QUICK = {
    "quick-loose": Family(18, 4, 2, 1.2),
    "quick-windows": Family(16, 4, 3, 1.2, windows=True),
}
HELD_OUT = {
    "made-small": Family(60, 4, 3, 1.05),
    "made-large": Family(240, 4, 10, 1.05),
    "made-six-days": Family(144, 6, 6, 1.05),
    "made-tight": Family(72, 6, 3, 1.0),
    "made-very-tight": Family(144, 6, 4, 1.0),
    "made-two-vehicles": Family(96, 4, 2, 1.0),
    "made-windows": Family(96, 4, 6, 1.05, windows=True),
    "made-tight-windows": Family(96, 6, 6, 1.0, windows=True),
}
DISGUISE = 20_26
UNSEEN = 2026
"""The seed of a department that no weight was chosen by."""


class Problem(NamedTuple):
    name: str
    instance: Instance
    reference: float | None


def folder() -> Path:
    beside = ROOT.parent / "shared" / "planning"
    return Path(os.environ.get("SUPROVID_PLANNING_INSTANCES", beside))


def quick() -> Iterator[Problem]:
    for name, family in QUICK.items():
        yield Problem(name, generated(family, seed=1), None)


def public(family: str) -> Iterator[Problem]:
    """pr01-pr10 of a folder: pvrp or pvrptw."""
    known = references()
    for file in sorted((folder() / family).glob("pr*")):
        reference = known.get((family, file.name))
        yield Problem(f"{family}/{file.name}", read(file.read_bytes()), reference)


def held_out(family: str) -> Iterator[Problem]:
    """The public ones in disguise, then made ones that nobody has seen."""
    for place, problem in enumerate(public(family)):
        hidden = disguised(problem.instance, DISGUISE + place)
        yield problem._replace(name=f"{problem.name}-turned", instance=hidden)
    for name, kind in HELD_OUT.items():
        if kind.windows == (family == "pvrptw"):
            yield Problem(name, generated(kind, DISGUISE), None)


def references() -> dict[tuple[str, str], float]:
    """The best known costs of 2012 from the folder, and our own of the other family."""
    found = {}
    published = folder() / "best_known.csv"
    if published.exists():
        for row in _rows(published):
            found[row["family"].lower(), row["instance"]] = float(
                row["best_known_2012"]
            )
    for row in _rows(REFERENCES):
        found[row["family"], row["instance"]] = float(row["cost"])
    return found


def _rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


def freeze(family: str, costs: dict[str, float], source: str) -> int:
    """Writes lower costs of whole plans over the references; how many were lower."""
    known = _rows(REFERENCES)
    rows = {(row["family"], row["instance"]): row for row in known}
    lower = 0
    for instance, cost in costs.items():
        old = rows.get((family, instance))
        if old is None or round(cost, 2) < float(old["cost"]):
            new = {"cost": f"{cost:.2f}", "source": source}
            rows[family, instance] = {"family": family, "instance": instance, **new}
            lower += 1
    with REFERENCES.open("w", encoding="utf-8", newline="") as file:
        columns = ("family", "instance", "cost", "source")
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows[key] for key in sorted(rows))
    return lower


def documents(times: int) -> Iterator[tuple[str, dict[str, Any], int]]:
    """The frozen one where it lies, one unseen, and one so many times as large."""
    frozen = folder() / "department.json"
    if frozen.exists():
        yield "frozen", json.loads(frozen.read_text()), 1
    yield "unseen", generate(seed=UNSEEN), 1
    if times > 1:
        yield f"unseen x{times}", generate(seed=UNSEEN, managers=20 * times), times
