"""A camt.053 message read element by element, with an allowance for everything.

Expat is given text, never bytes; no DOCTYPE and so no entity gets past it; elements
that no statement needs, and those of other namespaces, are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any
from xml.parsers import expat

from suprovid.lib.statements.causes import Cause, NotAStatement
from suprovid.lib.statements.nodes import Node, Sum
from suprovid.lib.statements.text import told

DEEPEST = 32
LONGEST_TEXT = 100_000
MOST_PARTS = 5_000
"""Elements of one entry, or of one transaction in it, that are held at a time."""

_MESSAGE = re.compile(
    r"urn:iso:std:iso:20022:tech:xsd:([a-z]{4}\.[0-9]{3}\.[0-9]{3}\.[0-9]{2})"
)
_OURS = re.compile(r"camt\.053\.001\.(?!00|01)[0-9]{2}")
KNOWN = (
    "BkToCstmrStmt", "Stmt", "Id", "ElctrncSeqNb", "LglSeqNb", "FrToDt", "FrDtTm",
    "ToDtTm", "FrDt", "ToDt", "Acct", "IBAN", "Othr", "Ccy", "Bal", "Tp",
    "CdOrPrtry", "Cd", "Prtry", "Amt", "CdtDbtInd", "Dt", "DtTm", "Ntry", "NtryRef",
    "RvslInd", "Sts", "BookgDt", "ValDt", "AcctSvcrRef", "AddtlNtryInf", "NtryDtls",
    "TxDtls", "Refs", "InstrId", "EndToEndId", "TxId", "ChqNb", "AmtDtls", "TxAmt",
    "RltdPties", "Dbtr", "UltmtDbtr", "DbtrAcct", "Cdtr", "UltmtCdtr", "CdtrAcct",
    "Pty", "Agt", "Nm", "OrgId", "PrvtId", "RltdAgts", "DbtrAgt", "CdtrAgt",
    "FinInstnId", "ClrSysMmbId", "MmbId", "BICFI", "BIC", "RmtInf", "Ustrd", "Strd",
    "CdtrRefInf", "Ref", "RfrdDocInf", "Nb", "AddtlRmtInf", "AddtlTxInf",
)  # fmt: skip
_STATEMENT_DEPTH = 3


class MessageReader:
    """Tells what it meets: `begin()`, then `take(name, element)` for each child of a
    statement, then `end()`; a transaction is first made small by `shrink(element)`."""

    def __init__(
        self,
        begin: Callable[[], None],
        take: Callable[[str, Any], None],
        end: Callable[[], None],
        shrink: Callable[[Node], object],
    ) -> None:
        self._begin, self._take, self._end, self._shrink = begin, take, end, shrink
        self._names: dict[str, str] = {}
        self._path: list[str] = []
        self._above: list[Node | None] = []
        self._node: Node | None = None
        self._text: list[str] = []
        self._size = self._depth = self._passed = self._parts = 0
        self._currency = ""
        self._parser = self._new_parser()

    def _new_parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.EntityDeclHandler = _refuse_doctype
        parser.ExternalEntityRefHandler = _refuse_doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._finish
        parser.CharacterDataHandler = self._characters
        return parser

    def read(self, texts: Iterable[str]) -> None:
        """Read a whole message.

        Raises:
            NotAStatement: for what the message is, or from those it tells.
        """
        try:
            for text in texts:
                self._parser.Parse(text, False)  # noqa: FBT003 - it takes no names
        except expat.ExpatError as broken:
            raise _broken(broken) from broken
        try:
            self._parser.Parse("", True)  # noqa: FBT003
        except expat.ExpatError as short:
            raise NotAStatement(Cause.TRUNCATED) from short

    # -------------------------------------------------------- what expat calls

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._size = 0
        if self._passed:
            self._pass(name)
            return
        if self._depth == 1:
            self._root(name)
            return
        local = self._names.get(name)
        if local is None or not self._in_place(local):
            self._pass(name)
            return
        self._path.append(local)
        self._above.append(self._node)
        self._node = None
        self._text = []
        self._currency = attributes.get("Ccy", "") if attributes else ""
        if self._depth > DEEPEST:
            raise NotAStatement(Cause.TOO_DEEP, {"limit": str(DEEPEST)})

    def _pass(self, _name: str) -> None:
        self._passed += 1
        if self._depth > DEEPEST:
            raise NotAStatement(Cause.TOO_DEEP, {"limit": str(DEEPEST)})

    def _root(self, name: str) -> None:
        namespace, _, local = name.rpartition(" ")
        message = _MESSAGE.fullmatch(namespace)
        if message is None or local != "Document":
            raise NotAStatement(Cause.WRONG_ROOT, {"root": told(name)})
        if not _OURS.fullmatch(message[1]):
            raise NotAStatement(Cause.OTHER_MESSAGE, {"message": message[1]})
        self._names = {f"{namespace} {known}": known for known in KNOWN}

    def _in_place(self, local: str) -> bool:
        """Whether an element near the root is the one that stands there."""
        if self._depth > _STATEMENT_DEPTH:
            return True
        if self._depth == _STATEMENT_DEPTH and local == "Stmt":
            self._begin()
            return True
        return self._depth < _STATEMENT_DEPTH and local == "BkToCstmrStmt"

    def _finish(self, _name: str) -> None:
        self._depth -= 1
        self._size = 0
        if self._passed:
            self._passed -= 1
        elif self._path:
            self._close(self._path.pop())

    def _close(self, local: str) -> None:
        value = self._value(local)
        above = self._above.pop()
        if self._depth > _STATEMENT_DEPTH:
            above = {} if above is None else above
            above.setdefault(local, []).append(value)
            self._count()
        elif self._depth == _STATEMENT_DEPTH:
            self._take(local, value)
            self._parts = 0
        elif local == "Stmt":
            self._end()
        self._node = above

    def _value(self, local: str) -> object:
        node = self._node
        if node is None:
            text = "".join(self._text)
            self._text = []
            return Sum(text, self._currency) if local == "Amt" else text
        if local == "TxDtls":
            self._parts = 0
            return self._shrink(node)
        return node

    def _count(self) -> None:
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise NotAStatement(Cause.TOO_MANY_PARTS, {"limit": str(MOST_PARTS)})

    def _characters(self, text: str) -> None:
        self._size += len(text)
        if self._size > LONGEST_TEXT:
            field = self._path[-1] if self._path and not self._passed else "?"
            raise NotAStatement(
                Cause.LONG_TEXT, {"field": field, "limit": str(LONGEST_TEXT)}
            )
        if not self._passed:
            self._text.append(text)


def _refuse_doctype(*_told: object) -> int:
    raise NotAStatement(Cause.DOCTYPE)


def _broken(error: expat.ExpatError) -> NotAStatement:
    where = {"row": str(error.lineno), "column": str(error.offset + 1)}
    return NotAStatement(Cause.BROKEN_XML, where)
