"""Who pays: an old code of a joined client, an account through which many pay."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from suprovid.money.models import Allocation
from suprovid.money.rules import Sureness, match
from suprovid.money.rules.matching import MOST_PAYING
from suprovid.money.tests.bank import CODE, THEIRS, account, bring, line, statement
from suprovid.money.tests.books import Books
from suprovid.money.tests.test_matching import books as known
from suprovid.money.tests.test_matching import invoice, money
from tests.cast import Cast
from tests.owing import client_of

PURPOSE = "Оплата рах. № СФ-000123"


@pytest.mark.django_db
def test_whoever_still_pays_by_the_code_of_a_joined_client_is_the_survivor(
    books: Books, cast: Cast
) -> None:
    account()
    owing = books.invoice(Decimal(7200), number="СФ-000123").contract.client
    joined = client_of(cast)
    joined.code, joined.merged_into = CODE, owing
    joined.save()

    report = bring(statement(line("7200.00", PURPOSE)))

    assert (report.matched, report.proposed) == (1, 0)
    assert Allocation.objects.get().invoice.contract.client_id == owing.pk


def test_an_account_through_which_many_pay_speaks_for_nobody() -> None:
    told = money(PURPOSE, code="", iban=THEIRS)
    few = frozenset(range(1, MOST_PAYING + 1))
    for clients, sure in ((few, Sureness.SURE), (few | {99}, Sureness.LIKELY)):
        found = match(told, known(invoice("СФ-000123"), ibans={THEIRS: clients}))
        assert found.sureness is sure


def test_money_from_such_an_account_without_a_number_has_no_candidates() -> None:
    many = frozenset(range(1, MOST_PAYING + 2))
    told = replace(money("за послуги", code="", iban=THEIRS), amount=Decimal(5))

    found = match(told, known(invoice("СФ-000123"), ibans={THEIRS: many}))
    assert not found.candidates
