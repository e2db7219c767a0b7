"""What is measured, and how it is told."""

from __future__ import annotations

import gc
import math
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

Work = Callable[[], object]
WARMING = 3


@dataclass(frozen=True)
class Figure:
    """One thing measured; with a second side and a bound where it is held to one.

    `small` and `large` are medians in milliseconds; `of` says what is bounded: their
    ratio, or the larger side itself (then `bound` is in milliseconds).
    """

    part: str
    on: str
    what: str
    large: float
    small: float | None = None
    bound: float | None = None
    of: str = "ratio"
    queries: tuple[int, int] | None = None
    slowest: float | None = None
    times: int = 1

    @property
    def ratio(self) -> float | None:
        return self.large / self.small if self.small else None

    @property
    def bounded(self) -> float | None:
        return self.ratio if self.of == "ratio" else self.large

    @property
    def kept(self) -> bool | None:
        """Nothing when there is no bound; more queries than before is a miss too."""
        if self.bound is None or self.bounded is None:
            return None
        same = self.queries is None or self.queries[0] == self.queries[1]
        return same and self.bounded <= self.bound

    def as_dict(self) -> dict[str, Any]:
        ratio = None if self.ratio is None else round(self.ratio, 3)
        return asdict(self) | {"ratio": ratio, "kept": self.kept}

    @classmethod
    def from_dict(cls, told: dict[str, Any]) -> Figure:
        values = {k: v for k, v in told.items() if k not in ("ratio", "kept")}
        if values.get("queries"):
            values["queries"] = tuple(values["queries"])
        return cls(**values)


def milliseconds(work: Work) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def measured(work: Work, times: int) -> list[float]:
    work()  # the first time is warming up
    return [milliseconds(work) for _ in range(times)]


def in_turns(small: Work, large: Work, times: int) -> tuple[list[float], list[float]]:
    """Both sides one after the other, so that a slow minute of the machine meets both.

    Who begins changes too: the second finds caches warmed by the first.
    """
    for _ in range(min(WARMING, times)):
        small(), large()
    taken: tuple[list[float], list[float]] = ([], [])
    with nothing_old_to_sweep():
        for turn in range(times):
            sides = (small, large)
            for side in (0, 1) if turn % 2 else (1, 0):
                taken[side].append(milliseconds(sides[side]))
    return taken


@contextmanager
def nothing_old_to_sweep() -> Iterator[None]:
    """What lived before the measuring is left out of every collection of garbage.

    To walk the whole heap takes 75 ms. It was due after as many objects as two turns
    make, so it fell on one and the same side each time: 230 ms against 310 of one page.
    """
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def median(taken: Iterable[float]) -> float:
    return round(statistics.median(taken), 3)


def table(figures: Iterable[Figure]) -> str:
    rows = [HEAD, *map(_row, figures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place < LEFT else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


HEAD = ("on", "what", "small, ms", "large, ms", "ratio", "bound", "queries", "")
LEFT = 2


def _row(one: Figure) -> tuple[str, ...]:
    unit = " ms" if one.of != "ratio" else ""
    verdict = {None: "", True: "ok", False: "MISSED"}[one.kept]
    return (
        one.on,
        one.what,
        _number(one.small),
        _number(one.large),
        "" if one.ratio is None else f"{one.ratio:.2f}",
        "" if one.bound is None else f"≤ {one.bound:g}{unit}",
        "/".join(map(str, one.queries)) if one.queries else "",
        verdict,
    )


def _number(value: float | None) -> str:
    if value is None or math.isnan(value):
        return ""
    return f"{value:,.2f}"
