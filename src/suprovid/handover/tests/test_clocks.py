"""Both clocks: opened by information and payment, stopped by undoing it (3.4, 3.5)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from suprovid.contracts.rules import CountFrom, OwnTermUnit
from suprovid.handover import actions
from suprovid.handover.followers import follow
from suprovid.handover.rules import CalledOffWhy, ItemCode
from suprovid.journal.models import Fact
from suprovid.lib.decision import Forbidden, Invalid, Missing, Refused
from suprovid.money import actions as money
from suprovid.obligations import actions as obligations
from suprovid.obligations.models import Obligation
from suprovid.obligations.rules import CalendarChange, Ending, ThingChanged
from tests.cast import MONDAY, Cast, acting
from tests.owing import found_company
from tests.path import Case, hours, new_case
from tests.refusals import refuses

FIRST, INSTALL = "handover.first_contact", "handover.installation"
# Saturday, 11 April 2026, 12:00 in Kyiv: the bank works, the department does not.
SATURDAY = datetime(2026, 4, 11, 9, 0, tzinfo=UTC)


def terms(kind: str) -> list[Obligation]:
    return list(Obligation.objects.filter(kind=kind).order_by("round"))


def due(kind: str) -> str:
    return terms(kind)[-1].due_at.isoformat()


def test_information_and_payment_together_start_the_first_contact(case: Case) -> None:
    case.collect()
    assert terms(FIRST) == []
    case.pay()
    (term,) = terms(FIRST)
    assert term.owner_role == "group_head"
    assert term.opened_at == case.standing.paid_at
    assert due(FIRST) == "2026-04-14T15:00:00+00:00"


def test_payment_before_confirmation_starts_only_the_installation(case: Case) -> None:
    case.pay()
    assert terms(FIRST) == []
    assert due(INSTALL) == "2026-04-16T15:00:00+00:00"
    case.collect()
    (term,) = terms(FIRST)
    assert term.opened_at == case.standing.confirmed_at


def test_a_payment_of_saturday_counts_from_saturday(case: Case) -> None:
    case.collect()
    case.pay(booked_at=SATURDAY)
    (term,) = terms(INSTALL)
    assert term.opened_at == SATURDAY
    assert due(INSTALL) == "2026-04-15T15:00:00+00:00"


def test_a_payment_entered_late_is_late_at_once(case: Case) -> None:
    case.now = MONDAY + timedelta(days=7)
    case.collect()
    case.pay(booked_at=MONDAY + hours(2))
    (term,) = terms(INSTALL)
    assert term.opened_at == MONDAY + hours(2)
    assert term.due_at < term.known_at
    assert term.next_moment is not None


def test_undoing_the_payment_stops_both_clocks_as_facts(case: Case) -> None:
    case.collect()
    case.pay()
    case.undo_payment()
    assert [row.ending for row in terms(FIRST) + terms(INSTALL)] == [
        Ending.CANCELLED,
        Ending.CANCELLED,
    ]
    assert Fact.objects.filter(kind="handover.payment.gone").count() == 1
    case.pay()
    assert [row.round for row in terms(INSTALL)] == [1, 2]


def test_money_undone_and_laid_again_before_anyone_looked(case: Case) -> None:
    case.collect()
    case.pay()
    allocation = case.invoice.allocations.get()
    by = case.by(case.cast.halyna)
    money.undo_allocation(actor=by, allocation_id=allocation.pk, why="не той рахунок")
    money.allocate(
        actor=by, payment_id=allocation.payment_id, invoice_id=case.invoice.pk
    )
    case.follow_money()
    assert [row.ending for row in terms(INSTALL)] == [Ending.CANCELLED, ""]


def test_a_part_of_the_sum_starts_nothing(case: Case) -> None:
    case.collect()
    money.enter_payment(
        actor=case.by(case.cast.halyna),
        booked_at=case.now,
        amount=case.invoice.total / 2,
        payer_name="Лісовий дім",
        document="ПД-1/2",
        invoice_id=case.invoice.pk,
    )
    case.follow_money()
    assert terms(INSTALL) == []


def test_following_twice_changes_nothing(case: Case) -> None:
    case.collect()
    case.pay()
    before = Fact.objects.count()
    for fact in Fact.objects.filter(kind__startswith="money."):
        follow(fact)
    assert Fact.objects.count() == before


def test_other_facts_are_not_followed(case: Case) -> None:
    fact = Fact.objects.get(kind="handover.opened")
    before = Fact.objects.count()
    follow(fact)
    assert Fact.objects.count() == before


def test_a_handover_called_off_follows_no_money(case: Case) -> None:
    case.collect()
    actions.call_off(
        actor=case.by(case.cast.viktor), handover_id=case.id, why=CalledOffWhy.REFUND
    )
    case.pay()
    assert terms(INSTALL) == []


# ---------------------------------------------------------------- first contact


def test_the_first_contact_agrees_the_day_of_installation(case: Case) -> None:
    case.collect()
    case.pay()
    case.contact(install_on=date(2026, 4, 15))
    assert terms(FIRST)[0].ending == Ending.MET
    assert due(INSTALL) == "2026-04-15T15:00:00+00:00"
    assert Fact.objects.filter(kind="obligations.moved").count() == 1
    (named,) = terms("service.installer")
    assert named.opened_at == case.handover.first_contact.made_at


def test_it_is_met_at_the_moment_it_was_made(case: Case) -> None:
    case.collect()
    case.pay()
    made_at = case.now + timedelta(minutes=5)
    case.now += timedelta(days=3)
    case.contact(made_at=made_at, install_on=date(2026, 4, 16))
    (term,) = terms(FIRST)
    assert (term.ended_at, term.missed_at) == (made_at, None)


def test_a_day_later_than_the_term_is_refused(case: Case) -> None:
    case.collect()
    case.pay()
    with pytest.raises(Invalid) as refusal:
        case.contact(install_on=date(2026, 4, 17))
    assert refusal.value.field == "install_on"


def test_a_contact_made_after_the_term_agrees_a_day_and_the_term_stays_missed(
    case: Case,
) -> None:
    """Money of Monday was brought in on the next one: there is no earlier day left."""
    case.collect()
    case.pay(booked_at=case.now)
    case.now += timedelta(days=7)
    case.contact(install_on=date(2026, 4, 21))
    assert due(INSTALL) == "2026-04-16T15:00:00+00:00"
    assert terms(INSTALL)[0].missed_at == terms(INSTALL)[0].due_at


def test_a_contract_may_allow_a_later_day(cast: Cast) -> None:
    case = new_case(cast, may_agree_later=True)
    case.collect()
    case.pay()
    case.contact(install_on=date(2026, 4, 24))
    assert due(INSTALL) == "2026-04-24T15:00:00+00:00"


def test_a_contract_has_its_own_term_from_the_payment(cast: Cast) -> None:
    case = new_case(
        cast,
        own_term_count=5,
        own_term_unit=OwnTermUnit.CALENDAR_DAYS,
        own_term_from=CountFrom.PAYMENT,
    )
    case.collect()
    case.pay()
    assert due(INSTALL) == "2026-04-20T15:00:00+00:00"
    case.contact(install_on=date(2026, 4, 17))
    assert due(INSTALL) == "2026-04-17T15:00:00+00:00"


def test_a_contract_has_its_own_term_from_the_signing(cast: Cast) -> None:
    case = new_case(
        cast,
        own_term_count=7,
        own_term_unit=OwnTermUnit.WORKING_DAYS,
        own_term_from=CountFrom.SIGNING,
    )
    case.collect()
    case.pay()
    assert due(INSTALL) == "2026-04-21T15:00:00+00:00"
    case.contact(install_on=date(2026, 4, 20))
    assert due(INSTALL) == "2026-04-20T15:00:00+00:00"


def test_a_term_from_the_signing_moves_with_the_calendar(cast: Cast) -> None:
    """Signed on Friday the 10th: a day off in its course is not counted any more."""
    case = new_case(
        cast,
        own_term_count=7,
        own_term_unit=OwnTermUnit.WORKING_DAYS,
        own_term_from=CountFrom.SIGNING,
    )
    case.collect()
    case.pay()
    found_company()
    obligations.change_calendar(
        actor=case.by(cast.iryna),
        change=CalendarChange(ThingChanged.DAY, date(2026, 4, 16), "Переїзд"),
    )
    assert due(INSTALL) == "2026-04-22T15:00:00+00:00"
    case.contact(install_on=date(2026, 4, 22))
    assert due(INSTALL) == "2026-04-22T15:00:00+00:00"


def test_contact_before_the_payment_leaves_the_day_to_the_term(case: Case) -> None:
    case.collect()
    case.contact(install_on=date(2026, 4, 30))
    assert terms(FIRST) == []
    case.pay()
    assert terms(FIRST) == []
    assert due(INSTALL) == "2026-04-16T15:00:00+00:00"


def test_a_day_that_had_passed_before_the_payment_is_not_the_term(case: Case) -> None:
    """Agreed for Tuesday, paid on Thursday: nothing is due before it was opened."""
    case.collect()
    case.contact(install_on=date(2026, 4, 14))
    case.now = MONDAY + timedelta(days=3)
    case.pay()
    assert due(INSTALL) == "2026-04-21T15:00:00+00:00"


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("made_at", {"made_at": MONDAY + timedelta(days=9)}),
        ("made_at", {"made_at": MONDAY - timedelta(days=1)}),
        ("install_on", {"install_on": date(2026, 4, 12)}),
    ],
)
def test_moments_that_cannot_be(case: Case, field: str, change: dict[str, Any]) -> None:
    case.collect()
    refuses(lambda: case.contact(**change), Invalid, "")
    with pytest.raises(Invalid) as refusal:
        case.contact(**change)
    assert refusal.value.field == field


def test_it_waits_for_the_clients_information(case: Case) -> None:
    refuses(case.contact, Refused, "information is not in")


def test_it_is_made_once(case: Case) -> None:
    case.collect()
    case.contact()
    refuses(case.contact, Refused, "made already, recorded by Олена Ткачук")


@pytest.mark.parametrize("person", ["taras", "andrii", "maryna"])
def test_only_the_head_of_the_group_makes_it(case: Case, person: str) -> None:
    case.collect()
    by = getattr(case.cast, person)
    refuses(lambda: case.contact(by=by), Forbidden, "Only the")


def test_words_of_the_client_can_be_erased(case: Case) -> None:
    case.collect()
    case.contact()
    fact = Fact.objects.get(kind="handover.contact.made")
    assert fact.private.values["spoke_with"] == "Ніна Салій"
    assert "Салій" not in str(fact.details)


def test_installation_and_contact_do_not_wait_for_visas(case: Case) -> None:
    case.collect()
    case.pay()
    case.contact()
    case.name_installer()
    case.install()
    (term,) = terms(INSTALL)
    assert term.ending == Ending.MET
    assert case.standing.in_force_count == 0


def test_the_installer_owes_the_installation_once_named(case: Case) -> None:
    case.collect()
    case.pay()
    case.contact()
    assert terms(INSTALL)[0].owner_role == "group_head"
    case.name_installer()
    assert terms(INSTALL)[0].owner_person == case.cast.pavlo
    assert terms("service.installer")[0].ending == Ending.MET


def test_a_later_payment_finds_the_installer_already_named(case: Case) -> None:
    case.collect()
    case.name_installer()
    case.pay()
    assert terms(INSTALL)[0].owner_person == case.cast.pavlo


def test_visa_of_the_payment_is_owed_since_the_banks_moment(case: Case) -> None:
    case.collect()
    booked = case.now + timedelta(minutes=2)
    case.now += timedelta(days=2)
    case.pay(booked_at=booked)
    term = Obligation.objects.get(kind="handover.visa", about={"item_code": "payment"})
    assert term.opened_at == booked
    assert term.owner_role == "accountant"


def test_what_a_head_took_off_control_is_not_owed_again_at_the_next_press(
    case: Case,
) -> None:
    case.collect()
    case.pay()
    case.bring_all()
    for term in Obligation.objects.filter(ended_at=None):
        obligations.waive(
            actor=case.by(case.cast.iryna), obligation_id=term.pk, why="так"
        )
    case.fill(ItemCode.CARD, wishes="візити після обіду")
    case.follow_money()
    assert not Obligation.objects.filter(ended_at=None).exists()


def test_what_was_taken_off_control_is_owed_when_it_comes_up_anew(case: Case) -> None:
    case.collect()
    case.pay()
    case.bring_all()
    for term in Obligation.objects.filter(ended_at=None):
        obligations.waive(
            actor=case.by(case.cast.iryna), obligation_id=term.pk, why="так"
        )
    case.undo_payment()
    case.pay()
    case.refuse(ItemCode.CONTRACT)
    case.replace(ItemCode.CONTRACT)
    assert [row.ending for row in terms(FIRST)] == [Ending.WAIVED, ""]
    assert [row.ending for row in terms(INSTALL)] == [Ending.WAIVED, ""]
    visas = Obligation.objects.filter(kind="handover.visa", ended_at=None)
    assert {row.about["item_code"] for row in visas} == {"contract", "payment"}


def test_a_foreign_actor_is_not_told_more(case: Case) -> None:
    case.collect()
    with pytest.raises(Missing):
        actions.accept(actor=acting(case.cast.serhii, case.now), handover_id=case.id)


def test_what_was_agreed_is_written(case: Case) -> None:
    case.collect()
    refuses(lambda: case.contact(place=" "), Invalid, "Fill in")


def test_with_the_installer_already_named_nobody_is_owed(case: Case) -> None:
    case.collect()
    case.name_installer()
    case.contact()
    assert terms("service.installer") == []
