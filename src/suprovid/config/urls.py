"""All addresses of the house. Each is in the table of roles (tests/roles)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from suprovid.config import health, preferences
from suprovid.config.api import api

# One line for each app whose urls.py stands; paths inside are full ("clients/<int:…>").
urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health.health, name="health"),
    path("i18n/", preferences.set_language, name="set_language"),
    path("theme/", preferences.set_theme, name="set_theme"),
    path("accounts/", include("suprovid.config.accounts")),
    path("api/v1/", api.urls),
    path("", include("suprovid.obligations.urls")),
    path("", include("suprovid.notifications.urls")),
    path("", include("suprovid.contracts.urls")),
    path("", include("suprovid.money.urls")),
    path("", include("suprovid.intake.urls")),
    path("", include("suprovid.service.urls")),
    path("", include("suprovid.card.urls")),
    path("", include("suprovid.clients.urls")),
    path("", include("suprovid.people.urls")),
    path("", include("suprovid.desk.urls")),
    path("", include("suprovid.handover.urls")),
]

handler400 = "suprovid.config.errors.bad_request"
handler403 = "suprovid.config.errors.forbidden"
handler404 = "suprovid.config.errors.not_found"
handler500 = "suprovid.config.errors.broken"
