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
        "money/invoices/<int:invoice_id>/payment/",
        views.pay_invoice,
        name="pay-invoice",
    ),
    path("money/payments/new/", views.new_payment, name="new-payment"),
    path("money/payments/<int:payment_id>/", views.payment, name="payment"),
    path("money/payments/<int:payment_id>/lay/", views.allocate, name="allocate"),
    path("money/payments/<int:payment_id>/void/", views.void, name="void"),
    path("money/allocations/<int:allocation_id>/undo/", views.undo, name="undo"),
]
