from django.urls import path

from suprovid.money import views

app_name = "money"
urlpatterns = [
    path("money/", views.money, name="list"),
    path(
        "money/invoices/new/<int:contract_id>/", views.new_invoice, name="new-invoice"
    ),
    path("money/invoices/<int:invoice_id>/", views.invoice, name="invoice"),
    path(
        "money/invoices/<int:invoice_id>/cancel/",
        views.cancel_invoice,
        name="cancel-invoice",
    ),
    path(
        "money/invoices/<int:invoice_id>/payment/",
        views.pay_invoice,
        name="pay-invoice",
    ),
    path("money/payments/new/", views.new_payment, name="new-payment"),
    path("money/payments/<int:payment_id>/", views.payment, name="payment"),
    path("money/payments/<int:payment_id>/lay/", views.allocate, name="allocate"),
    path("money/payments/<int:payment_id>/void/", views.void, name="void"),
    path("money/allocations/<int:allocation_id>/undo/", views.undo, name="undo"),
    path("money/accounts/", views.accounts, name="accounts"),
    path("money/accounts/<int:account_id>/", views.account, name="account"),
    path(
        "money/accounts/<int:account_id>/close/",
        views.close_account,
        name="close-account",
    ),
    path(
        "money/accounts/<int:account_id>/open/",
        views.open_account,
        name="open-account",
    ),
    path("money/statements/", views.statements, name="statements"),
    path("money/statements/<int:statement_id>/", views.statement, name="statement"),
    path(
        "money/statements/<int:statement_id>/lay/",
        views.lay_ticked,
        name="lay-ticked",
    ),
    path(
        "money/statements/<int:statement_id>/lines/<int:bank_line_id>/lay/",
        views.lay_line,
        name="lay-line",
    ),
    path(
        "money/statements/<int:statement_id>/lines/<int:bank_line_id>/split/",
        views.split_line,
        name="split-line",
    ),
    path(
        "money/statements/<int:statement_id>/lines/<int:bank_line_id>/aside/",
        views.set_aside,
        name="set-aside",
    ),
    path(
        "money/statements/<int:statement_id>/lines/<int:bank_line_id>/take-back/",
        views.take_back,
        name="take-back",
    ),
    path(
        "money/statements/<int:statement_id>/lines/<int:bank_line_id>/unlay/",
        views.unlay_line,
        name="unlay-line",
    ),
    path(
        "money/statement-files/<int:statement_file_id>/undo/",
        views.undo_file,
        name="undo-file",
    ),
    path("money/lines/<int:bank_line_id>/", views.bank_line, name="bank-line"),
]
