"""Papers are kept once by content, pictures are drawn anew, numbers have no gaps."""

from __future__ import annotations

import io
import struct
import zlib
from contextlib import suppress
from datetime import date
from warnings import catch_warnings, simplefilter

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from suprovid.documents import rules
from suprovid.documents.actions import _redrawn as redrawn
from suprovid.documents.actions import keep, take_number
from suprovid.documents.models import Content, Paper
from suprovid.documents.queries import paper_file
from suprovid.documents.rules import Upload
from suprovid.journal.models import Fact
from suprovid.lib.decision import Invalid, Missing
from tests.cast import MONDAY, Cast, acting

PDF = b"%PDF-1.7\n%%EOF"


def photograph(
    *, kind: str = "JPEG", size: tuple[int, int] = (20, 10), turned: int = 6
) -> bytes:
    """A picture that says where it was taken and lies on its side."""
    drawn = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010E] = "taken at the client"
    Image.new("RGB", size, "white").save(drawn, kind, exif=exif)
    return drawn.getvalue()


def kept(paper: Paper) -> bytes:
    with paper_file(paper.pk).open() as file:
        return file.read()


def test_a_paper_is_kept_byte_by_byte(cast: Cast) -> None:
    paper = keep(actor=acting(cast.andrii, MONDAY), upload=Upload("договір.pdf", PDF))

    there = paper_file(paper.pk)
    assert kept(paper) == PDF
    assert (there.name, there.media_type) == ("договір.pdf", "application/pdf")
    assert there.safe_in_page


def test_the_same_content_is_kept_once_under_two_names(cast: Cast) -> None:
    actor = acting(cast.andrii, MONDAY)
    first = keep(actor=actor, upload=Upload("a.pdf", PDF))
    second = keep(actor=actor, upload=Upload("b.pdf", PDF))

    assert first.content_id == second.content_id
    assert Content.objects.count() == 1
    assert Paper.objects.count() == 2


def test_a_photograph_loses_where_it_was_taken_and_stands_upright(cast: Cast) -> None:
    upload = Upload("фото.jpg", photograph())
    paper = keep(actor=acting(cast.pavlo, MONDAY), upload=upload)

    with paper_file(paper.pk).open() as file, Image.open(file) as picture:
        assert not dict(picture.getexif())
        assert picture.size == (10, 20)


# How a camera was held: where its upper left corner is in the file.
CORNERS = {
    1: (0, 0),
    2: (1, 0),
    3: (1, 1),
    4: (0, 1),
    5: (0, 0),
    6: (0, 1),
    7: (1, 1),
    8: (1, 0),
}


@pytest.mark.parametrize("turned", CORNERS)
def test_a_picture_stands_as_the_camera_was_held(cast: Cast, turned: int) -> None:
    picture = Image.new("RGB", (2, 2), "white")
    picture.putpixel(CORNERS[turned], (0, 0, 0))
    exif, drawn = Image.Exif(), io.BytesIO()
    exif[0x0112] = turned
    picture.save(drawn, "PNG", exif=exif)
    upload = Upload("фото.png", drawn.getvalue())

    paper = keep(actor=acting(cast.pavlo, MONDAY), upload=upload)

    with Image.open(io.BytesIO(kept(paper))) as upright:
        assert upright.convert("RGB").getpixel((0, 0)) == (0, 0, 0)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_that_hides_in_a_picture_is_kept(cast: Cast, kind: str) -> None:
    """Comments, notes, profiles, and a web page or an archive behind the end."""
    drawn, notes, exif = io.BytesIO(), PngInfo(), Image.Exif()
    notes.add_text("Comment", "<script>hidden")
    exif[0x010E] = "<script>hidden"
    Image.new("RGB", (9, 9)).save(
        drawn,
        kind,
        exif=exif,
        comment=b"<script>hidden",
        xmp=b"<script>hidden",
        icc_profile=b"<script>hidden",
        pnginfo=notes,
    )
    behind = b"<html><script>hidden</script></html>PK\x03\x04hidden"
    assert b"hidden" in drawn.getvalue()
    ending = {"JPEG": "jpg"}.get(kind, kind.lower())
    upload = Upload(f"фото.{ending}", drawn.getvalue() + behind)

    paper = keep(actor=acting(cast.pavlo, MONDAY), upload=upload)

    assert b"hidden" not in kept(paper)
    assert b"script" not in kept(paper)


