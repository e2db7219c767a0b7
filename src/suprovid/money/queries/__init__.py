"""Money as its viewers see it; what reaches an invoice."""

from suprovid.money.queries.accounts import AccountRow as AccountRow
from suprovid.money.queries.accounts import AccountsPage as AccountsPage
from suprovid.money.queries.accounts import account_row as account_row
from suprovid.money.queries.accounts import accounts_page as accounts_page
from suprovid.money.queries.accounts import known_account as known_account
from suprovid.money.queries.accounts import visible_accounts as visible_accounts
from suprovid.money.queries.laid import laid_on as laid_on
from suprovid.money.queries.laid import paid_invoice as paid_invoice
from suprovid.money.queries.pages import CHOICES as CHOICES
from suprovid.money.queries.pages import PAGE as PAGE
from suprovid.money.queries.pages import AllocationRow as AllocationRow
from suprovid.money.queries.pages import InvoicePage as InvoicePage
from suprovid.money.queries.pages import InvoiceRow as InvoiceRow
from suprovid.money.queries.pages import MoneyPage as MoneyPage
from suprovid.money.queries.pages import PaymentPage as PaymentPage
from suprovid.money.queries.pages import PaymentRow as PaymentRow
from suprovid.money.queries.pages import about_client as about_client
from suprovid.money.queries.pages import invoice_page as invoice_page
from suprovid.money.queries.pages import money_page as money_page
from suprovid.money.queries.pages import payment_of as payment_of
from suprovid.money.queries.pages import payment_page as payment_page
from suprovid.money.queries.pages import unpaid_choices as unpaid_choices
from suprovid.money.queries.sight import clients_with_money as clients_with_money
from suprovid.money.queries.sight import visible as visible
from suprovid.money.queries.sight import visible_payments as visible_payments
