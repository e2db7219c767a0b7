"""Words of the catalogue and of contracts; who may write them (S1, S10)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from suprovid.lib.decision import Decision, allow, deny
from suprovid.lib.words import word
from suprovid.people.rules import Role, Viewer


class Variant(StrEnum):
    LOCAL = "local"
    NETWORK = "network"
    ONLINE = "online"
    FLASH = "flash"


class Periodicity(StrEnum):
    DAILY = "daily"
    WEEKLY = "weekly"
    TWICE_A_MONTH = "twice_a_month"
    MONTHLY = "monthly"


class Delivery(StrEnum):
    """How updates reach the client."""

    VISIT = "visit"
    REMOTE = "remote"
    DOWNLOAD = "download"


class CountFrom(StrEnum):
    """From what a contract's own term of installation runs (PROCESS 2)."""

    PAYMENT = "payment"
    SIGNING = "signing"


class OwnTermUnit(StrEnum):
    """Units of a contract's own term; the values are lib.worktime's."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"


WORDS = {
    Variant.LOCAL: word("local version"),
    Variant.NETWORK: word("network version"),
    Variant.ONLINE: word("online"),
    Variant.FLASH: word("on a flash drive"),
    Periodicity.DAILY: word("every day"),
    Periodicity.WEEKLY: word("every week"),
    Periodicity.TWICE_A_MONTH: word("twice a month"),
    Periodicity.MONTHLY: word("every month"),
    Delivery.VISIT: word("by a visit"),
    Delivery.REMOTE: word("remotely"),
    Delivery.DOWNLOAD: word("downloaded by the client"),
    CountFrom.PAYMENT: word("from the payment"),
    CountFrom.SIGNING: word("from the signing"),
    OwnTermUnit.WORKING_DAYS: word("working days"),
    OwnTermUnit.CALENDAR_DAYS: word("calendar days"),
}
FACTS = {
    "contracts.bank.added": word("Information bank “{name}” added to the catalogue"),
    "contracts.kit.added": word("Kit “{name}” added to the catalogue"),
    "contracts.contract.made": word("Contract {number} entered"),
    "contracts.contract.changed": word("Contract {number} changed"),
    "contracts.contract.taken_back": word(
        "Contract {number} taken back with the list that brought it"
    ),
    "contracts.line.added": word("Kit “{kit}” subscribed under contract {number}"),
    "contracts.line.ended": word("Kit “{kit}” of contract {number} ends on {day}"),
}


def may_write_catalogue(viewer: Viewer) -> Decision:
    if viewer.may(Role.DEPARTMENT_HEAD):
        return allow()
    return deny("Only the {role} changes the catalogue.", role=Role.DEPARTMENT_HEAD)


def may_write_contract(
    viewer: Viewer, *, sales_id: int | None, group_id: int | None, served: bool
) -> Decision:
    """Sales write their own client's contract until it is served, heads after that."""
    if viewer.may(Role.DEPARTMENT_HEAD):
        return allow()
    if served:
        if group_id is not None and viewer.may(Role.GROUP_HEAD, group_id):
            return allow()
        return deny(
            "The contract of a served client is changed by the {role}.",
            role=Role.GROUP_HEAD,
        )
    if viewer.may(Role.SALES_HEAD) or (
        viewer.may(Role.SALES) and sales_id in viewer.ids
    ):
        return allow()
    return deny(
        "The contract is drawn up by the {role} of the client.", role=Role.SALES
    )


class Running(Protocol):
    """What begins on a day and ends on a day, or does not end."""

    @property
    def valid_from(self) -> date: ...
    @property
    def valid_to(self) -> date | None: ...


R = TypeVar("R", bound=Running)


def running(lines: Iterable[R], on: date) -> tuple[R, ...]:
    """What runs on a day; before the first of all begins, what will then."""
    every = tuple(lines)
    day = max(on, min((line.valid_from for line in every), default=on))
    return tuple(
        line for line in every if line.valid_from <= day <= (line.valid_to or date.max)
    )


def fits(*, begins: date, ends: date | None) -> Decision:
    if ends is not None and ends < begins:
        return deny("The end stands before the beginning.")
    return allow()
