"""What a file is when it is no camt.053: told by its first bytes, never by its name."""

from __future__ import annotations

import re

BINARY = (
    (b"%PDF", "PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "XLS"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"\x1f\x8b", "GZIP"),
    (b"{\\rtf", "RTF"),
)
TEXT = (
    (re.compile(r"\s*1CClientBankExchange"), "1CClientBankExchange"),
    (re.compile(r"\s*(\{1:F01|:20:)", re.ASCII), "MT940"),
    (re.compile(r"[\s\S]*^:(25|60[FM]|61|86):", re.ASCII | re.MULTILINE), "MT940"),
    (re.compile(r'\s*[\[{]\s*["{\[\]}]', re.ASCII), "JSON"),
    (re.compile(r"[^<\n]{0,4000}[;,\t]", re.ASCII), "CSV"),
)


def binary_kind(head: bytes) -> str:
    """The name of a binary format, or an empty text."""
    return next((name for magic, name in BINARY if head.startswith(magic)), "")


def text_kind(head: bytes) -> str:
    """The name of a text format, or an empty text; an XML file begins with `<`."""
    text = head[:4096].decode("utf-8-sig", errors="replace")
    return next((name for pattern, name in TEXT if pattern.match(text)), "")
