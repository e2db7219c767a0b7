"""The archive that a workbook is, looked through before anything is unpacked."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from zipfile import ZipFile, ZipInfo

from suprovid.lib.sheets import limits
from suprovid.lib.sheets.causes import Cause, NotASheet

DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    UnicodeDecodeError,
    ValueError,
)
"""What the standard library raises on an archive that is not one."""
_CENTRAL, _LOCAL = b"PK\x01\x02", b"PK\x03\x04"
_LOCAL_SIZE = 30
_ENCRYPTED = 0x1
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_ARCHIVE_NAMES = (".zip", ".rar", ".7z", ".gz", ".xlsx", ".xlsm", ".docx", ".jar")
_CHUNK = 64 * 1024


class Archive:
    """Parts of a workbook by their names; large or small letters are the same."""

    def __init__(self, data: bytes) -> None:
        # Counted in the bytes: to list two hundred thousand names is itself a harm.
        if data.count(_CENTRAL) > limits.ENTRIES:
            raise NotASheet(Cause.TOO_MANY_FILES, {"files": limits.ENTRIES})
        try:
            self._zip = ZipFile(io.BytesIO(data))
            self._parts = _by_name(self._zip.infolist())
            _check_sizes(self._zip.infolist(), len(data))
            _check_places(self._zip, data)
            for info in self._zip.infolist():
                _check_inside(self._zip, info)
        except DAMAGE as damage:
            raise NotASheet(Cause.BROKEN) from damage
        self._left = limits.INFLATED

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._parts

    def names(self) -> list[str]:
        return list(self._parts)

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part, unpacked piece by piece and counted as it really is."""
        try:
            with self._zip.open(self._parts[name.casefold()]) as part:
                while piece := part.read(_CHUNK):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise NotASheet(Cause.BOMB)
                    yield piece
        except (KeyError, *DAMAGE) as damage:
            raise NotASheet(Cause.BROKEN) from damage


def _by_name(infos: list[ZipInfo]) -> dict[str, ZipInfo]:
    parts: dict[str, ZipInfo] = {}
    for info in infos:
        name = info.filename.replace("\\", "/")
        if _odd(info, name) or name.casefold() in parts:
            raise NotASheet(Cause.ODD_NAMES, {"name": name[:80]})
        if info.flag_bits & _ENCRYPTED:
            raise NotASheet(Cause.PASSWORD)
        parts[name.casefold()] = info
    return parts


def _odd(info: ZipInfo, name: str) -> bool:
    mode = info.external_attr >> 16
    return (
        not name
        or name.startswith("/")
        or ":" in name
        or ".." in name.split("/")
        or len(name.encode(errors="replace")) > limits.NAME
        or not name.isprintable()
        or (stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR})
    )


def _check_sizes(infos: list[ZipInfo], packed: int) -> None:
    inflated = sum(info.file_size for info in infos)
    if inflated > limits.INFLATED:
        raise NotASheet(Cause.BOMB)
    pairs = [(info.file_size, info.compress_size) for info in infos]
    for size, small in [*pairs, (inflated, packed)]:
        if size > limits.RATIO_FROM and size > limits.RATIO * small:
            raise NotASheet(Cause.BOMB)


def _check_places(archive: ZipFile, data: bytes) -> None:
    """Files that lie upon each other unpack many times over (CVE-2024-0450)."""
    end = archive.start_dir
    for info in sorted(archive.infolist(), key=lambda i: i.header_offset, reverse=True):
        start = info.header_offset
        header = data[start : start + _LOCAL_SIZE]
        if start < 0 or header[:4] != _LOCAL:
            raise NotASheet(Cause.BROKEN)
        name, extra = struct.unpack("<HH", header[26:])
        if start + _LOCAL_SIZE + name + extra + info.compress_size > end:
            raise NotASheet(Cause.BOMB)
        end = start


def _check_inside(archive: ZipFile, info: ZipInfo) -> None:
    with archive.open(info) as part:
        begins = part.read(4) if info.file_size else b""
    nested = begins.startswith(_ARCHIVES)
    if nested or info.filename.casefold().endswith(_ARCHIVE_NAMES):
        raise NotASheet(Cause.NESTED, {"name": info.filename[:80]})