def bomb(kind: str) -> bytes:
    """A few bytes that say they are a picture of a thousand million points."""
    if kind == "webp":
        side = (2**24 - 1).to_bytes(3, "little")
        small = photograph(kind="WEBP")
        return small[:24] + side + side + small[30:]
    small = photograph(kind="PNG")
    header = b"IHDR" + struct.pack(">II", 40_000, 40_000) + small[24:29]
    return small[:12] + header + struct.pack(">I", zlib.crc32(header)) + small[33:]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("фото.jpg", b"\xff\xd8\xff\xe0not a picture", id="damaged"),
        pytest.param("фото.jpg", photograph()[:300], id="cut off"),
        pytest.param(
            "фото.png", photograph(kind="PNG", size=(10_000, 6_000)), id="too many"
        ),
        pytest.param("фото.png", bomb("png"), id="a bomb"),
        pytest.param("фото.webp", bomb("webp"), id="a bomb of another kind"),
        pytest.param("сторінка.pdf", b"<html>%PDF-1.7", id="a web page with a PDF in"),
        pytest.param("сторінка.html", PDF, id="a PDF that calls itself a page"),
        pytest.param("креслення.svg", b"<svg onload='alert(1)'/>", id="a drawing"),
        pytest.param("велике.pdf", PDF + bytes(rules.MAX_BYTES), id="too large"),
        pytest.param("договір.docx", PDF + b"PK\x03\x04", id="two kinds in one"),
    ],
)
def test_a_bad_file_is_refused_and_nothing_is_kept(
    cast: Cast, name: str, data: bytes
) -> None:
    facts = Fact.objects.count()

    with pytest.raises(Invalid) as refused:
        keep(actor=acting(cast.pavlo, MONDAY), upload=Upload(name, data))

    assert refused.value.field == "file"
    assert (Paper.objects.count(), Fact.objects.count()) == (0, facts)


@given(
    kind=st.sampled_from(["JPEG", "PNG", "WEBP"]),
    spoiled=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=8),
    cut=st.integers(12, 500),
)
def test_whatever_is_spoiled_in_a_picture_it_is_drawn_or_refused(
    kind: str, spoiled: list[tuple[int, int]], cut: int
) -> None:
    data = bytearray(photograph(kind=kind)[:cut])
    for place, byte in spoiled:
        data[place % len(data)] = byte
    with suppress(Invalid), catch_warnings():
        simplefilter("ignore")
        redrawn(bytes(data), kind)


def test_a_paper_is_brought_by_a_person(cast: Cast) -> None:
    with pytest.raises(Invalid):
        keep(actor=acting(None, MONDAY), upload=Upload("a.pdf", PDF))


def test_a_paper_that_is_not_there_is_missing(db: None) -> None:
    with pytest.raises(Missing):
        paper_file(1)


def test_numbers_follow_one_another_and_begin_anew_each_year(db: None) -> None:
    taken = [take_number(kind="act", on=date(2026, 12, 31)) for _ in range(3)]

    assert taken == [1, 2, 3]
    assert take_number(kind="act", on=date(2027, 1, 1)) == 1
    assert take_number(kind="letter", on=date(2026, 12, 31)) == 1


def test_a_paper_that_was_rolled_back_gives_its_number_back(db: None) -> None:
    with transaction.atomic():
        take_number(kind="act", on=date(2026, 4, 1))
        transaction.set_rollback(True)

    assert take_number(kind="act", on=date(2026, 4, 1)) == 1
