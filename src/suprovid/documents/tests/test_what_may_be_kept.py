"""What may become a paper is decided by its content, never by its name."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suprovid.documents import rules
from suprovid.documents.rules import Media, Upload, label, may_be_kept, media_of

PDF = b"%PDF-1.7\n%%EOF"
P7S = b"\x30\x82\x01\x00" + bytes.fromhex("06092a864886f70d010702") + b"rest"


def zipped(*names: str, filler: bytes = b"x") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, filler)
    return packed.getvalue()


DOCX = zipped("[Content_Types].xml", "word/document.xml")
XLSX = zipped("[Content_Types].xml", "xl/workbook.xml")


@pytest.mark.parametrize(
    ("name", "data", "media"),
    [
        ("договір.pdf", PDF, Media.PDF),
        ("scan.JPG", b"\xff\xd8\xff\xe0rest", Media.JPEG),
        ("scan.png", b"\x89PNG\r\n\x1a\nrest", Media.PNG),
        ("scan.webp", b"RIFF\0\0\0\0WEBPrest", Media.WEBP),
        ("угода.docx", DOCX, Media.DOCX),
        ("рахунок.xlsx", XLSX, Media.XLSX),
        ("договір.pdf.p7s", P7S, Media.P7S),
    ],
)
def test_papers_of_a_department_are_taken(name: str, data: bytes, media: Media) -> None:
    assert media_of(data) is media
    assert rules.known_media(data) is media
    assert may_be_kept(Upload(name, data))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("page.html", b"<html><script>1</script>", id="a web page"),
        pytest.param("page.pdf", b"<html><script>1</script>", id="a web page as PDF"),
        pytest.param("draw.svg", b"<svg xmlns='x' onload='1'/>", id="a drawing"),
        pytest.param("data.xml", b"<?xml version='1.0'?><a/>", id="XML"),
        pytest.param("setup.exe", b"MZ\x90\0", id="a program"),
        pytest.param("run.sh", b"#!/bin/sh\n", id="a script"),
        pytest.param("a.zip", zipped("a.txt"), id="a plain archive"),
        pytest.param("a.docx", zipped("word/document.xml"), id="half a DOCX"),
        pytest.param("a.docx", b"PK\x03\x04broken", id="a broken archive"),
        pytest.param(
            "macro.docx",
            zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
            id="a DOCX with a macro",
        ),
        pytest.param(
            "bomb.docx",
            zipped("[Content_Types].xml", "word/document.xml", filler=bytes(10**7)),
            id="an archive that swells",
        ),
        pytest.param(
            "many.docx",
            zipped(
                "[Content_Types].xml",
                "word/document.xml",
                *(f"{n}.xml" for n in range(rules.MAX_ENTRIES)),
            ),
            id="an archive of thousands",
        ),
        pytest.param("note.png", PDF, id="a name that lies"),
        pytest.param("script.pdf.html", PDF, id="two endings"),
        pytest.param("empty.pdf", b"", id="nothing"),
        pytest.param("big.pdf", PDF + bytes(rules.MAX_BYTES), id="too much"),
        pytest.param("odd.p7s", b"\x30\x03abc", id="no signature"),
    ],
)
def test_everything_else_is_refused_with_a_reason(name: str, data: bytes) -> None:
    decision = may_be_kept(Upload(name, data))

    assert not decision
    assert decision.reason is not None
    assert rules.refused(decision).field == "file"


def test_bytes_that_are_not_on_the_list_are_nothing_known() -> None:
    with pytest.raises(ValueError, match="valid Media"):
        rules.known_media(b"MZ")


def test_an_allowed_decision_is_no_refusal_to_pass_on() -> None:
    allowed = may_be_kept(Upload("a.pdf", PDF))

    assert str(rules.refused(allowed).reason) == "Not allowed."


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("..\\..\\договір.pdf", "договір.pdf"),
        ("/etc/passwd", "passwd"),
        ("рах\u202eunok\u0000\n.pdf", "рахunok.pdf"),
        ("  .. ", "paper"),
        ("", "paper"),
    ],
)
def test_a_name_is_kept_as_a_mere_label(name: str, kept: str) -> None:
    assert label(name) == kept


@given(st.text(max_size=400))
def test_a_label_is_short_has_no_path_and_no_hidden_marks(name: str) -> None:
    kept = label(name)

    assert 0 < len(kept.encode()) <= rules.MAX_NAME_BYTES
    assert not set(kept) & set("/\\\0\n\r\u202e")


def test_a_long_name_keeps_its_ending() -> None:
    assert label("д" * 300 + ".pdf").endswith("д.pdf")
    assert label("д" * 300 + "." + "x" * 20).startswith("д")


@given(st.binary(max_size=300))
def test_no_bytes_break_the_look_into_a_file(data: bytes) -> None:
    media_of(data)
    media_of(b"PK\x03\x04" + data)
