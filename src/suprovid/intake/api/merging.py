"""Two clients become one, and are parted again, for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from ninja import Field, Router, Schema, Status
from pydantic import ConfigDict

from suprovid.intake import actions
from suprovid.intake.rules.merging import Side
from suprovid.web.api import ApiRequest, doing_once

router = Router(tags=["clients"])


class Strict(Schema):
    """What is not asked for is refused."""

    model_config = ConfigDict(extra="forbid")


class Choices(Strict):
    """Whose value the survivor has; without one its own, or where it has none."""

    name: Side | None = None
    short_name: Side | None = None
    legal_form: Side | None = None
    postcode: Side | None = None
    region: Side | None = None
    city: Side | None = None
    address: Side | None = None


class Joining(Strict):
    """Which client goes, and the versions of both that were seen."""

    gone_id: int
    kept_version: int
    gone_version: int
    choices: Choices = Choices()


class Undoing(Strict):
    why: Annotated[str, Field(min_length=1, max_length=300)]


class MergeOut(Schema):
    id: int
    kept_id: int
    gone_id: int
    made_at: datetime
    undone_at: datetime | None
    undone_why: str


@router.post(
    "/clients/{int:client_id}/merge",
    response={201: MergeOut},
    operation_id="merge_clients",
)
@doing_once("intake.merge_clients")
def merge(request: ApiRequest, client_id: int, body: Joining) -> Status[Any]:
    """Join a client to this one, which stays."""
    made = actions.merge_clients(
        actor=request.actor,
        kept_id=client_id,
        gone_id=body.gone_id,
        kept_version=body.kept_version,
        gone_version=body.gone_version,
        choices=body.choices.dict(exclude_none=True),
    )
    return Status(201, made)


@router.post(
    "/merges/{int:merge_id}/undo", response=MergeOut, operation_id="undo_merge"
)
@doing_once("intake.undo_merge")
def undo(request: ApiRequest, merge_id: int, body: Undoing) -> Any:
    """Part two joined clients again."""
    return actions.undo_merge(actor=request.actor, merge_id=merge_id, why=body.why)
