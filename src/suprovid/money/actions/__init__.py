"""Invoices, payments, statements of the bank."""

from suprovid.money.actions.invoices import issue_invoice as issue_invoice
from suprovid.money.actions.payments import allocate as allocate
from suprovid.money.actions.payments import enter_payment as enter_payment
from suprovid.money.actions.payments import undo_allocation as undo_allocation
from suprovid.money.actions.payments import void_payment as void_payment
