"""Keeping papers and taking numbers, inside the transaction of what needs them."""

from __future__ import annotations

import hashlib
import io
import os
from datetime import date
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import ExifTags, Image, UnidentifiedImageError

from suprovid.documents.models import Content, Paper, Series
from suprovid.documents.rules import (
    IMAGES,
    Media,
    Upload,
    known_media,
    label,
    may_be_kept,
    path_of,
    refused,
)
from suprovid.journal.actions import record
from suprovid.journal.rules import Actor
from suprovid.lib.decision import invalid
from suprovid.lib.words import word

MAX_PIXELS = 50_000_000
TOO_MANY_POINTS = word("The picture has too many points.")
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
FORMATS = {Media.PNG: "PNG", Media.JPEG: "JPEG", Media.WEBP: "WEBP"}


@transaction.atomic
def keep(*, actor: Actor, upload: Upload, client_id: int | None = None) -> Paper:
    """Keep a paper: content once by its SHA-256, the name as a label.

    The right to bring it is decided by the action that attaches it.

    Raises:
        Invalid: on the field `file`, with what is wrong and what may be attached.
    """
    if actor.person_id is None:
        raise invalid("file", "A paper is brought by a person.")
    decision = may_be_kept(upload)
    if not decision:
        raise refused(decision)
    content = _content(actor=actor, data=upload.data)
    paper = Paper.objects.create(
        content=content,
        name=label(upload.name),
        brought_by_id=actor.person_id,
        brought_at=actor.now,
    )
    record(
        kind="documents.paper.kept",
        actor=actor,
        subject=paper,
        client=client_id,
        details={"sha256": content.sha256, "size": content.size},
        personal={"name": paper.name},
    )
    return paper


@transaction.atomic
def keep_file(*, actor: Actor, data: bytes) -> Content:
    """Keep a file that was brought in, byte for byte, as the proof of what it said.

    It is no paper: nobody reads it in a page, its parent gives it out as an attachment.
    The right to bring it is decided by the action that needs it.
    """
    return _kept(actor=actor, data=data, media="application/octet-stream")


def _content(*, actor: Actor, data: bytes) -> Content:
    media = known_media(data)
    if media in IMAGES:
        data = _redrawn(data, FORMATS[media])
    return _kept(actor=actor, data=data, media=media)


def _kept(*, actor: Actor, data: bytes, media: str) -> Content:
    digest = hashlib.sha256(data).hexdigest()
    _lay_down(digest, data)
    content, _new = Content.objects.get_or_create(
        sha256=digest,
        defaults={"size": len(data), "media_type": media, "kept_at": actor.now},
    )
    return content


def _redrawn(data: bytes, kind: str) -> bytes:
    """Draw a picture anew: what hides in it or tells where it was taken is gone."""
    try:
        with Image.open(io.BytesIO(data), formats=[kind]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise invalid("file", TOO_MANY_POINTS)
            drawn = _upright(picture).convert("RGBA" if kind == "PNG" else "RGB")
    except Image.DecompressionBombError as bomb:
        raise invalid("file", TOO_MANY_POINTS) from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as broken:
        raise invalid("file", "The picture is damaged. Take it once more.") from broken
    # Comments and profiles would come along: anything may be written in them.
    drawn.info.clear()
    clean = io.BytesIO()
    drawn.save(clean, kind, quality=90)
    return clean.getvalue()


def _upright(picture: Image.Image) -> Image.Image:
    """As the camera was held; of all it noted this alone is read."""
    turn = TURNS.get(picture.getexif().get(ExifTags.Base.Orientation, 1))
    return picture if turn is None else picture.transpose(turn)


def _lay_down(digest: str, data: bytes) -> None:
    """The bytes are on the disk before the row says so; an orphan harms nobody."""
    name = path_of(digest)
    if default_storage.exists(name):
        return
    beside = default_storage.save(f"{name}.new", ContentFile(data))
    place = Path(default_storage.path(beside))
    with place.open("rb") as file:
        os.fsync(file.fileno())
    place.replace(default_storage.path(name))


@transaction.atomic
def take_number(*, kind: str, on: date) -> int:
    """The next number of a kind in a year: no gaps, no doubles (DOMAIN B5).

    The row stays locked until the caller's transaction ends, so a rolled back
    document gives its number back.
    """
    Series.objects.get_or_create(kind=kind, year=on.year)
    series = Series.objects.select_for_update().get(kind=kind, year=on.year)
    series.last += 1
    series.save(update_fields=["last"])
    return series.last
