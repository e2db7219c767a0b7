"""What the bytes are, whatever the file is called."""

from __future__ import annotations

import re

from suprovid.lib.sheets import delimited, limits, xls, xlsx
from suprovid.lib.sheets.causes import Cause, NotASheet
from suprovid.lib.sheets.encodings import decode
from suprovid.lib.sheets.shape import Reading, Sheet

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1")
_OTHERS = {
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"\x1f\x8b": "a GZIP archive",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "a document (RTF)",
    b"SQLite format 3\0": "a database",
}
_MARKUP = re.compile(r"\s*<(\?xml|!doctype|!--|/?[a-z][\w:-]*[\s/>])", re.IGNORECASE)
_HTML = re.compile(
    r"<(!doctype\s+html|html|head|meta|body|table|style|div|tr|br)\b", re.IGNORECASE
)
_XML_2003 = "urn:schemas-microsoft-com:office:spreadsheet"
_BEGINNING = 4096


def read_bytes(data: bytes, sheet: str = "") -> Sheet:
    """A sheet read here and now: for files that are trusted, and in the child.

    Raises:
        NotASheet: with the cause.
    """
    return opened(data, sheet).whole()


def opened(data: bytes, sheet: str = "") -> Reading:
    """Like `read_bytes`, with rows that come one by one: they may raise too."""
    if len(data) > limits.FILE:
        megabytes = limits.FILE // limits.MEGABYTE
        raise NotASheet(Cause.TOO_LARGE, {"megabytes": megabytes})
    if data.startswith(_ZIP):
        return xlsx.read(data, sheet)
    if data.startswith(_COMPOUND):
        return xls.read(data, sheet)
    _refuse_others(data)
    text, encoding = decode(data)
    _refuse_markup(text[:_BEGINNING])
    return delimited.read(text, encoding)


def _refuse_others(data: bytes) -> None:
    if not data.strip():
        raise NotASheet(Cause.EMPTY)
    if b"%PDF-" in data[:1024]:
        raise NotASheet(Cause.IS_PDF)
    for magic, format_ in _OTHERS.items():
        if data.startswith(magic):
            raise NotASheet(Cause.IS_OTHER, {"format": format_})


def _refuse_markup(beginning: str) -> None:
    if beginning.upper().startswith("MIME-VERSION:"):
        raise NotASheet(Cause.IS_HTML)
    if not _MARKUP.match(beginning):
        return
    if _XML_2003 in beginning:
        raise NotASheet(Cause.IS_XML_2003)
    raise NotASheet(Cause.IS_HTML if _HTML.search(beginning) else Cause.IS_XML)
