"""A child that reads what strangers made cannot take, keep or break anything."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from suprovid.lib import bounded
from suprovid.lib.bounded import LARGEST_ANSWER, MEGABYTE, Cause, Exceeded, run

ECHO = "json.tool"  # reads JSON and writes it again


def doing(code: str, data: bytes = b"", **options: Any) -> Any:
    """What a child answers that does this; it leaves before timeit says its own."""
    ending = "sys.stdout.flush(); os._exit(0)"
    begin = "import os, resource, signal, sys, time"
    code = f"{begin}\n{code}\n{ending}"
    return run("timeit", data, "-n1", "-r1", code, **options)


def stopped(code: str, data: bytes = b"", **options: Any) -> Exceeded:
    with pytest.raises(Exceeded) as told:
        doing(code, data, **options)
    return told.value


def test_what_a_reader_answers_comes_back() -> None:
    assert run(ECHO, '{"a": ["ї", 1.5]}'.encode()) == {"a": ["ї", 1.5]}


def test_options_reach_the_reader_in_our_letters() -> None:
    answer = run(ECHO, b'["\xd1\x97"]', "--no-ensure-ascii", "--indent", "2")
    assert answer == ["ї"]


def test_a_large_file_is_read_whole() -> None:
    assert doing("print(len(sys.stdin.buffer.read()))", b"x" * 20 * MEGABYTE) == (
        20 * MEGABYTE
    )


def test_a_reader_that_has_seen_enough_may_leave_the_rest() -> None:
    assert doing("print(len(sys.stdin.buffer.read(1)))", b"x" * 20 * MEGABYTE) == 1


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        ("x = bytearray(1_000_000_000)", Cause.MEMORY),
        ("x = [bytearray(1_000_000) for _ in range(1000)]", Cause.MEMORY),
        ("os.kill(os.getpid(), signal.SIGKILL)", Cause.MEMORY),
        ("os.kill(os.getpid(), signal.SIGXCPU)", Cause.TIME),
        ("os.kill(os.getpid(), signal.SIGSEGV)", Cause.BROKEN),
        ("os.abort()", Cause.BROKEN),
        ("raise ValueError('broken')", Cause.BROKEN),
        ("sys.exit(3)", Cause.BROKEN),
        ("print('no JSON')", Cause.BROKEN),
        ("print('[' * 100_000)", Cause.BROKEN),
        ("pass", Cause.BROKEN),
    ],
)
def test_whatever_becomes_of_the_reader_has_a_cause(code: str, cause: Cause) -> None:
    assert stopped(code).cause == cause


def test_what_a_broken_reader_said_last_is_told() -> None:
    assert stopped("raise ValueError('row 7')").told == "ValueError: row 7"


def test_there_is_no_such_reader() -> None:
    with pytest.raises(Exceeded) as told:
        run("suprovid.lib.nobody", b"")
    assert told.value.cause == Cause.BROKEN


@pytest.mark.parametrize("waits", ["time.sleep(60)", "while True: pass"])
def test_a_reader_that_does_not_end_is_ended(waits: str) -> None:
    began = time.monotonic()
    assert stopped(waits, seconds=1).cause == Cause.TIME
    assert time.monotonic() - began < 8


def test_a_reader_that_has_closed_its_answer_and_lives_is_ended() -> None:
    assert stopped("os.close(1); time.sleep(60)", seconds=1).cause == Cause.TIME


def test_processor_time_is_counted_too() -> None:
    limit = "print(resource.getrlimit(resource.RLIMIT_CPU)[0])"
    assert 0 < doing(limit) < 10


@pytest.mark.long
def test_a_reader_that_burns_its_time_is_ended_by_the_system() -> None:
    assert stopped("while True: pass", seconds=60).cause == Cause.TIME


def test_a_reader_writes_no_file(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    told = stopped(f"open({str(kept)!r}, 'w').write('x' * 100_000)")
    assert told.cause == Cause.BROKEN
    assert kept.read_bytes() == b""


def test_a_reader_knows_nothing_of_the_house(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SUPROVID_SECRET", "told")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert "told" not in doing("import json; print(json.dumps(dict(os.environ)))")


def test_an_answer_without_end_is_not_taken() -> None:
    code = "while True: sys.stdout.write('x' * 1_000_000)"
    assert stopped(code).cause == Cause.MEMORY
    assert LARGEST_ANSWER < 100 * MEGABYTE


def test_a_complaint_without_end_is_not_kept() -> None:
    code = "for _ in range(200): sys.stderr.write('x' * 100_000)\nsys.exit(1)"
    assert len(stopped(code).told) <= 300


def test_ten_files_are_read_at_once_by_threads() -> None:
    jobs: list[tuple[Callable[..., Any], tuple[Any, ...]]] = [
        (run, (ECHO, f"[{n}]".encode())) for n in range(8)
    ]
    with ThreadPoolExecutor(10) as threads:
        eats = threads.submit(stopped, "x = bytearray(1_000_000_000)")
        sleeps = threads.submit(stopped, "time.sleep(60)", seconds=2)
        answers = [threads.submit(f, *told) for f, told in jobs]
        assert [a.result() for a in answers] == [[n] for n in range(8)]
    assert (eats.result().cause, sleeps.result().cause) == (Cause.MEMORY, Cause.TIME)


def test_no_pipe_of_a_child_is_left_open() -> None:
    before = len(os.listdir("/dev/fd"))  # noqa: PTH208 - links, not files
    for _ in range(3):
        assert run(ECHO, b"[1]") == [1]
        stopped(f"os.kill(os.getpid(), {int(signal.SIGSEGV)})")
    assert len(os.listdir("/dev/fd")) <= before  # noqa: PTH208


def test_a_child_without_pipes_is_a_fault_of_ours() -> None:
    command = [sys.executable, "-c", ""]
    with subprocess.Popen(command) as child, pytest.raises(RuntimeError):
        bounded._pipes(child)
