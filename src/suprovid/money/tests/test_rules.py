"""The law of money as tables: sums, when an invoice is paid, what may lie on what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import permutations

import pytest

from suprovid.lib.decision import Decision
from suprovid.money import rules
from suprovid.money.rules import LARGEST, Laid, PaidState, paid
from suprovid.people.rules import Grant, Member, Role, Viewer

SATURDAY = datetime(2026, 4, 11, 8, 30, tzinfo=UTC)
TOTAL = Decimal("6480.00")
ZERO = Decimal(0)


def hryvnias(text: str) -> Decimal:
    return Decimal(text)


def part(number: int, amount: str, *, hours: int = 0) -> Laid:
    return Laid(number, Decimal(amount), SATURDAY + timedelta(hours=hours))


def no(decision: Decision, words: str) -> None:
    assert not decision
    assert words in str(decision.reason)


# ---------------------------------------------------------------- sums


@pytest.mark.parametrize(
    ("written", "kept"),
    [("1.005", "1.01"), ("1.004", "1.00"), ("-1.005", "-1.01"), ("7200", "7200.00")],
)
def test_half_a_kopeck_is_a_whole_one(written: str, kept: str) -> None:
    assert str(rules.kopecks(hryvnias(written))) == kept


@pytest.mark.parametrize(
    ("total", "vat"), [("6480", "1080.00"), ("100", "16.67"), ("0.01", "0.00")]
)
def test_a_sixth_of_a_price_is_the_tax(total: str, vat: str) -> None:
    assert rules.vat_within(hryvnias(total)) == hryvnias(vat)


# ---------------------------------------------------------------- paid


def test_an_invoice_is_paid_when_the_money_reached_the_whole_sum() -> None:
    laid = [part(1, "6000", hours=48), part(2, "480")]

    assert paid(total=TOTAL, laid=laid[:1]) is None
    whole = paid(total=TOTAL, laid=laid)
    assert whole is not None
    assert whole.at == SATURDAY + timedelta(hours=48)
    assert [one.id for one in whole.laid] == [2, 1]


def test_the_order_of_entry_does_not_change_the_moment_of_the_payment() -> None:
    parts = [part(1, "3000"), part(2, "3480", hours=2), part(3, "100", hours=9)]
    moments = {
        whole.at
        for order in permutations(parts)
        if (whole := paid(total=TOTAL, laid=order))
    }
    assert moments == {SATURDAY + timedelta(hours=2)}


@pytest.mark.parametrize(
    ("laid", "state"),
    [
        ("0", PaidState.UNPAID),
        ("0.01", PaidState.PARTLY),
        ("6479.99", PaidState.PARTLY),
        ("6480", PaidState.PAID),
    ],
)
def test_the_state_of_an_invoice_is_that_of_its_money(
    laid: str, state: PaidState
) -> None:
    assert rules.paid_state(total=TOTAL, laid=hryvnias(laid)) is state


# ---------------------------------------------------------------- who, when, how much


def viewer(role: Role, *, stands_for: Role | None = None) -> Viewer:
    absent = (
        (Member(2, "Галина", frozenset({Grant(stands_for)})),) if stands_for else ()
    )
    return Viewer(1, "хтось", frozenset({Grant(role)}), absent)


@pytest.mark.parametrize("role", Role)
def test_money_is_handled_by_the_accountant_and_by_who_stands_in(role: Role) -> None:
    own = rules.may_handle_money(viewer(role))
    if role is Role.ACCOUNTANT:
        assert own
    else:
        no(own, "Only the")
    assert rules.may_handle_money(viewer(role, stands_for=Role.ACCOUNTANT))


NOT_A_SUM = ["0", "-1", "1000000000"]
A_SUM = ["0.01", "6480", str(LARGEST)]


@pytest.mark.parametrize("amount", NOT_A_SUM)
def test_a_sum_is_above_zero_and_fits_its_column(amount: str) -> None:
    said = "above zero"
    no(rules.may_enter(amount=hryvnias(amount), booked_at=SATURDAY, now=SATURDAY), said)
    no(rules.may_issue(total=hryvnias(amount), vat=ZERO), said)


@pytest.mark.parametrize("amount", A_SUM)
def test_a_usual_sum_is_entered_and_asked_for(amount: str) -> None:
    entered = rules.may_enter(
        amount=hryvnias(amount), booked_at=SATURDAY, now=SATURDAY + timedelta(days=90)
    )
    assert entered
    assert rules.may_issue(total=hryvnias(amount), vat=ZERO)


def test_the_bank_books_nothing_in_the_future() -> None:
    later = SATURDAY + timedelta(seconds=1)
    no(rules.may_enter(amount=TOTAL, booked_at=later, now=SATURDAY), "in the future")


@pytest.mark.parametrize("vat", ["-0.01", "6480", "7000"])
def test_the_tax_is_a_part_of_the_sum(vat: str) -> None:
    no(rules.may_issue(total=TOTAL, vat=hryvnias(vat)), "part of the sum")


@pytest.mark.parametrize(
    ("amount", "free", "owed", "reason"),
    [
        ("5", "5", "5", ""),
        ("0.01", "5", "9", ""),
        ("0", "5", "5", "above zero"),
        ("-1", "5", "5", "above zero"),
        ("6", "5", "9", "of this payment is free"),
        ("6", "9", "5", "still owed on this invoice"),
        ("6", "5", "5", "of this payment is free"),
    ],
)
def test_no_more_is_laid_than_is_free_and_owed(
    amount: str, free: str, owed: str, reason: str
) -> None:
    decision = rules.may_lay(
        amount=hryvnias(amount), free=hryvnias(free), owed=hryvnias(owed)
    )
    if reason:
        no(decision, reason)
    else:
        assert decision


@pytest.mark.parametrize(
    ("undone", "why", "reason"),
    [
        (False, "помилка", ""),
        (True, "помилка", "undone already"),
        (False, "  ", "Say why"),
    ],
)
def test_what_lies_is_taken_off_once_and_with_a_reason(
    *, undone: bool, why: str, reason: str
) -> None:
    decision = rules.may_undo(undone=undone, why=why)
    if reason:
        no(decision, reason)
    else:
        assert decision


@pytest.mark.parametrize(
    ("voided", "laid", "why", "reason"),
    [
        (False, "0", "помилка", ""),
        (True, "0", "помилка", "struck out already"),
        (False, "0.01", "помилка", "off its invoices first"),
        (False, "0", " ", "Say why"),
    ],
)
def test_a_payment_is_struck_out_once_it_lies_nowhere_and_with_a_reason(
    *, voided: bool, laid: str, why: str, reason: str
) -> None:
    decision = rules.may_void(voided=voided, laid=hryvnias(laid), why=why)
    if reason:
        no(decision, reason)
    else:
        assert decision
