"""Doing once: a pressed button, a sent form, an API call (DESIGN 4, PROCESS 7.8).

One wrapper opens the transaction, inserts the key, calls the action, stores the answer
and commits: all of it or nothing. A repeat under the same key gets the stored answer.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, OperationalError, connection, transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from suprovid.lib.decision import Forbidden, Invalid, Refused, Stale
from suprovid.web.http import PersonRequest
from suprovid.web.models import Firing, OnceKey
from suprovid.web.say import say

T = TypeVar("T")

KEY_FIELD = "_once"
KEY_LENGTH = 120
KEY_FORM = re.compile(r"[\x21-\x7e]{8,120}")
KEPT = timedelta(days=30)
NOT_SAID_BY_THE_PERSON = frozenset({"csrfmiddlewaretoken", KEY_FIELD})
PAUSES = (0.05, 0.2)
DEADLOCK, NOT_SERIALIZABLE, NO_LOCK = "40P01", "40001", "55P03"


# ---------------------------------------------------------------- the key, the answer


@dataclass(frozen=True)
class Doing:
    """What one person asked to be done once, and a digest of all that was sent."""

    who: str
    operation: str
    key: str
    digest: str
    now: datetime


@dataclass(frozen=True)
class Answer:
    """What was answered, and is answered again to a repeat."""

    status: int
    body: Any
    repeated: bool = False


class OtherContent(Exception):
    """The key was already used for something else. API and page: 422."""


class InFlight(Exception):
    """The same is being done at this moment. API: 409."""


class Busy(Exception):
    """The database stayed occupied; nothing was written. 503: try again."""


def answered(doing: Doing) -> Answer | None:
    """The stored answer to a repeat.

    Raises:
        OtherContent: the key stands for other content.
    """
    row = OnceKey.objects.filter(
        who=doing.who, operation=doing.operation, key=doing.key
    ).first()
    if row is None:
        return None
    if row.digest != doing.digest:
        raise OtherContent
    return Answer(row.status or 200, row.answer, repeated=True)


def do_once(doing: Doing, work: Callable[[], Answer], *, wait: bool = True) -> Answer:
    """Run `work` and store its answer in one transaction, or replay the stored one.

    A second caller under the same key waits for the first one and then gets its
    answer; with `wait=False` it is turned away instead (PostgreSQL; SQLite has one
    writer at a time, so there it always waits).

    Raises:
        OtherContent: the key stands for other content.
        InFlight: somebody is doing the same at this moment.
        Busy: deadlocks and locks outlasted three attempts.
    """
    return persistently(lambda: _in_one_transaction(doing, work, wait=wait))


def _in_one_transaction(
    doing: Doing, work: Callable[[], Answer], *, wait: bool
) -> Answer:
    with transaction.atomic():
        if not wait and not _alone(doing):
            raise InFlight
        row = _claim(doing)
        if row is None:
            return answered(doing) or _gone()
        answer = work()
        row.status, row.answer = answer.status, answer.body
        row.save(update_fields=["status", "answer"])
        return answer


def _claim(doing: Doing) -> OnceKey | None:
    """Our row, or None when another's stands. PostgreSQL waits for its end here."""
    try:
        with transaction.atomic():
            return OnceKey.objects.create(
                who=doing.who,
                operation=doing.operation,
                key=doing.key,
                digest=doing.digest,
                created_at=doing.now,
            )
    except IntegrityError:
        return None


def _gone() -> Answer:
    raise Busy


