"""A department's sheet comes in: once, whole or not at all, with everything told."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import partial

import pytest

from suprovid.clients import actions as clients
from suprovid.clients.models import Client, SearchWord
from suprovid.clients.queries import found
from suprovid.contracts.models import Contract, Kit, Line
from suprovid.intake import actions
from suprovid.intake.models import BroughtRow, ListImport, SavedMatching
from suprovid.intake.queries import ListPage, opened, waiting_list
from suprovid.intake.rules import Field, NotAList, Outcome
from suprovid.journal.models import Fact
from suprovid.lib.decision import Forbidden, Invalid, Missing, Refused, Stale
from suprovid.people.queries import today
from suprovid.people.queries import viewer as viewer_of
from tests.cast import MONDAY, Cast, acting
from tests.refusals import refuses
from tests.sheets import ListOf, Told, listed, xlsx

LATER = MONDAY + timedelta(days=30)
TWELVE = listed(12)
DIRTY = (
    listed(6)
    .but(1, code=int(Told(1).true_code), postcode=1001, city="м.Київ")
    .but(2, name="КП «Міcто-2»  ", signed="3 лютого 2026 р.", price="1\u00a0250,00 грн")
    .but(3, contract=date(2026, 5, 1))
    .but(4, name=" ", signed="31.02.2026")
    .but(5, code=Told(5).true_code[:7] + str((int(Told(5).true_code[7]) + 1) % 10))
)


def brought(cast: Cast, told: ListOf, **how: object) -> actions.ListReport:
    data = told.as_xlsx()
    at = LATER if how.pop("later", False) else MONDAY
    return actions.import_list(
        actor=acting(cast.iryna, at),
        data=data,
        name="клієнти.xlsx",
        opened=opened(data),
        **how,  # type: ignore[arg-type]
    )


def waits(cast: Cast, told: ListOf) -> ListImport:
    data = told.as_xlsx()
    return actions.begin_list(
        actor=acting(cast.iryna, MONDAY),
        data=data,
        name="клієнти.xlsx",
        opened=opened(data),
    )


def shown(cast: Cast, entry: ListImport) -> ListPage:
    viewer = viewer_of(acting(cast.iryna, MONDAY))
    return waiting_list(viewer, entry.pk, today(MONDAY))


def confirmed(
    cast: Cast, entry: ListImport, ticks: dict[int, bool] | None = None
) -> actions.ListReport:
    page = shown(cast, entry)
    return actions.bring_list_in(
        actor=acting(cast.iryna, MONDAY),
        import_id=entry.pk,
        version=page.version,
        seen=page.seen,
        ticks=ticks or {},
    )


# ---------------------------------------------------------------- in one go


def test_clients_come_with_their_contracts_and_lines(cast: Cast) -> None:
    report = brought(cast, TWELVE)
    assert (report.sheet.count, report.good, report.problems) == (12, 12, ())
    assert (report.brought.created, report.brought.contracts) == (12, 12)
    client = Client.objects.get(code=Told(3).true_code)
    contract = Contract.objects.get(client=client)
    line = Line.objects.get(contract=contract)
    assert (contract.number, contract.signed_on) == ("3/26", date(2026, 2, 3))
    assert (line.kit.name, line.periodicity) == ("Базовий", "monthly")
    assert line.monthly_price == Decimal("1250.00")


def test_the_same_file_again_adds_nothing(cast: Cast) -> None:
    brought(cast, TWELVE)
    facts = Fact.objects.count()
    again = brought(cast, TWELVE, later=True)
    assert (again.brought.known, again.brought.created) == (12, 0)
    assert again.import_id is None
    assert (Client.objects.count(), Contract.objects.count()) == (12, 12)
    assert (ListImport.objects.count(), Fact.objects.count()) == (1, facts)


def test_a_dry_run_tells_everything_and_writes_nothing(cast: Cast) -> None:
    report = brought(cast, DIRTY, dry_run=True)
    assert report.brought.created == 3
    assert not Client.objects.exists()
    assert not ListImport.objects.exists()
    assert not Fact.objects.filter(kind__startswith="intake.").exists()


def test_what_excel_spoiled_is_put_right_and_told(cast: Cast) -> None:
    report = brought(cast, DIRTY)
    mends = {(one.row, one.field): (one.was, one.now) for one in report.sheet.mends}
    first, second = DIRTY.sheet_row(1), DIRTY.sheet_row(2)
    assert mends[first, Field.POSTCODE] == ("1001", "01001")
    assert mends[first, Field.CITY] == ("м.Київ", "Київ")
    assert mends[second, Field.NAME][1] == "КП «Місто-2»"
    assert mends[second, Field.SIGNED_ON][1] == "2026-02-03"
    assert mends[second, Field.PRICE][1] == "1250.00"
    client = Client.objects.get(code=Told(2).true_code)
    assert (client.name, client.city) == ("КП «Місто-2»", "Київ")


def test_what_a_person_must_decide_stays_out_and_is_named_by_its_row(
    cast: Cast,
) -> None:
    report = brought(cast, DIRTY)
    asked = {(one.row, one.field, one.kind) for one in report.problems}
    assert asked == {
        (DIRTY.sheet_row(3), Field.CONTRACT, "error"),
        (DIRTY.sheet_row(4), Field.NAME, "error"),
        (DIRTY.sheet_row(4), Field.SIGNED_ON, "error"),
        (DIRTY.sheet_row(5), Field.CODE, "warning"),
    }
    assert Client.objects.count() == 3


def test_a_confirmed_odd_code_is_kept_with_its_fact(cast: Cast) -> None:
    brought(cast, DIRTY, confirm_warnings=True)
    odd = Client.objects.get(code_confirmed=True)
    assert odd.code == DIRTY.rows[4].code
    assert Fact.objects.filter(kind="clients.code.confirmed", client=odd.pk).exists()


def test_two_rows_of_one_client_become_one_client_with_two_contracts(
    cast: Cast,
) -> None:
    twice = ListOf(
        (*TWELVE.rows, Told(13, name="КП СВІТАНОК-1", code=Told(1).true_code))
    )
    report = brought(cast, twice, confirm_warnings=True)
    client = Client.objects.get(code=Told(1).true_code)
    assert report.brought.joined == 1
    assert client.name == "КП «Світанок-1»"
    assert Contract.objects.filter(client=client).count() == 2
    assert brought(cast, twice, later=True).brought.known == 13


def test_kits_that_the_catalogue_lacks_are_added_to_it(cast: Cast) -> None:
    report = brought(
        cast,
        TWELVE.but(4, kit="Нотаріус").but(5, kit="НОТАРІУС").but(6, kit="Нотаріус "),
    )
    assert report.brought.kits == ("Базовий", "Нотаріус")
    assert set(Kit.objects.values_list("name", flat=True)) == {"Базовий", "Нотаріус"}


def test_each_row_has_its_proof_and_each_client_its_fact(cast: Cast) -> None:
    report = brought(cast, TWELVE)
    rows = BroughtRow.objects.filter(brought=report.import_id)
    assert set(rows.values_list("row", flat=True)) == set(range(4, 16))
    facts = Fact.objects.filter(kind="clients.client.imported")
    assert {fact.client for fact in facts} == {row.client_id for row in rows}
    assert SearchWord.objects.filter(word=Told(3).true_code).count() == 1


# ---------------------------------------------------------------- a corrected file


def test_a_corrected_list_changes_what_it_should_and_says_so(cast: Cast) -> None:
    brought(cast, TWELVE)
    report = brought(cast, TWELVE.but(2, city="Одеса", price=1400), later=True)
    (row,) = report.brought.taken
    assert row.outcome is Outcome.CHANGED
    told = {(one.field, one.was, one.now) for one in row.changes}
    assert told == {
        (Field.CITY, "Київ", "Одеса"),
        (Field.PRICE, "1250.00", "1400.00"),
    }
    client = Client.objects.get(code=Told(2).true_code)
    assert client.city == "Одеса"
    assert Line.objects.get(contract__client=client).monthly_price == 1400


def test_what_was_changed_by_hand_is_not_undone_by_the_old_list(cast: Cast) -> None:
    brought(cast, TWELVE)
    by_hand(cast, city="Львів")
    assert brought(cast, TWELVE, later=True).brought.known == 12
    assert Client.objects.get(code=Told(2).true_code).city == "Львів"


def test_hand_and_list_that_disagree_are_asked_about(cast: Cast) -> None:
    brought(cast, TWELVE)
    by_hand(cast, city="Львів")
    corrected = TWELVE.but(2, city="Одеса")
    report = brought(cast, corrected, later=True)
    (problem,) = report.problems
    assert (problem.field, problem.kind) == (Field.CITY, "warning")
    assert not report.brought.taken
    brought(cast, corrected, later=True, confirm_warnings=True)
    assert Client.objects.get(code=Told(2).true_code).city == "Одеса"


def by_hand(cast: Cast, **changes: str) -> None:
    client = Client.objects.get(code=Told(2).true_code)
    clients.edit_client(
        actor=acting(cast.iryna, MONDAY + timedelta(days=1)),
        client_id=client.pk,
        version=client.version,
        **changes,  # type: ignore[arg-type]
    )


def test_a_contract_of_another_client_is_refused_by_name(cast: Cast) -> None:
    brought(cast, TWELVE)
    report = brought(cast, listed(1, first=20).but(20, contract="3/26"))
    (problem,) = report.problems
    assert (problem.field, problem.kind) == (Field.CONTRACT, "error")
    assert "КП «Світанок-3»" in str(problem.reason)
    assert Client.objects.count() == 12


def test_a_known_client_gets_its_next_contract(cast: Cast) -> None:
    brought(cast, TWELVE)
    report = brought(cast, TWELVE.but(7, contract="7/27"), later=True)
    assert (report.brought.created, report.brought.contracts) == (0, 1)
    client = Client.objects.get(code=Told(7).true_code)
    assert Contract.objects.filter(client=client).count() == 2


def test_a_namesake_under_another_code_is_asked_about(cast: Cast) -> None:
    brought(cast, TWELVE)
    report = brought(cast, listed(1, first=30).but(30, name="КП «Світанок-3»"))
    (problem,) = report.problems
    assert Told(3).true_code in str(problem.reason)
    assert Client.objects.count() == 12


# ---------------------------------------------------------------- step by step


def test_nothing_is_brought_in_before_the_person_says_yes(cast: Cast) -> None:
    entry = waits(cast, DIRTY)
    page = shown(cast, entry)
    assert page.of == {
        "new": 3, "contract": 0, "changed": 0, "same": 0, "question": 1, "wrong": 2,
    }  # fmt: skip
    assert not Client.objects.exists()


def test_the_ticked_rows_go_in_and_the_others_stay_to_be_downloaded(
    cast: Cast,
) -> None:
    entry = waits(cast, DIRTY)
    rows = {DIRTY.sheet_row(1): False, DIRTY.sheet_row(5): True}
    report = confirmed(cast, entry, rows)
    entry.refresh_from_db()
    assert report.brought.created == 3
    assert [row for row, _cells in entry.report["left"]] == [
        DIRTY.sheet_row(1),
        DIRTY.sheet_row(3),
        DIRTY.sheet_row(4),
    ]
    assert not Client.objects.filter(code=Told(1).true_code).exists()


def test_a_value_typed_in_place_of_a_cell_lets_the_row_in(cast: Cast) -> None:
    entry = waits(cast, DIRTY)
    row = DIRTY.sheet_row(3)
    actions.answer_row(
        actor=acting(cast.iryna, MONDAY),
        import_id=entry.pk,
        version=1,
        row=row,
        answers={"contract": "3/26"},
    )
    assert confirmed(cast, entry).brought.contracts == 4
    assert Contract.objects.get(number="3/26").client.code == Told(3).true_code


def test_a_row_that_lacks_a_value_cannot_be_ticked(cast: Cast) -> None:
    entry = waits(cast, DIRTY)
    with pytest.raises(Refused):
        confirmed(cast, entry, {DIRTY.sheet_row(4): True})
    assert not Client.objects.exists()


def test_what_was_shown_is_what_goes_in(cast: Cast) -> None:
    """Somebody enters one of the clients between the look and the yes."""
    entry = waits(cast, TWELVE)
    page = shown(cast, entry)
    clients.add_client(
        actor=acting(cast.andrii, MONDAY), name="Перші", code=Told(1).true_code
    )
    refuses(
        lambda: actions.bring_list_in(
            actor=acting(cast.iryna, MONDAY),
            import_id=entry.pk,
            version=page.version,
            seen=page.seen,
            ticks={},
        ),
        Stale,
        "Look at it again",
    )
    assert Client.objects.count() == 1


def test_columns_are_matched_by_hand_and_the_matching_serves_the_next_list(
    cast: Cast,
) -> None:
    entry = waits(cast, TWELVE)
    columns = dict.fromkeys(Field)
    by_hand = {**columns, Field.CODE: 6, Field.NAME: 3, Field.CITY: 4}
    actions.match_columns(
        actor=acting(cast.iryna, MONDAY),
        import_id=entry.pk,
        version=1,
        columns=by_hand,
        save_as="Без договорів",
    )
    assert confirmed(cast, entry).brought.contracts == 0
    assert SavedMatching.objects.get().name == "Без договорів"
    again = brought(cast, listed(2, first=40), matching_name="Без договорів")
    assert (again.brought.created, again.brought.contracts) == (2, 0)


def test_a_matching_that_nobody_saved_is_named_with_those_that_are(cast: Cast) -> None:
    with pytest.raises(Invalid, match="нема такого"):
        brought(cast, TWELVE, matching_name="нема такого")


def test_a_sheet_without_codes_is_no_list(cast: Cast) -> None:
    data = xlsx([("Назва", "Місто"), ("КП «Світанок»", "Київ")])
    with pytest.raises(NotAList, match="ЄДРПОУ"):
        actions.import_list(
            actor=acting(cast.iryna, MONDAY),
            data=data,
            name="a.xlsx",
            opened=opened(data),
        )


def test_only_the_head_of_department_brings_lists_in(cast: Cast) -> None:
    data = TWELVE.as_xlsx()
    read = opened(data)
    for person in (cast.olena, cast.taras, cast.viktor, cast.halyna, cast.yaroslav):
        bringing = partial(
            actions.import_list,
            actor=acting(person, MONDAY),
            data=data,
            name="a.xlsx",
            opened=read,
        )
        refuses(bringing, Forbidden, "brings lists in")


def test_a_list_put_away_cannot_be_brought_in(cast: Cast) -> None:
    entry = waits(cast, TWELVE)
    actions.drop_list(actor=acting(cast.iryna, MONDAY), import_id=entry.pk)
    with pytest.raises(Missing):
        shown(cast, entry)
    assert ListImport.objects.get().cells is None


# ---------------------------------------------------------------- undone


def undone(cast: Cast, report: actions.ListReport) -> ListImport:
    return actions.undo_list(
        actor=acting(cast.iryna, LATER),
        import_id=report.import_id or 0,
        why="Не той список",
    )


def test_an_undone_list_leaves_no_client_and_no_contract(cast: Cast) -> None:
    entry = undone(cast, brought(cast, TWELVE))
    assert not Client.objects.exists()
    assert not Contract.objects.exists()
    assert not SearchWord.objects.exists()
    assert entry.state == "undone"
    assert entry.rows.count() == 12
    assert Fact.objects.filter(kind="clients.client.taken_back").count() == 12


def test_an_undone_correction_gives_the_old_values_back(cast: Cast) -> None:
    brought(cast, TWELVE)
    corrected = TWELVE.but(2, city="Одеса", price=1400).but(3, contract="3/27")
    undone(cast, brought(cast, corrected))
    client = Client.objects.get(code=Told(2).true_code)
    assert client.city == "Київ"
    assert Line.objects.get(contract__client=client).monthly_price == 1250
    assert Contract.objects.count() == 12
    assert found(viewer_of(acting(cast.iryna, LATER)), Told(2).true_code)


def test_after_an_undo_the_same_list_may_come_again(cast: Cast) -> None:
    undone(cast, brought(cast, TWELVE))
    assert brought(cast, TWELVE, later=True).brought.created == 12


def test_a_list_is_not_undone_under_the_work_of_others(cast: Cast) -> None:
    report = brought(cast, TWELVE)
    by_hand(cast, city="Львів")
    refuses(lambda: undone(cast, report), Refused, "КП «Світанок-2»")
    assert Client.objects.count() == 12


def test_a_list_is_undone_once_and_with_a_reason(cast: Cast) -> None:
    report = brought(cast, TWELVE)
    with pytest.raises(Refused, match="Say why"):
        actions.undo_list(
            actor=acting(cast.iryna, LATER), import_id=report.import_id or 0, why=" "
        )
    undone(cast, report)
    with pytest.raises(Refused, match="nothing to undo"):
        undone(cast, report)
