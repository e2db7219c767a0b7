"""Acceptance, return, calling off, objections, service (PROCESS 3.6, 3.9)."""

from __future__ import annotations

import pytest

from suprovid.clients.rules import Serving
from suprovid.handover import actions
from suprovid.handover.models import Objection, Sheet
from suprovid.handover.queries import standing
from suprovid.handover.rules import CalledOffWhy, ItemCode, Stage
from suprovid.journal.models import Fact
from suprovid.lib.decision import Forbidden, Refused
from suprovid.obligations.models import Obligation
from suprovid.obligations.rules import Ending
from tests.path import Case
from tests.refusals import refuses


def open_kinds() -> set[str]:
    return set(Obligation.objects.filter(ended_at=None).values_list("kind", flat=True))


def endings(kind: str) -> list[str]:
    rows = Obligation.objects.filter(kind=kind).order_by("round")
    return [row.ending for row in rows]


def test_all_visas_in_force_make_acceptance_due(case: Case) -> None:
    case.ready()
    (term,) = Obligation.objects.filter(kind="handover.acceptance")
    assert (term.owner_role, term.ending) == ("group_head", "")


def test_accepted_the_sheet_is_closed_for_good(case: Case) -> None:
    case.ready()
    case.accept()
    assert case.standing.stage is Stage.ACCEPTED
    sheet = Sheet.objects.get()
    assert sheet.accepted_by == case.cast.olena
    assert endings("handover.acceptance") == [Ending.MET]


def test_the_head_of_department_accepts_for_the_head_of_the_group(case: Case) -> None:
    case.ready()
    case.accept(case.cast.iryna)
    assert Sheet.objects.get().accepted_for == case.cast.olena


def test_without_all_visas_nobody_is_accepted(case: Case) -> None:
    case.ready()
    case.replace(ItemCode.CONTRACT)
    refuses(case.accept, Refused, "missing")
    assert endings("handover.acceptance") == [Ending.CANCELLED]


def test_the_second_to_accept_hears_who_was_first(case: Case) -> None:
    case.ready()
    case.accept()
    refuses(case.accept, Refused, "Already accepted by Олена Ткачук")


@pytest.mark.parametrize("person", ["taras", "viktor", "andrii", "maryna"])
def test_only_the_head_of_the_group_accepts(case: Case, person: str) -> None:
    case.ready()
    by = getattr(case.cast, person)
    refuses(lambda: case.accept(by), Forbidden, "Only the")


# ---------------------------------------------------------------- return


def give_back(case: Case, remarks: str = "немає графіка візитів") -> None:
    actions.return_to_sales(
        actor=case.by(case.cast.olena), handover_id=case.id, remarks=remarks
    )


def answer(case: Case, text: str = "додали до карти") -> None:
    actions.answer_remarks(
        actor=case.by(case.cast.andrii), handover_id=case.id, text=text
    )


def test_returned_with_remarks_sales_answer_and_acceptance_is_due_again(
    case: Case,
) -> None:
    case.ready()
    give_back(case)
    assert "handover.remarks" in open_kinds()
    refuses(case.accept, Refused, "has not answered")
    answer(case)
    assert endings("handover.remarks") == [Ending.MET]
    assert endings("handover.acceptance") == [Ending.MET, ""]
    case.accept()


def test_a_return_says_why(case: Case) -> None:
    case.ready()
    refuses(lambda: give_back(case, " "), Refused, "Write the remarks")


def test_it_is_returned_once_until_answered(case: Case) -> None:
    case.ready()
    give_back(case)
    refuses(lambda: give_back(case), Refused, "has not answered")


def test_there_are_no_remarks_to_answer(case: Case) -> None:
    case.ready()
    refuses(lambda: answer(case), Refused, "no remarks")


# ---------------------------------------------------------------- calling off


def call_off(case: Case, by: str = "viktor") -> None:
    actions.call_off(
        actor=case.by(getattr(case.cast, by)),
        handover_id=case.id,
        why=CalledOffWhy.REFUND,
        note="гроші повернуто",
    )


