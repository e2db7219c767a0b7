"""What was typed about people and their names can be erased from the journal (6)."""

from __future__ import annotations

import json

import pytest

from suprovid.journal.models import Fact
from suprovid.money import actions as money
from suprovid.obligations import actions as obligations
from suprovid.obligations.models import Obligation
from suprovid.people.models import Person
from tests.cast import Cast
from tests.path import Case, new_case

TYPED = "платила Ганна Нечитайло"


@pytest.fixture
def life(cast: Cast) -> Case:
    """A client led into service, with every text that people type on the way."""
    case = new_case(cast)
    case.collect()
    payment = case.pay()
    money.undo_allocation(
        actor=case.by(cast.halyna),
        allocation_id=payment.allocations.get().pk,
        why=TYPED,
    )
    money.void_payment(actor=case.by(cast.halyna), payment_id=payment.pk, why=TYPED)
    case.follow_money()
    case.ready_after_confirmation()
    owed = Obligation.objects.filter(ended_at=None)[0]
    obligations.waive(actor=case.by(cast.iryna), obligation_id=owed.pk, why=TYPED)
    case.accept()
    case.installed()
    case.appoint()
    return case


def test_no_fact_has_a_person_s_name_or_a_typed_reason_in_its_details(
    life: Case,
) -> None:
    names = [
        *Person.objects.values_list("family_name", flat=True),
        "Нечитайло",
        "Салій",
    ]
    for kind, details in Fact.objects.values_list("kind", "details"):
        told = json.dumps(details, ensure_ascii=False)
        assert not [name for name in names if name in told], f"{kind}: {told}"


def test_they_lie_beside_it(life: Case) -> None:
    kinds = ("money.allocation.undone", "money.payment.voided", "obligations.waived")
    for fact in Fact.objects.filter(kind__in=kinds).select_related("private"):
        assert fact.private.values["why"] == TYPED
    appointed = Fact.objects.get(kind="service.manager.appointed")
    assert "Бондар" in appointed.private.values["manager_name"]
