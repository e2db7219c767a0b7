"""From opening to confirmation (S16, PROCESS 3.1)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from suprovid.clients.models import Contact
from suprovid.clients.rules import Serving
from suprovid.contracts.models import Contract
from suprovid.handover import actions
from suprovid.handover.rules import CalledOffWhy, ItemCode, Stage
from suprovid.journal.models import Fact
from suprovid.lib.decision import Forbidden, Invalid, Missing, Refused
from suprovid.obligations.models import Obligation
from suprovid.obligations.rules import Ending
from suprovid.people.actions import declare_absence
from suprovid.people.rules import AbsenceKind
from tests.cast import MONDAY, Cast, acting
from tests.path import Case, new_case, new_client, new_contract, new_invoice
from tests.refusals import refuses


def terms(kind: str) -> list[Obligation]:
    return list(Obligation.objects.filter(kind=kind).order_by("pk"))


def test_sales_open_a_handover_with_its_sheet_of_seven_items(case: Case) -> None:
    assert case.handover.number == "П-2026/1"
    assert case.handover.first_invoice == case.invoice
    assert [line.code for line in case.standing.lines] == list(ItemCode)
    case.client.refresh_from_db()
    assert case.client.serving == Serving.HANDOVER
    assert case.client.group == case.cast.podil


def test_numbers_of_handovers_have_no_gaps(cast: Cast) -> None:
    assert [new_case(cast).handover.number for _ in range(3)] == [
        "П-2026/1",
        "П-2026/2",
        "П-2026/3",
    ]


def open_anew(case: Case, contract: Contract | None = None, by: str = "andrii") -> None:
    actions.open_handover(
        actor=case.by(getattr(case.cast, by)),
        contract_id=(contract or case.contract).pk,
        group_id=case.cast.podil.pk,
    )


def test_a_contract_has_one_open_handover(case: Case) -> None:
    refuses(lambda: open_anew(case), Refused, "is open already")


def test_after_calling_off_the_contract_may_be_handed_over_again(case: Case) -> None:
    actions.call_off(
        actor=case.by(case.cast.viktor),
        handover_id=case.id,
        why=CalledOffWhy.WALKED_AWAY,
    )
    open_anew(case)
    assert Fact.objects.filter(kind="handover.opened").count() == 2


def test_a_contract_in_service_is_not_handed_over_again(case: Case) -> None:
    case.ready().installed()
    case.accept()
    case.appoint()
    refuses(lambda: open_anew(case), Refused, "in service already")


def test_a_one_off_client_needs_no_handover(case: Case) -> None:
    once = new_contract(case.cast, case.client, regular=False)
    refuses(lambda: open_anew(case, once), Refused, "one-off")


@pytest.mark.parametrize("person", ["olena", "viktor", "iryna"])
def test_only_sales_open(case: Case, person: str) -> None:
    other = new_contract(case.cast, case.client)
    refuses(lambda: open_anew(case, other, person), Forbidden, "opens a handover")


def test_the_contract_of_a_colleague_is_not_found(case: Case) -> None:
    other = new_contract(case.cast, case.client)
    with pytest.raises(Missing):
        open_anew(case, other, "sofiia")


def test_a_closed_group_is_not_proposed(case: Case) -> None:
    other = new_contract(case.cast, case.client)
    case.cast.podil.closed_on = MONDAY.date()
    case.cast.podil.save()
    refuses(lambda: open_anew(case, other), Refused, "closed")


def test_a_deputy_opens_for_the_absent_colleague(cast: Cast) -> None:
    contract = new_contract(cast, new_client(cast))
    away(cast, "andrii", "sofiia")
    handover = actions.open_handover(
        actor=acting(cast.sofiia, MONDAY),
        contract_id=contract.pk,
        group_id=cast.podil.pk,
    )
    assert handover.sales == cast.andrii
    fact = Fact.objects.get(kind="handover.opened")
    assert fact.for_whom == f"person:{cast.andrii.pk}"


def away(cast: Cast, absent: str, deputy: str) -> None:
    person = getattr(cast, absent)
    declare_absence(
        actor=acting(person, MONDAY - timedelta(days=1)),
        person_id=person.pk,
        kind=AbsenceKind.VACATION,
        first_day=MONDAY.date(),
        last_day=MONDAY.date() + timedelta(days=30),
        deputy_id=getattr(cast, deputy).pk,
    )


# ---------------------------------------------------------------- sending


def send(case: Case) -> None:
    actions.send(actor=case.by(case.cast.andrii), handover_id=case.id)


def test_sent_it_waits_for_the_head_of_sales(case: Case) -> None:
    case.send()
    assert case.standing.stage is Stage.SENT
    (term,) = terms("handover.confirmation")
    assert term.owner_role == "sales_head"


def test_the_card_and_the_application_are_filled_before_sending(case: Case) -> None:
    refuses(lambda: send(case), Refused, "Fill in first")
    case.fill(ItemCode.APPLICATION)
    refuses(lambda: send(case), Refused, "Fill in first")


def test_the_responsible_person_is_named_before_sending(case: Case) -> None:
    Contact.objects.update(responsible=False)
    refuses(lambda: send(case), Refused, "responsible person")


def test_the_agreement_on_price_is_written_before_sending(case: Case) -> None:
    Contract.objects.update(price_agreement="")
    refuses(lambda: send(case), Refused, "agreement on price")


def test_it_is_sent_once(case: Case) -> None:
    case.send()
    refuses(lambda: send(case), Refused, "sent already")


def test_a_colleague_of_sales_does_not_find_it(case: Case) -> None:
    with pytest.raises(Missing):
        actions.send(actor=case.by(case.cast.sofiia), handover_id=case.id)


# ---------------------------------------------------------------- confirmation


def test_confirmed_the_information_is_in_and_papers_are_owed(case: Case) -> None:
    case.collect()
    assert case.standing.collecting
    assert terms("handover.confirmation")[0].ending == Ending.MET
    owed = {row.about["item_code"] for row in terms("handover.item_papers")}
    assert owed == {
        "contract",
        "price_agreement",
        "invoice_and_act",
        "price_agreement_copy",
    }
    visas = {row.about["item_code"] for row in terms("handover.visa")}
    assert visas == {"application", "card"}


def test_papers_owed_go_to_sales_and_are_due_in_two_working_days(case: Case) -> None:
    case.collect()
    term = terms("handover.item_papers")[0]
    assert term.owner_person == case.cast.andrii
    assert term.due_at.isoformat() == "2026-04-15T15:00:00+00:00"


def test_without_an_invoice_sales_owe_its_name(cast: Cast) -> None:
    case = new_case(cast)
    case.handover.first_invoice = None
    case.handover.save()
    case.collect()
    item = case.line(ItemCode.PAYMENT)
    assert Obligation.objects.filter(
        kind="handover.item_papers", subject=f"handover.item:{item.id}"
    ).exists()
    actions.set_first_invoice(
        actor=case.by(cast.andrii), handover_id=case.id, invoice_id=case.invoice.pk
    )
    term = Obligation.objects.get(
        kind="handover.item_papers", subject=f"handover.item:{item.id}"
    )
    assert term.ending == Ending.MET


@pytest.mark.parametrize("person", ["andrii", "olena", "iryna"])
def test_only_the_head_of_sales_confirms(case: Case, person: str) -> None:
    case.send()
    actor = case.by(getattr(case.cast, person))
    refuses(
        lambda: actions.confirm(actor=actor, handover_id=case.id), Forbidden, "Only the"
    )


def test_a_draft_is_not_confirmed(case: Case) -> None:
    refuses(case.confirm, Refused, "not sent it yet")


def test_the_second_to_confirm_hears_who_was_first(case: Case) -> None:
    case.collect()
    refuses(case.confirm, Refused, "Already confirmed by Віктор Романюк")


def test_sent_back_it_is_a_draft_with_remarks(case: Case) -> None:
    case.send()
    actor = case.by(case.cast.viktor)
    actions.send_back(actor=actor, handover_id=case.id, remarks="немає телефону")
    assert case.standing.stage is Stage.DRAFT
    assert case.standing.remarks == "немає телефону"
    assert terms("handover.confirmation")[0].ending == Ending.MET
    send(case)
    assert terms("handover.confirmation")[1].round == 2


def test_remarks_are_written_when_it_is_sent_back(case: Case) -> None:
    case.send()
    actor = case.by(case.cast.viktor)
    refuses(
        lambda: actions.send_back(actor=actor, handover_id=case.id, remarks=" "),
        Refused,
        "remarks",
    )


# ---------------------------------------------------------------- group, invoice


def test_the_head_of_department_changes_the_group_with_its_terms(case: Case) -> None:
    case.collect()
    case.pay()
    actions.change_group(
        actor=case.by(case.cast.iryna),
        handover_id=case.id,
        group_id=case.cast.obolon.pk,
    )
    case.client.refresh_from_db()
    assert case.client.group == case.cast.obolon
    rows = Obligation.objects.filter(ended_at=None)
    assert {row.owner_group for row in rows} == {case.cast.obolon}
    heads = [e["group"] for row in rows for e in row.escalate if e["group"]]
    assert set(heads) == {case.cast.obolon.pk}


def test_the_group_is_changed_until_acceptance(case: Case) -> None:
    case.ready()
    case.accept()
    actor, other = case.by(case.cast.iryna), case.cast.obolon.pk
    refuses(
        lambda: actions.change_group(actor=actor, handover_id=case.id, group_id=other),
        Refused,
        "Already accepted",
    )


def test_only_the_head_of_department_changes_the_group(case: Case) -> None:
    actor, other = case.by(case.cast.viktor), case.cast.obolon.pk
    refuses(
        lambda: actions.change_group(actor=actor, handover_id=case.id, group_id=other),
        Forbidden,
        "Only the",
    )


def test_the_first_invoice_is_one_of_the_contract(case: Case) -> None:
    other = new_invoice(case.cast, new_contract(case.cast, case.client))
    actor = case.by(case.cast.andrii)
    refuses(
        lambda: actions.set_first_invoice(
            actor=actor, handover_id=case.id, invoice_id=other.pk
        ),
        Invalid,
        "no invoice of the contract",
    )


def test_another_first_invoice_stops_the_clocks_of_the_paid_one(case: Case) -> None:
    case.collect()
    case.pay()
    other = new_invoice(case.cast, case.contract)
    actions.set_first_invoice(
        actor=case.by(case.cast.halyna), handover_id=case.id, invoice_id=other.pk
    )
    endings = {row.ending for row in terms("handover.installation")}
    assert endings == {Ending.CANCELLED}


def test_the_same_group_and_the_same_invoice_change_nothing(case: Case) -> None:
    before = Fact.objects.count()
    actions.change_group(
        actor=case.by(case.cast.iryna), handover_id=case.id, group_id=case.cast.podil.pk
    )
    actions.set_first_invoice(
        actor=case.by(case.cast.andrii),
        handover_id=case.id,
        invoice_id=case.invoice.pk,
    )
    assert Fact.objects.count() == before


def test_a_group_that_is_not_there_takes_nobody(case: Case) -> None:
    actor = case.by(case.cast.iryna)
    refuses(
        lambda: actions.change_group(actor=actor, handover_id=case.id, group_id=0),
        Invalid,
        "no such group",
    )


def test_a_client_without_sales_is_given_to_sales_first(case: Case) -> None:
    other = new_contract(case.cast, case.client)
    case.client.sales = None
    case.client.save(update_fields=["sales"])
    console = acting(None, case.now)
    refuses(
        lambda: actions.open_handover(
            actor=console, contract_id=other.pk, group_id=case.cast.podil.pk
        ),
        Invalid,
        "whose client this is",
    )


def test_a_handover_that_is_not_there_is_missing(case: Case) -> None:
    with pytest.raises(Missing):
        actions.send(actor=case.by(case.cast.andrii), handover_id=0)


def test_a_line_of_another_sheet_is_missing(case: Case) -> None:
    with pytest.raises(Missing):
        actions.fill_form(
            actor=case.by(case.cast.andrii), handover_id=case.id, item_id=0, values={}
        )
