"""A PostgreSQL of one's own, gone when the command is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

LAUNCHER = Path(__file__).parents[2] / "scripts" / "postgres.py"
ASK = (
    "import os, psycopg; c = psycopg.connect(os.environ['DATABASE_URL']);"
    "print(c.execute(\"select lower('ЇЖАК')\").fetchone()[0], flush=True)"
)


def beside_postgres(tmp_path: Path, program: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, LAUNCHER, sys.executable, "-c", program],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_a_command_finds_a_server_and_nothing_stays(short_path: Path) -> None:
    launched = beside_postgres(short_path, ASK)
    assert launched.communicate()[0] == "їжак\n"
    assert launched.returncode == 0
    assert list(short_path.iterdir()) == []


def test_a_command_that_fails_says_so(short_path: Path) -> None:
    launched = beside_postgres(short_path, "raise SystemExit(7)")
    assert launched.communicate()[0] == ""
    assert launched.returncode == 7


def test_a_stopped_launcher_leaves_no_server_and_no_command(short_path: Path) -> None:
    launched = beside_postgres(
        short_path, "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
    )
    assert launched.stdout is not None
    command = int(launched.stdout.readline())
    launched.send_signal(signal.SIGTERM)
    assert launched.wait(20) == 128 + signal.SIGTERM
    launched.stdout.close()
    assert list(short_path.iterdir()) == []
    assert not Path(f"/proc/{command}").exists()
