"""Reading what strangers made, in a child process that cannot take too much.

The child has an allowance of memory, processor time and wall time and writes no file.
Whatever a file does to its reader - blows up, never ends, breaks the process - the
caller gets an answer or one of three causes (SECURITY D2.8). POSIX only.

    run("suprovid.lib.statements", data)

starts `python -m suprovid.lib.statements`, which reads bytes from standard input and
writes one JSON document to standard output.
"""

from __future__ import annotations

import json
import resource
import runpy
import subprocess
import sys
from enum import StrEnum
from typing import Any

MEGABYTE = 1024 * 1024
MEMORY = 208 * MEGABYTE
"""Of its own data: with the code of Python and the libraries it stays under 256 MB."""
SECONDS = 9
LARGEST_ANSWER = 64 * MEGABYTE


class Cause(StrEnum):
    """Why a reader came to no answer."""

    TIME = "time"
    MEMORY = "memory"
    BROKEN = "broken"


class Exceeded(Exception):
    """The child used up what it may, or broke."""

    def __init__(self, cause: Cause, told: str = "") -> None:
        super().__init__(cause, told)
        self.cause = cause
        self.told = told


def run(module: str, data: bytes, *options: str, seconds: float = SECONDS) -> Any:
    """The JSON that a module's main writes, having read `data`.

    Raises:
        Exceeded: with the cause; the child is gone by then.
    """
    command = [sys.executable, "-I", "-m", __name__, module, *options]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            command, input=data, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as late:
        raise Exceeded(Cause.TIME) from late
    if done.returncode:
        raise Exceeded(_cause(done.returncode, done.stderr), _last_line(done.stderr))
    return json.loads(done.stdout)


def _cause(code: int, errors: bytes) -> Cause:
    if code in _KILLED_FOR_TIME:
        return Cause.TIME
    # A refused allocation aborts native code; Python raises MemoryError.
    starved = (b"MemoryError", b"memory allocation", b"Cannot allocate", b"bad_alloc")
    return Cause.MEMORY if any(sign in errors for sign in starved) else Cause.BROKEN


_KILLED_FOR_TIME = frozenset({-24, -9})  # SIGXCPU, then SIGKILL


def _last_line(errors: bytes) -> str:
    lines = errors.decode(errors="replace").strip().splitlines()
    return lines[-1][:300] if lines else ""


def confine() -> None:
    """Take from this process what a reader does not need."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    confine()
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
