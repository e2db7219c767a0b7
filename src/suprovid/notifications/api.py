"""One's own notifications, for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Router, Schema

from suprovid.notifications import actions, queries
from suprovid.web.api import ApiRequest, Page, doing_once

router = Router(tags=["notifications"])


class NotificationOut(Schema):
    id: int
    kind: str
    sentence: str
    at: datetime
    client_name: str
    url: str
    is_unread: bool
    is_missed: bool


class ReadOut(Schema):
    id: int
    read_at: datetime | None


class CountOut(Schema):
    count: int


@router.get(
    "/notifications", response=Page[NotificationOut], operation_id="notifications"
)
def notifications(
    request: ApiRequest, *, unread: bool = False, cursor: str = "", limit: int = 50
) -> dict[str, Any]:
    found = queries.inbox(
        request.viewer, only_unread=unread, cursor=cursor, limit=limit
    )
    return {"items": list(found.rows), "next": found.next}


@router.get(
    "/notifications/unread", response=CountOut, operation_id="count_notifications"
)
def count(request: ApiRequest) -> dict[str, int]:
    return {"count": queries.unread(request.viewer)}


@router.post(
    "/notifications/{message_id}/read",
    response=ReadOut,
    operation_id="read_notification",
)
@doing_once("notifications.mark_read")
def read(request: ApiRequest, message_id: int) -> Any:
    return actions.mark_read(actor=request.actor, message_id=message_id)


@router.post(
    "/notifications/{message_id}/unread",
    response=ReadOut,
    operation_id="unread_notification",
)
@doing_once("notifications.mark_unread")
def unread(request: ApiRequest, message_id: int) -> Any:
    return actions.mark_unread(actor=request.actor, message_id=message_id)


@router.post(
    "/notifications/read-all", response=CountOut, operation_id="read_notifications"
)
@doing_once("notifications.mark_all_read")
def read_all(request: ApiRequest) -> dict[str, int]:
    return {"count": actions.mark_all_read(actor=request.actor)}
