"""Run a suite of stages, all of them, and say at the end how each went.

suite check | test | long
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PYTEST = ("pytest", "-n", "2", "--dist", "worksteal", "-p", "no:cacheprovider")
ON_POSTGRES = ("python", "scripts/postgres.py")
# Measured once: what only PostgreSQL or Chromium reach is little, and tracing is slow.
COVER = ("--cov", "--cov-report=")
EXACT = "*/rules.py,*/rules/*,*/suprovid/lib/*"


@dataclass(frozen=True)
class Stage:
    """One command; a quiet one is heard only when it fails."""

    name: str
    command: tuple[str, ...]
    quiet: bool = False

    def run(self, environment: dict[str, str]) -> bool:
        if not self.quiet:
            print(f"\n== {self.name}", flush=True)
        done = subprocess.run(
            self.command,
            cwd=ROOT,
            env=environment,
            check=False,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if self.quiet else None,
            stderr=subprocess.STDOUT if self.quiet else None,
        )
        if self.quiet and done.returncode:
            print(f"\n== {self.name}\n{done.stdout.rstrip()}", flush=True)
        return done.returncode == 0


def check() -> list[Stage]:
    templates = sorted(str(p) for p in ROOT.glob("src/**/templates/**/*.html"))
    djade = ("djade", "--check", "--target-version", "5.2", *templates)
    migrations = ("python", "manage.py", "makemigrations", "--check", "--dry-run")
    return [
        Stage("format", ("ruff", "format", "--check", "."), quiet=True),
        Stage("lint", ("ruff", "check", "."), quiet=True),
        Stage("imports", ("lint-imports", "--no-cache"), quiet=True),
        Stage("types", ("mypy",), quiet=True),
        Stage("templates", djade, quiet=True),
        Stage("migrations", migrations, quiet=True),
        Stage("words", ("python", "scripts/words.py", "check"), quiet=True),
    ]


def test() -> list[Stage]:
    apart, browser = ("-m", "not browser"), ("-m", "browser")
    return [
        *check(),
        Stage("scripts of the pages", ("npm", "test", "--silent"), quiet=True),
        Stage("tests on SQLite", (*PYTEST, *apart, *COVER)),
        Stage("tests on PostgreSQL", (*ON_POSTGRES, *PYTEST, *apart)),
        Stage("journeys in Chromium", (*PYTEST, *browser)),
        Stage("coverage: 90", ("coverage", "report", "--fail-under=90"), quiet=True),
        Stage(
            "coverage of rules and libraries: 100",
            ("coverage", "report", f"--include={EXACT}", "--fail-under=100", "-m"),
            quiet=True,
        ),
    ]


def long() -> list[Stage]:
    return [
        Stage("long forms on SQLite", (*PYTEST, "--long")),
        Stage("long forms on PostgreSQL", (*ON_POSTGRES, *PYTEST, "--long")),
    ]


SUITES = {"check": check, "test": test, "long": long}


@contextmanager
def environment() -> Iterator[dict[str, str]]:
    """Ours, whatever the person has set: no database and no home but temporary ones."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("SUPROVID_")}
    kept.pop("DATABASE_URL", None)
    node = subprocess.run(
        ["sh", "scripts/node.sh"],  # noqa: S607  (sh is everywhere)
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    with tempfile.TemporaryDirectory(prefix="suprovid-suite-") as home:
        yield {
            **kept,
            "PATH": os.pathsep.join([str(BIN), node, os.environ["PATH"]]),
            "SUPROVID_HOME": home,
        }


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in SUITES:
        print(__doc__, file=sys.stderr)
        return 2
    name = arguments[0]
    failed, told, begun = [], [], time.monotonic()
    with environment() as env:
        for stage in SUITES[name]():
            started = time.monotonic()
            if not stage.run(env):
                failed.append(stage.name)
            told.append((stage.name, time.monotonic() - started))
    print()
    for stage_name, seconds in told:
        print(f"{seconds:7.1f} s  {stage_name}")
    print(closing_line(name, failed, time.monotonic() - begun))
    return 1 if failed else 0


def closing_line(name: str, failed: list[str], seconds: float) -> str:
    if failed:
        return f"make {name}: FAILED in {seconds:.0f} s: {', '.join(failed)}"
    skipped = "" if shutil.which("chromium") else " (journeys skipped: no Chromium)"
    return f"make {name}: passed in {seconds:.0f} s{skipped if name == 'test' else ''}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
