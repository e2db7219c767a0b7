from django.urls import path

from suprovid.card import views

app_name = "card"
urlpatterns = [path("clients/<int:client_id>/", views.client, name="client")]
