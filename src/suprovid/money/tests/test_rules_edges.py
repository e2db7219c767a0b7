"""The edges of the rules of money: what is rarely met, and must hold all the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from suprovid.lib import bounded
from suprovid.lib.decision import Reason, Refused
from suprovid.lib.statements import Statement
from suprovid.money import rules
from suprovid.money.rules.faults import STOPPED
from suprovid.money.rules.naming import About, Numbers, Purpose
from suprovid.money.tests.bank import BOOKED, LATER, OURS, THEIRS, line, statement
from tests.lib.statements.build import zipped

# ------------------------------------------------------------- numbers in purposes


def whole(number: str, purpose: str) -> list[str]:
    """What of the purpose is read as the whole of a number."""
    numbers = Numbers([(number, number)], About.INVOICE)
    found = numbers.whole_in(Purpose(purpose))
    return [purpose[one.start : one.end] for one in found]


@pytest.mark.parametrize(
    "purpose",
    [
        "Оплата… рах. СФ-000123",
        "рах. \u00adСФ-000123",
        "рах. СФ-00\u200b0123…",
    ],
)
def test_a_number_is_marked_where_it_stands_among_signs_of_other_lengths(
    purpose: str,
) -> None:
    (marked,) = whole("СФ-000123", purpose)
    assert marked.replace("\u200b", "") == "СФ-000123"


@pytest.mark.parametrize(
    ("number", "purpose"),
    [
        ("СФ-123", "рах. СФ-123а"),
        ("СФ-123", "рах. 7СФ-123"),
        ("СФ-123", "рах. СФ-123/26"),
        ("12/26", "рах. 12, 26"),
        ("7200", "рах. 7200,00 грн"),
        ("123", "лист 123"),
        ("123", "123"),
    ],
)
def test_figures_that_are_something_else_are_no_number(
    number: str, purpose: str
) -> None:
    assert whole(number, purpose) == []


@pytest.mark.parametrize(
    ("number", "purpose"),
    [("123", "рах. 123"), ("12/26", "рах. 12/26"), ("12/26", "оплата 12/26")],
)
def test_a_number_of_figures_is_read_where_its_paper_is_spoken_of(
    number: str, purpose: str
) -> None:
    assert whole(number, purpose) == [number]


def test_a_number_without_figures_is_read_only_as_a_whole() -> None:
    numbers = Numbers([("БН", 1)], About.INVOICE)
    assert [one.paper for one in numbers.whole_in(Purpose("рах. БН"))] == [1]
    assert list(numbers.tails_in(Purpose("рах. БН"))) == []


def test_a_number_of_marks_alone_is_never_read() -> None:
    assert whole("—", "рах. — від 30.10.2026") == []


# ------------------------------------------------------------- one money typed twice


TYPED = rules.Typed(BOOKED, Decimal("7200.00"), "101", "99000011", THEIRS)


@pytest.mark.parametrize(
    ("change", "sureness"),
    [
        ({}, 3),
        ({"document": "102"}, 1),
        ({"payer_code": ""}, 3),
        ({"payer_code": "", "payer_iban": ""}, 2),
        ({"document": "102", "payer_code": "", "payer_iban": ""}, 0),
        ({"payer_code": "99000028"}, 0),
        ({"amount": Decimal("7200.01")}, 0),
        ({"booked_at": BOOKED + timedelta(days=1)}, 0),
    ],
)
def test_money_is_alike_by_its_sum_its_day_and_its_document_or_payer(
    change: dict[str, Any], sureness: int
) -> None:
    assert rules.likeness(TYPED, replace(TYPED, **change)) == sureness


# ------------------------------------------------------------- an invoice cancelled


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"cancelled": True}, "cancelled already"),
        ({"laid": Decimal("0.01")}, "take it off first"),
        ({"why": "  "}, "Say why"),
    ],
)
def test_an_invoice_is_cancelled_once_without_money_and_with_a_reason(
    change: dict[str, Any], said: str
) -> None:
    usual: dict[str, Any] = {"cancelled": False, "laid": Decimal(0), "why": "помилка"}
    assert rules.may_cancel(**usual)
    assert said in str(rules.may_cancel(**usual | change).reason)


# ------------------------------------------------------------- a file that is refused


def refused(data: bytes) -> Reason:
    with pytest.raises(Refused) as told:
        rules.read_statements(data)
    return told.value.reason


def test_a_file_of_another_kind_is_refused_in_our_words() -> None:
    assert str(refused(b"%PDF-1.7")).startswith("This is PDF, not a camt.053")


def test_a_fault_within_a_zip_names_its_file() -> None:
    told = str(refused(zipped([("листопад.xml", b"<a/>")])))
    assert told.startswith("листопад.xml: The file begins with a:")


@pytest.mark.parametrize("cause", bounded.Cause)
def test_a_file_that_stops_its_reader_is_refused_with_the_cause(
    monkeypatch: pytest.MonkeyPatch, cause: bounded.Cause
) -> None:
    def stopped(module: str, data: bytes) -> None:
        raise bounded.Exceeded(cause)

    monkeypatch.setattr(bounded, "run", stopped)
    assert refused(b"<Document/>") == Reason(STOPPED[cause])


# ------------------------------------------------------------- what is told


def troubles(told: Statement) -> list[rules.Trouble]:
    return list(rules.troubles(told, [], 2))


@pytest.mark.parametrize("untold", ["opening", "closing"])
def test_a_statement_without_balances_is_taken_and_that_is_told(untold: str) -> None:
    told: dict[str, Any] = {untold: None}
    bare = replace(statement(line("100.00")), **told)
    assert rules.may_take(bare, now=LATER)
    (trouble,) = troubles(bare)
    assert "tells no balances" in str(trouble.reason)
    assert (trouble.statement, trouble.line) == (2, None)


def test_entries_not_booked_yet_are_counted() -> None:
    (trouble,) = troubles(statement(line("100.00"), pending=3))
    assert str(trouble.reason).endswith("are left out: 3.")


def test_money_taken_back_is_told_with_its_line() -> None:
    (trouble,) = troubles(statement(line("1.00"), line("-100.00", reversal=True)))
    assert "takes back an entry of 100.00" in str(trouble.reason)
    assert (trouble.statement, trouble.line) == (2, 2)


def test_a_usual_statement_makes_no_trouble() -> None:
    assert troubles(statement(line("100.00"))) == []


@pytest.mark.parametrize("state", rules.LineState)
def test_only_open_money_is_set_aside(state: rules.LineState) -> None:
    may = rules.may_set_aside(state=state)
    assert may.allowed is (state is rules.LineState.OPEN)


# ------------------------------------------------------------- troubles as JSON


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (Decimal("100.10"), ["sum", "100.10"]),
        (date(2026, 11, 2), ["day", "2026-11-02"]),
        (3, ["number", 3]),
        (OURS, ["text", OURS]),
    ],
)
def test_what_a_trouble_tells_is_kept_as_what_it_is(
    value: Decimal | date | int | str, kept: list[str | int]
) -> None:
    trouble = rules.Trouble(Reason("{told}", (("told", value),)), 2, 7, "note")
    packed = rules.packed(trouble)
    assert packed == [2, 7, "note", "{told}", [["told", *kept]]]
    assert rules.unpacked(packed) == trouble
