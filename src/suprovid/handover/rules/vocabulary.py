"""Words of the handover and its bypass sheet (S16-S18, PROCESS 3)."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """Where a handover stands. What runs in parallel is derived, not a stage."""

    DRAFT = "draft"
    SENT = "sent"
    COLLECTING = "collecting"
    ACCEPTED = "accepted"
    IN_SERVICE = "in_service"
    CALLED_OFF = "called_off"


ENDED = frozenset({Stage.IN_SERVICE, Stage.CALLED_OFF})
BEFORE_CONFIRMATION = frozenset({Stage.DRAFT, Stage.SENT})


class ItemCode(StrEnum):
    """The seven items of the standard sheet (S17)."""

    CONTRACT = "contract"
    PRICE_AGREEMENT = "price_agreement"
    PAYMENT = "payment"
    INVOICE_AND_ACT = "invoice_and_act"
    APPLICATION = "application"
    CARD = "card"
    PRICE_AGREEMENT_COPY = "price_agreement_copy"


class Carrier(StrEnum):
    """What carries an item: papers, a form filled here, or money."""

    PAPER = "paper"
    FORM = "form"
    PAYMENT = "payment"


class Verdict(StrEnum):
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class LineState(StrEnum):
    """How a line of the sheet looks now; derived from what is there."""

    EMPTY = "empty"
    WAITING = "waiting"
    GIVEN = "given"
    REFUSED = "refused"
    FALLEN = "fallen"
    WITHDRAWN = "withdrawn"


class CalledOffWhy(StrEnum):
    WALKED_AWAY = "walked_away"
    CONTRACT_VOID = "contract_void"
    REFUND = "refund"


class Allowance(StrEnum):
    """What the head of department allows for the company; the sheet prints it."""

    AUTHOR = "author"
    ONE_PERSON = "one_person"


class Requirement(StrEnum):
    """What papers must be like; a refusal names the one that is not met."""

    ALL_PROGRAMMES = "all_programmes"
    CONSULTING_RULES = "consulting_rules"
    SIGNED_BY_BOTH = "signed_by_both"
    REQUISITES = "requisites"
    NAMES_THE_CONTRACT = "names_the_contract"
    PRICE_AS_AGREED = "price_as_agreed"
    PERIOD_STATED = "period_stated"
    WHOLE_SUM = "whole_sum"
    PAYER_IS_CLIENT = "payer_is_client"
    PURPOSE_NAMES_INVOICE = "purpose_names_invoice"
    INVOICE_MATCHES = "invoice_matches"
    ACT_SIGNED = "act_signed"
    SUMS_AGREE = "sums_agree"
    KIT_AS_IN_CONTRACT = "kit_as_in_contract"
    WORKPLACES_STATED = "workplaces_stated"
    ADDRESS_STATED = "address_stated"
    RESPONSIBLE_NAMED = "responsible_named"
    WISHES_STATED = "wishes_stated"
    HISTORY_STATED = "history_stated"
    SAME_AS_ORIGINAL = "same_as_original"
    READABLE = "readable"


class Lane(StrEnum):
    """The columns of the board, in the order of work."""

    DRAFT = "draft"
    VISAS = "visas"
    ACCEPTANCE = "acceptance"
    INSTALLATION = "installation"
    CONFIRMATION = "confirmation"
    ENDED = "ended"
