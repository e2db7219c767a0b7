"""The words of money: states, and the facts that the journal tells."""

from __future__ import annotations

from suprovid.lib.words import word
from suprovid.money.rules.sums import PaidState

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
