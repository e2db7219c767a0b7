"""Whatever two clients have, joined and parted they have it again, and nothing ends."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suprovid.clients import actions as clients
from suprovid.clients.models import Client, Contact
from suprovid.contracts.models import Contract
from suprovid.handover import actions as handovers
from suprovid.intake.rules.merging import FIELDS, Side
from suprovid.intake.tests.joining import everything, join, part, take_over
from suprovid.money.models import Allocation, Invoice
from suprovid.obligations.models import Obligation
from tests.cast import MONDAY, Cast, acting
from tests.path import Case, new_client, new_contract, new_invoice

STEPS = ("contract", "invoice", "person", "site", "handover", "paid", "collected")
OWN = st.lists(st.sampled_from(STEPS), max_size=4)
TAKEN_OVER = st.booleans()


def live(cast: Cast, steps: list[str], *, taken_over: bool) -> Client:
    """A client with what chance gives it."""
    client = new_client(cast)
    case: Case | None = None
    for number, step in enumerate(steps):
        if step == "contract":
            new_contract(cast, client)
        elif step == "invoice":
            new_invoice(cast, new_contract(cast, client))
        elif step == "person":
            _person(cast, client, number)
        elif step == "site":
            _site(cast, client, number)
        else:
            case = case or _handover(cast, client)
            _go_on(case, step)
    if taken_over and case is None:
        take_over(cast, client)
    return client


def _person(cast: Cast, client: Client, number: int) -> None:
    clients.add_contact(
        actor=acting(cast.andrii, MONDAY),
        client_id=client.pk,
        name=f"Особа {number}",
        responsible=number % 2 == 0,
    )


def _site(cast: Cast, client: Client, number: int) -> None:
    if not client.sites.filter(name=f"Офіс {number % 2}").exists():
        clients.add_site(
            actor=acting(cast.andrii, MONDAY),
            client_id=client.pk,
            name=f"Офіс {number % 2}",
            address="вул. Лугова, 9",
        )


def _handover(cast: Cast, client: Client) -> Case:
    contract = new_contract(cast, client)
    invoice = new_invoice(cast, contract)
    handover = handovers.open_handover(
        actor=acting(cast.andrii, MONDAY),
        contract_id=contract.pk,
        group_id=cast.podil.pk,
    )
    return Case(cast, client, contract, invoice, handover)


def _go_on(case: Case, step: str) -> None:
    if step == "collected" and case.standing.stage == "draft":
        case.collect()
    elif step == "paid" and not case.invoice.allocations.exists():
        case.pay()


def money() -> dict[int, Decimal | None]:
    """What was asked and what was paid, by contract."""
    asked = Invoice.objects.values_list("contract").annotate(Sum("total"))
    paid = Allocation.objects.values_list("invoice__contract").annotate(Sum("amount"))
    return {**dict(asked), **{-pk: total for pk, total in paid}}


def terms() -> list[tuple[object, ...]]:
    told = ("pk", "kind", "subject", "due_at", "ended_at", "ending", "owner_role")
    return list(Obligation.objects.order_by("pk").values_list(*told))


# Each example is rolled back, so the cast it begins with is the same.
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    own=OWN,
    theirs=OWN,
    served=TAKEN_OVER,
    also=TAKEN_OVER,
    choices=st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(list(Side))),
)
def test_joined_and_parted_nothing_has_changed(
    cast: Cast,
    own: list[str],
    theirs: list[str],
    served: bool,
    also: bool,
    choices: dict[str, Side],
) -> None:
    with transaction.atomic():
        kept = live(cast, own, taken_over=served)
        gone = live(cast, theirs, taken_over=also)
        before, sums, owed = everything(), money(), terms()

        merge = join(cast, kept, gone, choices)
        assert (money(), terms()) == (sums, owed)
        for model in (Contract, Contact, Obligation):
            assert not model._default_manager.filter(client=gone).exists()
        part(cast, merge)

        assert everything() == before
        assert (money(), terms()) == (sums, owed)
        transaction.set_rollback(True)
