"""The command: orders the parts on one database after another, tells, keeps.

python -m scripts.bench                      everything, both databases
python -m scripts.bench --only scale --on sqlite
python -m scripts.bench --quick              a hundredth of the sizes: does it run?
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from scripts import postgres
from scripts.bench.figures import Figure, table

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "bench" / "latest.json"
SQLITE, POSTGRESQL = "sqlite", "postgresql"
PARTS = {
    "terms": (SQLITE,),
    "demo": (SQLITE,),
    "scale": (SQLITE, POSTGRESQL),
    "tick": (SQLITE, POSTGRESQL),
    "import": (SQLITE, POSTGRESQL),
    "statement": (SQLITE, POSTGRESQL),
}
"""Where each part is measured, in the order of measuring."""


def main(arguments: list[str] | None = None) -> int:
    asked = parser().parse_args(arguments)
    figures: list[Figure] = []
    for on in asked.on or databases():
        parts = [part for part in PARTS if on in PARTS[part]]
        wanted = [part for part in parts if part in (asked.only or PARTS)]
        if wanted:
            figures += measured(on, wanted, quick=asked.quick)
    print(table(figures))
    keep(figures, asked.json, quick=asked.quick)
    missed = [one for one in figures if one.kept is False]
    print(f"Missed: {len(missed)} of {sum(f.kept is not None for f in figures)}")
    return 1 if missed and not asked.quick else 0


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(prog="bench", description=__doc__)
    found.formatter_class = argparse.RawDescriptionHelpFormatter
    found.add_argument("--only", action="append", choices=list(PARTS))
    found.add_argument("--on", action="append", choices=[SQLITE, POSTGRESQL])
    found.add_argument("--quick", action="store_true", help="a hundredth of the sizes")
    found.add_argument("--json", type=Path, default=KEPT, help="where figures are kept")
    return found


def databases() -> list[str]:
    """PostgreSQL too where its wheel is."""
    there = importlib.util.find_spec(postgres.WHEEL) is not None
    return [SQLITE, POSTGRESQL] if there else [SQLITE]


def measured(on: str, parts: list[str], *, quick: bool) -> list[Figure]:
    """The parts in a process of their own, on a database that is gone afterwards."""
    command = [sys.executable, "-m", "scripts.bench.inside", *parts]
    if quick:
        command.append("--quick")
    with home(on) as environment:
        child = subprocess.Popen(
            command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        with child:
            figures = list(told(child))
    if child.returncode:
        raise SystemExit(f"The measuring on {on} broke off; why stands above.")
    return figures


def told(child: subprocess.Popen[str]) -> Iterator[Figure]:
    """Figures as they come, one a line; a person sees that it goes on."""
    for line in child.stdout or ():
        one = Figure.from_dict(json.loads(line))
        print(f"· {one.on}: {one.what}", file=sys.stderr)
        yield one


@contextmanager
def home(on: str) -> Iterator[dict[str, str]]:
    """Where a database lives while it is measured."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "suprovid.config.settings"}
    environment.pop("DATABASE_URL", None)
    with tempfile.TemporaryDirectory(prefix="suprovid-bench-") as name:
        environment["SUPROVID_HOME"] = name
        if on == SQLITE:
            yield environment
            return
        with postgres.folder() as root, postgres.server(root) as url:
            yield environment | {"DATABASE_URL": url}


def keep(figures: list[Figure], where: Path, *, quick: bool) -> None:
    told_of = {
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "at": datetime.now(UTC).isoformat(timespec="minutes"),
        "quick": quick,
        "figures": [one.as_dict() for one in figures],
    }
    where.parent.mkdir(exist_ok=True)
    where.write_text(json.dumps(told_of, ensure_ascii=False, indent=1) + "\n")
    print(f"Written to {where}")


if __name__ == "__main__":
    sys.exit(main())
