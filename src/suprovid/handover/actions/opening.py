"""From sales' opening to the confirmation of their head (S16, PROCESS 3.1)."""

from __future__ import annotations

from django.db import transaction

from suprovid.clients.actions import begin_handover
from suprovid.clients.models import Client
from suprovid.contracts.models import Contract
from suprovid.contracts.queries import visible as visible_contracts
from suprovid.documents.actions import take_number
from suprovid.handover.actions.clocks import (
    Owed,
    follow_money,
    meet,
    owe,
    settle,
)
from suprovid.handover.actions.shared import (
    Scene,
    acting,
    demand,
    for_whom,
    lay_sheet,
    scene,
    tell,
)
from suprovid.handover.models import Handover, Item
from suprovid.handover.queries.standing import standing as standing_of
from suprovid.handover.rules import (
    Carrier,
    Hand,
    Opening,
    Stage,
    may_change_group,
    may_confirm,
    may_name_invoice,
    may_open,
    may_send,
    may_send_back,
    sales_seat,
    says_remarks,
)
from suprovid.journal.actions import subject_of
from suprovid.journal.rules import Actor
from suprovid.lib.decision import Missing, invalid
from suprovid.lib.words import word
from suprovid.money.models import Invoice
from suprovid.obligations import actions as obligations
from suprovid.obligations.models import Obligation
from suprovid.obligations.rules import Owner
from suprovid.people.models import ServiceGroup
from suprovid.people.queries import today
from suprovid.people.rules import Capacity, Role


@transaction.atomic
def open_handover(*, actor: Actor, contract_id: int, group_id: int) -> Handover:
    """Open the handover of a regular client, with the sheet that travels with it.

    Raises:
        Missing, Forbidden, Refused.
    """
    contract, client = _hold_contract(actor, contract_id)
    hand, group = acting(actor), ServiceGroup.objects.filter(pk=group_id).first()
    demand(may_open(_opening(contract, client, group, hand), hand))
    sales_id = _whose(client, hand)
    handover = Handover.objects.create(
        number=_next_number(actor),
        client=client,
        contract=contract,
        group_id=group_id,
        sales_id=sales_id,
        first_invoice=_first_invoice(contract),
        opened_at=actor.now,
    )
    lay_sheet(handover, number=1, opened_at=actor.now)
    begin_handover(actor=actor, client_id=client.pk, group_id=group_id)
    opened = Scene(actor, handover, hand, standing_of(handover))
    tell(
        opened,
        "handover.opened",
        seat=Capacity(Role.SALES, None if sales_id == hand.viewer.id else sales_id),
        details={"contract": contract.pk, "group": group.name if group else ""},
    )
    follow_money(opened)
    settle(opened.anew())
    return handover


def _hold_contract(actor: Actor, contract_id: int) -> tuple[Contract, Client]:
    """The client first, as whoever changes its contracts holds them."""
    seen = visible_contracts(acting(actor).viewer).filter(pk=contract_id).first()
    if seen is None:
        raise Missing
    client = Client.objects.select_for_update().get(pk=seen.client_id)
    contract = Contract.objects.select_for_update().get(pk=contract_id)
    if contract.client_id != client.pk:  # joined to another a moment ago
        raise Missing
    return contract, client


def _opening(
    contract: Contract, client: Client, group: ServiceGroup | None, hand: Hand
) -> Opening:
    numbers = dict(
        Handover.objects.filter(contract=contract)
        .exclude(stage=Stage.CALLED_OFF)
        .values_list("stage", "number")
    )
    in_service = numbers.pop(Stage.IN_SERVICE, "")
    return Opening(
        regular=contract.regular,
        own_client=hand.viewer.system or client.sales_id in hand.viewer.ids,
        open_number=next(iter(numbers.values()), ""),
        in_service_number=in_service,
        group_open=group is not None and group.closed_on is None,
    )


def _whose(client: Client, hand: Hand) -> int:
    """Sales who brought the client, also when a deputy opens for them."""
    if client.sales_id is None:
        raise invalid("contract_id", "Say first whose client this is among sales.")
    return client.sales_id


def _next_number(actor: Actor) -> str:
    on = today(actor.now)
    return f"П-{on.year}/{take_number(kind='handover', on=on)}"


def _first_invoice(contract: Contract) -> Invoice | None:
    issued = Invoice.objects.filter(contract=contract, cancelled_at=None)
    return issued.order_by("issued_on", "pk").first()


