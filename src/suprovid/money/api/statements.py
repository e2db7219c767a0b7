"""Accounts and statements of the bank for programs."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from suprovid.lib.decision import Forbidden, require
from suprovid.lib.statements import Statement
from suprovid.money import actions, queries
from suprovid.money.rules import (
    LARGEST_FILE,
    Aside,
    LineState,
    Trouble,
    may_handle_money,
    read_statements,
)
from suprovid.web.api import (
    ApiRequest,
    Body,
    Page,
    doing_once,
    etag,
    if_match,
    keyset,
)
from suprovid.web.say import say

router = Router(tags=["money"])


class AccountIn(Body):
    iban: str = Field(min_length=1, max_length=42)
    name: str = Field("", max_length=120)


class AccountChanges(Body):
    name: str = Field("", max_length=120)
    posts_sure: bool


class AccountOut(Schema):
    id: int
    iban: str
    name: str
    posts_sure: bool
    closed_at: datetime | None
    version: int


class ProblemOut(Schema):
    statement: int | None = None
    line: int | None = None
    kind: str
    message: str


class StatementReportOut(Schema):
    account: str
    opening: str | None
    closing: str | None
    lines: int
    new: int
    known: int
    matched: int
    proposed: int
    problems: list[ProblemOut]


class FileReportOut(StatementReportOut):
    statements: list[StatementReportOut]
    file_id: int | None = None


class FileOut(Schema):
    id: int
    name: str
    sha256: str
    lines: int
    new: int
    known: int
    matched: int
    proposed: int
    brought_by: str
    brought_at: datetime
    undone_at: datetime | None


class StatementOut(Schema):
    id: int
    file_id: int
    account_id: int
    identity: str
    begins: date | None
    ends: date | None
    opening: Decimal | None
    closing: Decimal | None
    lines: int
    new: int
    known: int


class BankLineOut(Schema):
    id: int
    account_id: int
    booked_at: datetime
    value_on: date | None
    amount: Decimal
    document: str
    reference: str
    party_name: str
    party_code: str
    party_iban: str
    purpose: str
    payment_id: int | None
    set_aside: str


class PartIn(Body):
    invoice_id: int
    amount: Decimal = Field(gt=0, max_digits=14, decimal_places=2)


class Laying(Body):
    parts: list[PartIn] = Field(min_length=1, max_length=100)


class LineLaying(Laying):
    line_id: int


class ManyLaying(Body):
    lines: list[LineLaying] = Field(min_length=1, max_length=500)


class LaidOut(Schema):
    id: int
    payment_id: int
    invoice_id: int
    amount: Decimal


class AsideIn(Body):
    aside: Aside


class Why(Body):
    why: str = Field(min_length=1, max_length=300)


# ---------------------------------------------------------------- accounts


@router.get("/accounts", response=Page[AccountOut])
def accounts(request: ApiRequest, cursor: str = "", limit: int = 50) -> object:
    """Our own accounts."""
    return keyset(queries.visible_accounts(request.viewer), cursor, limit)


@router.get("/accounts/{account_id}", response=AccountOut)
def account(request: ApiRequest, response: HttpResponse, account_id: int) -> object:
    """One of our accounts."""
    found = queries.account_row(request.viewer, account_id)
    etag(response, found.version)
    return found


@router.post("/accounts", response={201: AccountOut})
@doing_once("money.add_account")
def add_account(request: ApiRequest, body: AccountIn) -> object:
    """Name an account as ours: its statements are taken from now on."""
    return Status(201, actions.add_account(actor=request.actor, **body.dict()))


@router.put("/accounts/{account_id}", response=AccountOut)
@doing_once("money.change_account")
def change_account(
    request: ApiRequest, account_id: int, body: AccountChanges
) -> object:
    """Its name, and whether sure lines are laid at once."""
    return actions.change_account(
        actor=request.actor,
        account_id=account_id,
        version=if_match(request),
        **body.dict(),
    )


@router.post("/accounts/{account_id}/close", response=AccountOut)
@doing_once("money.close_account")
def close_account(request: ApiRequest, account_id: int) -> object:
    """Take no more of its statements."""
    return actions.close_account(actor=request.actor, account_id=account_id)


@router.post("/accounts/{account_id}/open", response=AccountOut)
@doing_once("money.open_account")
def open_account(request: ApiRequest, account_id: int) -> object:
    """Take its statements again."""
    return actions.open_account(actor=request.actor, account_id=account_id)


# ---------------------------------------------------------------- files, statements


@router.get("/statement-files", response=Page[FileOut])
def statement_files(request: ApiRequest, cursor: str = "", limit: int = 50) -> object:
    """Files of the bank that were brought in, the newest first."""
    return keyset(queries.visible_files(request.viewer), cursor, limit)


def read(request: ApiRequest) -> tuple[bytes, tuple[Statement, ...]] | None:
    """The file that was sent, read before anybody waits for it.

    Raises:
        Forbidden: told before the file is looked at; Refused.
    """
    require(may_handle_money(request.viewer), Forbidden)
    file = request.FILES.get("file")
    if file is None:
        return None  # the shape is told by the endpoint
    data = file.read(LARGEST_FILE + 1)
    return data, read_statements(data)


@router.post("/statement-files", response=FileReportOut)
@doing_once("money.import_statement", first=read)
def import_statement(
    request: ApiRequest,
    file: File[UploadedFile],
    dry_run: Form[bool] = False,  # noqa: FBT002 - a field of the form
) -> object:
    """Bring a file of the bank in, or tell what would come of it."""
    data, parsed = request.prepared
    report = actions.bring_statements(
        actor=request.actor,
        parsed=parsed,
        data=data,
        name=file.name or "",
        dry_run=dry_run,
    )
    return report_out(report) | {"file_id": report.file_id}


@router.post("/statement-files/{file_id}/undo", response=FileOut)
@doing_once("money.undo_statement_file")
def undo_statement_file(request: ApiRequest, file_id: int, body: Why) -> object:
    """Take a file back while none of its money lies on an invoice."""
    return actions.undo_statement_file(
        actor=request.actor, file_id=file_id, why=body.why
    )


@router.get("/statements", response=Page[StatementOut])
def statements(request: ApiRequest, cursor: str = "", limit: int = 50) -> object:
    """Statements of our accounts, the newest first."""
    return keyset(queries.visible_statements(request.viewer), cursor, limit)


# ---------------------------------------------------------------- lines


@router.get("/statement-lines", response=Page[BankLineOut])
def statement_lines(
    request: ApiRequest,
    state: LineState | None = None,
    statement_id: int | None = None,
    cursor: str = "",
    limit: int = 50,
) -> object:
    """Lines of statements: open, laid, aside (no client's money) or out."""
    rows = queries.visible_lines(request.viewer, state=state, statement_id=statement_id)
    return keyset(rows, cursor, limit)


@router.post("/statement-lines/lay", response=list[LaidOut])
@doing_once("money.confirm_many")
def confirm_many(request: ApiRequest, body: ManyLaying) -> object:
    """Lay several lines: all of them or none."""
    chosen = [(one.line_id, _parts(one)) for one in body.lines]
    return actions.confirm_many(actor=request.actor, chosen=chosen)


@router.post("/statement-lines/{line_id}/lay", response=list[LaidOut])
@doing_once("money.lay_line")
def lay_line(request: ApiRequest, line_id: int, body: Laying) -> object:
    """Lay a line on invoices, whole or in parts; the rest stays free."""
    return actions.lay_line(actor=request.actor, line_id=line_id, parts=_parts(body))


@router.post("/statement-lines/{line_id}/unlay", response=BankLineOut)
@doing_once("money.unlay_line")
def unlay_line(request: ApiRequest, line_id: int, body: Why) -> object:
    """Take all of a line off its invoices."""
    return actions.unlay_line(actor=request.actor, line_id=line_id, why=body.why)


@router.post("/statement-lines/{line_id}/set-aside", response=BankLineOut)
@doing_once("money.set_aside")
def set_aside(request: ApiRequest, line_id: int, body: AsideIn) -> object:
    """Say that a line is not a client's money."""
    return actions.set_aside(actor=request.actor, line_id=line_id, aside=body.aside)


@router.post("/statement-lines/{line_id}/take-back", response=BankLineOut)
@doing_once("money.take_back")
def take_back(request: ApiRequest, line_id: int) -> object:
    """A line that was set aside is a client's money after all."""
    return actions.take_back(actor=request.actor, line_id=line_id)


def _parts(body: Laying) -> list[tuple[int, Decimal]]:
    return [(one.invoice_id, one.amount) for one in body.parts]


# ---------------------------------------------------------------- the report


def report_out(report: actions.FileReport) -> dict[str, Any]:
    """The report as programs and the console read it, in words.

    On top the account and the opening balance of the first statement, the closing one
    of the last, and sums of the counts.
    """
    told = report.statements
    return {
        "account": told[0].account if told else "",
        "opening": _sum(told[0].opening) if told else None,
        "closing": _sum(told[-1].closing) if told else None,
        **_counts(report),
        "problems": [_problem(one, len(told)) for one in report.problems],
        "statements": [_statement(one) for one in told],
    }


def _statement(one: actions.StatementReport) -> dict[str, Any]:
    return {
        "account": one.account,
        "opening": _sum(one.opening),
        "closing": _sum(one.closing),
        **_counts(one),
        "problems": [_problem(trouble, 1) for trouble in one.problems],
    }


def _counts(one: actions.FileReport | actions.StatementReport) -> dict[str, int]:
    names = ("lines", "new", "known", "matched", "proposed")
    return {name: getattr(one, name) for name in names}


def _problem(trouble: Trouble, statements: int) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if statements > 1:
        told["statement"] = trouble.statement
    if trouble.line is not None:
        told["line"] = trouble.line
    return told | {"kind": trouble.kind, "message": say(trouble.reason)}


def _sum(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"
