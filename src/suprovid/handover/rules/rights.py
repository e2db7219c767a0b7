"""Who may do what with a handover, and when; each answer has its reason (3, 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from suprovid.handover.rules.seats import (
    first_no,
    holds_visa,
    is_head,
    is_sales,
    is_sales_head,
    not_yours,
    objection_seat,
    persons_of,
    visa_seat,
)
from suprovid.handover.rules.standing import Hand, Line, Standing, short
from suprovid.handover.rules.vocabulary import (
    BEFORE_CONFIRMATION,
    ENDED,
    Allowance,
    Carrier,
    Stage,
    Verdict,
)
from suprovid.lib.decision import Decision, allow, deny
from suprovid.lib.words import word
from suprovid.people.rules import Role

LAW_AND_MONEY = {Role.LAWYER: Role.ACCOUNTANT, Role.ACCOUNTANT: Role.LAWYER}


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
    return first_no(_is_open(standing), _not_accepted(standing))


def _not_accepted(standing: Standing) -> Decision:
    if standing.closed_at is None:
        return allow()
    return deny(
        "Already accepted by {name} at {at}.",
        name=standing.accepted_by_name,
        at=standing.closed_at,
    )


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


# ------------------------------------------------------------------------ visas


def may_give_visa(standing: Standing, line: Line, hand: Hand) -> Decision:
    return first_no(
        holds_visa(standing, line, hand),
        _takes_visas(standing),
        _nobody_was_first(line),
        _there_is_something(line),
        _answered(standing, line),
        _by_another_hand(standing, line, hand),
        _law_and_money_apart(standing, line, hand),
    )


def may_refuse_visa(standing: Standing, line: Line, hand: Hand) -> Decision:
    return first_no(
        holds_visa(standing, line, hand),
        _takes_visas(standing),
        _nobody_was_first(line),
        _there_is_something(line),
        _answered(standing, line),
    )


def may_withdraw_visa(standing: Standing, line: Line, hand: Hand) -> Decision:
    """What was given or refused is taken back, until acceptance (3.3)."""
    return first_no(
        holds_visa(standing, line, hand),
        _takes_visas(standing),
        _stands(line),
    )


def _takes_visas(standing: Standing) -> Decision:
    if standing.stage in BEFORE_CONFIRMATION:
        return deny("Visas are given once the head of sales has confirmed.")
    if standing.stage is Stage.CALLED_OFF:
        return deny("The handover was called off.")
    return _not_accepted(standing)


def _nobody_was_first(line: Line) -> Decision:
    if line.stamp is None or not line.in_force:
        return allow()
    return deny(
        "Already given by {name} at {at}.", name=line.stamp.name, at=line.stamp.at
    )


def _there_is_something(line: Line) -> Decision:
    if line.complete:
        return allow()
    if line.carrier is Carrier.PAYMENT:
        return deny("The money has not reached the first invoice yet.")
    if line.carrier is Carrier.PAPER and line.papers:
        return deny("Sales have not attached all papers of this item yet.")
    return deny("There is nothing to confirm yet: sales bring it.")


def _answered(standing: Standing, line: Line) -> Decision:
    if line.stamp is None or not line.refused:
        return allow()
    return deny(
        "Already refused by {name} at {at}: first {sales} answers with a new version.",
        name=line.stamp.name,
        at=line.stamp.at,
        sales=standing.sales_name,
    )


def _by_another_hand(standing: Standing, line: Line, hand: Hand) -> Decision:
    """Whoever prepared any version in force does not confirm it (3.3)."""
    if hand.allowed.author or not is_author(standing, line, hand):
        return allow()
    return not_yours("Who prepared the papers does not confirm them: another does.")


def _law_and_money_apart(standing: Standing, line: Line, hand: Hand) -> Decision:
    """The lawyer's and the accountant's visas never come from one person (3.3)."""
    if hand.allowed.one_person or not gave_the_other(standing, line, hand):
        return allow()
    return not_yours(
        "The visas of the {role} and the {other} never come from one person.",
        role=Role.LAWYER,
        other=Role.ACCOUNTANT,
    )


def _stands(line: Line) -> Decision:
    if line.stamp is not None and line.stamp.verdict is not Verdict.WITHDRAWN:
        return allow()
    return deny("There is no visa to withdraw.")


def is_author(standing: Standing, line: Line, hand: Hand) -> bool:
    capacity = visa_seat(standing, line, hand)
    return capacity is not None and bool(persons_of(hand, capacity) & line.authors)


def gave_the_other(standing: Standing, line: Line, hand: Hand) -> bool:
    capacity = visa_seat(standing, line, hand)
    other = LAW_AND_MONEY.get(line.role)
    if capacity is None or other is None:
        return False
    return bool(persons_of(hand, capacity) & standing.givers(other))


def allowances(standing: Standing, line: Line, hand: Hand) -> tuple[Allowance, ...]:
    """What the company had to allow for this visa: printed on the sheet (3.3)."""
    used = {
        Allowance.AUTHOR: is_author(standing, line, hand),
        Allowance.ONE_PERSON: gave_the_other(standing, line, hand),
    }
    return tuple(allowance for allowance, needed in used.items() if needed)


def seen_is_now(line: Line, seen: Sequence[str]) -> Decision:
    """A visa is given to what the person saw, never blind (3.3)."""
    if sorted(seen) == sorted(line.holds):
        return allow()
    return deny(
        "It has changed meanwhile: you saw {seen}, now there is {now}."
        " Look again and confirm.",
        seen=short(sorted(seen)),
        now=short(line.holds),
    )


def names_a_requirement(line: Line, requirement: str, reason: str) -> Decision:
    if requirement not in line.requirements:
        return deny("Choose the requirement that is not met.")
    return _says(reason, word("Write what is wrong and what will mend it."))


def _says(text: str, otherwise: str) -> Decision:
    return allow() if text.strip() else deny(otherwise)


def says_why(text: str) -> Decision:
    return _says(text, word("Write the reason."))


def says_remarks(text: str) -> Decision:
    return _says(text, word("Write the remarks: sales answer them."))


# ------------------------------------------------------- acceptance and the end


def may_accept(standing: Standing, hand: Hand) -> Decision:
    return first_no(
        is_head(standing, hand),
        _takes_visas(standing),
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
        is_head(standing, hand), _takes_visas(standing), _remarks_answered(standing)
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