@transaction.atomic
def set_first_invoice(*, actor: Actor, handover_id: int, invoice_id: int) -> Handover:
    """Name the invoice whose payment the sheet waits for.

    Raises:
        Missing, Forbidden, Refused.
    """
    at = scene(actor, handover_id)
    demand(may_name_invoice(at.standing, at.hand))
    handover = at.handover
    invoice = Invoice.objects.filter(
        pk=invoice_id, contract=handover.contract_id, cancelled_at=None
    ).first()
    if invoice is None:
        raise invalid("invoice_id", "This is no invoice of the contract.")
    if handover.first_invoice_id == invoice.pk:
        return handover
    handover.first_invoice = invoice
    handover.save(update_fields=["first_invoice"])
    tell(
        at,
        "handover.invoice.named",
        seat=sales_seat(at.standing, at.hand),
        details={"invoice": invoice.number},
    )
    named = at.anew()
    for line in named.standing.lines:
        if line.carrier is Carrier.PAYMENT:
            meet(named, "handover.item_papers", Item(pk=line.id))
    follow_money(named)
    settle(named.anew())
    return handover


@transaction.atomic
def send(*, actor: Actor, handover_id: int) -> Handover:
    """Sales send it to their head; a decision is due in 4 working hours.

    Raises:
        Missing, Forbidden, Refused.
    """
    at = scene(actor, handover_id)
    demand(may_send(at.standing, at.hand))
    seat = sales_seat(at.standing, at.hand)
    _write(at.handover, stage=Stage.SENT, sent_at=actor.now, remarks="")
    tell(at, "handover.sent", seat=seat)
    owe(
        at,
        Owed(
            "handover.confirmation",
            at.handover,
            now=True,
            opened=actor.now,
            owner=Owner.role(Role.SALES_HEAD),
            reason=word("Sales sent it for confirmation"),
        ),
    )
    return at.handover


@transaction.atomic
def send_back(*, actor: Actor, handover_id: int, remarks: str) -> Handover:
    """The head of sales wants something mended before it leaves the department.

    Raises:
        Missing, Forbidden, Refused.
    """
    at = scene(actor, handover_id)
    demand(may_send_back(at.standing, at.hand))
    demand(says_remarks(remarks))
    seat = at.hand.viewer.capacity(Role.SALES_HEAD)
    _write(at.handover, stage=Stage.DRAFT, sent_at=None, remarks=remarks.strip())
    tell(at, "handover.sent_back", seat=seat, personal={"remarks": remarks.strip()})
    meet(at, "handover.confirmation", for_whom=for_whom(seat))
    return at.handover


@transaction.atomic
def confirm(*, actor: Actor, handover_id: int) -> Handover:
    """From this moment the client's information is in (PROCESS 3.1).

    Raises:
        Missing, Forbidden, Refused.
    """
    at = scene(actor, handover_id)
    demand(may_confirm(at.standing, at.hand))
    seat = at.hand.viewer.capacity(Role.SALES_HEAD)
    _write(
        at.handover,
        stage=Stage.COLLECTING,
        confirmed_at=actor.now,
        confirmed_by_id=at.person_id,
    )
    tell(at, "handover.confirmed", seat=seat)
    meet(at, "handover.confirmation", for_whom=for_whom(seat))
    settle(at.anew())
    return at.handover


def _write(handover: Handover, **values: object) -> None:
    for name, value in values.items():
        setattr(handover, name, value)
    handover.save(update_fields=[name.removesuffix("_id") for name in values])


@transaction.atomic
def change_group(*, actor: Actor, handover_id: int, group_id: int) -> Handover:
    """Another group takes the client; what its head owes goes along.

    Raises:
        Missing, Forbidden, Refused, Invalid.
    """
    at = scene(actor, handover_id)
    demand(may_change_group(at.standing, at.hand))
    group = ServiceGroup.objects.filter(pk=group_id, closed_on=None).first()
    if group is None:
        raise invalid("group_id", "There is no such group.")
    handover = at.handover
    if handover.group_id == group.pk:
        return handover
    seat = at.hand.viewer.capacity(Role.DEPARTMENT_HEAD)
    handover.group = group
    handover.save(update_fields=["group"])
    begin_handover(actor=actor, client_id=handover.client_id, group_id=group.pk)
    tell(at, "handover.group.changed", seat=seat, details={"group": group.name})
    _pass_on(at)
    return handover


def _pass_on(at: Scene) -> None:
    """Every open term of the handover belongs to the new group from now on."""
    things = [at.handover, *(Item(pk=line.id) for line in at.standing.lines)]
    by_subject = {subject_of(thing): thing for thing in things}
    for row in Obligation.objects.filter(subject__in=by_subject, ended_at=None):
        role = Role(row.owner_role) if row.owner_role else None
        obligations.hand_over(
            actor=at.actor,
            kind=row.kind,
            subject=by_subject[row.subject],
            owner=Owner(role, at.handover.group_id, row.owner_person_id),
            why=word("the group was changed"),
        )
