from django.urls import path

from suprovid.contracts import views

app_name = "contracts"
urlpatterns = [
    path("contracts/", views.contracts, name="list"),
    path("contracts/new/<int:client_id>/", views.new, name="new"),
    path("contracts/<int:contract_id>/", views.contract, name="contract"),
    path("contracts/<int:contract_id>/edit/", views.edit, name="edit"),
    path("contracts/<int:contract_id>/lines/", views.add_line, name="add-line"),
    path(
        "contracts/<int:contract_id>/lines/<int:line_id>/end/",
        views.end_line,
        name="end-line",
    ),
    path("catalogue/", views.catalogue, name="catalogue"),
    path("catalogue/banks/", views.add_bank, name="add-bank"),
    path("catalogue/kits/", views.add_kit, name="add-kit"),
]
