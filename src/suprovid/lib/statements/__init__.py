"""Statements of banks in one shape. Pure: no Django, no other library of ours."""

from suprovid.lib.statements.answer import from_answer
from suprovid.lib.statements.causes import MESSAGES, Cause, NotAStatement
from suprovid.lib.statements.lines import Line, Statement
from suprovid.lib.statements.reading import read_bytes

__all__ = [
    "MESSAGES",
    "Cause",
    "Line",
    "NotAStatement",
    "Statement",
    "from_answer",
    "read_bytes",
]
