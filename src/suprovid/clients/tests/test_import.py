"""Clients brought in by a list: once, by the head of department, with problems told."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from suprovid.clients import actions
from suprovid.clients.models import BroughtList, Client, ClientImport, SearchWord
from suprovid.clients.queries import brought
from suprovid.clients.rules import NotAList, read_list
from suprovid.clients.tests.organisations import (
    Organisation,
    as_csv,
    good_code,
    odd_code,
    organisations,
)
from suprovid.journal.models import Fact, Fresh
from suprovid.lib.decision import Forbidden, Stale
from suprovid.people import queries as people
from tests.cast import MONDAY, Cast, acting

SHARED = Path(__file__).parents[5] / "shared" / "import" / "organisations.csv"
ROWS = organisations(12)
LIST = as_csv(ROWS)
ODD = as_csv([*ROWS, Organisation(odd_code(3_500_001), "КП «Дивний код»", "")])


def imported(cast: Cast, data: bytes = LIST, **how: bool) -> actions.ImportReport:
    return actions.import_clients(
        actor=acting(cast.iryna, MONDAY), data=data, name="клієнти.csv", **how
    )


def test_a_list_is_brought_in_once(cast: Cast) -> None:
    first, again = imported(cast), imported(cast)
    assert (first.rows, first.good, first.created, first.known) == (12, 12, 12, 0)
    assert (again.created, again.known, again.problems) == (0, 12, ())
    assert Client.objects.count() == 12
    assert ClientImport.objects.count() == 1


def test_each_client_has_its_fact_and_its_words(cast: Cast) -> None:
    imported(cast)
    facts = Fact.objects.filter(kind="clients.client.imported")
    assert {fact.client for fact in facts} == {c.pk for c in Client.objects.all()}
    assert Fresh.objects.filter(fact__in=facts).count() == 12
    assert SearchWord.objects.filter(word=ROWS[3].code).count() == 1


def test_a_dry_run_writes_nothing(cast: Cast) -> None:
    report = imported(cast, dry_run=True)
    assert (report.created, len(report.new)) == (12, 12)
    assert not Client.objects.exists()
    assert not Fact.objects.filter(kind__startswith="clients.").exists()


def test_an_unusual_code_waits_for_somebody_to_confirm_it(cast: Cast) -> None:
    report = imported(cast, ODD)
    assert (report.rows, report.good, report.created) == (13, 12, 12)
    assert [(p.row, p.kind) for p in report.problems] == [(14, "warning")]
    confirmed = imported(cast, ODD, confirm_warnings=True)
    assert (confirmed.created, confirmed.known) == (1, 12)
    assert Fact.objects.filter(kind="clients.code.confirmed").count() == 1


def test_a_client_entered_by_hand_is_known_to_the_list(cast: Cast) -> None:
    actions.add_client(
        actor=acting(cast.andrii, MONDAY), name="Своя назва", code=ROWS[0].code
    )
    assert imported(cast).known == 1
    assert Client.objects.get(code=ROWS[0].code).name == "Своя назва"


@pytest.mark.parametrize("who", ["yaroslav", "olena", "taras", "viktor", "maryna"])
def test_only_the_head_of_department_brings_lists_in(cast: Cast, who: str) -> None:
    by = acting(cast.everybody()[who], MONDAY)
    with pytest.raises(Forbidden, match="brings lists in"):
        actions.import_clients(actor=by, data=LIST, name="a.csv")
    with pytest.raises(Forbidden):
        actions.keep_list(actor=by, parsed=read_list(LIST, "a.csv"))
    assert not Client.objects.exists()


def test_the_console_brings_lists_in(db: None) -> None:
    by = acting(None, MONDAY)
    assert actions.import_clients(actor=by, data=LIST, name="a.csv").created == 12


def test_what_is_no_list_leaves_nothing_behind(cast: Cast) -> None:
    with pytest.raises(NotAList):
        imported(cast, b"\x00\x01")
    assert not Client.objects.exists()


def test_the_list_that_was_shown_is_the_one_brought_in(cast: Cast) -> None:
    by = acting(cast.iryna, MONDAY)
    kept = actions.keep_list(actor=by, parsed=read_list(ODD, "a.csv"))
    with pytest.raises(Stale, match="Another list"):
        actions.bring_in_kept(actor=by, sha256="0" * 64)
    report = actions.bring_in_kept(actor=by, sha256=kept.sha256, confirm_warnings=True)
    assert (report.created, report.problems[0].row) == (13, 14)
    assert not BroughtList.objects.exists()


def test_a_list_may_be_dropped(cast: Cast) -> None:
    by = acting(cast.iryna, MONDAY)
    actions.keep_list(actor=by, parsed=read_list(LIST, "a.csv"))
    actions.drop_kept(actor=by)
    assert brought(people.viewer(by)) is None


def test_a_long_list_takes_few_statements(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    data = as_csv(organisations(1200))
    with django_assert_max_num_queries(100):
        assert imported(cast, data).created == 1200


def test_the_real_list_of_public_bodies_goes_in_once(cast: Cast) -> None:
    if not SHARED.exists():
        pytest.skip("the shared list of organisations is not here")
    data = SHARED.read_bytes()
    first, again = imported(cast, data), imported(cast, data)
    assert (first.rows, first.good, first.created, first.problems) == (
        216,
        216,
        216,
        (),
    )
    assert (again.created, again.known) == (0, 216)


def test_a_code_is_good_for_one_client_whoever_writes_it(cast: Cast) -> None:
    spaced = ROWS[0].code[:4] + " " + ROWS[0].code[4:]
    imported(cast)
    again = imported(cast, as_csv([Organisation(spaced, "Інша назва", "")]))
    assert (again.created, again.known) == (0, 1)
    assert good_code(3_100_000) == ROWS[0].code
