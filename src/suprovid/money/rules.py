"""Money: invoices, payments, what may be laid on what (S3, S9, DOMAIN B2).

Sums are hryvnias as Decimal with two places, halves up to the kopeck.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from stdnum import iban

from suprovid.journal.rules import canonical, moment, sha256
from suprovid.lib.decision import Decision, allow, deny
from suprovid.lib.words import word
from suprovid.people.rules import Role, Viewer

KOPECK = Decimal("0.01")
VAT_PARTS = 6
"""A price with the 20 % tax holds six parts of which one is the tax."""
LARGEST = Decimal("999999999.99")


class PaidState(StrEnum):
    UNPAID = "unpaid"
    PARTLY = "partly"
    PAID = "paid"


WORDS = {
    PaidState.UNPAID: word("not paid"),
    PaidState.PARTLY: word("paid in part"),
    PaidState.PAID: word("paid"),
}
FACTS = {
    "money.invoice.issued": word("Invoice {number} issued, {total}"),
    "money.payment.entered": word("Payment {document} entered, {amount}"),
    "money.payment.voided": word("Payment {document} struck out: {why}"),
    "money.allocation.made": word("Payment of {amount} laid on invoice {number}"),
    "money.allocation.undone": word(
        "Payment of {amount} taken off invoice {number}: {why}"
    ),
}


@dataclass(frozen=True)
class Laid:
    """A part of a payment that lies on an invoice; `at` is the bank's time."""

    id: int
    amount: Decimal
    at: datetime


@dataclass(frozen=True)
class Paid:
    """That an invoice is paid in full: since when, and by what."""

    at: datetime
    laid: tuple[Laid, ...]


def kopecks(amount: Decimal) -> Decimal:
    return amount.quantize(KOPECK, ROUND_HALF_UP)


def vat_within(total: Decimal) -> Decimal:
    """The 20 % tax inside a sum that has it."""
    return kopecks(total / VAT_PARTS)


def paid(*, total: Decimal, laid: Iterable[Laid]) -> Paid | None:
    """The moment when the money laid, in the bank's order, reached the total.

    PROCESS 3.4 says "when allocations reach the first invoice"; decision 0004 reads it
    as the whole sum.
    """
    reached = Decimal(0)
    ordered = tuple(sorted(laid, key=lambda part: (part.at, part.id)))
    for part in ordered:
        reached += part.amount
        if reached >= total:
            return Paid(at=part.at, laid=ordered)
    return None


def paid_state(*, total: Decimal, laid: Decimal) -> PaidState:
    if laid >= total:
        return PaidState.PAID
    return PaidState.PARTLY if laid > 0 else PaidState.UNPAID


@dataclass(frozen=True)
class BankLine:
    """One line of a bank's statement, as it was typed (PROCESS 7.5)."""

    booked_at: datetime
    amount: Decimal
    document: str
    payer_name: str
    payer_code: str = ""
    payer_iban: str = ""

    @property
    def key(self) -> str:
        """The same for whoever types the same line again, whatever the case."""
        payer = self.payer_iban or self.payer_code or _plain(self.payer_name)
        told = [moment(self.booked_at), str(kopecks(self.amount)), payer]
        return sha256(canonical(["line/1", *told, _plain(self.document)]))

    def is_same_as(self, other: BankLine) -> bool:
        """Typed twice, perhaps once with the payer's account and once without."""
        mine = (self.booked_at, kopecks(self.amount), _plain(self.document))
        theirs = (other.booked_at, kopecks(other.amount), _plain(other.document))
        return mine == theirs and bool(self._payer & other._payer)

    @property
    def _payer(self) -> set[str]:
        named = {_plain(self.payer_name), self.payer_code, self.payer_iban}
        return named - {""}


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def account(typed: str) -> str | None:
    """An IBAN in one piece; None when its check digits do not fit."""
    bare = iban.compact(typed)
    return bare if not bare or iban.is_valid(bare) else None


def may_handle_money(viewer: Viewer) -> Decision:
    if viewer.may(Role.ACCOUNTANT):
        return allow()
    return deny("Only the {role} handles money.", role=Role.ACCOUNTANT)


def may_enter(*, amount: Decimal, booked_at: datetime, now: datetime) -> Decision:
    if not Decimal(0) < amount <= LARGEST:
        return deny("The sum is above zero and not more than {most}.", most=LARGEST)
    if booked_at > now:
        return deny("The bank cannot book money in the future.")
    return allow()


def may_issue(*, total: Decimal, vat: Decimal) -> Decision:
    if not Decimal(0) < total <= LARGEST:
        return deny("The sum is above zero and not more than {most}.", most=LARGEST)
    if not Decimal(0) <= vat < total:
        return deny("The tax is a part of the sum.")
    return allow()


def may_lay(*, amount: Decimal, free: Decimal, owed: Decimal) -> Decision:
    """Whether a part of a payment may be laid on an invoice (PROCESS 7.5)."""
    if amount <= 0:
        return deny("Lay a sum above zero.")
    if amount > free:
        return deny("Only {free} of this payment is free.", free=free)
    if amount > owed:
        return deny("Only {owed} is still owed on this invoice.", owed=owed)
    return allow()


def may_undo(*, undone: bool, why: str) -> Decision:
    if undone:
        return deny("This has been undone already.")
    if not why.strip():
        return deny("Say why it is undone.")
    return allow()


def may_void(*, voided: bool, laid: Decimal, why: str) -> Decision:
    if voided:
        return deny("This payment has been struck out already.")
    if laid:
        return deny("Take the payment off its invoices first.")
    if not why.strip():
        return deny("Say why it is struck out.")
    return allow()
