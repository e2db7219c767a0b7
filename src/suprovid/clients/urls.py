from django.urls import path

from suprovid.clients import views

app_name = "clients"
urlpatterns = [
    path("clients/", views.clients, name="list"),
    path("clients/new/", views.new, name="new"),
    path("clients/lookup/", views.lookup, name="lookup"),
    path("clients/<int:client_id>/edit/", views.edit, name="edit"),
    path("clients/<int:client_id>/assign/", views.assign, name="assign"),
    path("clients/<int:client_id>/sales/", views.name_sales, name="sales"),
    path("clients/<int:client_id>/contacts/", views.people, name="contacts"),
    path(
        "clients/<int:client_id>/contacts/<int:contact_id>/",
        views.contact,
        name="contact",
    ),
    path(
        "clients/<int:client_id>/contacts/<int:contact_id>/left/",
        views.contact_left,
        name="contact-left",
    ),
    path("clients/<int:client_id>/sites/", views.add_site, name="add-site"),
    path("clients/<int:client_id>/sites/<int:site_id>/", views.site, name="site"),
]
