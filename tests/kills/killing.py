"""kill -9 at every write of a piece of work, in a process of its own (D3.1-2)."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import connection

MOST = 400
COMMITTED, BROKE = 9, 3
ASIDE = frozenset({"journal.heartbeat", "web.oncekey", "sessions.session"})


def state() -> str:
    """A digest of every row of our apps: the same text means nothing changed."""
    digest = sha256()
    for model in apps.get_models():
        if (
            model.__module__.startswith("suprovid.")
            and model._meta.label_lower not in ASIDE
        ):
            rows = model._default_manager.order_by("pk").iterator()
            digest.update(serializers.serialize("json", rows).encode())
    return digest.hexdigest()


def killed(work: Callable[[], object]) -> Iterator[int]:
    """Run the work in processes that die before their 1st, 2nd, ... write.

    Yields after each death the number of the write; the last one died right after its
    COMMIT, before it could tell anybody.
    """
    for number in range(1, MOST):
        how = _in_child(work, number)
        assert how in (-signal.SIGKILL, COMMITTED), f"the child broke: {how}"
        yield number
        if how == COMMITTED:
            return
    raise AssertionError("the work never came to its end")


def _in_child(work: Callable[[], object], number: int) -> int:
    connection.close()  # nothing of ours may be shared with the one who dies
    child = os.fork()
    if child == 0:
        _die_at(work, number)
    _pid, how = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(how)


def _die_at(work: Callable[[], object], number: int) -> None:
    written = 0

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal written
        if sql.lstrip("( ")[:6].upper() in ("INSERT", "UPDATE", "DELETE"):
            written += 1
            if written == number:
                os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    how = BROKE
    try:
        with connection.execute_wrapper(count):
            work()
        how = COMMITTED
    finally:
        os._exit(how)
