"""Recording facts, giving them their place, walking them, sealing them."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction

from suprovid.journal.models import Fact, Fresh, PersonalValues
from suprovid.journal.rules import Actor, fact_digest, personal_digest


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
    transaction.get_connection().validate_no_broken_transaction()
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("record() needs a transaction")
    salt = secrets.token_hex(16)
    values = dict(personal or {})
    row = {
        "kind": kind,
        "actor": actor.name,
        "for_whom": f"person:{for_whom}" if for_whom else "",
        "at": at or actor.now,
        "recorded_at": actor.now,
        "channel": actor.channel.value,
        "subject": subject_of(subject),
        "client": client,
        "details": dict(details or {}),
        "personal": personal_digest(salt=salt, values=values),
    }
    fact = Fact.objects.create(**row, digest=fact_digest(**row))
    Fresh.objects.create(fact=fact)
    if values:
        PersonalValues.objects.create(fact=fact, salt=salt, values=values)
    return fact


Follower = Callable[[Fact], None]
