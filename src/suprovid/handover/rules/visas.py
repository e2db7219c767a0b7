"""Who gives, refuses and withdraws a visa, and when (PROCESS 3.3)."""

from __future__ import annotations

from collections.abc import Sequence

from suprovid.handover.rules.seats import (
    first_no,
    holds_visa,
    not_yours,
    persons_of,
    visa_seat,
)
from suprovid.handover.rules.standing import Hand, Line, Standing, short
from suprovid.handover.rules.vocabulary import (
    BEFORE_CONFIRMATION,
    Allowance,
    Carrier,
    Stage,
    Verdict,
)
from suprovid.lib.decision import Decision, allow, deny
from suprovid.lib.words import word
from suprovid.people.rules import Role

LAW_AND_MONEY = {Role.LAWYER: Role.ACCOUNTANT, Role.ACCOUNTANT: Role.LAWYER}


def may_give_visa(standing: Standing, line: Line, hand: Hand) -> Decision:
    return first_no(
        holds_visa(standing, line, hand),
        takes_visas(standing),
        _nobody_was_first(line),
        _there_is_something(line),
        _answered(standing, line),
        _by_another_hand(standing, line, hand),
        _law_and_money_apart(standing, line, hand),
    )


def may_refuse_visa(standing: Standing, line: Line, hand: Hand) -> Decision:
    return first_no(
        holds_visa(standing, line, hand),
        takes_visas(standing),
        _nobody_was_first(line),
        _there_is_something(line),
        _answered(standing, line),
    )


def may_withdraw_visa(standing: Standing, line: Line, hand: Hand) -> Decision:
    """What was given or refused is taken back, until acceptance (3.3)."""
    return first_no(
        holds_visa(standing, line, hand),
        takes_visas(standing),
        _stands(line),
    )


def takes_visas(standing: Standing) -> Decision:
    if standing.stage in BEFORE_CONFIRMATION:
        return deny("Visas are given once the head of sales has confirmed.")
    if standing.stage is Stage.CALLED_OFF:
        return deny("The handover was called off.")
    return not_accepted(standing)


def not_accepted(standing: Standing) -> Decision:
    if standing.closed_at is None:
        return allow()
    return deny(
        "Already accepted by {name} at {at}.",
        name=standing.accepted_by_name,
        at=standing.closed_at,
    )


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
    return says(reason, word("Write what is wrong and what will mend it."))


def says(text: str, otherwise: str) -> Decision:
    return allow() if text.strip() else deny(otherwise)


def says_why(text: str) -> Decision:
    return says(text, word("Write the reason."))


def says_remarks(text: str) -> Decision:
    return says(text, word("Write the remarks: sales answer them."))
