"""All addresses of the house. Each is in the table of roles (tests/roles)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
