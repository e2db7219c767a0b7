from django.urls import path

from suprovid.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.day, name="day"),
    path("search/", views.search, name="search"),
    path("journal/", views.journal, name="journal"),
]
