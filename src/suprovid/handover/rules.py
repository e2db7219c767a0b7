"""Vocabulary of the handover and its bypass sheet (S16-S18, PROCESS 3)."""

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


class CalledOffWhy(StrEnum):
    WALKED_AWAY = "walked_away"
    CONTRACT_VOID = "contract_void"
    REFUND = "refund"
