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
from suprovid.money.views.statements import bank_line as bank_line
from suprovid.money.views.statements import lay_line as lay_line
from suprovid.money.views.statements import lay_ticked as lay_ticked
from suprovid.money.views.statements import set_aside as set_aside
from suprovid.money.views.statements import split_line as split_line
from suprovid.money.views.statements import statement as statement
from suprovid.money.views.statements import statements as statements
from suprovid.money.views.statements import take_back as take_back
from suprovid.money.views.statements import undo_file as undo_file
from suprovid.money.views.statements import unlay_line as unlay_line
