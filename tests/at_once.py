"""Many threads at one moment (PostgreSQL): one wins, the others are told."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from suprovid.lib.decision import Refused

MANY = 16


def at_once(work: Callable[[], object], many: int = MANY) -> list[str]:
    """Run it in many threads at one moment; each one's refusal, or nothing."""
    gate = Barrier(many)

    def one(_: int) -> str:
        gate.wait()
        try:
            work()
        except Refused as refused:
            return str(refused.reason)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(one, range(many)))
