"""Opening a file that people sent: always in a bounded child (SECURITY D2.8)."""

from __future__ import annotations

from suprovid.intake.rules import cannot_be_opened, too_much
from suprovid.lib import bounded, sheets


def opened(data: bytes, sheet: str = "") -> sheets.Sheet:
    """The rows of a workbook's sheet or of a text, as they stand in the file.

    Raises:
        NotAList: with what is wrong with the file.
    """
    options = (f"--sheet={sheet}",) if sheet else ()
    try:
        answer = bounded.run("suprovid.lib.sheets", data, *options)
        return sheets.from_answer(answer)
    except bounded.Exceeded as exceeded:
        raise too_much(exceeded.cause) from exceeded
    except sheets.NotASheet as refused:
        raise cannot_be_opened(refused) from refused
