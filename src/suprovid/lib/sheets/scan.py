"""Every part of a workbook is looked through before calamine is let near it.

Expat says that it is well-formed and has no DOCTYPE, in any encoding; patterns over
its bytes say how deep it is and how far its filled cells lie. Calling Python for each
element would take four times as long as calamine itself; what would deceive a pattern
(a reference written as `&#65;1`) meets the memory that the child may have.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate
from xml.parsers import expat

from suprovid.lib.sheets import limits
from suprovid.lib.sheets.causes import Cause, NotASheet

_OPENS, _CLOSES = b"<", b"\x01"
_TAGS_ONLY = bytes(set(range(256)) - {*_OPENS, *_CLOSES})
_STEP = {ord(_OPENS): 1, ord(_CLOSES): -1}
_ROUNDS = 4
_FILLED = re.compile(rb" r=[\"']([A-Za-z]{1,3})(\d{1,9})[\"'][^<>]*(?<!/)>")
_ERRORS = re.compile(
    rb" r=[\"']([A-Za-z]{1,3})(\d{1,7})[\"'][^<>]*? t=[\"']e[\"'][^<>]*>"
    rb"(?:<f[^<>]*(?:/>|>[^<]*</f>))?<v>([^<]{1,20})</v>"
)
_MERGES = re.compile(rb"mergeCell\s[^<>]*?\bref\s*=\s*[\"']([^\"']*)[\"']")
_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})", re.ASCII)
_UTF8 = {None, "utf-8", "utf8", "us-ascii", "ascii"}
_LAST_CELL = 4096
_SPREAD = 10
"""A row so many times further than filled rows is a stray, not one row too many."""


@dataclass
class Extent:
    """How far a sheet is filled: its last row, its width, how many rows have cells."""

    last: int = 0
    width: int = 0
    widest: int = 0
    filled: int = 0
    whole_sheet_merge: str = ""
    errors: dict[int, dict[int, str]] = field(default_factory=dict)
    """By row from 1 and column from 0."""

    def check(self) -> None:
        """Raises NotASheet if the area is not that of a list."""
        if self.whole_sheet_merge:
            raise NotASheet(Cause.TOO_SPREAD, {"cell": self.whole_sheet_merge})
        most = min(limits.ROWS, limits.CELLS // max(self.width, 1))
        if self.last > most and self.last > _SPREAD * self.filled:
            raise NotASheet(Cause.TOO_SPREAD, {"cell": f"A{self.last}"})
        if self.width > limits.COLUMNS:
            figures = {"row": self.widest, "columns": limits.COLUMNS}
            raise NotASheet(Cause.TOO_WIDE, {**figures})
        if self.last > most:
            raise NotASheet(Cause.TOO_MANY_ROWS, {"rows": most})


def scan(part: str, pieces: Iterable[bytes]) -> Extent:
    """How far the cells of a part lie; a part without cells has none.

    Raises:
        NotASheet: the part is not to be read.
    """
    extent, parser = Extent(), None
    depth, rest = 0, b""
    try:
        for piece in pieces:
            parser = parser or _parser(part, piece)
            parser.Parse(piece, False)  # noqa: FBT003 - it takes no names
            whole, rest = _whole_tags(rest + piece)
            depth = _depth(part, depth, whole)
            _measure(extent, whole)
        parser = parser or _parser(part, b"")
        parser.Parse(b"", True)  # noqa: FBT003
        _depth(part, depth, rest)
        _measure(extent, rest)
    # An encoding that Python does not know, or that expat cannot use.
    except (expat.ExpatError, ValueError, LookupError) as damage:
        raise NotASheet(Cause.BROKEN) from damage
    return extent


def _parser(part: str, beginning: bytes) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    encodings = [_wide(beginning)]

    def doctype(*_: object) -> None:
        raise NotASheet(Cause.DOCTYPE, {"part": part})

    def declared(_: str, encoding: str | None, __: int) -> None:
        encodings.append(encoding and encoding.casefold())

    def root(*_: object) -> None:
        # Nobody writes other encodings, and the patterns would be blind. Asked here,
        # because a DOCTYPE stands before the root and is the truer cause.
        parser.StartElementHandler = None
        if not set(encodings) <= _UTF8:
            raise NotASheet(Cause.BROKEN)

    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = doctype
    parser.XmlDeclHandler = declared
    parser.StartElementHandler = root
    return parser


def _wide(beginning: bytes) -> str | None:
    marked = beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return "utf-16" if marked or b"\0" in beginning[:4] else None


def _whole_tags(text: bytes) -> tuple[bytes, bytes]:
    """Up to the last cell or tag that has begun, and the rest."""
    end = text.rfind(b"<c ", max(0, len(text) - _LAST_CELL))
    end = end if end >= 0 else text.rfind(b"<")
    if len(text) - end > limits.TOKEN:
        raise NotASheet(Cause.BOMB)
    return (text[:end], text[end:]) if end >= 0 else (text, b"")


def _depth(part: str, depth: int, text: bytes) -> int:
    """The depth at the end of the text, which begins at `depth`.

    Control characters cannot be in XML: one of them stands for a tag that closes.
    """
    text = text.replace(b"<?", b"").replace(b"<!", b"")
    text = text.replace(b"</", _CLOSES).replace(b"/>", _CLOSES)
    tags = text.translate(None, delete=_TAGS_ONLY)
    for _ in range(_ROUNDS):  # elements that hold nothing more: nearly all of them
        tags = tags.replace(_OPENS + _CLOSES, b"")
    depths = list(accumulate(map(_STEP.__getitem__, tags), initial=depth))
    if max(depths) + _ROUNDS > limits.DEPTH:
        raise NotASheet(Cause.TOO_DEEP, {"part": part, "depth": limits.DEPTH})
    return depths[-1]


def _measure(extent: Extent, text: bytes) -> None:
    if cells := _FILLED.findall(text):
        columns, rows = map(set, zip(*cells, strict=True))
        extent.last = max(extent.last, *map(int, rows))
        extent.filled += len(rows)
        width, letters = max((column(c.decode()) + 1, c) for c in columns)
        if width > extent.width:
            extent.width = width
            extent.widest = next(int(row) for c, row in cells if c == letters)
    if b' t="e"' in text and len(extent.errors) < limits.ERRORS:
        for letters, row, told in _ERRORS.findall(text):
            errors = extent.errors.setdefault(int(row), {})
            errors[column(letters.decode())] = told.decode(errors="replace")
    for reference in _MERGES.findall(text) if b"mergeCell" in text else ():
        if _area(reference.decode(errors="replace")) > limits.MERGED:
            extent.whole_sheet_merge = reference.decode(errors="replace")[:30]


def _area(reference: str) -> int:
    first, _, last = reference.partition(":")
    corners = [_PLACE.fullmatch(corner) for corner in (first, last or first)]
    if not all(corners):
        return 0
    (left, top), (right, bottom) = (
        (column(found[1]), int(found[2])) for found in corners if found
    )
    return (abs(right - left) + 1) * (abs(bottom - top) + 1)


def column(letters: str) -> int:
    """From 0: A, B, ... Z, AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
