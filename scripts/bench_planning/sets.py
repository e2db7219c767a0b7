"""Which problems are measured, and what their cost is compared with."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from scripts.bench_planning.families import Family, disguised, generated
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
        for row in csv.DictReader(published.open(encoding="utf-8")):
            found[row["family"].lower(), row["instance"]] = float(
                row["best_known_2012"]
            )
    for row in csv.DictReader(REFERENCES.open(encoding="utf-8")):
        found[row["family"], row["instance"]] = float(row["cost"])
    return found
