"""Pages of money."""

from suprovid.money.views.accounts import account as account
from suprovid.money.views.accounts import accounts as accounts
from suprovid.money.views.accounts import close_account as close_account
from suprovid.money.views.accounts import open_account as open_account
from suprovid.money.views.books import allocate as allocate
from suprovid.money.views.books import cancel_invoice as cancel_invoice
from suprovid.money.views.books import invoice as invoice
from suprovid.money.views.books import money as money
from suprovid.money.views.books import new_invoice as new_invoice
from suprovid.money.views.books import new_payment as new_payment
from suprovid.money.views.books import pay_invoice as pay_invoice
from suprovid.money.views.books import payment as payment
from suprovid.money.views.books import undo as undo
from suprovid.money.views.books import void as void
