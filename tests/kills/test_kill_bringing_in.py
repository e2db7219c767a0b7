"""What comes in from files survives whoever dies at whatever write (PROCESS 7.8)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from suprovid.clients.models import Client
from suprovid.intake import actions
from suprovid.intake.queries import opened
from suprovid.money import actions as money
from suprovid.money.models import Allocation, Payment, StatementLine
from suprovid.money.tests.bank import account, bring, line, statement
from suprovid.money.tests.books import Books
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


def test_a_statement_is_brought_in_whole_or_not_at_all(cast: Cast) -> None:
    account()
    invoice = Books(cast).invoice(Decimal(7200), number="СФ-000123")
    Client.objects.filter(pk=invoice.contract.client_id).update(code="99000011")
    told = statement(
        line("7200.00", "рах. № СФ-000123"), line("5.00", "аванс"), line("-1.00")
    )

    assert survives(lambda: bring(told)) > 12
    assert StatementLine.objects.count() == 3
    assert (Payment.objects.count(), Allocation.objects.count()) == (2, 1)


def test_a_statement_is_taken_back_whole_or_not_at_all(cast: Cast) -> None:
    account()
    report = bring(statement(line("7200.00", "аванс"), line("-1.00")))
    by = acting(cast.halyna, MONDAY + timedelta(days=300))
    doing = Doing("person:1", "test.kill", str(uuid4()), "digest", by.now)

    def undo() -> Answer:
        money.undo_statement_file(
            actor=by, file_id=report.file_id or 0, why="не той файл"
        )
        return Answer(303, {})

    assert survives(lambda: do_once(doing, undo)) > 5
    assert not StatementLine.objects.exists()
