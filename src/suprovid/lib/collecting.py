"""When Python need not look for garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def nothing_to_collect() -> Iterator[None]:
    """While thousands of objects are made that all live to the end of the work.

    The collector would walk them again and again and find nothing: a quarter of the
    time of a bank's file. Whoever paused it starts it again, whatever happened; what
    runs beside waits with its garbage as long.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