def test_called_off_nothing_is_owed_and_papers_stay(case: Case) -> None:
    case.ready()
    case.contact()
    case.name_installer()
    case.install()
    call_off(case)
    assert open_kinds() == set()
    assert case.standing.stage is Stage.CALLED_OFF
    assert case.standing.lines[0].papers
    case.client.refresh_from_db()
    assert case.client.serving == Serving.KNOWN


@pytest.mark.parametrize("person", ["andrii", "olena", "iryna"])
def test_only_the_head_of_sales_calls_off(case: Case, person: str) -> None:
    refuses(lambda: call_off(case, person), Forbidden, "Only the")


def test_what_is_called_off_stays_so(case: Case) -> None:
    case.ready()
    call_off(case)
    refuses(lambda: call_off(case), Refused, "called off")
    refuses(case.accept, Refused, "called off")
    refuses(lambda: case.bring(ItemCode.CONTRACT), Refused, "called off")
    refuses(case.contact, Refused, "called off")


def test_in_service_nothing_is_called_off(case: Case) -> None:
    case.ready().installed()
    case.accept()
    case.appoint()
    refuses(lambda: call_off(case), Refused, "in service already")


# ---------------------------------------------------------------- objection


def object_to(case: Case, code: ItemCode | None = None, by: str = "maryna") -> None:
    line = case.line(code) if code else None
    actions.object_to(
        actor=case.by(getattr(case.cast, by)),
        handover_id=case.id,
        item_id=line.id if line else None,
        text="підпис не того директора",
    )


def test_an_objection_lays_a_new_sheet_and_the_old_one_stays(case: Case) -> None:
    case.ready()
    case.accept()
    old = case.standing
    object_to(case, ItemCode.CONTRACT)
    now = case.standing
    assert (now.stage, now.round) == (Stage.COLLECTING, 2)
    assert standing(case.handover, old.sheet_id).all_in_force
    assert case.line(ItemCode.CONTRACT).papers == ()
    assert case.line(ItemCode.PRICE_AGREEMENT).complete
    assert Objection.objects.get().new_sheet_id == now.sheet_id
    assert "handover.item_papers" in open_kinds()


def test_after_an_objection_all_visas_are_given_anew(case: Case) -> None:
    case.ready()
    case.accept()
    object_to(case, ItemCode.CONTRACT)
    refuses(case.accept, Refused, "missing")
    case.bring_all()
    case.give_all()
    case.accept()
    assert case.standing.stage is Stage.ACCEPTED


def test_who_filled_a_form_stays_its_author_on_the_new_sheet(case: Case) -> None:
    case.ready()
    case.accept()
    object_to(case)
    assert case.line(ItemCode.CARD).authors == {case.cast.andrii.pk}


def test_an_objection_keeps_the_client_out_of_service(case: Case) -> None:
    case.ready().installed()
    case.accept()
    object_to(case)
    refuses(case.appoint, Refused, "not accepted yet")


def test_a_client_in_service_stays_there_while_the_new_sheet_goes_round(
    case: Case,
) -> None:
    case.ready().installed()
    case.accept()
    case.appoint()
    object_to(case, ItemCode.PAYMENT, "halyna")
    assert case.standing.stage is Stage.IN_SERVICE
    case.give_all()
    case.accept()
    assert case.standing.closed_at is not None


@pytest.mark.parametrize("person", ["andrii", "taras"])
def test_those_who_answer_for_the_sheet_object(case: Case, person: str) -> None:
    case.ready()
    case.accept()
    refuses(lambda: object_to(case, by=person), Forbidden, "object to")


def test_an_open_sheet_is_refused_not_objected_to(case: Case) -> None:
    case.ready()
    refuses(lambda: object_to(case), Refused, "sheet is open")


def test_a_draft_cannot_enter_service(case: Case) -> None:
    with pytest.raises(Refused, match="not accepted yet"):
        actions.enter_service(
            actor=case.worker, handover_id=case.id, manager_id=case.cast.taras.pk
        )


def test_each_step_is_one_fact(case: Case) -> None:
    case.ready()
    case.accept()
    for kind in ("handover.sent", "handover.confirmed", "handover.accepted"):
        assert Fact.objects.filter(kind=kind).count() == 1
    assert Fact.objects.filter(kind="handover.visa.given").count() == 7
