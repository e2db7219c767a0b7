"""What may be done with invoices and payments (S3, S9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from stdnum import iban

from suprovid.journal.rules import canonical, moment, sha256
from suprovid.lib.decision import Decision, allow, deny
from suprovid.money.rules.sums import LARGEST, kopecks
from suprovid.people.rules import Role, Viewer


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


def may_see_statements(viewer: Viewer) -> Decision:
    """Statements tell all that comes and goes: the accountant's and the head's."""
    if viewer.may(Role.ACCOUNTANT) or viewer.may(Role.DEPARTMENT_HEAD):
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


def may_void(*, voided: bool, laid: Decimal, why: str, told: bool = False) -> Decision:
    """Whether a payment may be struck out; `told`: by a statement of the bank."""
    if voided:
        return deny("This payment has been struck out already.")
    if told:
        return deny("The bank’s statement tells this payment: set its line aside.")
    if laid:
        return deny("Take the payment off its invoices first.")
    if not why.strip():
        return deny("Say why it is struck out.")
    return allow()


def may_cancel(*, cancelled: bool, laid: Decimal, why: str) -> Decision:
    if cancelled:
        return deny("This invoice has been cancelled already.")
    if laid:
        return deny("Money lies on this invoice: take it off first.")
    if not why.strip():
        return deny("Say why it is cancelled.")
    return allow()
