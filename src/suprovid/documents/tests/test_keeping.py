"""Papers are kept once by content, pictures are drawn anew, numbers have no gaps."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.db import transaction
from PIL import Image

from suprovid.documents.actions import keep, take_number
from suprovid.documents.models import Content, Paper
from suprovid.documents.queries import paper_file
from suprovid.documents.rules import Upload
from suprovid.journal.models import Fact
from suprovid.lib.decision import Invalid, Missing
from tests.cast import MONDAY, Cast, acting

PDF = b"%PDF-1.7\n%%EOF"


def photograph(*, kind: str = "JPEG", size: tuple[int, int] = (20, 10)) -> bytes:
    """A picture that says where it was taken and lies on its side."""
    drawn = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "taken at the client"
    Image.new("RGB", size, "white").save(drawn, kind, exif=exif)
    return drawn.getvalue()


def test_a_paper_is_kept_byte_by_byte(cast: Cast) -> None:
    paper = keep(actor=acting(cast.andrii, MONDAY), upload=Upload("договір.pdf", PDF))

    kept = paper_file(paper.pk)
    with kept.open() as file:
        assert file.read() == PDF
    assert (kept.name, kept.media_type) == ("договір.pdf", "application/pdf")
    assert kept.safe_in_page


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


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\xff\xd8\xff\xe0not a picture", id="damaged"),
        pytest.param(
            photograph(kind="PNG", size=(10_000, 6_000)), id="too many points"
        ),
    ],
)
def test_a_bad_picture_is_refused_and_nothing_is_kept(cast: Cast, data: bytes) -> None:
    facts = Fact.objects.count()
    name = "фото.png" if data.startswith(b"\x89") else "фото.jpg"

    with pytest.raises(Invalid) as refused:
        keep(actor=acting(cast.pavlo, MONDAY), upload=Upload(name, data))

    assert refused.value.field == "file"
    assert (Paper.objects.count(), Fact.objects.count()) == (0, facts)


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
