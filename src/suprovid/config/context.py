"""What every page's frame shows: the menu of one's roles, the bell, who one is.

Everything here is lazy: a fragment that draws no frame asks the database nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from suprovid.config import slots
from suprovid.lib.words import word
from suprovid.people.rules import Role, Viewer
from suprovid.web.http import PersonRequest
from suprovid.web.parts import Figure, Me, MenuItem
from suprovid.web.say import label

HEADS = (Role.GROUP_HEAD, Role.SALES_HEAD, Role.DEPARTMENT_HEAD, Role.ADMINISTRATOR)
GROUP = (Role.MANAGER, Role.ENGINEER, Role.GROUP_HEAD, Role.DEPARTMENT_HEAD)
SALES = (Role.SALES, Role.SALES_HEAD)
BUSINESS = tuple(role for role in Role if role is not Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Entry:
    """A line of the menu and whose it is; `roles` empty: everybody's."""

    label: str
    url_name: str
    icon: str
    roles: tuple[Role, ...] = ()


MENU = (
    Entry(word("My day"), "desk:day", "home"),
    Entry(word("Handovers"), "handover:board", "arrows-exchange", BUSINESS),
    Entry(word("Clients"), "clients:list", "building", BUSINESS),
    Entry(
        word("Contracts"),
        "contracts:list",
        "file-text",
        (*GROUP, *SALES, Role.LAWYER, Role.ACCOUNTANT),
    ),
    Entry(word("Money"), "money:list", "cash", (*GROUP, *SALES, Role.ACCOUNTANT)),
    Entry(
        word("What came in"),
        "intake:imports",
        "upload",
        (Role.DEPARTMENT_HEAD, Role.ACCOUNTANT),
    ),
    Entry(word("Under control"), "obligations:list", "clock", BUSINESS),
    Entry(word("Journal"), "desk:journal", "history"),
    Entry(word("Catalogue"), "contracts:catalogue", "stack-2", BUSINESS),
    Entry(word("People"), "people:list", "users"),
    Entry(
        word("Settings"),
        "obligations:terms",
        "settings",
        (Role.DEPARTMENT_HEAD, Role.ADMINISTRATOR),
    ),
)


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Nothing of it for those who are not signed in."""
    frame: dict[str, Any] = {
        "menu": [],
        "me": None,
        "bell": None,
        "alarm": "",
        "search_url": "",
        "demo": SimpleLazyObject(slots.is_demo),
    }
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not hasattr(request, "viewer"):
        return frame
    known = cast(PersonRequest, request)
    return frame | {
        "menu": SimpleLazyObject(lambda: menu(known)),
        "me": SimpleLazyObject(lambda: me(known)),
        "bell": SimpleLazyObject(lambda: bell(known)),
        "alarm": SimpleLazyObject(lambda: alarm(known)),
        "search_url": reverse("desk:search"),
    }


def menu(request: PersonRequest) -> list[MenuItem]:
    """The lines of one's roles, those of the absent one stands in for included."""
    return [
        MenuItem(
            label=_(entry.label),
            url=url,
            icon=entry.icon,
            current=is_current(request.path, url),
        )
        for entry in MENU
        if holds(request.viewer, entry.roles) and (url := reverse(entry.url_name))
    ]


def holds(viewer: Viewer, roles: tuple[Role, ...]) -> bool:
    return not roles or any(
        viewer.has(role) or any(member.holds(role) for member in viewer.stands_for)
        for role in roles
    )


BELONGS = {"/handovers/": "/installations/"}
"""Pages that stand under a line of the menu though their address does not."""


def is_current(path: str, url: str) -> bool:
    places = (url, BELONGS.get(url, url))
    return path == url or (url != "/" and path.startswith(places))


def me(request: PersonRequest) -> Me:
    roles = sorted(
        {grant.role for grant in request.viewer.grants}, key=list(Role).index
    )
    return Me(
        key=str(request.user.pk),
        name=request.user.short_name,
        role=", ".join(label(role) for role in roles),
        url=reverse("people:me"),
    )


def bell(request: PersonRequest) -> Figure:
    return Figure(slots.unread(request.viewer), reverse("notifications:list"))


def alarm(request: PersonRequest) -> str:
    """The red line on heads' desks: nothing is counted down while nobody works."""
    if settings.TESTING or not holds(request.viewer, HEADS):
        return ""
    if slots.worker_is_alive(request.actor.now):
        return ""
    return _(
        "The worker has been silent for more than two minutes: terms do not fire and "
        "letters are not sent. Tell the administrator."
    )
