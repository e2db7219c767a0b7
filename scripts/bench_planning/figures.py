"""Rows as they are told, and what they say together."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

from scripts.bench_planning.running import BUSY, OURS, Row

JUDGED_SECONDS = 60.0


class Goal(NamedTuple):
    """Of pr01-pr10 at 60 s: mean and worst gap, and the mean never to be missed."""

    mean: float
    worst: float
    gate: float


GOALS = {"pvrp": Goal(0.005, 0.012, 0.012), "pvrptw": Goal(0.01, 0.01, 0.01)}
"""Gaps to the costs best known in 2012; with windows, to our own longest runs."""


class Summary(NamedTuple):
    """Gaps of an engine: of each problem the mean of its seeds; the worst of all."""

    engine: str
    gaps: dict[str, float]
    worst: float | None
    not_whole: int
    refused: int

    @property
    def mean(self) -> float | None:
        return statistics.fmean(self.gaps.values()) if self.gaps else None

    def as_dict(self) -> dict[str, Any]:
        return {**self._asdict(), "mean": self.mean}


def summary(engine: str, rows: Iterable[Row]) -> Summary:
    own = [row for row in rows if row.engine == engine]
    gaps: dict[str, list[float]] = {}
    for row in own:
        if row.gap is not None:
            gaps.setdefault(row.problem, []).append(row.gap)
    return Summary(
        engine,
        {problem: statistics.fmean(found) for problem, found in gaps.items()},
        max((gap for found in gaps.values() for gap in found), default=None),
        sum(bool(row.unplaced) for row in own),
        sum(bool(row.checked) for row in own),
    )


def against_best(rows: Sequence[Row]) -> list[Row]:
    """Problems without a reference are compared with the best of this run."""
    best: dict[str, float] = {}
    for row in rows:
        if not row.unplaced and not row.checked:
            best[row.problem] = min(row.cost, best.get(row.problem, row.cost))
    return [
        row
        if row.reference is not None
        else _with_reference(row, best.get(row.problem))
        for row in rows
    ]


def _with_reference(row: Row, reference: float | None) -> Row:
    return Row(**{**asdict(row), "reference": reference})


def told(row: Row) -> str:
    """One row, as it comes."""
    gap = "" if row.gap is None else f"{row.gap:+.2%}"
    missing = f"{row.unplaced} unplaced" if row.unplaced else "whole"
    return (
        f"{row.problem:<18} {row.engine:<8} seed {row.seed}  {row.cost:>9.2f}  {gap:>7}"
        f"  {missing:<12} {row.checked or 'ok':<8} {row.iterations:>10} iterations"
        f"  {row.seconds:6.1f} s  load {row.load:.1f}, others {row.others:.0%}"
    )


def table(summaries: Sequence[Summary], problems: Sequence[str]) -> str:
    """Gaps by problem and engine, then the mean, the worst, and what is not whole."""
    rows = [["gap", *(one.engine for one in summaries)]]
    for problem in problems:
        rows.append([problem, *(_share(one.gaps.get(problem)) for one in summaries)])
    rows.append(["mean", *(_share(one.mean) for one in summaries)])
    rows.append(["worst", *(_share(one.worst) for one in summaries)])
    rows.append(["not whole", *(str(one.not_whole) for one in summaries)])
    rows.append(["refused", *(str(one.refused) for one in summaries)])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    )


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:+.2%}"


class Verdict(NamedTuple):
    """`kept` is nothing when the run cannot be judged; the words say why."""

    kept: bool | None
    words: str


def verdict(
    rows: Sequence[Row], problems: int, seconds: float, goal: Goal = GOALS["pvrp"]
) -> Verdict:
    """Of our rows on pr01-pr10 at 60 seconds, on a machine with nobody else on it."""
    ours = summary(OURS, rows)
    if ours.refused:
        return Verdict(kept=False, words=f"The checker refuses {ours.refused} plans.")
    if seconds != JUDGED_SECONDS or problems != 10:
        return Verdict(None, "Not judged: the goal is of pr01-pr10 at 60 seconds each.")
    if any(row.reference is None for row in rows):
        return Verdict(None, "Not judged: not all problems have a reference.")
    busy = max(row.others for row in rows)
    if busy > BUSY:
        words = f"Not judged: others took {busy:.0%} of the machine meanwhile."
        return Verdict(None, words)
    if ours.not_whole or ours.mean is None or ours.worst is None:
        return Verdict(kept=False, words=f"{ours.not_whole} plans are not whole.")
    return _compared(ours.mean, ours.worst, goal)


def _compared(mean: float, worst: float, goal: Goal) -> Verdict:
    reached = mean <= goal.mean and worst <= goal.worst
    words = f"Mean {mean:.2%} of {goal.mean:.1%}, worst {worst:.2%} of {goal.worst:.1%}"
    words += ": reached." if reached else ": the goal is missed."
    return Verdict(mean <= goal.gate, f"{words} The gate is a mean of {goal.gate:.1%}.")
