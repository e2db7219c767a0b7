"""answers.csv: a line a door, a column a role: own, group's, foreign."""

from __future__ import annotations

import csv
import os
from functools import cache
from pathlib import Path

from tests.roles.asking import ROLES

TABLE = Path(__file__).with_name("answers.csv")
WRITE = os.environ.get("SUPROVID_ANSWERS") == "write"
Answers = dict[tuple[str, str], str]


@cache
def table() -> Answers:
    if not TABLE.exists():
        return {}
    with TABLE.open(newline="") as file:
        return {
            (row["what"], role): row.get(role, "")
            for row in csv.DictReader(file)
            for role in ROLES
        }


def write(role: str, found: dict[str, str]) -> None:
    """Put the role's column anew (one process at a time: -n 0)."""
    table.cache_clear()
    known = table()
    with TABLE.open("w", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(["what", *ROLES])
        for what in sorted(found):
            cells = {r: known.get((what, r), "") for r in ROLES} | {role: found[what]}
            lines.writerow([what, *cells.values()])
    table.cache_clear()
