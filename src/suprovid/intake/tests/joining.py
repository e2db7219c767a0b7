"""What the tests of joined clients share: two of them, joined and parted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Model

from suprovid.clients.models import Client, SearchWord
from suprovid.intake.actions import merge_clients, undo_merge
from suprovid.intake.models import Merge
from suprovid.intake.rules.merging import Side
from suprovid.journal.rules import Actor
from suprovid.service import actions as service
from tests.cast import MONDAY, Cast, acting
from tests.path import new_contract

LATER = MONDAY + timedelta(days=20)
NOT_COMPARED = ("journal", "sessions", "web", "intake")
"""The journal grows, and merges are what is told of; everything else comes back."""


def by_iryna(cast: Cast) -> Actor:
    return acting(cast.iryna, LATER)


def join(
    cast: Cast,
    kept: Client,
    gone: Client,
    choices: Mapping[str, Side] | None = None,
    actor: Actor | None = None,
) -> Merge:
    """As the person sees both now."""
    kept.refresh_from_db()
    gone.refresh_from_db()
    return merge_clients(
        actor=actor or by_iryna(cast),
        kept_id=kept.pk,
        gone_id=gone.pk,
        kept_version=kept.version,
        gone_version=gone.version,
        choices=choices,
    )


def part(cast: Cast, merge: Merge, why: str = "це дві різні установи") -> Merge:
    return undo_merge(actor=by_iryna(cast), merge_id=merge.pk, why=why)


def take_over(cast: Cast, client: Client, since: date = date(2021, 9, 1)) -> None:
    service.take_over(
        actor=acting(cast.iryna, MONDAY),
        client_id=client.pk,
        contract_id=new_contract(cast, client).pk,
        manager_id=cast.taras.pk,
        group_id=cast.podil.pk,
        since=since,
    )


def everything() -> dict[str, dict[Any, dict[str, Any]]]:
    """All rows of all tables, without the journal and versions."""
    return {
        model._meta.label: {row.pk: _values(row) for row in _rows(model)}
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in NOT_COMPARED
        and model._meta.managed
        and model is not SearchWord
    } | {"words": {word: {} for word in _words()}}


def _rows(model: type[Model]) -> Any:
    return model._default_manager.all()


def _words() -> set[tuple[int, str]]:
    return set(SearchWord.objects.values_list("client", "word"))


def _values(row: Model) -> dict[str, Any]:
    names = (field.attname for field in row._meta.concrete_fields)
    return {name: getattr(row, name) for name in names if name != "version"}
