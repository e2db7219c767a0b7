"""`suprovid verify`: one reading of the whole journal, and its report in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.utils.translation import gettext as _

from suprovid.journal import queries
from suprovid.journal.queries import Report
from suprovid.lib.words import word
from suprovid.web.say import say

# What the journal calls its findings and where they are.
CALLED = (
    *(word("altered"), word("removed"), word("inserted")),
    *(word("truncated"), word("recomputed")),
    *(word("place"), word("fact"), word("seal")),
)


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
    lines = (
        _("Facts: {facts}, sealed: {sealed}, seals: {seals}."),
        _("Not sealed yet: {unsealed}, without a place yet: {unplaced}."),
        _("With erased personal values: {erased}."),
        _("The newest seal: {newest_seal}"),
    )
    told = report.as_dict() | {"newest_seal": report.newest_seal or _("none yet")}
    return [*(line.format(**told) for line in lines), ""]


def _broken(report: Report) -> list[str]:
    if report.whole:
        return [_("The journal is whole.")]
    rows = [f"  {_(b.what)}, {_place(b.where)}: {say(b.why)}" for b in report.broken]
    return [
        _("THE JOURNAL IS NOT WHOLE:"),
        *rows,
        _("Keep this base as it is, restore a backup beside it and compare."),
    ]


def _place(where: str) -> str:
    """The journal's own name of a place, its words put into ours."""
    return re.sub("[a-z]+", lambda found: _(found.group()), where)


def _unseen(report: Report) -> list[str]:
    return [
        "",
        _("What this reading cannot see:"),
        *(f"  {say(t)}" for t in report.unseen),
    ]
