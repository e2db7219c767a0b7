"""Why a file is not a sheet that can be read: a cause, its figures, its sentence."""

from __future__ import annotations

from enum import StrEnum

Param = str | int | list[str]


class Cause(StrEnum):
    BOMB = "bomb"
    BROKEN = "broken"
    DOCTYPE = "doctype"
    EMPTY = "empty"
    ENCODING = "encoding"
    IS_HTML = "is_html"
    IS_OTHER = "is_other"
    IS_PDF = "is_pdf"
    IS_XML = "is_xml"
    IS_XML_2003 = "is_xml_2003"
    LONG_LINE = "long_line"
    LONG_TEXT = "long_text"
    NESTED = "nested"
    NO_SHEET = "no_sheet"
    NOT_A_SHEET = "not_a_sheet"
    ODD_NAMES = "odd_names"
    PASSWORD = "password"  # noqa: S105 - a cause, nobody's password
    QUOTES = "quotes"
    TOO_DEEP = "too_deep"
    TOO_LARGE = "too_large"
    TOO_MANY_FILES = "too_many_files"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MUCH = "too_much"
    TOO_SPREAD = "too_spread"
    TOO_WIDE = "too_wide"


class NotASheet(Exception):
    """The file is refused, with the cause and the figures of its sentence."""

    def __init__(self, cause: Cause, params: dict[str, Param] | None = None) -> None:
        super().__init__(cause, params or {})
        self.cause = cause
        self.params: dict[str, Param] = params or {}


MESSAGES: dict[Cause, str] = {
    Cause.BOMB: (
        "The workbook unpacks into far more than it should: it is not read. "
        "Save the sheet as a new XLSX file."
    ),
    Cause.BROKEN: (
        "The workbook is damaged and cannot be read. "
        "Open it in Excel and save it as a new XLSX file."
    ),
    Cause.DOCTYPE: (
        "The workbook has a DOCTYPE inside ({part}), which no spreadsheet has: "
        "it is not read."
    ),
    Cause.EMPTY: "The sheet is empty: no row has anything in it.",
    Cause.ENCODING: (
        "Row {row} has letters that are not in the file's encoding (UTF-8). "
        "Save the file as CSV UTF-8 again."
    ),
    Cause.IS_HTML: (
        "The file is a web page (HTML) with the name of a spreadsheet. "
        "Open it in Excel and save it as XLSX."
    ),
    Cause.IS_OTHER: (
        "The file is {format}, not a spreadsheet that can be read. "
        "Save the sheet as XLSX or CSV."
    ),
    Cause.IS_PDF: (
        "The file is a PDF, not a spreadsheet. Ask for the list as XLSX or CSV."
    ),
    Cause.IS_XML: "The file is XML, not a spreadsheet. Save the sheet as XLSX or CSV.",
    Cause.IS_XML_2003: (
        "The file is an XML Spreadsheet 2003 with the name of another kind. "
        "Open it in Excel and save it as XLSX."
    ),
    Cause.LONG_LINE: (
        "Row {row} is longer than {characters} characters: it is not a line of a list."
    ),
    Cause.LONG_TEXT: (
        "A cell of row {row} is longer than {characters} characters: "
        "a cell of a sheet holds no more."
    ),
    Cause.NESTED: "The workbook has an archive inside ({name}): it is not read.",
    Cause.NO_SHEET: "The workbook has no sheet “{name}”. It has: {names}.",
    Cause.NOT_A_SHEET: "The file is not a spreadsheet. Save the list as XLSX or CSV.",
    Cause.ODD_NAMES: (
        "The archive has a file with a name that no workbook has (“{name}”): "
        "it is not read."
    ),
    Cause.PASSWORD: (
        "The workbook is protected by a password. Save a copy without the password."
    ),
    Cause.QUOTES: (
        "The quotes of row {row} do not match: a quote that was opened there is not "
        "closed, or has letters after it. Mend the row or save the list as XLSX."
    ),
    Cause.TOO_DEEP: (
        "The workbook is nested deeper than {depth} levels inside ({part}): "
        "it is not read."
    ),
    Cause.TOO_LARGE: (
        "The file is larger than {megabytes} MB. Leave in it only the sheet that is "
        "needed, or divide it."
    ),
    Cause.TOO_MANY_FILES: (
        "The archive has more than {files} files inside: it is not a workbook."
    ),
    Cause.TOO_MANY_ROWS: "The sheet has more than {rows} rows. Divide it.",
    Cause.TOO_MUCH: (
        "The sheet holds more than {megabytes} MB of text. Divide it, or leave only "
        "the columns that are needed."
    ),
    Cause.TOO_SPREAD: (
        "The sheet is spread too far: {cell} is filled or merged, far from the rest. "
        "Clear it."
    ),
    Cause.TOO_WIDE: (
        "Row {row} is filled beyond column {columns}: leave only the columns that are "
        "needed."
    ),
}
"""Plain English; who shows them marks them for translation."""
