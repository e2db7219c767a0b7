"""Who may do what with a handover, and when; each answer has its reason (3, 5)."""

from __future__ import annotations

from dataclasses import dataclass

from suprovid.handover.rules.seats import (
    first_no,
    is_head,
    is_sales,
    is_sales_head,
    not_yours,
    objection_seat,
)
from suprovid.handover.rules.standing import Hand, Line, Standing
from suprovid.handover.rules.visas import not_accepted, takes_visas
from suprovid.handover.rules.vocabulary import (
    BEFORE_CONFIRMATION,
    ENDED,
    Carrier,
    Stage,
)
from suprovid.lib.decision import Decision, allow, deny
from suprovid.people.rules import Role

# ------------------------------------------------------- opening to confirmation


@dataclass(frozen=True)
class Opening:
    """What is known of a contract when sales want to hand its client over."""

    regular: bool
    own_client: bool
    open_number: str = ""
    in_service_number: str = ""
    group_open: bool = True


def may_open(opening: Opening, hand: Hand) -> Decision:
    if not hand.viewer.may(Role.SALES):
        return not_yours("Only the {role} opens a handover.", role=Role.SALES)
    if not opening.own_client:
        return not_yours("Sales hand over the clients they opened themselves.")
    if not opening.regular:
        return deny("A one-off client needs no handover.")
    if opening.open_number:
        return deny(
            "The handover {number} of this contract is open already.",
            number=opening.open_number,
        )
    if opening.in_service_number:
        return deny(
            "By the handover {number} this contract is in service already.",
            number=opening.in_service_number,
        )
    return allow() if opening.group_open else deny("This group is closed.")


def may_send(standing: Standing, hand: Hand) -> Decision:
    return first_no(
        is_sales(standing, hand), _is_draft(standing), _information_is_whole(standing)
    )


def _is_draft(standing: Standing) -> Decision:
    if standing.stage is Stage.DRAFT:
        return allow()
    return deny("The handover has been sent already.")


def _information_is_whole(standing: Standing) -> Decision:
    """PROCESS 3.1: what a handover is made of."""
    if not standing.ready.price_agreement:
        return deny("Write the agreement on price into the contract first.")
    if not standing.ready.responsible:
        return deny("Name the client’s responsible person first.")
    for line in standing.lines:
        if line.carrier is Carrier.FORM and not line.complete:
            return deny("Fill in first: {item}.", item=line.code)
    return allow()


def may_send_back(standing: Standing, hand: Hand) -> Decision:
    return first_no(is_sales_head(hand), _is_sent(standing))


def may_confirm(standing: Standing, hand: Hand) -> Decision:
    return first_no(is_sales_head(hand), _is_sent(standing))


def _is_sent(standing: Standing) -> Decision:
    if standing.stage is Stage.SENT:
        return allow()
    if standing.stage is Stage.DRAFT:
        return deny("Sales have not sent it yet.")
    if standing.confirmed_at and standing.confirmed_by_name:
        return deny(
            "Already confirmed by {name} at {at}.",
            name=standing.confirmed_by_name,
            at=standing.confirmed_at,
        )
    return _is_open(standing)


def _is_open(standing: Standing) -> Decision:
    if standing.stage is Stage.CALLED_OFF:
        return deny("The handover was called off.")
    if standing.stage is Stage.IN_SERVICE:
        return deny("The client is in service already.")
    return allow()


def may_change_group(standing: Standing, hand: Hand) -> Decision:
    """The head of department, until acceptance (3.1)."""
    if not hand.viewer.may(Role.DEPARTMENT_HEAD):
        return not_yours("Only the {role} does this.", role=Role.DEPARTMENT_HEAD)
    return first_no(_is_open(standing), not_accepted(standing))


def may_name_invoice(standing: Standing, hand: Hand) -> Decision:
    mine = allow() if hand.viewer.may(Role.ACCOUNTANT) else is_sales(standing, hand)
    return first_no(mine, _sheet_is_open(standing))


# ------------------------------------------------------------ papers and forms


def _sheet_is_open(standing: Standing) -> Decision:
    if standing.stage is Stage.CALLED_OFF:
        return deny("The handover was called off.")
    if standing.closed_at is not None:
        return deny("The sheet is closed: what proves wrong is objected to.")
    return allow()


def may_attach(standing: Standing, line: Line, hand: Hand) -> Decision:
    return first_no(
        is_sales(standing, hand),
        _sheet_is_open(standing),
        _carried_by(line, Carrier.PAPER),
    )


def may_fill(standing: Standing, line: Line, hand: Hand) -> Decision:
    return first_no(
        is_sales(standing, hand),
        _sheet_is_open(standing),
        _carried_by(line, Carrier.FORM),
    )


def _carried_by(line: Line, carrier: Carrier) -> Decision:
    if line.carrier is carrier:
        return allow()
    return deny("This item is not carried by a {carrier}.", carrier=carrier)


# ------------------------------------------------------- acceptance and the end


def may_accept(standing: Standing, hand: Hand) -> Decision:
    return first_no(
        is_head(standing, hand),
        takes_visas(standing),
        _remarks_answered(standing),
        _all_in_force(standing),
    )


def _remarks_answered(standing: Standing) -> Decision:
    if standing.returned_at is None:
        return allow()
    return deny("{name} has not answered the remarks yet.", name=standing.sales_name)


def _all_in_force(standing: Standing) -> Decision:
    if standing.all_in_force:
        return allow()
    return deny(
        "Not all visas are in force; missing: {items}.",
        items=tuple(line.code for line in standing.missing),
    )


def may_return(standing: Standing, hand: Hand) -> Decision:
    return first_no(
        is_head(standing, hand), takes_visas(standing), _remarks_answered(standing)
    )


def may_answer(standing: Standing, hand: Hand) -> Decision:
    there = (
        allow()
        if standing.returned_at is not None
        else deny("There are no remarks to answer.")
    )
    return first_no(is_sales(standing, hand), _sheet_is_open(standing), there)


def may_call_off(standing: Standing, hand: Hand) -> Decision:
    """The head of sales, before the client is in service (3.9)."""
    return first_no(is_sales_head(hand), _is_open(standing))


def may_object(standing: Standing, hand: Hand) -> Decision:
    if objection_seat(standing, hand) is None:
        return not_yours(
            "Lawyer, accountant and heads object to what they had accepted."
        )
    if standing.stage is Stage.CALLED_OFF:
        return deny("The handover was called off.")
    if standing.closed_at is None:
        return deny("The sheet is open: refuse the visa or return the handover.")
    return allow()


def may_contact(standing: Standing, hand: Hand) -> Decision:
    """The head makes the first contact, with visas missing or not (S18)."""
    return first_no(
        is_head(standing, hand), _information_is_in(standing), _first_one(standing)
    )


def _information_is_in(standing: Standing) -> Decision:
    if standing.stage in BEFORE_CONFIRMATION:
        return deny("The client’s information is not in: the head of sales confirms.")
    return _is_open(standing) if not standing.contact_made else allow()


def _first_one(standing: Standing) -> Decision:
    if not standing.contact_made:
        return allow()
    return deny(
        "The first contact was made already, recorded by {name} at {at}.",
        name=standing.contact_name,
        at=standing.contact_at,
    )


def may_enter_service(standing: Standing) -> Decision:
    """Only *in service* needs all visas: the sheet is closed (3.5, 7.1)."""
    if standing.stage is Stage.ACCEPTED and standing.closed_at is not None:
        return allow()
    if standing.stage in ENDED:
        return _is_open(standing)
    return deny("The client is not accepted yet: not all visas are in force.")
