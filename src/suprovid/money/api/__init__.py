"""Money for programs: invoices, payments, accounts, statements of the bank."""

from ninja import Router

from suprovid.money.api.books import router as books

router = Router(tags=["money"])
router.add_router("", books)
