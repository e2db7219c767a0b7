"""A file of the bank read in a bounded child process; its faults in our words."""

from __future__ import annotations

from suprovid.lib import bounded
from suprovid.lib.decision import Reason, Refused
from suprovid.lib.statements import NotAStatement, Statement, from_answer
from suprovid.lib.statements.reading import LARGEST
from suprovid.money.rules.faults import FAULTS, IN_A_ZIP, STOPPED

LARGEST_FILE = LARGEST
"""Bytes; one more is enough to see that a file is larger."""
READER = "suprovid.lib.statements"


def read_statements(data: bytes) -> tuple[Statement, ...]:
    """The statements of a file.

    Raises:
        Refused: with one sentence that names the cause.
    """
    try:
        return from_answer(bounded.run(READER, data))
    except NotAStatement as fault:
        raise Refused(_reason(fault)) from fault
    except bounded.Exceeded as stopped:
        raise Refused(Reason(STOPPED[stopped.cause])) from stopped


def _reason(fault: NotAStatement) -> Reason:
    told = Reason(FAULTS[fault.cause], tuple(fault.params.items()))
    if file := fault.params.get("file"):
        return Reason(IN_A_ZIP, (("file", file), ("fault", told)))
    return told
