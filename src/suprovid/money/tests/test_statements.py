"""Statements of the bank: each line once, nothing of a file that does not fit (B6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from suprovid.journal.models import Fact
from suprovid.lib.decision import Forbidden, Invalid, Refused
from suprovid.lib.statements import Statement as Told
from suprovid.money import actions
from suprovid.money.models import (
    Allocation,
    Invoice,
    Payment,
    StatementFile,
    StatementLine,
)
from suprovid.money.models import Statement as Kept
from suprovid.money.queries import statement_page, statements
from suprovid.money.rules import Aside, Group, LineState, Sureness
from suprovid.money.tests.bank import (
    BOOKED,
    LATER,
    OURS,
    account,
    after,
    bring,
    line,
    statement,
)
from suprovid.money.tests.books import Books
from suprovid.people.queries import viewer
from tests.cast import acting
from tests.refusals import refuses

pytestmark = pytest.mark.django_db
NAMED = "Оплата зг. рах. № СФ-000123 від 30.10.2026, у т.ч. ПДВ 20% 1200,00 грн"


@pytest.fixture
def invoice(books: Books) -> Invoice:
    """СФ-000123 of the client 99000011, for 7 200; our account is named."""
    account()
    made = books.invoice(Decimal(7200), number="СФ-000123")
    client = made.contract.client
    client.code = "99000011"
    client.save(update_fields=["code"])
    return made


def reasons(report: Any) -> list[str]:
    return [str(one.reason) for one in report.problems]


def counts(report: Any) -> tuple[int, int, int, int, int]:
    return (
        report.lines,
        report.new,
        report.known,
        report.matched,
        report.proposed,
    )


# ------------------------------------------------------------- what is taken


def test_a_sure_line_pays_its_invoice_at_once(books: Books, invoice: Invoice) -> None:
    report = bring(statement(line("7200.00", NAMED)))

    assert counts(report) == (1, 1, 0, 1, 0)
    laid = Allocation.objects.get()
    assert (laid.invoice, laid.amount) == (invoice, Decimal(7200))
    assert laid.payment.booked_at == BOOKED
    told = Fact.objects.get(kind="money.allocation.made_by_rule")
    assert "payer’s code is the client’s" in told.details["why"]
    assert told.client == invoice.contract.client_id


def test_the_same_file_again_adds_nothing(books: Books, invoice: Invoice) -> None:
    told = statement(line("7200.00", NAMED), line("-100.11", "Комісія"))
    bring(told)
    again = bring(told)

    assert (counts(again), again.brought_before) == ((2, 0, 2, 0, 0), True)
    assert (StatementFile.objects.count(), Payment.objects.count()) == (1, 1)


def test_a_dry_run_tells_and_writes_nothing(books: Books, invoice: Invoice) -> None:
    before = Fact.objects.count()
    report = bring(statement(line("7200.00", NAMED), line("5.00")), dry_run=True)

    assert counts(report) == (2, 2, 0, 1, 0)
    assert report.file_id is None
    assert not StatementLine.objects.exists()
    assert not Payment.objects.exists()
    assert Fact.objects.count() == before


def test_an_account_that_is_not_ours_is_refused_by_name(books: Books) -> None:
    other = "UA963777770000026002000000025"
    account()
    told = (statement(line("1.00")), statement(line("1.00"), iban=other))
    refuses(lambda: bring(*told), Refused, f"The account {other} is not among ours")


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (statement(line("1.00"), currency="EUR"), "only hryvnias"),
        (statement(line("1.00", currency="USD")), "only hryvnias"),
        (statement(line("1.00"), closing=Decimal(5)), "does not add up"),
        (statement(line("1.00", booked_at=LATER + timedelta(days=1))), "yet to come"),
        (statement(line("0.001")), "cannot be right"),
        (statement(line("NaN"), opening="NaN"), "cannot be right"),
    ],
)
def test_what_does_not_fit_is_refused_whole(
    books: Books, told: Told, reason: str
) -> None:
    account()
    good = statement(line("5.00", "перша"))
    refuses(lambda: bring(good, told), Refused, reason)


def test_only_those_who_handle_money_bring_statements(books: Books) -> None:
    account()
    refuses(
        lambda: bring(statement(line("1.00")), by=books.cast.taras),
        Forbidden,
        "handles money",
    )


def test_a_closed_account_is_told_as_closed(books: Books) -> None:
    ours = account()
    actions.close_account(actor=acting(books.cast.halyna, LATER), account_id=ours.pk)
    refuses(lambda: bring(statement(line("1.00"))), Refused, "was closed on")


def test_an_account_is_added_once_and_a_mistyped_one_never(books: Books) -> None:
    account()
    refuses(
        lambda: account(iban="UA09 3999 9900 00026001000000017"), Invalid, "already"
    )
    refuses(lambda: account(iban=OURS[:-1] + "8"), Invalid, "mistyped")
    refuses(lambda: account(iban=" "), Invalid, "mistyped")


# ------------------------------------------------------------- gaps


def test_a_gap_to_the_last_closing_is_told_and_taken(books: Books) -> None:
    account()
    bring(statement(line("100.00")))
    report = bring(
        statement(line("1.00", booked_at=after(3)), opening="10200.00"),
    )

    days, balances = reasons(report)
    assert "2026-11-03 to 2026-11-04" in days
    assert "10200.00" in balances
    assert "10100.00" in balances
    assert report.new == 1


def test_statements_that_follow_one_another_tell_of_no_gap(books: Books) -> None:
    account()
    first = statement(line("100.00"))
    second = statement(line("1.00", booked_at=after(1)), opening="10100.00")
    assert reasons(bring(second, first)) == []


# ------------------------------------------------------------- doubles


def test_equal_lines_of_one_statement_both_stay(books: Books) -> None:
    account()
    twice = statement(line("3600.00"), line("3600.00"))
    assert bring(twice).new == 2
    more = statement(line("3600.00"), line("3600.00"), line("3600.00"))
    assert counts(bring(more))[:3] == (3, 1, 2)


def test_a_reference_of_the_bank_tells_equal_lines_apart(books: Books) -> None:
    account()
    one, other = (line("9.00", reference=name, firm=True) for name in ("R1", "R2"))
    assert bring(statement(one)).new == 1
    assert bring(statement(other)).new == 1
    assert bring(statement(one, other)).new == 0


def test_a_line_told_first_without_its_reference_is_the_same(books: Books) -> None:
    account()
    bare, firm = line("9.00"), line("9.00", reference="R1", firm=True)
    bring(statement(bare))
    assert bring(statement(firm)).new == 0
    assert bring(statement(bare)).new == 0
    assert bring(statement(replace(firm, reference="R2"))).new == 1


def test_money_typed_before_is_found_again(books: Books) -> None:
    account()
    noon = BOOKED + timedelta(hours=3)
    typed = actions.enter_payment(
        actor=acting(books.cast.halyna, LATER),
        booked_at=noon,
        amount=Decimal(9),
        payer_name="Альфа",
        payer_code="99000011",
        document="101",
    )
    bring(statement(line("9.00"), line("9.00", document="102")))

    assert Payment.objects.count() == 2
    assert StatementLine.objects.get(payment=typed).document == "101"
    assert Fact.objects.filter(kind="money.line.recognised").count() == 1


def test_a_line_that_the_statement_told_is_not_typed_again(books: Books) -> None:
    account()
    bring(statement(line("9.00")))
    refuses(
        lambda: books.pay(
            Decimal(9), booked_at=BOOKED + timedelta(hours=2), document="101"
        ),
        Refused,
        "future",
    )
    refuses(
        lambda: actions.enter_payment(
            actor=acting(books.cast.halyna, LATER),
            booked_at=BOOKED + timedelta(hours=2),
            amount=Decimal(9),
            payer_name="Альфа",
            document="101",
        ),
        Invalid,
        "was entered on",
    )


# ------------------------------------------------------------- a person's part


def test_an_account_that_asks_a_person_lays_nothing(
    books: Books, invoice: Invoice
) -> None:
    ours = actions.add_account(
        actor=acting(None, LATER), iban="UA963777770000026002000000025"
    )
    actions.change_account(
        actor=acting(books.cast.halyna, LATER),
        account_id=ours.pk,
        name="",
        posts_sure=False,
        version=1,
    )
    report = bring(statement(line("7200.00", NAMED), iban=ours.iban))
    assert counts(report) == (1, 1, 0, 0, 1)


def accountant(books: Books) -> Any:
    return acting(books.cast.halyna, LATER)


def test_a_sum_is_split_and_the_rest_stays_free(books: Books, invoice: Invoice) -> None:
    second, third = books.invoice(Decimal(500)), books.invoice()
    bring(statement(line("8000.00", "за послуги")))
    told = StatementLine.objects.get()
    parts = [(invoice.pk, Decimal(7200)), (second.pk, Decimal(500))]
    actions.lay_line(actor=accountant(books), line_id=told.pk, parts=parts)

    assert told.payment is not None
    assert sum(row.amount for row in told.payment.allocations.all()) == 7700
    refuses(
        lambda: actions.lay_line(
            actor=accountant(books),
            line_id=told.pk,
            parts=[(third.pk, Decimal(301))],
        ),
        Refused,
        "of this payment is free",
    )


def test_many_are_confirmed_or_none(books: Books, invoice: Invoice) -> None:
    bring(statement(line("100.00"), line("200.00")))
    one, other = StatementLine.objects.order_by("amount")
    wrong = [
        (one.pk, [(invoice.pk, Decimal(100))]),
        (other.pk, [(invoice.pk, Decimal(201))]),
    ]
    with pytest.raises(Refused):
        actions.confirm_many(actor=accountant(books), chosen=wrong)
    assert not Allocation.objects.exists()
    right = [wrong[0], (other.pk, [(invoice.pk, Decimal(200))])]
    assert len(actions.confirm_many(actor=accountant(books), chosen=right)) == 2


def test_a_wrong_match_undone_waits_again(books: Books, invoice: Invoice) -> None:
    report = bring(statement(line("7200.00", NAMED)))
    told = StatementLine.objects.get()
    actions.unlay_line(actor=accountant(books), line_id=told.pk, why="не той")
    page = statement_page(viewer(accountant(books)), Kept.objects.get().pk)

    (row,) = (row for one in page.groups for row in one.lines)
    assert (row.state, row.sureness) == (LineState.OPEN, Sureness.SURE)
    refuses(
        lambda: actions.unlay_line(
            actor=accountant(books), line_id=told.pk, why="ще раз"
        ),
        Refused,
        "lies on no invoice",
    )
    assert report.matched == 1


def test_what_is_no_client_s_money_is_set_aside_and_taken_back(books: Books) -> None:
    account()
    bring(statement(line("3.00", "Відсотки на залишок")))
    told = StatementLine.objects.get()
    actions.set_aside(actor=accountant(books), line_id=told.pk, aside=Aside.INTEREST)
    told.refresh_from_db()
    assert (told.payment, told.set_aside) == (None, "interest")
    assert not Payment.objects.filter(voided_at=None).exists()

    actions.take_back(actor=accountant(books), line_id=told.pk)
    assert Payment.objects.filter(voided_at=None).count() == 1
    assert (
        bring(statement(line("3.00", "Відсотки на залишок"), line("1.00"))).known == 1
    )


def test_money_between_our_own_accounts_is_no_payment(books: Books) -> None:
    account()
    other = account(iban="UA963777770000026002000000025")
    bring(statement(line("50.00", party_iban=other.iban)))
    assert StatementLine.objects.get().set_aside == Aside.OWN
    assert not Payment.objects.exists()


def test_a_payment_told_by_the_bank_is_not_struck_out(books: Books) -> None:
    account()
    bring(statement(line("50.00")))
    refuses(lambda: books.void(Payment.objects.get()), Refused, "set its line aside")


# ------------------------------------------------------------- undo


def test_a_file_taken_back_may_come_again(books: Books, invoice: Invoice) -> None:
    told = statement(line("50.00"), line("-3.00"))
    brought = bring(told)
    actions.undo_statement_file(
        actor=accountant(books), file_id=brought.file_id or 0, why="не той"
    )
    assert not StatementLine.objects.exists()
    assert not Payment.objects.filter(voided_at=None).exists()
    assert counts(bring(told))[:3] == (2, 2, 0)


def test_what_was_laid_by_rule_goes_with_its_file(
    books: Books, invoice: Invoice
) -> None:
    told = statement(line("7200.00", NAMED))
    brought = bring(told)
    actions.undo_statement_file(
        actor=accountant(books), file_id=brought.file_id or 0, why="не той"
    )
    assert Allocation.objects.get().undone_why == "не той"
    fact = Fact.objects.get(kind="money.allocation.undone")
    assert fact.client == invoice.contract.client_id
    assert counts(bring(told)) == (1, 1, 0, 1, 0)


def test_a_file_whose_money_somebody_laid_is_not_taken_back(
    books: Books, invoice: Invoice
) -> None:
    brought = bring(statement(line("7200.00", "без номера")))
    books.lay(Payment.objects.get(), invoice)
    refuses(
        lambda: actions.undo_statement_file(
            actor=accountant(books), file_id=brought.file_id or 0, why="не той"
        ),
        Refused,
        "lies on invoices",
    )


def test_lines_that_another_file_tells_too_outlive_the_undo(books: Books) -> None:
    account()
    first = bring(statement(line("50.00"), line("60.00", "друга")))
    bring(statement(line("60.00", "друга"), line("70.00", "третя")))
    actions.undo_statement_file(
        actor=accountant(books), file_id=first.file_id or 0, why="не той"
    )
    assert sorted(one.amount for one in StatementLine.objects.all()) == [60, 70]
    page = statement_page(viewer(accountant(books)), Kept.objects.get().pk)
    assert page.head.sum_in == 130


# ------------------------------------------------------------- the page


def test_figures_of_the_page_equal_the_rows_behind_them(
    books: Books, invoice: Invoice
) -> None:
    bring(
        statement(
            line("7200.00", NAMED),
            line("100.00", "доплата за рах. 123"),
            line("1.00", party_code="", party_iban="", purpose="перевірка"),
            line("-30.00", "Комісія"),
        )
    )
    page = statement_page(viewer(accountant(books)), Kept.objects.get().pk)
    groups = {one.group: one for one in page.groups}

    assert {one.group: one.count for one in page.groups if one.count} == {
        Group.UNMATCHED: 2,
        Group.LAID: 1,
        Group.OUT: 1,
    }
    for one in page.groups:
        assert one.sum == sum(row.amount for row in one.lines)
    head = page.head
    assert head.sum_in == 7301
    assert head.opening is not None
    assert head.opening + head.sum_in + head.sum_out == head.closing
    (laid,) = groups[Group.LAID].lines
    assert (laid.state, laid.by_rule) == (LineState.LAID, True)
    assert laid.free == 0
    assert [row.open for row in statements(viewer(accountant(books))).statements] == [2]


def test_the_page_marks_what_it_found_and_says_why(
    books: Books, invoice: Invoice
) -> None:
    bring(statement(line("7000.00", NAMED)))
    page = statement_page(viewer(accountant(books)), Kept.objects.get().pk)
    row = page.groups[0].lines[0]
    (best,) = row.candidates

    assert [piece.text for piece in row.purpose if piece.marked] == ["СФ-000123"]
    assert "".join(piece.text for piece in row.purpose) == NAMED
    assert [sign.good for sign in best.signs] == [True, True, False]
    assert [(part.invoice, part.amount) for part in best.parts] == [
        ("СФ-000123", Decimal(7000))
    ]


def test_others_see_no_statements(books: Books) -> None:
    account()
    bring(statement(line("50.00")))
    assert statements(viewer(acting(books.cast.taras, LATER))).statements == ()


# ------------------------------------------------------------- invoices


def test_an_invoice_is_cancelled_while_nothing_lies_on_it(
    books: Books, invoice: Invoice
) -> None:
    def cancel() -> object:
        return actions.cancel_invoice(
            actor=accountant(books), invoice_id=invoice.pk, why="помилка"
        )

    bring(statement(line("7200.00", NAMED)))
    refuses(cancel, Refused, "Money lies on this invoice")
    told = StatementLine.objects.get()
    actions.unlay_line(actor=accountant(books), line_id=told.pk, why="помилка")
    cancel()
    refuses(cancel, Refused, "cancelled already")
    page = statement_page(viewer(accountant(books)), Kept.objects.get().pk)
    assert page.groups[1].count == 1
