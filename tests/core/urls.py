"""The house's addresses, and an API of one note to try its building blocks on."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path
from ninja import File, Form, NinjaAPI, Router, Schema, UploadedFile

from suprovid.config.api import Session, Token
from suprovid.config.urls import urlpatterns as house
from suprovid.journal.actions import record
from suprovid.journal.models import Fact
from suprovid.lib.decision import Missing, Reason, Refused, Stale
from suprovid.web.api import (
    ApiRequest,
    Page,
    answer_problems,
    doing_once,
    etag,
    if_match,
    keyset,
)
from suprovid.web.models import OnceKey

router = Router(tags=["notes"])


class NoteIn(Schema):
    text: str


class NoteOut(Schema):
    id: int
    kind: str


def write(request: ApiRequest, text: str) -> Fact:
    subject = OnceKey(pk=7)
    return record(
        kind="core.note", actor=request.actor, subject=subject, details={"t": text}
    )


@router.get("/notes", response=Page[NoteOut])
def notes(request: ApiRequest, cursor: str = "", limit: int = 50) -> object:
    return keyset(Fact.objects.all(), cursor, limit, by=("-recorded_at", "id"))


@router.post("/notes", response={201: NoteOut})
@doing_once("core.note")
def add(request: ApiRequest, body: NoteIn) -> Fact:
    fact = write(request, body.text)
    if body.text == "refuse":
        raise Refused(Reason("The {thing} is closed.", (("thing", "book"),)))
    return fact


@router.post("/files", response={201: NoteOut})
@doing_once("core.file")
def upload(request: ApiRequest, name: Form[str], file: File[UploadedFile]) -> Fact:
    return write(request, name)


@router.get("/notes/{note_id}", response=NoteOut)
def note(request: ApiRequest, response: HttpResponse, note_id: int) -> Fact:
    found = Fact.objects.filter(pk=note_id).first()
    if found is None:
        raise Missing
    etag(response, 3)
    return found


@router.put("/notes/{note_id}", response={204: None})
@doing_once("core.change")
def change(request: ApiRequest, note_id: int, body: NoteIn) -> None:
    if if_match(request) != 3:
        raise Stale(Reason("Another version."))


api = NinjaAPI(urls_namespace="notes", auth=[Token(), Session()])
answer_problems(api)
api.add_router("", router)

urlpatterns = [path("api/test/", api.urls), *house]
handler400 = "suprovid.config.errors.bad_request"
handler403 = "suprovid.config.errors.forbidden"
handler404 = "suprovid.config.errors.not_found"
handler500 = "suprovid.config.errors.broken"
