"""Texts asked by how they begin, found by an index on both databases.

PostgreSQL has an index for LIKE. SQLite's LIKE knows no case and takes no index, so
there the same is said as a range of its plain comparison, letter by letter.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Q
from django.db.models.lookups import StartsWith
from django.db.models.sql.compiler import SQLCompiler

LAST = chr(0x10FFFF)
"""Greater than any letter."""


@CharField.register_lookup
class Begins(StartsWith):
    """`word__begins="тов"`: as `startswith`, the case of letters counts."""

    lookup_name = "begins"

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, Any]:
        return StartsWith(self.lhs, self.rhs).as_sql(compiler, connection)

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        text = str(self.rhs)
        said = f"({column} >= %s AND {column} < %s)"
        return said, [*params, text, *params, text + LAST]


def begins(field: str, text: str) -> Q:
    """Rows whose field begins with a text."""
    return Q(**{f"{field}__begins": text})
