"""Visas: who, on what, what makes them fall (S17, PROCESS 3.3)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from suprovid.handover import actions
from suprovid.handover.models import Visa
from suprovid.handover.rules import ItemCode, LineState
from suprovid.journal.models import Fact
from suprovid.journal.rules import Actor, Channel
from suprovid.lib.decision import Forbidden, Invalid, Missing, Refused, Stale
from suprovid.obligations import actions as obligations
from suprovid.obligations.models import Company, Obligation
from suprovid.obligations.rules import Ending
from suprovid.people.actions import grant_role
from suprovid.people.models import Person
from suprovid.people.rules import Role
from suprovid.web.say import sentence
from tests.cast import MONDAY, acting
from tests.path import Case
from tests.refusals import refuses

from .test_opening import away

CONTRACT, PAYMENT = ItemCode.CONTRACT, ItemCode.PAYMENT


@pytest.fixture
def case(case: Case) -> Case:
    """Confirmed, with all papers and the money."""
    case.collect()
    case.bring_all()
    case.pay()
    return case


def also(case: Case, person: Person, role: Role) -> None:
    """Another role for one of the cast, from that day."""
    grant_role(actor=acting(case.cast.yaroslav, MONDAY), person_id=person.pk, role=role)


def term(case: Case, kind: str, code: ItemCode) -> Obligation:
    subject = f"handover.item:{case.line(code).id}"
    return Obligation.objects.filter(kind=kind, subject=subject).order_by("-round")[0]


def test_the_lawyer_gives_the_visa_of_the_contract(case: Case) -> None:
    visa = case.give(CONTRACT)
    assert case.line(CONTRACT).in_force
    assert visa.holds == list(case.line(CONTRACT).holds)
    assert term(case, "handover.visa", CONTRACT).ending == Ending.MET


@pytest.mark.parametrize("person", ["halyna", "olena", "andrii", "iryna"])
def test_others_do_not_give_the_lawyers_visa(case: Case, person: str) -> None:
    by = getattr(case.cast, person)
    refuses(lambda: case.give(CONTRACT, by), Forbidden, "Only the")


def test_the_head_of_department_may_act_for_the_group_head(case: Case) -> None:
    visa = case.give(ItemCode.CARD, case.cast.iryna)
    assert visa.for_whom == case.cast.olena


def test_the_head_of_another_group_does_not_find_it(case: Case) -> None:
    with pytest.raises(Missing):
        case.give(ItemCode.CARD, case.cast.serhii)


def test_a_deputy_gives_it_and_the_sheet_says_for_whom(case: Case) -> None:
    away(case.cast, "maryna", "denys")
    also(case, case.cast.denys, Role.ACCOUNTANT)
    visa = case.give(CONTRACT, case.cast.denys)
    assert visa.for_whom is None  # Denys is a lawyer himself
    away(case.cast, "halyna", "andrii")
    visa = case.give(PAYMENT, case.cast.andrii)
    assert visa.for_whom == case.cast.halyna
    fact = Fact.objects.filter(kind="handover.visa.given").latest("pk")
    assert fact.for_whom == f"person:{case.cast.halyna.pk}"


def test_visas_wait_for_the_confirmation(cast_case: Case) -> None:
    cast_case.fill(ItemCode.CARD)
    refuses(lambda: cast_case.give(ItemCode.CARD), Refused, "has confirmed")


def test_there_must_be_something_to_confirm(cast_case: Case) -> None:
    cast_case.collect()
    refuses(lambda: cast_case.give(CONTRACT), Refused, "nothing to confirm")
    refuses(lambda: cast_case.give(PAYMENT), Refused, "money has not reached")


def test_invoice_and_act_are_two_papers(cast_case: Case) -> None:
    cast_case.collect()
    cast_case.bring(ItemCode.INVOICE_AND_ACT)
    refuses(lambda: cast_case.give(ItemCode.INVOICE_AND_ACT), Refused, "all papers")


def test_a_visa_is_given_once_and_the_second_hears_who_was_first(case: Case) -> None:
    case.give(CONTRACT)
    refuses(
        lambda: case.give(CONTRACT, case.cast.denys),
        Refused,
        "Already given by Марина Коваль",
    )


def test_a_paper_replaced_before_pressing_is_shown_not_signed(case: Case) -> None:
    seen = case.line(CONTRACT).holds
    case.replace(CONTRACT)
    refuses(lambda: case.give(CONTRACT, seen=seen), Stale, "changed meanwhile")


def test_replacing_a_paper_makes_the_visa_fall(case: Case) -> None:
    case.give(CONTRACT)
    case.replace(CONTRACT)
    assert case.line(CONTRACT).state is LineState.FALLEN
    assert Fact.objects.filter(kind="handover.visa.fell").count() == 1
    again = term(case, "handover.visa", CONTRACT)
    assert (again.round, again.ended_at) == (2, None)
    case.give(CONTRACT)
    assert case.line(CONTRACT).in_force


def test_filling_a_form_anew_makes_the_visa_fall(case: Case) -> None:
    case.give(ItemCode.CARD)
    case.fill(ItemCode.CARD, wishes="візити після обіду")
    assert case.line(ItemCode.CARD).state is LineState.FALLEN


def test_undoing_the_payment_makes_the_visa_fall(case: Case) -> None:
    case.give(PAYMENT)
    case.undo_payment()
    assert case.line(PAYMENT).state is LineState.FALLEN
    case.pay()
    assert case.line(PAYMENT).state is LineState.FALLEN
    case.give(PAYMENT)
    assert case.line(PAYMENT).in_force


# ---------------------------------------------------------------- refusals


def test_a_refusal_names_the_requirement_and_sales_answer_it(case: Case) -> None:
    case.refuse(CONTRACT)
    assert case.line(CONTRACT).state is LineState.REFUSED
    assert term(case, "handover.visa", CONTRACT).ending == Ending.MET
    assert term(case, "handover.remarks", CONTRACT).owner_person == case.cast.andrii
    refuses(lambda: case.give(CONTRACT), Refused, "answers with a new version")
    case.replace(CONTRACT)
    assert term(case, "handover.remarks", CONTRACT).ending == Ending.MET
    case.give(CONTRACT)
    assert case.line(CONTRACT).in_force


def test_a_refusal_of_something_that_is_not_required(case: Case) -> None:
    line, actor = case.line(CONTRACT), case.by(case.cast.maryna)
    refuses(
        lambda: actions.refuse_visa(
            actor=actor,
            handover_id=case.id,
            item_id=line.id,
            requirement="whole_sum",
            reason="ні",
            seen=line.holds,
        ),
        Refused,
        "Choose the requirement",
    )


def test_a_refusal_says_why(case: Case) -> None:
    line, actor = case.line(CONTRACT), case.by(case.cast.maryna)
    refuses(
        lambda: actions.refuse_visa(
            actor=actor,
            handover_id=case.id,
            item_id=line.id,
            requirement="requisites",
            reason="  ",
            seen=line.holds,
        ),
        Refused,
        "Write what is wrong",
    )


def test_a_visa_in_force_is_withdrawn_not_refused(case: Case) -> None:
    case.give(CONTRACT)
    refuses(lambda: case.refuse(CONTRACT), Refused, "Already given by")
    case.withdraw(CONTRACT)
    assert case.line(CONTRACT).state is LineState.WITHDRAWN
    assert term(case, "handover.visa", CONTRACT).round == 2


def test_a_withdrawn_refusal_asks_nothing_of_sales(case: Case) -> None:
    case.refuse(CONTRACT)
    case.withdraw(CONTRACT)
    assert term(case, "handover.remarks", CONTRACT).ending == Ending.CANCELLED
    case.give(CONTRACT)
    assert case.line(CONTRACT).in_force


def test_there_is_nothing_to_withdraw(case: Case) -> None:
    refuses(lambda: case.withdraw(CONTRACT), Refused, "no visa to withdraw")


def test_after_acceptance_nothing_is_withdrawn(case: Case) -> None:
    case.give_all()
    case.accept()
    refuses(lambda: case.withdraw(CONTRACT), Refused, "Already accepted by")


# ---------------------------------------------------------------- exclusions


def test_who_brought_the_paper_does_not_confirm_it(case: Case) -> None:
    also(case, case.cast.andrii, Role.LAWYER)
    refuses(lambda: case.give(CONTRACT, case.cast.andrii), Forbidden, "Who prepared")


def test_who_stands_in_for_the_author_does_not_confirm_it(case: Case) -> None:
    also(case, case.cast.andrii, Role.LAWYER)
    away(case.cast, "andrii", "taras")
    refuses(lambda: case.give(CONTRACT, case.cast.taras), Forbidden, "Who prepared")


def test_an_author_who_stands_in_does_not_confirm_it(case: Case) -> None:
    away(case.cast, "maryna", "andrii")
    refuses(lambda: case.give(CONTRACT, case.cast.andrii), Forbidden, "Who prepared")


def test_bringing_the_same_content_back_does_not_raise_ones_own_visa(
    case: Case,
) -> None:
    away(case.cast, "maryna", "andrii")
    case.replace(CONTRACT, "версія голови збуту", by=case.cast.viktor)
    case.give(CONTRACT, case.cast.andrii)
    case.replace(CONTRACT, "інша", by=case.cast.viktor)
    case.replace(CONTRACT, "версія голови збуту", by=case.cast.andrii)
    assert case.line(CONTRACT).state is LineState.FALLEN


def test_the_company_may_allow_authors_and_the_sheet_prints_it(case: Case) -> None:
    Company.objects.create(name="Правовий вимір", authors_may_confirm=True)
    also(case, case.cast.andrii, Role.LAWYER)
    assert case.give(CONTRACT, case.cast.andrii).allowance == "author"
    assert case.line(CONTRACT).in_force


def test_one_person_does_not_confirm_for_lawyer_and_accountant(case: Case) -> None:
    also(case, case.cast.maryna, Role.ACCOUNTANT)
    case.give(CONTRACT)
    refuses(lambda: case.give(PAYMENT, case.cast.maryna), Forbidden, "from one person")
    case.withdraw(CONTRACT)
    case.give(PAYMENT, case.cast.maryna)
    refuses(lambda: case.give(CONTRACT, case.cast.maryna), Forbidden, "from one person")


def test_a_deputy_counts_as_both_persons(case: Case) -> None:
    away(case.cast, "maryna", "taras")
    also(case, case.cast.maryna, Role.ACCOUNTANT)
    case.give(PAYMENT)
    case.give(CONTRACT, case.cast.taras)
    case.withdraw(PAYMENT)
    refuses(lambda: case.give(PAYMENT, case.cast.taras), Forbidden, "from one person")


def test_the_company_may_allow_one_person_and_the_sheet_prints_it(case: Case) -> None:
    Company.objects.create(
        name="Правовий вимір", one_person_for_lawyer_and_accountant=True
    )
    also(case, case.cast.maryna, Role.ACCOUNTANT)
    case.give(CONTRACT)
    assert case.give(PAYMENT, case.cast.maryna).allowance == "one_person"


def test_the_system_gives_no_visas(case: Case) -> None:
    line = case.line(CONTRACT)
    refuses(
        lambda: actions.give_visa(
            actor=case.worker, handover_id=case.id, item_id=line.id, seen=line.holds
        ),
        Forbidden,
        "Only a person",
    )


def test_a_role_that_ended_yesterday_gives_nothing(case: Case) -> None:
    case.cast.maryna.grants.update(valid_to=MONDAY.date() - timedelta(days=1))
    with pytest.raises(Missing):
        case.give(CONTRACT)


# ---------------------------------------------------------------- papers, forms


def test_a_paper_that_was_replaced_is_not_replaced_again(case: Case) -> None:
    first = case.line(CONTRACT).papers[0].id
    case.replace(CONTRACT)
    with pytest.raises(Invalid, match="replaced already"):
        case.bring(CONTRACT, replaces=first)


def test_a_form_has_its_fields_and_no_others(case: Case) -> None:
    with pytest.raises(Invalid) as refusal:
        case.fill(ItemCode.APPLICATION, workplaces="багато")
    assert refusal.value.field == "workplaces"
    with pytest.raises(Invalid, match="no such field"):
        case.fill(ItemCode.CARD, salary="100")


def test_the_same_form_again_is_no_new_version(case: Case) -> None:
    case.give(ItemCode.CARD)
    case.fill(ItemCode.CARD)
    assert case.line(ItemCode.CARD).in_force


def test_papers_are_no_forms_and_forms_no_papers(case: Case) -> None:
    refuses(lambda: case.bring(ItemCode.CARD), Refused, "not carried by")
    line, actor = case.line(CONTRACT), case.by(case.cast.andrii)
    refuses(
        lambda: actions.fill_form(
            actor=actor, handover_id=case.id, item_id=line.id, values={}
        ),
        Refused,
        "not carried by",
    )


def test_the_lawyer_brings_no_papers(case: Case) -> None:
    refuses(lambda: case.bring(CONTRACT, by=case.cast.maryna), Forbidden, "of sales")


def test_after_acceptance_the_sheet_stays_as_it_was(case: Case) -> None:
    case.give_all()
    case.accept()
    refuses(lambda: case.bring(CONTRACT), Refused, "sheet is closed")
    case.undo_payment()
    assert case.standing.all_in_force
    assert Visa.objects.filter(standing=True).count() == 7


@pytest.fixture
def cast_case(cast: object) -> Case:
    from tests.path import new_case

    return new_case(cast)  # type: ignore[arg-type]  # the fixture of the department


def test_a_missed_visa_says_which_one(case: Case) -> None:
    """Two lines of a story that read the same would prove nothing."""
    late = case.now + timedelta(days=5)
    obligations.tick(actor=Actor(None, Channel.WORKER, late))
    missed = Fact.objects.filter(
        kind="obligations.missed", details__kind="handover.visa"
    )
    told = {sentence(fact.kind, fact.details) for fact in missed}
    assert len(told) == missed.count() > 1
