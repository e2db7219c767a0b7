"""Invoices, payments, statements of the bank."""

from suprovid.money.actions.accounts import add_account as add_account
from suprovid.money.actions.accounts import change_account as change_account
from suprovid.money.actions.accounts import close_account as close_account
from suprovid.money.actions.accounts import open_account as open_account
from suprovid.money.actions.importing import FileReport as FileReport
from suprovid.money.actions.importing import StatementReport as StatementReport
from suprovid.money.actions.importing import bring_statements as bring_statements
from suprovid.money.actions.importing import import_statement as import_statement
from suprovid.money.actions.invoices import issue_invoice as issue_invoice
from suprovid.money.actions.payments import allocate as allocate
from suprovid.money.actions.payments import enter_payment as enter_payment
from suprovid.money.actions.payments import undo_allocation as undo_allocation
from suprovid.money.actions.payments import void_payment as void_payment
