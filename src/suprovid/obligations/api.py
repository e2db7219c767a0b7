"""Terms, and what heads set, for programs: every action that a page calls."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ninja import Field, Query, Router, Schema

from suprovid.lib.decision import invalid
from suprovid.lib.worktime import Mode
from suprovid.obligations import actions, queries
from suprovid.obligations.queries import Sort, Status, Wanted
from suprovid.obligations.rules import (
    CalendarChange,
    TermUnit,
    ThingChanged,
    hours_of,
)
from suprovid.people.queries import today
from suprovid.people.rules import Role
from suprovid.web.api import ApiRequest, Page, doing_once

router = Router(tags=["obligations"])
Row = list[str | None] | None
Why = Field(min_length=1, max_length=300)


class ObligationOut(Schema):
    id: int
    kind: str
    subject: str
    round: int
    client_id: int | None
    owner_person_id: int | None
    owner_role: str
    owner_group_id: int | None
    opened_at: datetime
    due_at: datetime
    warn_at: datetime | None
    missed_at: datetime | None
    ended_at: datetime | None
    ending: str


class Filters(Schema):
    status: Status = Status.OPEN
    mine: bool = False
    owner: int | None = None
    group: int | None = None
    client: int | None = None
    kind: str = ""
    since: date | None = None
    until: date | None = None


class StepOut(Schema):
    day: str
    text: str


class WhyOut(Schema):
    title: str
    steps: list[StepOut]
    law: str


class MoveIn(Schema):
    on: date
    why: str = Why


class WaiveIn(Schema):
    why: str = Why


class HandOverIn(Schema):
    person_id: int
    why: str = Why


class TermIn(Schema):
    kind: str
    valid_from: date
    count: int = Field(ge=0, le=400)
    unit: TermUnit
    warn_share: Decimal | None = Field(None, gt=0, lt=1)
    escalate: list[Role] = []


class TermOut(Schema):
    kind: str
    valid_from: date
    count: int
    unit: str
    warn_share: Decimal | None
    escalate: list[str]


class ChangeIn(Schema):
    """One change; hours are [start, end] or [start, end, lunch, lunch end]."""

    thing: ThingChanged
    day: date
    note: str = Field("", max_length=120)
    week: list[Row] = Field([], max_length=7)
    hours: Row = None
    last_day: date | None = None
    holidays_work: bool = False
    mode: Mode | None = None
    seen: str | None = None


class MovedOut(Schema):
    id: int
    label: str
    before: datetime
    after: datetime


class PreviewOut(Schema):
    total: int
    digest: str
    moved: list[MovedOut]


class CompanyOut(Schema):
    name: str
    code: str
    term_mode: str
    authors_may_confirm: bool
    one_person_for_lawyer_and_accountant: bool
    sending_paused: bool


class CompanyIn(Schema):
    name: str = Field(min_length=1, max_length=200)
    code: str = Field("", max_length=12)
    authors_may_confirm: bool
    one_person_for_lawyer_and_accountant: bool


class LettersIn(Schema):
    paused: bool


# ---------------------------------------------------------------- terms


@router.get("/obligations", response=Page[ObligationOut], operation_id="obligations")
def obligations(
    request: ApiRequest, filters: Query[Filters], cursor: str = "", limit: int = 50
) -> dict[str, Any]:
    wanted = Wanted(
        status=filters.status,
        mine=filters.mine,
        owner_id=filters.owner,
        group_id=filters.group,
        client_id=filters.client,
        kind=filters.kind,
        since=filters.since,
        until=filters.until,
        sort=Sort.DUE,
    )
    return queries.page_of_rows(
        request.viewer, request.actor.now, wanted, cursor, limit
    )


@router.get(
    "/obligations/{obligation_id}", response=ObligationOut, operation_id="obligation"
)
def obligation(request: ApiRequest, obligation_id: int) -> Any:
    return queries.seen(request.viewer, obligation_id)


@router.get(
    "/obligations/{obligation_id}/why", response=WhyOut, operation_id="why_this_date"
)
def why(request: ApiRequest, obligation_id: int) -> Any:
    return queries.why(request.viewer, obligation_id)


@router.post(
    "/obligations/{obligation_id}/move",
    response=ObligationOut,
    operation_id="move_term",
)
@doing_once("obligations.move_by_head")
def move(request: ApiRequest, obligation_id: int, body: MoveIn) -> Any:
    return actions.move_by_head(
        actor=request.actor, obligation_id=obligation_id, on=body.on, why=body.why
    )


@router.post(
    "/obligations/{obligation_id}/waive",
    response=ObligationOut,
    operation_id="waive_term",
)
@doing_once("obligations.waive")
def waive(request: ApiRequest, obligation_id: int, body: WaiveIn) -> Any:
    return actions.waive(actor=request.actor, obligation_id=obligation_id, why=body.why)


@router.post(
    "/obligations/{obligation_id}/hand-over",
    response=ObligationOut,
    operation_id="hand_over_term",
)
@doing_once("obligations.hand_over_by_head")
def hand_over(request: ApiRequest, obligation_id: int, body: HandOverIn) -> Any:
    return actions.hand_over_by_head(
        actor=request.actor,
        obligation_id=obligation_id,
        person_id=body.person_id,
        why=body.why,
    )


# ---------------------------------------------------------------- settings


@router.get("/settings/terms", response=list[TermOut], operation_id="terms")
def terms(request: ApiRequest) -> Any:
    return list(queries.standing_terms(today(request.actor.now)).values())


@router.post("/settings/terms", response=TermOut, operation_id="set_term")
@doing_once("obligations.set_term")
def set_term(request: ApiRequest, body: TermIn) -> Any:
    said = body.dict() | {"escalate": tuple(body.escalate)}
    return actions.set_term(actor=request.actor, **said)


@router.post(
    "/settings/calendar/preview",
    response=PreviewOut,
    operation_id="preview_calendar_change",
)
def preview_calendar(request: ApiRequest, body: ChangeIn) -> Any:
    """Which open terms a change would move; nothing is written."""
    return queries.change_preview(request.viewer, _change(body), request.actor.now)


@router.post("/settings/calendar", response=CompanyOut, operation_id="change_calendar")
@doing_once("obligations.change_calendar")
def change_calendar(request: ApiRequest, body: ChangeIn) -> Any:
    return actions.change_calendar(
        actor=request.actor, change=_change(body), seen=body.seen
    )


def _change(body: ChangeIn) -> CalendarChange:
    return CalendarChange(
        thing=body.thing,
        day=body.day,
        note=body.note,
        week=tuple(map(_hours, body.week)),
        hours=_hours(body.hours),
        last_day=body.last_day,
        holidays_work=body.holidays_work,
        mode=body.mode,
    )


def _hours(row: Row) -> Any:
    try:
        return hours_of(row)
    except (ValueError, TypeError):
        raise invalid(
            "hours", "Give hours in order of time, and a lunch both its ends."
        ) from None


@router.get("/settings/company", response=CompanyOut, operation_id="company")
def company(request: ApiRequest) -> Any:
    return queries.company()


@router.post("/settings/company", response=CompanyOut, operation_id="set_company")
@doing_once("obligations.set_company")
def set_company(request: ApiRequest, body: CompanyIn) -> Any:
    return actions.set_company(actor=request.actor, **body.dict())


@router.post("/settings/company/letters", response=CompanyOut, operation_id="letters")
@doing_once("obligations.pause_letters")
def letters(request: ApiRequest, body: LettersIn) -> Any:
    return actions.pause_letters(actor=request.actor, paused=body.paused)
