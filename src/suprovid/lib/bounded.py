"""Reading what strangers made, in a child process that cannot take too much.

The child has an allowance of memory, processor time and wall time, writes no file and
is told nothing of the house: its environment is empty. Whatever a file does to its
reader - blows up, never ends, breaks the process, answers without end - the caller
gets an answer or one of three causes (SECURITY D2.8). POSIX only.

    run("suprovid.lib.statements", data)

starts `python -m suprovid.lib.statements`, which reads bytes from standard input and
writes one JSON document to standard output.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import runpy
import signal
import subprocess
import sys
import threading
from enum import StrEnum
from typing import IO, Any, NamedTuple

MEGABYTE = 1024 * 1024
MEMORY = 208 * MEGABYTE
"""Of its own data: with the code of Python and the libraries it stays under 256 MB."""
SECONDS = 9
LARGEST_ANSWER = 64 * MEGABYTE
LARGEST_COMPLAINT = 64 * 1024
"""Of what it writes to standard error; only its last line is told."""


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
    done = _run([module, *options], data, seconds)
    if done.late:
        raise Exceeded(Cause.TIME)
    if len(done.answer) > LARGEST_ANSWER:
        raise Exceeded(Cause.MEMORY, "The answer is too large.")
    if done.code:
        raise Exceeded(_cause(done.code, done.complaint), _last_line(done.complaint))
    try:
        return json.loads(done.answer)
    except (ValueError, RecursionError) as wrong:
        raise Exceeded(Cause.BROKEN, "The answer is no JSON.") from wrong


class _Done(NamedTuple):
    code: int
    answer: bytes
    complaint: bytes
    late: bool


def _run(arguments: list[str], data: bytes, seconds: float) -> _Done:
    """Takes from the child no more than it may answer, however much it writes."""
    command = [sys.executable, "-I", "-m", __name__, *arguments]
    late = threading.Event()
    complaint: list[bytes] = []
    pipe = subprocess.PIPE
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module
        command, stdin=pipe, stdout=pipe, stderr=pipe, env=_environment()
    ) as child:
        stdin, stdout, stderr = _pipes(child)

        def stop() -> None:
            late.set()
            child.kill()

        def complain() -> None:
            while piece := stderr.read(LARGEST_COMPLAINT):
                complaint[:] = [b"".join([*complaint, piece])[-LARGEST_COMPLAINT:]]

        helpers = [
            threading.Thread(target=_feed, args=(stdin, data)),
            threading.Thread(target=complain),
        ]
        clock = threading.Timer(seconds, stop)
        for helper in (*helpers, clock):
            helper.start()
        try:
            answer = stdout.read(LARGEST_ANSWER + 1)
            if len(answer) > LARGEST_ANSWER:
                child.kill()
            code = child.wait()
        finally:
            child.kill()
            clock.cancel()
            for helper in (*helpers, clock):
                helper.join()
    return _Done(code, answer, b"".join(complaint), late.is_set())


def _pipes(child: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes], IO[bytes]]:
    if not (child.stdin and child.stdout and child.stderr):
        raise RuntimeError("a child without pipes")
    return child.stdin, child.stdout, child.stderr


def _feed(stdin: IO[bytes], data: bytes) -> None:
    # A child that has read enough, or has died, takes no more.
    with contextlib.suppress(OSError):
        stdin.write(data)
    with contextlib.suppress(OSError):
        stdin.close()


def _environment() -> dict[str, str]:
    """Nothing but where the interpreter's own libraries lie: no address, no secret."""
    return {name: os.environ[name] for name in _KEPT if name in os.environ}


_KEPT = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


def _cause(code: int, errors: bytes) -> Cause:
    if code in _KILLED_FOR_TIME:
        return Cause.TIME
    # A refused allocation aborts native code; Python raises MemoryError.
    starved = (b"MemoryError", b"memory allocation", b"Cannot allocate", b"bad_alloc")
    if code == -signal.SIGKILL or any(sign in errors for sign in starved):
        return Cause.MEMORY
    return Cause.BROKEN


_KILLED_FOR_TIME = frozenset({-signal.SIGXCPU})
"""SIGKILL comes from a machine that is out of memory: the clock tells of itself."""


def _last_line(errors: bytes) -> str:
    lines = errors.decode(errors="replace").strip().splitlines()
    return lines[-1][:300] if lines else ""


def confine() -> None:  # pragma: no cover - who may write no file tells no coverage
    """Take from this process what a reader does not need."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":  # pragma: no cover - the child, as above
    confine()
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
