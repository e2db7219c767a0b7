"""A camt.053 message read element by element, with an allowance for everything.

The parser is given text in which no DOCTYPE stands, so there are no entities either.
Elements that no statement needs, and those of other namespaces, are passed over; what
was told is thrown away, so a long statement takes no more memory than a short one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Protocol, cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from suprovid.lib.statements.causes import Cause, NotAStatement
from suprovid.lib.statements.nodes import NOTHING
from suprovid.lib.statements.text import told
from suprovid.lib.statements.transactions import Transaction, transaction

DEEPEST = 32
LONGEST_TEXT = 100_000
MOST_PARTS = 5_000
"""Elements of one entry, or of one transaction in it, that are held at a time."""

_FORBIDDEN = re.compile("<!(DOCTYPE|ENTITY)", re.IGNORECASE)
LONGEST_TAG = 8_000
_LONG_TAG = re.compile(rf"<[^<>!?/][^<>]{{{LONGEST_TAG}}}")
_MESSAGE = re.compile(
    r"\{urn:iso:std:iso:20022:tech:xsd:([a-z]{4}\.[0-9]{3}\.[0-9]{3}\.[0-9]{2})\}Document"
)
_OURS = re.compile(r"camt\.053\.001\.(?!00|01)[0-9]{2}")
KNOWN = (
    "Document", "BkToCstmrStmt", "Stmt", "Id", "ElctrncSeqNb", "LglSeqNb", "FrToDt",
    "FrDtTm", "ToDtTm", "FrDt", "ToDt", "Acct", "IBAN", "Othr", "Ccy", "Bal", "Tp",
    "CdOrPrtry", "Cd", "Amt", "CdtDbtInd", "Dt", "DtTm", "Ntry", "NtryRef",
    "RvslInd", "Sts", "BookgDt", "ValDt", "AcctSvcrRef", "AddtlNtryInf", "NtryDtls",
    "TxDtls", "Refs", "InstrId", "EndToEndId", "TxId", "ChqNb", "AmtDtls", "TxAmt",
    "RltdPties", "Dbtr", "UltmtDbtr", "DbtrAcct", "Cdtr", "UltmtCdtr", "CdtrAcct",
    "Pty", "Agt", "Nm", "OrgId", "PrvtId", "RltdAgts", "DbtrAgt", "CdtrAgt",
    "FinInstnId", "ClrSysMmbId", "MmbId", "BICFI", "BIC", "RmtInf", "Ustrd", "Strd",
    "CdtrRefInf", "Ref", "RfrdDocInf", "Nb", "AddtlRmtInf", "AddtlTxInf",
)  # fmt: skip
STATEMENT, CHILD, DETAILS = 3, 4, 5
"""Depths: the root is at 1."""


class Listener(Protocol):
    """Is told of statements, their children and, with an entry, its transactions."""

    def begin(self) -> None: ...

    def take(
        self, name: str, node: Element, transactions: list[Transaction]
    ) -> None: ...

    def end(self) -> None: ...


def read(texts: Iterable[str], listener: Listener) -> None:
    """Read a whole message.

    Raises:
        NotAStatement: for what the message is, or from the listener.
    """
    walk = _Walk(listener)
    parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
    try:
        for text in _harmless(texts):
            parser.feed(text)
            walk.on(cast(Iterator[tuple[str, Element]], parser.read_events()))
    except ParseError as broken:
        raise _broken(broken) from broken
    try:
        parser.close()
    except ParseError as short:
        raise NotAStatement(Cause.TRUNCATED) from short
    walk.on(cast(Iterator[tuple[str, Element]], parser.read_events()))


def _harmless(texts: Iterable[str]) -> Iterator[str]:
    """The same texts; what the parser must not see is found first, in any place.

    A tag without end would be gone through again and again, its attributes kept.
    """
    end = ""
    for text in texts:
        seen = end + text
        if _FORBIDDEN.search(seen):
            raise NotAStatement(Cause.DOCTYPE)
        if tag := _LONG_TAG.search(seen):
            field = told(tag[0][1:20])
            raise NotAStatement(
                Cause.LONG_TEXT, {"field": field, "limit": str(LONGEST_TAG)}
            )
        end = seen[-LONGEST_TAG - 2 :]
        yield text


def _broken(error: ParseError) -> NotAStatement:
    row, column = error.position
    where = {"row": str(row), "column": str(column + 1)}
    return NotAStatement(Cause.BROKEN_XML, where)


class _Walk:
    """Follows the elements as they begin and end."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._names: dict[str, str] = {}
        self._depth = self._parts = 0
        self._path = [NOTHING] * (DETAILS + 1)
        self._transactions: list[Transaction] = []

    def on(self, events: Iterator[tuple[str, Element]]) -> None:  # noqa: C901
        """One loop without calls for the many: it is most of the time of reading."""
        depth, parts, name_of = self._depth, self._parts, self._names.get
        path = self._path
        for kind, element in events:
            if kind == "start":
                depth += 1
                parts += 1
                if parts > MOST_PARTS or depth > DEEPEST:
                    raise _overgrown(depth)
                if depth == 1:
                    self._root(element)
                    name_of = self._names.get
                element.tag = name_of(element.tag, "")
                if depth <= DETAILS:
                    path[depth] = element
                    if depth == STATEMENT and self._in_statement():
                        self._listener.begin()
            else:
                text = element.text
                if text is not None and len(text) > LONGEST_TEXT:
                    raise _long(element)
                if depth <= CHILD:
                    self._ends(depth, element)
                    parts = 0
                elif element.tag == "TxDtls" and self._is_transaction(depth):
                    self._transactions.append(transaction(element))
                    del path[DETAILS][:]
                    parts = 0
                depth -= 1
        self._depth, self._parts = depth, parts

    def _root(self, root: Element) -> None:
        message = _MESSAGE.fullmatch(root.tag)
        if message is None:
            raise NotAStatement(Cause.WRONG_ROOT, {"root": told(root.tag)})
        if not _OURS.fullmatch(message[1]):
            raise NotAStatement(Cause.OTHER_MESSAGE, {"message": message[1]})
        namespace = root.tag.removesuffix("Document")
        self._names = {namespace + known: known for known in KNOWN}

    def _in_statement(self) -> bool:
        path = self._path
        return path[2].tag == "BkToCstmrStmt" and path[STATEMENT].tag == "Stmt"

    def _is_transaction(self, depth: int) -> bool:
        path = self._path
        place = (depth, path[CHILD].tag, path[DETAILS].tag)
        return place == (DETAILS + 1, "Ntry", "NtryDtls") and self._in_statement()

    def _ends(self, depth: int, element: Element) -> None:
        """Tell of it, then throw it away."""
        if depth == CHILD and self._in_statement():
            self._listener.take(element.tag, element, self._transactions)
            self._transactions = []
        elif depth == STATEMENT and self._in_statement():
            self._listener.end()
        del self._path[depth - 1][:]


def _overgrown(depth: int) -> NotAStatement:
    if depth > DEEPEST:
        return NotAStatement(Cause.TOO_DEEP, {"limit": str(DEEPEST)})
    return NotAStatement(Cause.TOO_MANY_PARTS, {"limit": str(MOST_PARTS)})


def _long(element: Element) -> NotAStatement:
    field = told(element.tag) or "?"
    return NotAStatement(Cause.LONG_TEXT, {"field": field, "limit": str(LONGEST_TEXT)})
