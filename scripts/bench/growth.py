"""A base of a thousand clients grown to a hundred thousand, by INSERT ... SELECT.

The measured group's rows stay as they are; every other row gets `STEP - 1` copies with
ids between the old ones, so that old and new rows lie mixed as in life. Indexes are
laid anew afterwards: they are what they would be, and the growing takes minutes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import Field, Model

from scripts.bench.bases import quick_to_fill
from scripts.bench.world import EVERY, STEP
from suprovid.clients.models import Client, Contact, SearchWord, Site
from suprovid.contracts.models import Contract
from suprovid.contracts.models import Line as Subscribed
from suprovid.documents.models import Paper
from suprovid.handover.models import FilledForm, Handover, Item, ItemPaper, Sheet, Visa
from suprovid.journal.models import Fact, Line, PersonalValues
from suprovid.money.models import Allocation, Invoice, Payment
from suprovid.obligations.models import Message, Obligation
from suprovid.people.rules import sort_key

GROWN: tuple[type[Model], ...] = (
    Client,
    Contact,
    Site,
    SearchWord,
    Contract,
    Subscribed,
    Invoice,
    Payment,
    Allocation,
    Handover,
    Sheet,
    Item,
    Paper,
    ItemPaper,
    FilledForm,
    Visa,
    Obligation,
    Fact,
    Line,
    PersonalValues,
    Message,
)
MORE = 10
"""In so many copies the handovers stay under way; in the others they are over."""
COPIES = range(1, STEP)
SYLLABLES = [a + b for a in "бвгджзклмнпрстфхцчшщйґ" for b in "аеиоу"]
COPY = "CAST({0} + copy.n AS bigint)"
SUBJECT = "({head} || ':' || CAST({tail} + copy.n AS text))"
PARTS = {
    "sqlite": {
        "head": "substr(subject, 1, instr(subject, ':') - 1)",
        "tail": "CAST(substr(subject, instr(subject, ':') + 1) AS integer)",
    },
    "postgresql": {
        "head": "split_part(subject, ':', 1)",
        "tail": "CAST(split_part(subject, ':', 2) AS bigint)",
    },
}
OTHER: dict[str, str] = {
    "clients_client.name": "replace(name, '«', '«' || copy.syllable)",
    "clients_client.sort_key": "substr(sort_key, 1, 8) || copy.key || sort_key",
    "clients_client.code": "code || copy.digits",
    "clients_searchword.word": (
        "CASE WHEN id <= {first} THEN copy.syllable || word "
        "WHEN id <= {second} THEN word || copy.digits ELSE word END"
    ),
    "contracts_contract.number": "copy.digits || number",
    "contracts_contract.number_key": "copy.digits || number_key",
    "money_invoice.number": "number || '-' || copy.digits",
    "money_payment.line_key": "line_key || '-' || copy.digits",
    "handover_handover.number": "number || '-' || copy.digits",
    "handover_handover.stage": (
        "CASE WHEN copy.n > {more} THEN 'in_service' ELSE stage END"
    ),
    "handover_handover.ended_at": (
        "CASE WHEN copy.n > {more} THEN opened_at ELSE ended_at END"
    ),
    "journal_fact.client": COPY.format("client"),
}


def grow(clients: int) -> None:
    """Lay the copies into the base at hand."""
    quick_to_fill(connection)
    _copies()
    for model in GROWN:
        with without_indexes(model._meta.db_table), transaction.atomic():
            _multiply(model, clients)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE copy")


def _copies() -> None:
    """The numbers of the copies, with what tells one's names from another's."""
    rows = [
        (n, text, sort_key(text), f"{n:03}")
        for n, text in zip(COPIES, SYLLABLES, strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE copy "
            "(n integer PRIMARY KEY, syllable text, key text, digits text)"
        )
        cursor.executemany("INSERT INTO copy VALUES (%s, %s, %s, %s)", rows)


def _multiply(model: type[Model], clients: int) -> None:
    table = model._meta.db_table
    fields = list(model._meta.concrete_fields)
    names = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(table, field, clients) for field in fields)
    key = f'"{table}"."{model._meta.pk.column}"'
    others = f"{key} / {STEP} % {EVERY} <> 0 AND {key} % {STEP} = 0"
    statement = (
        f'INSERT INTO "{table}" ({names}) SELECT {values} '  # noqa: S608 - our own words
        f'FROM "{table}" CROSS JOIN copy WHERE {others}'
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _value(table: str, field: Field[object, object], clients: int) -> str:
    column = f'"{table}"."{field.column}"'
    if other := OTHER.get(f"{table}.{field.column}"):
        limits = {"first": clients * STEP, "second": 2 * clients * STEP, "more": MORE}
        return other.format(**limits)
    if field.primary_key or field.related_model in GROWN:
        return COPY.format(column)
    if field.column == "subject":
        return SUBJECT.format(**PARTS[connection.vendor])
    return column


# ---------------------------------------------------------------- indexes


@contextmanager
def without_indexes(table: str) -> Iterator[None]:
    """Those that hold no promise; the unique ones stay and are kept row by row."""
    laid = _indexes(table)
    with connection.cursor() as cursor:
        for name, _statement in laid:
            cursor.execute(f'DROP INDEX "{name}"')
    yield
    with connection.cursor() as cursor:
        for _name, statement in laid:
            cursor.execute(statement)


ASK = {
    "sqlite": (
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s "
        "AND sql IS NOT NULL AND sql NOT LIKE 'CREATE UNIQUE%%'"
    ),
    "postgresql": (
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s "
        "AND indexdef NOT LIKE 'CREATE UNIQUE%%'"
    ),
}


def _indexes(table: str) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(ASK[connection.vendor], [table])
        return list(cursor.fetchall())
