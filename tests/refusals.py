"""A refusal says why and writes nothing (PROCESS 7.7): one check for every app."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from suprovid.lib.decision import Refused

WRITES = ("INSERT", "UPDATE", "DELETE")


def refuses(do: Callable[[], object], kind: type[Refused], reason: str) -> None:
    """The refusal is of this kind, says this, and not one row was written."""
    with CaptureQueriesContext(connection) as asked, pytest.raises(kind) as refusal:
        do()
    assert reason in str(refusal.value.reason)
    assert [q["sql"] for q in asked if q["sql"].startswith(WRITES)] == []
