"""What programs send and read about handovers."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema
from pydantic import AwareDatetime, Field

from suprovid.contracts.rules import Delivery
from suprovid.handover.rules import (
    Allowance,
    CalledOffWhy,
    Carrier,
    ItemCode,
    LineState,
    Requirement,
    Stage,
    Verdict,
)
from suprovid.people.rules import Role


class Made(Schema):
    id: int


class HandoverBrief(Schema):
    id: int
    number: str
    stage: Stage
    client_id: int
    contract_id: int
    group_id: int
    sales_id: int
    opened_at: datetime


class PaperOut(Schema):
    """`id` is what `replaces` and the download take."""

    id: int
    name: str
    sha256: str
    size: int
    media_type: str
    brought_by: int
    at: datetime


class FormOut(Schema):
    version: int
    digest: str
    values: dict[str, str]
    filled_by: int
    at: datetime


class StampOut(Schema):
    verdict: Verdict
    person_id: int
    role: Role
    for_whom: int | None
    at: datetime
    holds: list[str]
    requirement: Requirement | None
    reason: str
    allowances: list[Allowance]


class LineOut(Schema):
    """`holds`: send it back as `seen` when you give or refuse the visa."""

    id: int
    number: int
    code: ItemCode
    carrier: Carrier
    role: Role
    requirements: list[Requirement]
    needed: int
    state: LineState
    complete: bool
    holds: list[str]
    papers: list[PaperOut]
    form: FormOut | None
    stamp: StampOut | None


class SheetOut(Schema):
    id: int
    number: str
    stage: Stage
    round: int
    client_id: int
    group_id: int
    sales_id: int
    sheet_opened_at: datetime
    confirmed_at: datetime | None
    closed_at: datetime | None
    returned_at: datetime | None
    remarks: str
    first_invoice_id: int | None
    paid_at: datetime | None
    contact_made: bool
    installer_id: int | None
    installed_at: datetime | None
    lines: list[LineOut]


class Opening(Schema):
    contract_id: int
    group_id: int


class Invoice(Schema):
    invoice_id: int


class Group(Schema):
    group_id: int


class Remarks(Schema):
    remarks: str = Field(min_length=1, max_length=4000)


class Answer(Schema):
    text: str = Field(min_length=1, max_length=4000)


class CallOff(Schema):
    why: CalledOffWhy
    note: str = Field("", max_length=1000)


class Objecting(Schema):
    text: str = Field(min_length=1, max_length=4000)
    item_id: int | None = None


class Contact(Schema):
    made_at: AwareDatetime
    spoke_with: str = Field(min_length=1, max_length=200)
    install_on: date
    place: str = Field(min_length=1, max_length=300)
    workplaces: int = Field(ge=1, le=9999)
    systems: str = Field(min_length=1, max_length=200)
    network: bool
    delivery: Delivery
    install_time: str = Field("", max_length=20)
    taught: str = Field("", max_length=300)
    visit_days: str = Field("", max_length=60)
    visit_hours: str = Field("", max_length=60)
    note: str = Field("", max_length=2000)


class Values(Schema):
    values: dict[str, str]


class FilledOut(Schema):
    version: int
    digest: str


class Seen(Schema):
    """`seen`: what the line held when you looked (`holds`)."""

    seen: list[str] = Field(max_length=100)


class Refusal(Seen):
    requirement: Requirement
    reason: str = Field(min_length=1, max_length=2000)


class Reason(Schema):
    reason: str = Field(min_length=1, max_length=2000)


class VisaOut(Schema):
    id: int
    verdict: Verdict
    at: datetime
