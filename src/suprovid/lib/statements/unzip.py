"""The XML files of a zip as banks deliver it; tricks of zips are refused by name.

Everything but .xml is passed over unread (signatures, PDF, notes), except archives.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator

from suprovid.lib.statements.causes import Cause, NotAStatement
from suprovid.lib.statements.text import told

MEGABYTE = 1024 * 1024
MOST_ENTRIES = 100
MOST_FILES = 20
LARGEST_FILE = 20 * MEGABYTE
LARGEST_SUM = 60 * MEGABYTE
HIGHEST_RATIO = 100
SMALL = 4 * MEGABYTE
"""A file this small may be packed as it likes: lines of one payer pack 120 times."""
CHUNK = 256 * 1024
ARCHIVES = (".zip", ".rar", ".7z", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".zst", ".jar")
OFFICE = "[Content_Types].xml"
_LOCAL = struct.Struct("<4s22xHH")
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error, ValueError,
    NotImplementedError, RuntimeError, UnicodeError, IndexError,
)  # fmt: skip


def xml_files(data: bytes) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Each XML file with its name, in the order of names; its bytes come in pieces.

    Raises:
        NotAStatement: before the first, or while a file's pieces are read.
    """
    archive, entries = _opened(data)
    allowance = Allowance()
    for entry in entries:
        yield told(entry.filename), _pieces(archive, entry, allowance)


def _opened(data: bytes) -> tuple[zipfile.ZipFile, list[zipfile.ZipInfo]]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
        _check(data, entries)
    except _BROKEN as broken:
        raise NotAStatement(Cause.ZIP_BROKEN) from broken
    return archive, _chosen(entries)


def _chosen(entries: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    chosen = sorted((e for e in entries if _is_xml(e)), key=lambda e: e.filename)
    if not chosen:
        raise NotAStatement(Cause.ZIP_WITHOUT_XML)
    if len(chosen) > MOST_FILES:
        raise NotAStatement(Cause.ZIP_ENTRIES, {"limit": str(MOST_FILES)})
    return chosen


def _is_xml(entry: zipfile.ZipInfo) -> bool:
    parts = entry.filename.split("/")
    hidden = parts[0] == "__MACOSX" or parts[-1].startswith("._")
    return parts[-1].casefold().endswith(".xml") and not hidden


# -------------------------------------------------------------- before it is unpacked


def _check(data: bytes, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise NotAStatement(Cause.ZIP_ENTRIES, {"limit": str(MOST_ENTRIES)})
    if any(entry.filename == OFFICE for entry in entries):
        raise NotAStatement(Cause.OTHER_FORMAT, {"format": "XLSX/DOCX"})
    for entry in entries:
        _check_name(entry)
        _check_kind(entry)
    _check_sizes(entries)
    _check_places(data, entries)


def _check_name(entry: zipfile.ZipInfo) -> None:
    # zipfile cuts a name at NUL and turns the system's separator: ask the first one.
    name = entry.orig_filename
    parts = name.split("/")
    tricks = ("\\" in name, "\0" in name, ":" in name, name.startswith("/"))
    if any(tricks) or ".." in parts or not name:
        raise NotAStatement(Cause.ZIP_NAME, {"name": told(name)})


def _check_kind(entry: zipfile.ZipInfo) -> None:
    name = {"name": told(entry.filename)}
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise NotAStatement(Cause.ZIP_LINK, name)
    if entry.flag_bits & (0x1 | 0x40 | 0x2000):
        raise NotAStatement(Cause.ZIP_ENCRYPTED)
    if entry.filename.casefold().endswith(ARCHIVES):
        raise NotAStatement(Cause.ZIP_NESTED, name)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NotAStatement(Cause.ZIP_METHOD, name)


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    if sum(entry.file_size for entry in entries) > LARGEST_SUM:
        raise _too_large(LARGEST_SUM)
    for entry in entries:
        if _is_xml(entry) and entry.file_size > LARGEST_FILE:
            raise _too_large(LARGEST_FILE)
        _check_ratio(entry, entry.file_size)


def _check_ratio(entry: zipfile.ZipInfo, size: int) -> None:
    if size > SMALL and size > HIGHEST_RATIO * max(1, entry.compress_size):
        raise NotAStatement(
            Cause.ZIP_RATIO,
            {"name": told(entry.filename), "limit": str(HIGHEST_RATIO)},
        )


def _too_large(limit: int) -> NotAStatement:
    return NotAStatement(Cause.ZIP_TOO_LARGE, {"limit": str(limit // MEGABYTE)})


def _check_places(data: bytes, entries: list[zipfile.ZipInfo]) -> None:
    """No two entries share a byte or a name: what is told once is unpacked once."""
    if len({entry.filename.casefold() for entry in entries}) < len(entries):
        raise NotAStatement(Cause.ZIP_OVERLAP)
    free = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < free:
            raise NotAStatement(Cause.ZIP_OVERLAP)
        magic, name, extra = _LOCAL.unpack_from(data, entry.header_offset)
        if magic != b"PK\x03\x04":
            raise NotAStatement(Cause.ZIP_BROKEN)
        header = _LOCAL.size + name + extra
        free = entry.header_offset + header + entry.compress_size
    if free > len(data):
        raise NotAStatement(Cause.ZIP_BROKEN)


# ---------------------------------------------------------------- while it is unpacked


class Allowance:
    """What may still be unpacked, whatever the sizes that were told."""

    def __init__(self) -> None:
        self._left = LARGEST_SUM

    def take(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise _too_large(LARGEST_SUM)


def _pieces(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, allowance: Allowance
) -> Iterator[bytes]:
    size = 0
    try:
        with archive.open(entry) as stream:
            while piece := stream.read(CHUNK):
                if not size and piece.startswith(b"PK\x03\x04"):
                    name = {"name": told(entry.filename)}
                    raise NotAStatement(Cause.ZIP_NESTED, name)
                size += len(piece)
                allowance.take(len(piece))
                if size > LARGEST_FILE:
                    raise _too_large(LARGEST_FILE)
                _check_ratio(entry, size)
                yield piece
    except _BROKEN as broken:
        raise NotAStatement(Cause.ZIP_BROKEN) from broken
