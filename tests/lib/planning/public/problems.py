"""Small problems of the public format, and the folder where the large ones lie."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from suprovid.lib.planning.public.plans import Plan, Route
from suprovid.lib.planning.public.reading import Instance, read

ROWS = (
    "1 2 4 2",  # two vehicles, four clients, two days
    "30 10",
    "40 12",
    "0 0 0 0 0 0 0",
    "1 3 4 1 5 2 1 3",  # on both days
    "2 0 5 2 4 1 2 1 2",  # on either
    "3 5 0 1 4 1 2 1 2",
    "4 -3 -4 1 5 1 1 1",  # on the second day only
)
WINDOWED = (
    "5 1 2 1",
    "0 9",
    "0 0 0 0 0 0 0 0 100",
    "1 3 4 10 1 1 1 1 5 30",
    "2 6 8 10 1 1 1 1 40 60",
)


def problem(*rows: str) -> Instance:
    return read("\n".join(rows or ROWS).encode())


def text_with(line: int, row: str, rows: tuple[str, ...] = ROWS) -> bytes:
    """The rows with another one in place of a line, counted from 1."""
    return "\n".join((*rows[: line - 1], row, *rows[line:])).encode()


GOOD = Plan(
    cost=5 + 5 + 5 + 5 + 2 * 5 + (5 + 50**0.5 + 5) - 10,
    routes=(
        Route(1, 1, (1,)),
        Route(1, 2, (2, 3)),
        Route(2, 1, (4, 1)),
    ),
)


def public_folder() -> Path:
    """Where the public problems lie; tests over them are skipped where they do not."""
    beside = Path(__file__).resolve().parents[5] / "shared" / "planning"
    folder = Path(os.environ.get("SUPROVID_PLANNING_INSTANCES", beside))
    if not (folder / "pvrp").is_dir():
        pytest.skip(f"no public problems in {folder}: set SUPROVID_PLANNING_INSTANCES")
    return folder
