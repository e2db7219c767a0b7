"""Money: invoices, payments, statements of the bank (S3, S9, DOMAIN B2, B6)."""

from suprovid.money.rules.payments import BankLine as BankLine
from suprovid.money.rules.payments import account as account
from suprovid.money.rules.payments import may_enter as may_enter
from suprovid.money.rules.payments import may_handle_money as may_handle_money
from suprovid.money.rules.payments import may_issue as may_issue
from suprovid.money.rules.payments import may_lay as may_lay
from suprovid.money.rules.payments import may_undo as may_undo
from suprovid.money.rules.payments import may_void as may_void
from suprovid.money.rules.sums import KOPECK as KOPECK
from suprovid.money.rules.sums import LARGEST as LARGEST
from suprovid.money.rules.sums import Laid as Laid
from suprovid.money.rules.sums import Paid as Paid
from suprovid.money.rules.sums import PaidState as PaidState
from suprovid.money.rules.sums import kopecks as kopecks
from suprovid.money.rules.sums import paid as paid
from suprovid.money.rules.sums import paid_state as paid_state
from suprovid.money.rules.sums import vat_within as vat_within
from suprovid.money.rules.vocabulary import FACTS as FACTS
from suprovid.money.rules.vocabulary import WORDS as WORDS
