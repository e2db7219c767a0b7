"""Many new rows in a few statements: what `bulk_create` does, cheaper for each value.

An import writes tens of thousands of rows while others wait for it; nearly all of its
time would go into asking of each text whether it is an expression.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any

from django.db import connection, models, transaction

AS_IT_IS = frozenset({str, int, bool, type(None)})
PLAIN = (models.CharField, models.IntegerField, models.BooleanField, models.ForeignKey)
MOST = 500

Ready = Callable[[Iterable[Any]], list[Any]]


def add_rows(rows: Sequence[models.Model]) -> None:
    """Insert new objects of one model; each knows its id afterwards."""
    if not rows:
        return
    model = type(rows[0])
    columns = model._meta.concrete_fields
    fields = [one for one in columns if not isinstance(one, models.AutoField)]
    values = map(attrgetter(*(one.attname for one in fields)), rows)
    ids = _insert(model, fields, list(values), returning=True)
    for row, pk in zip(rows, ids, strict=True):
        row.pk = pk
        state = row._state  # noqa: SLF001 - as bulk_create does: it is saved now
        state.adding, state.db = False, connection.alias


def add_values(
    model: type[models.Model], names: Sequence[str], values: Sequence[Sequence[Any]]
) -> None:
    """Insert rows that nobody needs as objects.

    Args:
        names: all columns without the given id, as attributes (`line_id`).
        values: of each row, in the order of the names.
    """
    fields = [_named(model, name) for name in names]
    _insert(model, fields, values, returning=False)


def _named(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    return next(one for one in model._meta.concrete_fields if one.attname == name)


def _insert(
    model: type[models.Model],
    fields: Sequence[models.Field[Any, Any]],
    values: Sequence[Sequence[Any]],
    *,
    returning: bool,
) -> list[Any]:
    if not values:
        return []
    told = zip(*values, strict=True)
    columns = [_ready(one)(column) for one, column in zip(fields, told, strict=True)]
    rows = list(zip(*columns, strict=True))
    size = max(1, min(MOST, connection.ops.bulk_batch_size(list(fields), rows)))
    ids: list[Any] = []
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        for start in range(0, len(rows), size):
            batch = rows[start : start + size]
            sql = _sql(model, fields, len(batch), returning=returning)
            cursor.execute(sql, list(chain.from_iterable(batch)))
            ids += [pk for (pk,) in cursor.fetchall()] if returning else []
    return ids


def _sql(
    model: type[models.Model],
    fields: Sequence[models.Field[Any, Any]],
    count: int,
    *,
    returning: bool,
) -> str:
    """Names come from the models, every value is a parameter."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(one.column)) for one in fields)
    row = "(" + ", ".join(["%s"] * len(fields)) + ")"
    table, key = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    told = f" RETURNING {key}" if returning else ""
    rows = ", ".join([row] * count)
    return f"INSERT INTO {table} ({names}) VALUES {rows}{told}"  # noqa: S608


def _ready(field: models.Field[Any, Any]) -> Ready:
    """The values of a column as the base takes them."""
    prepared: dict[Any, Any] = {}

    def once(value: Any) -> Any:
        if value not in prepared:
            prepared[value] = field.get_db_prep_save(value, connection)
        return prepared[value]

    if isinstance(field, PLAIN):
        return lambda column: [
            one if type(one) in AS_IT_IS else field.get_db_prep_save(one, connection)
            for one in column
        ]
    if isinstance(field, models.JSONField):
        return lambda column: [
            field.get_db_prep_save(one, connection) for one in column
        ]
    return lambda column: [once(one) for one in column]
