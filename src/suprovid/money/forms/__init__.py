"""Shapes of what is typed about money."""

from suprovid.money.forms.books import Allocate as Allocate
from suprovid.money.forms.books import ChangeAccount as ChangeAccount
from suprovid.money.forms.books import NewAccount as NewAccount
from suprovid.money.forms.books import NewInvoice as NewInvoice
from suprovid.money.forms.books import NewPayment as NewPayment
from suprovid.money.forms.books import WhatMoney as WhatMoney
from suprovid.money.forms.books import Why as Why
from suprovid.money.forms.statements import BringStatement as BringStatement
from suprovid.money.forms.statements import LayLine as LayLine
from suprovid.money.forms.statements import LayTicked as LayTicked
from suprovid.money.forms.statements import Read as Read
from suprovid.money.forms.statements import SetAside as SetAside
from suprovid.money.forms.statements import SplitLine as SplitLine
from suprovid.money.forms.statements import TakeBack as TakeBack
from suprovid.money.forms.statements import UnlayLines as UnlayLines
from suprovid.money.forms.statements import WhatLines as WhatLines
