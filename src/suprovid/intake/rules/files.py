"""Why a file was not taken, in words that say what to do (SECURITY D2.7-9)."""

from __future__ import annotations

from suprovid.intake.rules.fields import NotAList
from suprovid.lib import bounded
from suprovid.lib.decision import Reason
from suprovid.lib.sheets import Cause, NotASheet
from suprovid.lib.words import word

#: The library's own sentences, marked here for translation.
NOT_A_SHEET: dict[Cause, str] = {
    Cause.BOMB: word(
        "The workbook unpacks into far more than it should: it is not read. "
        "Save the sheet as a new XLSX file."
    ),
    Cause.BROKEN: word(
        "The workbook is damaged and cannot be read. "
        "Open it in Excel and save it as a new XLSX file."
    ),
    Cause.DOCTYPE: word(
        "The workbook has a DOCTYPE inside ({part}), which no spreadsheet has: "
        "it is not read."
    ),
    Cause.EMPTY: word("The sheet is empty: no row has anything in it."),
    Cause.ENCODING: word(
        "Row {row} has letters that are not in the file's encoding (UTF-8). "
        "Save the file as CSV UTF-8 again."
    ),
    Cause.IS_HTML: word(
        "The file is a web page (HTML) with the name of a spreadsheet. "
        "Open it in Excel and save it as XLSX."
    ),
    Cause.IS_OTHER: word(
        "The file is {format}, not a spreadsheet that can be read. "
        "Save the sheet as XLSX or CSV."
    ),
    Cause.IS_PDF: word(
        "The file is a PDF, not a spreadsheet. Ask for the list as XLSX or CSV."
    ),
    Cause.IS_XML: word(
        "The file is XML, not a spreadsheet. Save the sheet as XLSX or CSV."
    ),
    Cause.IS_XML_2003: word(
        "The file is an XML Spreadsheet 2003 with the name of another kind. "
        "Open it in Excel and save it as XLSX."
    ),
    Cause.LONG_LINE: word(
        "Row {row} is longer than {characters} characters: it is not a line of a list."
    ),
    Cause.LONG_TEXT: word(
        "A cell of row {row} is longer than {characters} characters: "
        "a cell of a sheet holds no more."
    ),
    Cause.NESTED: word("The workbook has an archive inside ({name}): it is not read."),
    Cause.NO_SHEET: word("The workbook has no sheet “{name}”. It has: {names}."),
    Cause.NOT_A_SHEET: word(
        "The file is not a spreadsheet. Save the list as XLSX or CSV."
    ),
    Cause.ODD_NAMES: word(
        "The archive has a file with a name that no workbook has (“{name}”): "
        "it is not read."
    ),
    Cause.PASSWORD: word(
        "The workbook is protected by a password. Save a copy without the password."
    ),
    Cause.QUOTES: word(
        "The quotes of row {row} do not match: a quote that was opened there is not "
        "closed, or has letters after it. Mend the row or save the list as XLSX."
    ),
    Cause.TOO_DEEP: word(
        "The workbook is nested deeper than {depth} levels inside ({part}): "
        "it is not read."
    ),
    Cause.TOO_LARGE: word(
        "The file is larger than {megabytes} MB. Leave in it only the sheet that is "
        "needed, or divide it."
    ),
    Cause.TOO_MANY_FILES: word(
        "The archive has more than {files} files inside: it is not a workbook."
    ),
    Cause.TOO_MANY_ROWS: word("The sheet has more than {rows} rows. Divide it."),
    Cause.TOO_MUCH: word(
        "The sheet holds more than {megabytes} MB of text. Divide it, or leave only "
        "the columns that are needed."
    ),
    Cause.TOO_SPREAD: word(
        "The sheet is spread too far: {cell} is filled or merged, far from the rest. "
        "Clear it."
    ),
    Cause.TOO_WIDE: word(
        "Row {row} is filled beyond column {columns}: leave only the columns that are "
        "needed."
    ),
}

TOO_MUCH: dict[bounded.Cause, str] = {
    bounded.Cause.TIME: word(
        "The file takes too long to read. Divide it, or save its sheet as CSV."
    ),
    bounded.Cause.MEMORY: word(
        "The file takes too much memory to read. Divide it, or save its sheet as CSV."
    ),
    bounded.Cause.BROKEN: word(
        "The file is damaged and cannot be read. Save it anew and bring that."
    ),
}


def cannot_be_opened(refused: NotASheet) -> NotAList:
    """The library's refusal as a reason for people."""
    params = ((name, _told(value)) for name, value in refused.params.items())
    return NotAList(Reason(NOT_A_SHEET[refused.cause], tuple(params)))


def _told(value: object) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def too_much(cause: bounded.Cause) -> NotAList:
    """The reader used up what it may, or broke."""
    return NotAList(Reason(TOO_MUCH[cause]))