def _alone(doing: Doing) -> bool:
    """Nobody else is at this key; the lock ends with the transaction."""
    if connection.vendor != "postgresql":
        return True
    name = f"{doing.who}\n{doing.operation}\n{doing.key}".encode()
    number = int.from_bytes(hashlib.sha256(name).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        return bool(cursor.fetchone()[0])


def once_a_day(job: str, day: date, now: datetime, work: Callable[[], object]) -> bool:
    """Do a day's work in the transaction that claims the day; False if it is done.

    A failure gives the day back, so the work is tried again. Of several workers one
    gets the day, the others wait for its end and find it taken.
    """
    if Firing.objects.filter(job=job, day=day).exists():
        return False
    with transaction.atomic():
        try:
            with transaction.atomic():
                Firing.objects.create(job=job, day=day, at=now)
        except IntegrityError:
            return False
        work()
    return True


def forget_old(now: datetime) -> None:
    """Answers are kept for 30 days, so that a late repeat still finds its own."""
    OnceKey.objects.filter(created_at__lt=now - KEPT).delete()
    Firing.objects.filter(at__lt=now - KEPT).delete()


# ---------------------------------------------------------------- trying again


def passing(error: OperationalError) -> bool:
    """Worth another try: a deadlock, a lost race, a writer before us (D3.5)."""
    state = getattr(error.__cause__, "sqlstate", None)
    return state in (DEADLOCK, NOT_SERIALIZABLE, NO_LOCK) or "locked" in str(error)


def persistently(work: Callable[[], T]) -> T:
    """Call a whole transaction, at most three times while the trouble passes.

    Raises:
        Busy: it did not pass; nothing was written.
    """
    if connection.in_atomic_block:  # a part of a transaction cannot be repeated
        return work()
    for pause in PAUSES:
        try:
            return work()
        except OperationalError as error:
            if not passing(error):
                raise
            time.sleep(pause)
    try:
        return work()
    except OperationalError as error:
        if not passing(error):
            raise
        raise Busy from error


# ---------------------------------------------------------------- digests


def digest_of(
    fields: Iterable[tuple[str, Any]], files: Iterable[tuple[str, str]] = ()
) -> str:
    """SHA-256 over everything that was sent, the content of files by their own."""
    text = json.dumps(
        [sorted(fields, key=lambda pair: pair[0]), sorted(files)],
        separators=(",", ":"),
        ensure_ascii=False,
    )
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def file_digest(upload: UploadedFile[Any]) -> str:
    total = hashlib.sha256()
    for chunk in upload.chunks():
        total.update(chunk)
    upload.seek(0)
    return total.hexdigest()


def sent_files(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (name, file_digest(upload))
        for name, uploads in request.FILES.lists()
        for upload in uploads
    ]


def from_the_beginning(request: HttpRequest, work: Callable[[], T]) -> Callable[[], T]:
    """A try that failed has read the files to their end: rewind them for the next."""

    def anew() -> T:
        for _name, uploads in request.FILES.lists():
            for upload in uploads:
                upload.seek(0)
        return work()

    return anew


def _of_page(request: PersonRequest, operation: str) -> Doing:
    key = request.POST.get(KEY_FIELD, "")
    if not KEY_FORM.fullmatch(key):
        raise BadRequest("A form without its key: open the page again.")
    fields = [
        (name, values)
        for name, values in request.POST.lists()
        if name not in NOT_SAID_BY_THE_PERSON
    ]
    return Doing(
        who=request.actor.name,
        operation=operation,
        key=key,
        # The path says which thing was meant: handover 7 is not handover 8.
        digest=digest_of([("", request.path), *fields], sent_files(request)),
        now=request.actor.now,
    )


# ---------------------------------------------------------------- the page's door


def perform(
    request: PersonRequest,
    operation: str,
    form: Form | None,
    work: Callable[[Mapping[str, Any]], T],
    done: Callable[[T], str],
    again: Callable[[Form | None], HttpResponseBase],
    said: str = "",
) -> HttpResponseBase:
    """Do once what a page asks, then lead on; on refusal show the page again.

    Args:
        operation: "handover.give_visa": with the person and the key, what is unique.
        form: checks shape; its cleaned_data goes to `work` ({} without a form).
        work: calls ONE action; runs in the transaction that keeps the key.
        done: the address to go on to.
        again: the page with what the person typed and, in the form's errors (or,
            without a form, in the messages), the reason. Its status is set here.
        said: what the green line says; "Saved." unless told.
    """
    doing = _of_page(request, operation)
    try:
        answer = answered(doing)
        if answer is None:
            if form is not None and not form.is_valid():
                return _unfit(again(form))
            data = form.cleaned_data if form is not None else {}
            do = from_the_beginning(request, lambda: work(data))
            answer = do_once(doing, lambda: Answer(303, {"url": done(do())}))
    except Refused as refused:
        return _refusal(request, form, again, refused)
    except OtherContent:
        return _other_content(request, form, again)
    except Busy:
        return _busy(request, form, again)
    if answer.repeated:
        messages.info(request, _("This was already done."))
    else:
        messages.success(request, said or _("Saved."))
    return lead_to(request, answer.body["url"])


def lead_to(request: HttpRequest, url: str) -> HttpResponse:
    """See other; a fragment's request is told to open the whole page."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponse(status=303, headers={"Location": url})


def status_of(refused: Refused) -> int:
    """Which number each kind of refusal has, on pages and in the API."""
    kinds = ((Forbidden, 403), (Stale, 412), (Invalid, 422))
    return next((number for kind, number in kinds if isinstance(refused, kind)), 409)


Again = Callable[[Form | None], HttpResponseBase]


def _refusal(
    request: PersonRequest, form: Form | None, again: Again, refused: Refused
) -> HttpResponseBase:
    field = refused.field if isinstance(refused, Invalid) else ""
    _complain(request, form, say(refused.reason), field)
    return _status(again(form), status_of(refused))


def _other_content(
    request: PersonRequest, form: Form | None, again: Again
) -> HttpResponseBase:
    _complain(
        request,
        form,
        _("This form was already sent with other content. Open the page again."),
    )
    return _status(again(form), 422)


def _busy(request: PersonRequest, form: Form | None, again: Again) -> HttpResponseBase:
    _complain(
        request,
        form,
        _("Others are changing the same right now, so nothing was saved. Try again."),
    )
    return _status(again(form), 503)


def _complain(
    request: PersonRequest, form: Form | None, text: str, field: str = ""
) -> None:
    """Put the reason where the person looks: at the field, on the form, on the page."""
    if form is None or not form.is_bound:
        messages.error(request, text)
        return
    form.add_error(field if field in form.fields else None, text)


def _unfit(answer: HttpResponseBase) -> HttpResponseBase:
    """422, unless the page that shows the form turned the person away itself."""
    return answer if answer.status_code == 403 else _status(answer, 422)


def _status(answer: HttpResponseBase, number: int) -> HttpResponseBase:
    answer.status_code = number
    return answer
