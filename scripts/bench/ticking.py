"""A tick of the worker's terms with 1,000,000 open and with 10,000, none due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

from django.db import connection, transaction

from scripts.bench import bases, figures
from scripts.bench.bases import Base
from scripts.bench.figures import Figure
from scripts.bench.growth import without_indexes
from suprovid.obligations import jobs
from suprovid.obligations.models import Obligation
from suprovid.people.rules import Role

FEW, MANY = 10_000, 1_000_000
TIMES, BOUND = 200, 1.3
LAID = 100


def run(quick: bool) -> Iterator[Figure]:  # noqa: FBT001 - as every part is called
    less = 100 if quick else 1
    now = datetime.now(UTC)
    small, large = bases.created("few"), bases.created("many")
    fill(small, FEW // less, now)
    fill(large, MANY // less, now)
    taken = figures.in_turns(
        small.within_it(partial(tick, now)),
        large.within_it(partial(tick, now)),
        TIMES // less or 2,
    )
    yield Figure(
        part="tick",
        on=bases.vendor(),
        what=f"a tick, none due, {MANY // less:,} open against {FEW // less:,}",
        small=figures.median(taken[0]),
        large=figures.median(taken[1]),
        slowest=round(max(taken[1]), 3),
        bound=BOUND,
        times=TIMES // less or 2,
        queries=(small.queries(partial(tick, now)), large.queries(partial(tick, now))),
    )
    for base in (small, large):
        base.drop()


def tick(now: datetime) -> None:
    if jobs.tick(now):
        raise SystemExit("Something was due: not what is to be measured.")


def fill(base: Base, count: int, now: datetime) -> None:
    """A hundred open terms by the model, the others as copies of them."""
    with base.within():
        bases.quick_to_fill(connection)
        with without_indexes(Obligation._meta.db_table), transaction.atomic():
            Obligation.objects.bulk_create(_open(n, now) for n in range(1, LAID + 1))
            _copy(count // LAID)
    bases.settle(base)


def _open(n: int, now: datetime) -> Obligation:
    due = now + timedelta(days=1, minutes=n)
    return Obligation(
        id=n,
        kind="service.record",
        subject=f"service.installation:{n}",
        page="card:client",
        owner_role=Role.DEPARTMENT_HEAD,
        opened_at=now,
        known_at=now,
        due_at=due,
        soon_at=due,
        next_moment=due,
    )


def _copy(times: int) -> None:
    other = {"id": f"id + {LAID} * n", "subject": "subject || '-' || n"}
    columns = [str(field.column) for field in Obligation._meta.concrete_fields]
    names = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(other.get(column, f'"{column}"') for column in columns)
    table = Obligation._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE copy (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copy "  # noqa: S608 - our own words
            f'WHERE n < {times - 1}) INSERT INTO "{table}" ({names}) '
            f'SELECT {values} FROM "{table}" CROSS JOIN copy'
        )
