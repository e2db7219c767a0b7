"""What comes in from files survives whoever dies at whatever write (PROCESS 7.8)."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from suprovid.clients.models import Client
from suprovid.intake import actions
from suprovid.intake.queries import opened
from suprovid.web.doing import Answer, Doing, do_once
from tests.cast import MONDAY, Cast, acting, the_cast
from tests.kills.test_kill_nine import survives
from tests.sheets import listed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return the_cast()


def test_a_list_is_brought_in_whole_or_not_at_all(cast: Cast) -> None:
    data = listed(3).as_xlsx()
    read = opened(data)
    by = acting(cast.iryna, MONDAY)

    deaths = survives(
        lambda: actions.import_list(actor=by, data=data, name="a.xlsx", opened=read)
    )

    assert deaths > 10
    assert Client.objects.count() == 3


def test_a_list_is_undone_whole_or_not_at_all(cast: Cast) -> None:
    data = listed(2).as_xlsx()
    report = actions.import_list(
        actor=acting(cast.iryna, MONDAY),
        data=data,
        name="a.xlsx",
        opened=opened(data),
    )
    by = acting(cast.iryna, MONDAY + timedelta(days=1))
    doing = Doing("person:1", "test.kill", str(uuid4()), "digest", by.now)

    def undo() -> Answer:
        actions.undo_list(actor=by, import_id=report.import_id or 0, why="не той")
        return Answer(303, {})

    assert survives(lambda: do_once(doing, undo)) > 10
    assert not Client.objects.exists()
