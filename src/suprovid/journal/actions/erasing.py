"""Erasing personal values: the facts and their seals stay, and say "erased"."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models, transaction

from suprovid.journal.actions.recording import record
from suprovid.journal.models import PersonalValues
from suprovid.journal.rules import Actor


@transaction.atomic
def erase(
    *, actor: Actor, facts: Iterable[int], subject: models.Model, client: int | None
) -> int:
    """Delete the personal values beside these facts, and say so in a fact.

    The caller decides who may: the journal knows no rights.

    Args:
        subject: whose data it was.
    """
    rows = PersonalValues.objects.select_for_update().filter(fact_id__in=list(facts))
    ids = sorted(rows.values_list("fact_id", flat=True))
    if not ids:
        return 0
    rows.delete()
    record(
        kind="journal.personal.erased",
        actor=actor,
        subject=subject,
        client=client,
        details={"facts": ids, "number": len(ids)},
    )
    return len(ids)
