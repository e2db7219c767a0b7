from __future__ import annotations

from django.urls import path

from suprovid.obligations import views

app_name = "obligations"
urlpatterns = [
    path("obligations/", views.listing, name="list"),
    path("obligations/<int:obligation_id>/", views.obligation, name="obligation"),
    path("obligations/<int:obligation_id>/why/", views.why, name="why"),
    path("obligations/<int:obligation_id>/move/", views.move, name="move"),
    path("obligations/<int:obligation_id>/waive/", views.waive, name="waive"),
    path(
        "obligations/<int:obligation_id>/hand-over/", views.hand_over, name="hand-over"
    ),
    path("settings/terms/", views.terms, name="terms"),
    path("settings/terms/<str:kind>/", views.term, name="term"),
    path("settings/calendar/", views.calendar, name="calendar"),
    path(
        "settings/calendar/<str:thing>/", views.change_calendar, name="change-calendar"
    ),
    path("settings/company/", views.company, name="company"),
    path("settings/company/letters/", views.letters, name="letters"),
]
