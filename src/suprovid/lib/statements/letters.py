"""The bytes of an XML file as text, in the letters it was written in.

The parser is never given bytes: what it sees is what was looked at here, so a DOCTYPE
cannot hide in another encoding.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

from suprovid.lib.statements.causes import Cause, NotAStatement
from suprovid.lib.statements.text import told

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""The order matters: the mark of UTF-16 begins that of UTF-32."""

UNMARKED = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
DECLARED = {
    "utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "ascii", "ascii": "ascii",
    # What a program of Windows declares by mistake: the bytes show that it is not.
    "utf-16": "utf-8",
    "windows-1251": "cp1251", "cp1251": "cp1251", "win-1251": "cp1251",
    "windows-1252": "cp1252", "iso-8859-1": "latin-1", "iso-8859-15": "iso-8859-15",
    "iso-8859-5": "iso-8859-5", "koi8-u": "koi8-u", "cp866": "cp866", "ibm866": "cp866",
    "cp1125": "cp1125",
}  # fmt: skip
_DECLARATION = re.compile(
    rb"""\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([^"'>]{1,40})["']"""
)


def encoding_of(head: bytes) -> str:
    """The codec of a file by its first bytes.

    Raises:
        NotAStatement: ENCODING.
    """
    for mark, codec in (*MARKS, *UNMARKED):
        if head.startswith(mark):
            return codec
    found = _DECLARATION.match(head)
    name = found[1].decode("latin-1").lower() if found else "utf-8"
    if name not in DECLARED:
        raise NotAStatement(Cause.ENCODING, {"encoding": told(name)})
    return DECLARED[name]


def text_of(chunks: Iterable[bytes], codec: str) -> Iterator[str]:
    """The text, piece by piece.

    Raises:
        NotAStatement: ENCODING, or TRUNCATED in the middle of a letter.
    """
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        for chunk in chunks:
            yield decoder.decode(chunk)
    except UnicodeDecodeError as wrong:
        raise NotAStatement(Cause.ENCODING, {"encoding": codec}) from wrong
    try:
        yield decoder.decode(b"", final=True)
    except UnicodeDecodeError as short:
        raise NotAStatement(Cause.TRUNCATED) from short
