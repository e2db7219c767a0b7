"""A file of a bank, whatever it is: its statements, or why it is not taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from suprovid.lib.statements.camt053 import MOST_LINES, read_message
from suprovid.lib.statements.causes import Cause, NotAStatement
from suprovid.lib.statements.kinds import binary_kind, text_kind
from suprovid.lib.statements.letters import encoding_of, text_of
from suprovid.lib.statements.lines import Statement
from suprovid.lib.statements.unzip import CHUNK, MEGABYTE, xml_files

LARGEST = 20 * MEGABYTE
"""Ten thousand lines as Ukrainian banks write them are 12 MB."""
HEAD = 4096
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
_EMPTY = b" \t\r\n\0\xef\xbb\xbf\xff\xfe"


def read_bytes(data: bytes) -> tuple[Statement, ...]:
    """The statements of a camt.053 file, or of a zip of such files.

    Raises:
        NotAStatement: and nothing else, for whatever is wrong with the file.
    """
    if len(data) > LARGEST:
        raise NotAStatement(Cause.TOO_LARGE, {"limit": str(LARGEST // MEGABYTE)})
    if data.startswith(_ZIPS):
        return tuple(_read_zip(data))
    view = memoryview(data)
    chunks = (bytes(view[at : at + CHUNK]) for at in range(0, len(data), CHUNK))
    return tuple(_read_xml(chunks, MOST_LINES))


def _read_zip(data: bytes) -> Iterator[Statement]:
    room = MOST_LINES
    for name, chunks in xml_files(data):
        try:
            statements = _read_xml(chunks, room)
        except NotAStatement as wrong:
            raise wrong.within(file=name) from wrong
        room -= sum(len(statement.lines) for statement in statements)
        yield from statements


def _read_xml(chunks: Iterable[bytes], room: int) -> list[Statement]:
    chunks = iter(chunks)
    first = next(chunks, b"")
    _look(first[:HEAD])
    texts = text_of(chain([first], chunks), encoding_of(first[:HEAD]))
    return read_message(texts, room)


def _look(head: bytes) -> None:
    """Refuse at a glance what is no XML."""
    if not head.strip(_EMPTY):
        raise NotAStatement(Cause.EMPTY)
    if kind := binary_kind(head) or (text_kind(head) if not _is_xml(head) else ""):
        raise NotAStatement(Cause.OTHER_FORMAT, {"format": kind})
    if not _is_xml(head):
        raise NotAStatement(Cause.NOT_XML)


def _is_xml(head: bytes) -> bool:
    return head.lstrip(_EMPTY).startswith(b"<")
