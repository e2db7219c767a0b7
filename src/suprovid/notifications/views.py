"""The page behind the bell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from suprovid.notifications import actions, forms, queries
from suprovid.notifications.queries import NotificationRow
from suprovid.web.doing import perform
from suprovid.web.http import PersonRequest, page
from suprovid.web.parts import Act


@page
@require_GET
def notifications(request: PersonRequest) -> HttpResponse:
    return _show(request)


def _show(request: PersonRequest) -> HttpResponse:
    form = forms.Shown(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    only_unread = bool(asked.get("unread"))
    found = queries.inbox(
        request.viewer, only_unread=only_unread, cursor=asked.get("after", "")
    )
    address = reverse("notifications:list")
    shown = {
        "found": found,
        "rows": [(row, _switch(row)) for row in found.rows],
        "only_unread": only_unread,
        "read_all": Act(_("Mark all as read"), reverse("notifications:read-all"))
        if found.unread
        else None,
        "next_url": _further(address, found.next, only_unread=only_unread),
        "now": request.actor.now,
    }
    return render(request, "notifications/list.html", shown)


def _switch(row: NotificationRow) -> Act:
    """Read or unread again, beside each row."""
    if row.is_unread:
        name, text = "read", _("Mark as read")
    else:
        name, text = "unread", _("Keep as unread")
    return Act(text, reverse(f"notifications:{name}", args=[row.id]), quiet=True)


def _further(address: str, cursor: str, *, only_unread: bool) -> str:
    if not cursor:
        return ""
    return f"{address}?after={cursor}{'&unread=on' if only_unread else ''}"


@page
@require_POST
def read(request: PersonRequest, message_id: int) -> HttpResponseBase:
    return _do(
        request,
        "notifications.mark_read",
        lambda: actions.mark_read(actor=request.actor, message_id=message_id),
    )


@page
@require_POST
def unread(request: PersonRequest, message_id: int) -> HttpResponseBase:
    return _do(
        request,
        "notifications.mark_unread",
        lambda: actions.mark_unread(actor=request.actor, message_id=message_id),
    )


@page
@require_POST
def read_all(request: PersonRequest) -> HttpResponseBase:
    return _do(
        request,
        "notifications.mark_all_read",
        lambda: actions.mark_all_read(actor=request.actor),
    )


def _do(
    request: PersonRequest, operation: str, work: Callable[[], Any]
) -> HttpResponseBase:
    return perform(
        request,
        operation,
        None,
        work=lambda data: work(),
        done=lambda row: reverse("notifications:list"),
        again=lambda form: _show(request),
    )
