"""The words of money: states, and the facts that the journal tells."""

from __future__ import annotations

from suprovid.lib.words import word
from suprovid.money.rules.matching import Sureness
from suprovid.money.rules.statements import Aside, Group, LineState
from suprovid.money.rules.sums import PaidState

WORDS = {
    PaidState.UNPAID: word("not paid"),
    PaidState.PARTLY: word("paid in part"),
    PaidState.PAID: word("paid"),
    LineState.OPEN: word("to be laid"),
    LineState.LAID: word("laid"),
    LineState.ASIDE: word("not a client’s money"),
    LineState.OUT: word("money out"),
    Aside.FEE: word("the bank’s fee"),
    Aside.REFUND: word("money that came back"),
    Aside.INTEREST: word("interest of the bank"),
    Aside.OWN: word("between our own accounts"),
    Aside.OTHER: word("another reason"),
    Sureness.SURE: word("sure"),
    Sureness.LIKELY: word("to be checked"),
    Sureness.NONE: word("without a match"),
    Group.LAID: word("Laid"),
    Group.SURE: word("Sure"),
    Group.CHECK: word("To check"),
    Group.UNMATCHED: word("Without a match"),
    Group.ASIDE: word("Not clients’ money"),
    Group.OUT: word("Money out"),
}
FACTS = {
    "money.invoice.issued": word("Invoice {number} issued, {total}"),
    "money.payment.entered": word("Payment {document} entered, {amount}"),
    "money.payment.voided": word("Payment {document} struck out: {why}"),
    "money.allocation.made": word("Payment of {amount} laid on invoice {number}"),
    "money.allocation.made_by_rule": word(
        "Payment of {amount} laid on invoice {number} at once: {why}"
    ),
    "money.allocation.undone": word(
        "Payment of {amount} taken off invoice {number}: {why}"
    ),
    "money.invoice.cancelled": word("Invoice {number} cancelled: {why}"),
    "money.account.added": word("Own account {iban} added"),
    "money.account.changed": word("Own account {iban} changed"),
    "money.account.closed": word("Own account {iban} closed"),
    "money.account.opened": word("Own account {iban} opened again"),
    "money.statement.imported": word(
        "Statement of account {iban} brought in, lines: {lines}, new: {new}"
    ),
    "money.statement.undone": word(
        "Statement of account {iban} taken back, lines: {lines}: {why}"
    ),
    "money.line.recognised": word(
        "Payment {document} of {amount} found again in the bank’s statement"
    ),
    "money.line.set_aside": word("Line of the bank of {amount} set aside: {aside}"),
    "money.line.taken_back": word(
        "Line of the bank of {amount} is a client’s money after all"
    ),
}
