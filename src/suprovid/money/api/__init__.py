"""Money for programs: invoices, payments, accounts, statements of the bank."""

from ninja import Router

from suprovid.money.api.books import router as books
from suprovid.money.api.statements import router as statements

router = Router(tags=["money"])
router.add_router("", books)
router.add_router("", statements)
