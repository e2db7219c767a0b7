"""Lists brought in by programs: at once, with the same report as the console's."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from suprovid.clients.rules import may_import
from suprovid.intake import actions, queries
from suprovid.intake.rules import ListState
from suprovid.lib.decision import Forbidden, invalid, require
from suprovid.lib.sheets import Sheet, limits
from suprovid.lib.words import word
from suprovid.web.api import ApiRequest, doing_once
from suprovid.web.say import say

router = Router(tags=["imports"])
TOO_LARGE = word("The file is larger than 10 MB: split the list.")


class RowProblemOut(Schema):
    row: int
    field: str
    kind: str
    message: str
    suggestions: list[str]


class MendOut(Schema):
    row: int
    field: str
    was: str = Field(alias="from")
    now: str = Field(alias="to")
    why: str


class ListReportOut(Schema):
    sheet: str
    rows: int
    good: int
    created: int
    contracts: int
    changed: int
    known: int
    merged: int
    kits: list[str]
    problems: list[RowProblemOut]
    mended: list[MendOut]
    import_id: int | None


class ListOut(Schema):
    id: int
    file_name: str
    sheet: str
    state: ListState
    at: datetime
    created: int
    contracts: int
    changed: int
    left: int
    undone_at: datetime | None


class Why(Schema):
    why: str = Field(min_length=1, max_length=300)


def report_out(report: actions.ListReport) -> dict[str, Any]:
    """The report as programs and the console read it, in words."""
    return {
        "sheet": report.sheet_name,
        "rows": report.sheet.count,
        "good": report.good,
        "created": report.brought.created,
        "contracts": report.brought.contracts,
        "changed": report.brought.changed,
        "known": report.brought.known,
        "merged": report.brought.joined,
        "kits": list(report.brought.kits),
        "problems": [
            {
                "row": one.row,
                "field": one.field.value,
                "kind": one.kind.value,
                "message": say(one.reason),
                "suggestions": list(one.suggestions),
            }
            for one in report.problems
        ],
        "mended": [
            {
                "row": one.row,
                "field": one.field.value,
                "from": one.was,
                "to": one.now,
                "why": say(one.why),
            }
            for one in report.sheet.mends
        ],
        "import_id": report.import_id,
    }


def opened(request: ApiRequest) -> tuple[bytes, Sheet] | None:
    """The file that was sent, read before anybody waits for it.

    Raises:
        Forbidden: told before the file is looked at.
        NotAList, Invalid.
    """
    require(may_import(request.viewer), Forbidden)
    file = request.FILES.get("file")
    if file is None:
        return None  # the shape is told by the endpoint
    if (file.size or 0) > limits.FILE:
        raise invalid("file", TOO_LARGE)
    data = file.read()
    return data, queries.opened(data, request.POST.get("sheet", ""))


@router.post(
    "/imports/lists", response=ListReportOut, by_alias=True, operation_id="import_list"
)
@doing_once("intake.import_list", first=opened)
def import_list(
    request: ApiRequest,
    file: File[UploadedFile],
    sheet: Form[str] = "",
    mapping: Form[str] = "",
    confirm_warnings: Form[bool] = False,  # noqa: FBT002 - a field of the form
    dry_run: Form[bool] = False,  # noqa: FBT002 - a field of the form
) -> dict[str, Any]:
    """Clients and contracts of a sheet: XLSX or CSV; what is wrong by row and field.

    `sheet` and `mapping` are names: of a sheet of the workbook, of a saved matching.
    """
    data, read = request.prepared
    report = actions.import_list(
        actor=request.actor,
        data=data,
        name=file.name or "",
        opened=read,
        matching_name=mapping,
        confirm_warnings=confirm_warnings,
        dry_run=dry_run,
    )
    return report_out(report)


@router.get("/imports/lists", response=list[ListOut], operation_id="imported_lists")
def lists(request: ApiRequest) -> Any:
    """Lists brought in, the newest first, at most fifty."""
    return list(queries.lists(request.viewer))  # a tuple of two is a status and a body


@router.get(
    "/imports/lists/{int:import_id}", response=ListOut, operation_id="imported_list"
)
def one(request: ApiRequest, import_id: int) -> Any:
    """What became of one list."""
    return queries.brought_list(request.viewer, import_id).list


@router.post(
    "/imports/lists/{int:import_id}/undo",
    response=ListOut,
    operation_id="undo_list",
)
@doing_once("intake.undo_list")
def undo(request: ApiRequest, import_id: int, body: Why) -> Any:
    """Take a list back, while nothing was built on it."""
    actions.undo_list(actor=request.actor, import_id=import_id, why=body.why)
    return queries.brought_list(request.viewer, import_id).list
