"""What may be kept as a paper: an allow-list by content (SECURITY D2.10-11)."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from dataclasses import dataclass
from enum import StrEnum

from suprovid.lib.decision import Decision, Invalid, allow, deny, invalid
from suprovid.lib.words import word

MAX_BYTES = 20 * 1024 * 1024
MAX_NAME_BYTES = 255
MAX_ENTRIES = 2000
MAX_INFLATED = 200 * 1024 * 1024
MAX_RATIO = 200
NEVER_SHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


class Media(StrEnum):
    """What a paper may be. Web pages, drawings with scripts and programs may not."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    WEBP = "image/webp"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    P7S = "application/pkcs7-signature"


IMAGES = frozenset({Media.PNG, Media.JPEG, Media.WEBP})
SHOWN_IN_PAGE = IMAGES | {Media.PDF}
ENDINGS = {
    Media.PDF: (".pdf",),
    Media.PNG: (".png",),
    Media.JPEG: (".jpg", ".jpeg"),
    Media.WEBP: (".webp",),
    Media.DOCX: (".docx",),
    Media.XLSX: (".xlsx",),
    Media.P7S: (".p7s", ".p7m"),
}

FACTS = {
    "documents.paper.kept": word("Paper brought: {name}"),
}


@dataclass(frozen=True)
class Upload:
    """What a person brought: a label and bytes, nothing of it believed yet."""

    name: str
    data: bytes


def label(name: str) -> str:
    """A file name as a mere label: no path, no control or bidi marks, <= 255 bytes."""
    flat = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(
        letter
        for letter in unicodedata.normalize("NFC", flat)
        if unicodedata.category(letter) not in NEVER_SHOWN
    ).strip(" .")
    return _cut(shown) or "paper"


def _cut(name: str) -> str:
    """Cut the stem, keep the ending, never a letter in two."""
    if len(name.encode()) <= MAX_NAME_BYTES:
        return name
    stem, dot, ending = name.rpartition(".")
    tail = f"{dot}{ending}" if dot and len(ending) <= 8 else ""
    room = MAX_NAME_BYTES - len(tail.encode())
    return (stem or name).encode()[:room].decode(errors="ignore").rstrip() + tail


def path_of(digest: str) -> str:
    """Where the bytes lie: by their SHA-256, never by a name somebody gave."""
    return f"{digest[:2]}/{digest}"


def media_of(data: bytes) -> Media | None:
    """What the bytes are, whatever the name says."""
    if data.startswith(b"%PDF-"):
        return Media.PDF
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Media.PNG
    if data.startswith(b"\xff\xd8\xff"):
        return Media.JPEG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Media.WEBP
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    return Media.P7S if _signed_data(data) else None


def known_media(data: bytes) -> Media:
    """What allowed bytes are.

    Raises:
        ValueError: they are not on the list; ask may_be_kept first.
    """
    return Media(media_of(data) or "")


def _office(data: bytes) -> Media | None:
    """DOCX or XLSX by their inner parts; a bomb, a macro or any other zip is not."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return None
    names = {entry.filename for entry in entries}
    if _swells(entries, len(data)) or any("vbaproject" in n.lower() for n in names):
        return None
    if "[Content_Types].xml" not in names:
        return None
    if "word/document.xml" in names:
        return Media.DOCX
    return Media.XLSX if "xl/workbook.xml" in names else None


def _swells(entries: list[zipfile.ZipInfo], packed: int) -> bool:
    inflated = sum(entry.file_size for entry in entries)
    return (
        len(entries) > MAX_ENTRIES
        or inflated > MAX_INFLATED
        or inflated > MAX_RATIO * max(packed, 1)
    )


def _signed_data(data: bytes) -> bool:
    """A DER SEQUENCE that opens with the identifier of PKCS#7 signedData."""
    identifier = bytes.fromhex("06092a864886f70d010702")
    return data[:1] == b"\x30" and identifier in data[:24]


def may_be_kept(upload: Upload) -> Decision:
    """Whether a file may become a paper, by size, content and ending."""
    if not upload.data:
        return deny("The file is empty. Choose it once more.")
    if len(upload.data) > MAX_BYTES:
        return deny("The file is larger than {limit} MB.", limit=MAX_BYTES // 1048576)
    media = media_of(upload.data)
    if media is None:
        return deny("Only PDF, photographs, DOCX, XLSX and signatures can be attached.")
    if not label(upload.name).casefold().endswith(ENDINGS[media]):
        return deny("The name of the file does not match what is inside it.")
    return allow()


def refused(decision: Decision, field: str = "file") -> Invalid:
    reason = decision.reason
    return Invalid(field, reason) if reason else invalid(field, "Not allowed.")
