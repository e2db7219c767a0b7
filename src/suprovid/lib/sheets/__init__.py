"""Sheets of workbooks and of text, read into rows of cells. Pure.

    sheets.from_answer(bounded.run("suprovid.lib.sheets", data, "--sheet=Клієнти"))

XLSX, XLSM and XLS are read by calamine, after a look through; CSV with any delimiter
and in the encodings of this country. What is not a sheet, or takes more than a
sheet may (`limits`), is refused with a `Cause` and figures for its sentence in
`MESSAGES`.
"""

from suprovid.lib.sheets.causes import MESSAGES, Cause, NotASheet
from suprovid.lib.sheets.kinds import read_bytes
from suprovid.lib.sheets.shape import Cell, Merge, Row, Sheet, from_answer

__all__ = [
    "MESSAGES",
    "Cause",
    "Cell",
    "Merge",
    "NotASheet",
    "Row",
    "Sheet",
    "from_answer",
    "read_bytes",
]
