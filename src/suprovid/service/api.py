"""Installations, entry into service and take-overs for programs."""

from __future__ import annotations

from datetime import date, datetime

from django.http import HttpResponseBase
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import AwareDatetime, Field

from suprovid.documents.rules import Upload
from suprovid.handover.rules import Stage
from suprovid.service import actions, queries
from suprovid.service.rules import Step
from suprovid.web.api import ApiRequest, doing_once
from suprovid.web.sending import send

router = Router(tags=["service"])
ONE = "/installations/{handover_id}"


# ---------------------------------------------------------------- what is read


class Made(Schema):
    id: int


class PhotoOut(Schema):
    id: int
    name: str


class InstallationOut(Schema):
    """The installation of a handover; `id` is the handover's."""

    id: int
    number: str
    client_id: int
    stage: Stage
    installer_id: int | None
    done_at: datetime | None
    kit: str
    version: str
    workplaces: int | None
    steps: list[Step]
    steps_done: list[Step]
    note: str
    photos: list[PhotoOut]
    submitted_at: datetime | None
    signed_by: str
    remarks: str
    confirmed_at: datetime | None
    called_at: datetime | None


OF_WORK = (
    "installer_id",
    "done_at",
    "kit",
    "version",
    "workplaces",
    "steps",
    "submitted_at",
    "remarks",
    "confirmed_at",
    "called_at",
)


@router.get(ONE, response=InstallationOut)
def installation(request: ApiRequest, handover_id: int) -> object:
    """The installation of a handover and how its record stands."""
    shown = queries.installation_page(request.viewer, handover_id, request.actor.now)
    own = ("id", "number", "client_id", "stage", "note", "photos", "signed_by")
    return {
        **{name: getattr(shown, name) for name in own},
        **{name: getattr(shown.work, name) for name in OF_WORK},
        "steps_done": [step for step in shown.work.steps if _is_done(shown, step)],
    }


def _is_done(shown: queries.InstallationPage, step: Step) -> bool:
    return step in shown.work.steps_done


FILE = {"responses": {200: {"description": "The file"}}}


@router.get(f"{ONE}/photos/{{photo_id}}", openapi_extra=FILE)
def photo(request: ApiRequest, handover_id: int, photo_id: int) -> HttpResponseBase:
    """A photograph of the record."""
    return send(queries.photo(request.viewer, handover_id, photo_id), in_page=False)


@router.get(f"{ONE}/signature", openapi_extra=FILE)
def signature(request: ApiRequest, handover_id: int) -> HttpResponseBase:
    """What the client signed."""
    return send(queries.signature(request.viewer, handover_id), in_page=False)


# ---------------------------------------------------------------- what is done


class Installer(Schema):
    installer_id: int


class Done(Schema):
    done_at: AwareDatetime


class Record(Schema):
    kit: str = Field("", max_length=200)
    version: str = Field("", max_length=40)
    workplaces: int | None = Field(None, ge=1, le=9999)
    steps_done: list[Step] = []
    note: str = Field("", max_length=4000)


class Remarks(Schema):
    remarks: str = Field(min_length=1, max_length=4000)


class Manager(Schema):
    manager_id: int


class Call(Schema):
    made_at: AwareDatetime
    spoke_with: str = Field(min_length=1, max_length=200)
    satisfied: bool
    note: str = Field("", max_length=2000)


def upload_of(file: UploadedFile) -> Upload:
    return Upload(name=file.name or "", data=file.read())


@router.post(f"{ONE}/installer", response=Made)
@doing_once("service.installer")
def name_installer(request: ApiRequest, handover_id: int, body: Installer) -> object:
    """The head of the group says who installs."""
    return actions.name_installer(
        actor=request.actor, handover_id=handover_id, installer_id=body.installer_id
    )


@router.post(f"{ONE}/done", response=Made)
@doing_once("service.done")
def record_done(request: ApiRequest, handover_id: int, body: Done) -> object:
    """The system stands; the record falls due."""
    return actions.record_installation_done(
        actor=request.actor, handover_id=handover_id, done_at=body.done_at
    )


@router.post(f"{ONE}/record", response=Made)
@doing_once("service.record")
def save_record(request: ApiRequest, handover_id: int, body: Record) -> object:
    """Write the record as far as it is known."""
    return actions.save_record(
        actor=request.actor, handover_id=handover_id, **body.dict()
    )


@router.post(f"{ONE}/photos", response=Made)
@doing_once("service.photos")
def add_photo(
    request: ApiRequest, handover_id: int, file: File[UploadedFile]
) -> object:
    """Add a photograph; the rest of the record stays as it is written."""
    shown = queries.installation_page(request.viewer, handover_id, request.actor.now)
    return actions.save_record(
        actor=request.actor,
        handover_id=handover_id,
        kit=shown.work.kit,
        version=shown.work.version,
        workplaces=shown.work.workplaces,
        steps_done=sorted(shown.work.steps_done),
        note=shown.note,
        photos=[upload_of(file)],
    )


@router.post(f"{ONE}/submit", response=Made)
@doing_once("service.submit")
def submit_record(
    request: ApiRequest,
    handover_id: int,
    signed_by: Form[str],
    signature: File[UploadedFile],
) -> object:
    """Submit the record that the client has signed."""
    return actions.submit_record(
        actor=request.actor,
        handover_id=handover_id,
        signed_by=signed_by,
        signature=upload_of(signature),
    )


@router.post(f"{ONE}/send-back", response=Made)
@doing_once("service.send_back")
def send_back_record(request: ApiRequest, handover_id: int, body: Remarks) -> object:
    """The head returns the record with remarks."""
    return actions.send_back_record(
        actor=request.actor, handover_id=handover_id, remarks=body.remarks
    )


@router.post(f"{ONE}/confirm", response=Made)
@doing_once("service.confirm")
def confirm_record(request: ApiRequest, handover_id: int) -> object:
    """The head confirms the installation."""
    return actions.confirm_record(actor=request.actor, handover_id=handover_id)


@router.post(f"{ONE}/manager", response=Made)
@doing_once("service.manager")
def appoint_manager(request: ApiRequest, handover_id: int, body: Manager) -> object:
    """Appoint the service manager: the client enters service."""
    return actions.appoint_manager(
        actor=request.actor, handover_id=handover_id, manager_id=body.manager_id
    )


@router.post(f"{ONE}/control-call", response={201: Made})
@doing_once("service.call")
def record_control_call(request: ApiRequest, handover_id: int, body: Call) -> object:
    """The head has asked the client how it went."""
    return Status(
        201,
        actions.record_control_call(
            actor=request.actor, handover_id=handover_id, **body.dict()
        ),
    )


# ---------------------------------------------------------------- take-overs


class TakeOver(Schema):
    client_id: int
    contract_id: int
    manager_id: int
    group_id: int
    since: date


class TakeOvers(Schema):
    """All of them or, if one cannot be taken over, none."""

    rows: list[TakeOver] = Field(min_length=1, max_length=300)


@router.post("/take-overs", response={201: list[Made]})
@doing_once("service.take_over")
def take_over(request: ApiRequest, body: TakeOvers) -> object:
    """Take over clients that were served before Suprovid."""
    rows = [actions.TakeOverRow(**row.dict()) for row in body.rows]
    return Status(201, actions.take_over_many(actor=request.actor, rows=rows))
