"""Two people bring the same list in at one moment (PostgreSQL)."""

from __future__ import annotations

import pytest
from django.db import transaction

from suprovid.clients.models import Client
from suprovid.contracts.models import Contract
from suprovid.intake import actions
from suprovid.intake.models import BroughtRow, ListImport
from suprovid.intake.queries import opened
from suprovid.journal.models import Fact
from tests.at_once import at_once
from tests.cast import MONDAY, Cast, acting
from tests.sheets import listed

pytestmark = pytest.mark.postgres


@pytest.mark.django_db(transaction=True)
def test_the_same_list_brought_in_by_many_gives_each_client_once(cast: Cast) -> None:
    data = listed(40).as_xlsx()
    read = opened(data)
    by = acting(cast.iryna, MONDAY)

    def bring() -> None:
        with transaction.atomic():
            actions.import_list(actor=by, data=data, name="a.xlsx", opened=read)

    assert not any(at_once(bring))
    assert (Client.objects.count(), Contract.objects.count()) == (40, 40)
    assert Fact.objects.filter(kind="clients.client.imported").count() == 40
    assert BroughtRow.objects.count() == 40
    assert ListImport.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_list_is_undone_once_by_many(cast: Cast) -> None:
    data = listed(10).as_xlsx()
    by = acting(cast.iryna, MONDAY)
    report = actions.import_list(
        actor=by, data=data, name="a.xlsx", opened=opened(data)
    )
    said = at_once(
        lambda: actions.undo_list(
            actor=by, import_id=report.import_id or 0, why="не той"
        )
    )
    assert sum(not text for text in said) == 1
    assert not Client.objects.exists()
    assert Fact.objects.filter(kind="intake.list.undone").count() == 1
