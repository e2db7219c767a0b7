"""Writing facts down, in the transaction of what they tell (PROCESS 6)."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models, transaction

from suprovid.journal.models import Fact, Fresh, PersonalValues
from suprovid.journal.rules import Actor, fact_digest, personal_digest, plain
from suprovid.web.rows import add_rows, add_values

# The channel of LISTEN and NOTIFY.
BELL = "suprovid_facts"


def subject_of(subject: models.Model) -> str:
    """How the journal calls a thing: handover.item:12."""
    return f"{subject._meta.label_lower}:{subject.pk}"


def record(
    *,
    kind: str,
    actor: Actor,
    subject: models.Model,
    at: datetime | None = None,
    for_whom: int | None = None,
    client: int | None = None,
    details: Mapping[str, Any] | None = None,
    personal: Mapping[str, Any] | None = None,
) -> Fact:
    """Write one fact in the caller's transaction (PROCESS 6).

    Args:
        kind: "app.thing.happened"; its sentence stands in the app's rules.FACTS.
        at: when it happened (UTC); the actor's now when it happens now.
        for_whom: the absent person a deputy acts for.
        client: id of the client whose time line shows it.
        details: plain JSON values, nothing personal.
        personal: names, phones, texts about people: kept apart, erasable.

    Raises:
        TransactionManagementError: outside a transaction.
    """
    return record_many(
        kind=kind,
        actor=actor,
        happenings=[
            Happening(subject, at, for_whom, client, details or {}, personal or {})
        ],
    )[0]


@dataclass(frozen=True)
class Happening:
    """What one fact of many says; see `record` for its parts."""

    subject: models.Model
    at: datetime | None = None
    for_whom: int | None = None
    client: int | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    personal: Mapping[str, Any] = field(default_factory=dict)


def record_many(
    *, kind: str, actor: Actor, happenings: Iterable[Happening]
) -> list[Fact]:
    """Write facts of one kind in a few statements: an import of thousands.

    Raises:
        TransactionManagementError: outside a transaction.
    """
    transaction.get_connection().validate_no_broken_transaction()
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("record() needs a transaction")
    salted = [(one, secrets.token_hex(16), plain(one.personal)) for one in happenings]
    facts = [_fact(kind, actor, *one) for one in salted]
    add_rows(facts)
    add_values(Fresh, ["fact_id"], [(fact.pk,) for fact in facts])
    personal = [
        (fact.pk, salt, values)
        for fact, (_happening, salt, values) in zip(facts, salted, strict=True)
        if values
    ]
    add_values(PersonalValues, ["fact_id", "salt", "values"], personal)
    _wake_the_worker()
    return facts


def _wake_the_worker() -> None:
    """PostgreSQL tells whoever listens once the transaction is committed."""
    connection = transaction.get_connection()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {BELL}")


def _fact(
    kind: str, actor: Actor, happening: Happening, salt: str, personal: dict[str, Any]
) -> Fact:
    row: dict[str, Any] = {
        "kind": kind,
        "actor": actor.name,
        "for_whom": f"person:{happening.for_whom}" if happening.for_whom else "",
        "at": happening.at or actor.now,
        "recorded_at": actor.now,
        "channel": actor.channel.value,
        "subject": subject_of(happening.subject),
        "client": happening.client,
        "details": plain(happening.details),
        "personal": personal_digest(salt=salt, values=personal),
    }
    return Fact(**row, digest=fact_digest(**row))
