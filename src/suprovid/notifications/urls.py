from __future__ import annotations

from django.urls import path

from suprovid.notifications import views

app_name = "notifications"
urlpatterns = [
    path("notifications/", views.notifications, name="list"),
    path("notifications/read-all/", views.read_all, name="read-all"),
    path("notifications/<int:message_id>/read/", views.read, name="read"),
    path("notifications/<int:message_id>/unread/", views.unread, name="unread"),
]
