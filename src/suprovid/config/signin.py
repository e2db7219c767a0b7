"""Sign-in is for staff that an administrator entered; who guesses is slowed down.

Guesses are counted for the pair of account and address, so the victim of a guesser
signs in from elsewhere as always, and every lock ends by itself (SECURITY D2.14).
"""

from __future__ import annotations

import ipaddress
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


def neighbourhood(address: str) -> str:
    """The address as limits see it: one owner holds a whole /64 of IPv6."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "::"
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return str(ip.ipv4_mapped)
        return str(ipaddress.ip_network((ip, 64), strict=False).network_address)
    return str(ip)


def address_of(request: HttpRequest) -> str:
    return neighbourhood(request.META.get("REMOTE_ADDR", ""))


def account_of(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """One account, however its name is typed."""
    typed = (credentials or {}).get("username") or request.POST.get("login", "")
    return str(typed).strip().casefold()[:60]


class StaffOnly(DefaultAccountAdapter):
    """What allauth asks us: nobody signs up, links name our own address."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Built from the setting, never from what a request calls itself (D2.22)."""
        uid, _, token = key.partition("-")
        path = reverse("account_reset_password_from_key", args=[uid, token])
        return f"{settings.SITE_URL}{path}"

    def _get_login_attempts_cache_key(
        self, request: HttpRequest, **credentials: Any
    ) -> str:
        return f"{address_of(request)}:{account_of(request, credentials)}"
