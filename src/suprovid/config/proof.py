"""`suprovid verify`: one reading of the whole journal, and its report in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from suprovid.journal import queries
from suprovid.journal.queries import Report
from suprovid.web.say import say


def verify(outside_seal: str) -> Report:
    with one_moment():
        return queries.verify(outside_seal)


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything is read as of one moment, and nobody has to wait for it."""
    if connection.in_atomic_block:
        yield  # whoever began the transaction has chosen its moment
        return
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    # Django would begin IMMEDIATE and keep every writer out for the whole reading.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def in_words(report: Report) -> str:
    return "\n".join([*_counts(report), *_broken(report), *_unseen(report)])


def _counts(report: Report) -> list[str]:
    return [
        f"Facts {report.facts}: sealed {report.sealed} in {report.seals} seals.",
        f"Not sealed yet {report.unsealed}, without a place yet {report.unplaced}.",
        f"With erased personal values {report.erased}.",
        f"The newest seal: {report.newest_seal or 'none yet'}",
        "",
    ]


def _broken(report: Report) -> list[str]:
    if report.whole:
        return ["The journal is whole."]
    rows = [f"  {b.what:10} {b.where}: {b.text}" for b in report.broken]
    return [
        "THE JOURNAL IS NOT WHOLE:",
        *rows,
        "Keep this base as it is, restore a backup beside it and compare.",
    ]


def _unseen(report: Report) -> list[str]:
    return [
        "",
        "What this reading cannot see:",
        *(f"  {say(t)}" for t in report.unseen),
    ]
