"""Processes: the web, the worker, and both at once for `suprovid run`."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from types import FrameType

from django.conf import settings
from django.db import connections
from django.utils.translation import gettext as _

from suprovid.config.cli import Failure

SECONDS_TO_START = 60
SECONDS_TO_STOP = 15


def become_web(host: str, port: int, workers: int, threads: int) -> None:
    """Turn this process into gunicorn."""
    connections.close_all()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "suprovid.config.wsgi:application",
        "--bind",
        f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "--worker-class=gthread",
        f"--workers={workers}",
        f"--threads={threads}",
        "--no-control-socket",
        "--max-requests=10000",
        "--max-requests-jitter=1000",
        "--graceful-timeout=20",
        f"--forwarded-allow-ips={','.join(settings.PROXIES) or '127.0.0.1'}",
        "--log-level=warning",
    ]
    os.execv(sys.executable, command)  # noqa: S606 - our own words only


def require_free(host: str, port: int) -> None:
    """Say it before anything is started."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            text = _("{address} cannot be taken ({why}). Try --port.")
            address = f"{host}:{port}"
            raise Failure(text.format(address=address, why=error.strerror)) from error


def run(host: str, port: int, ready: Callable[[str], None]) -> int:
    """Web and worker as children, until one ends or a person stops both."""
    connections.close_all()
    address = settings.SITE_URL
    stop = Stop()
    children = [
        start("serve", "--host", host, "--port", str(port)),
        start("worker"),
    ]
    try:
        if not came_up(host, port, children, stop):
            return end(stop, _("It did not come up; what went wrong stands above."))
        ready(address)
        while not stop.asked and all(child.poll() is None for child in children):
            time.sleep(0.2)
        return end(stop, _("One of the processes ended; what went wrong stands above."))
    finally:
        stop_all(children)


class Stop:
    """Remembers that somebody asked to stop."""

    def __init__(self) -> None:
        self.asked = False
        signal.signal(signal.SIGTERM, self)
        signal.signal(signal.SIGINT, self)

    def __call__(self, number: int, frame: FrameType | None) -> None:
        self.asked = True


def start(*arguments: str) -> subprocess.Popen[bytes]:
    """A child in a group of its own: Ctrl-C reaches it through us, once."""
    command = [sys.executable, "-m", "suprovid.config", *arguments]
    return subprocess.Popen(command, start_new_session=True)  # noqa: S603 - our own


def came_up(
    host: str, port: int, children: list[subprocess.Popen[bytes]], stop: Stop
) -> bool:
    """Healthy: the page answers, the base is there, the worker has been heard."""
    limit = time.monotonic() + SECONDS_TO_START
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - typed
    url = f"http://{f'[{near}]' if ':' in near else near}:{port}/health/"
    while time.monotonic() < limit and not stop.asked:
        if any(child.poll() is not None for child in children):
            return False
        if answers(url):
            return True
        time.sleep(0.2)
    return False


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - ours
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def end(stop: Stop, trouble: str) -> int:
    if stop.asked:
        return 0
    raise Failure(trouble)


def stop_all(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
