"""A list of clients as text, read into rows: what is good, what is wrong and where."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from suprovid.clients.rules.codes import CodeKind, check_code
from suprovid.clients.rules.columns import Field, columns, looks_like_data, meaning
from suprovid.clients.rules.folding import clean
from suprovid.lib.decision import Reason, Refused
from suprovid.lib.words import word

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 100_000
MAX_LINE = 100_000
ROOM = {
    Field.NAME: 400,
    Field.SHORT_NAME: 200,
    Field.LEGAL_FORM: 120,
    Field.REGION: 80,
    Field.CITY: 80,
    Field.POSTCODE: 10,
    Field.ADDRESS: 300,
    Field.SOURCE: 40,
}
ERROR, WARNING = "error", "warning"
NO_NAME = Reason(word("Write the client’s name."))
TOO_LONG = word("The text is longer than {room} characters.")
TWICE = word("This code stands in row {row} already.")


@dataclass(frozen=True)
class Problem:
    """What is wrong in a row of the sheet; the heading is row 1."""

    row: int
    field: str
    kind: str
    reason: Reason

    @property
    def column(self) -> str:
        """The field as the page calls it, a message id."""
        return COLUMNS.get(self.field, self.field)


COLUMNS: dict[str, str] = {
    Field.CODE: word("Code"),
    Field.NAME: word("Client’s name"),
    Field.SHORT_NAME: word("Short name"),
    Field.LEGAL_FORM: word("Legal form"),
    Field.REGION: word("Region"),
    Field.CITY: word("City"),
    Field.POSTCODE: word("Postcode"),
    Field.ADDRESS: word("Address"),
    Field.SOURCE: word("Source"),
}


@dataclass(frozen=True)
class ListRow:
    """A row that can be taken; `odd` ones only when somebody confirms the code."""

    row: int
    code: str
    code_kind: CodeKind
    odd: bool
    name: str
    short_name: str = ""
    legal_form: str = ""
    region: str = ""
    city: str = ""
    postcode: str = ""
    address: str = ""
    source: str = ""


@dataclass(frozen=True)
class ParsedList:
    """What a file says. `count` counts its rows, empty ones left out."""

    name: str
    sha256: str
    count: int
    rows: tuple[ListRow, ...]
    problems: tuple[Problem, ...]


class NotAList(Refused):
    """The file cannot be read as a list at all."""


def read_list(data: bytes, name: str) -> ParsedList:
    """Read a CSV in UTF-8 or Windows-1251, by comma, semicolon or tab.

    Raises:
        NotAList: with what is wrong with the file as a whole.
    """
    sheet = _sheet(_text(data))
    heading, body = _parted(sheet)
    places = columns(heading, [cells for _, cells in body])
    if missing := [f for f in (Field.CODE, Field.NAME) if f not in places]:
        raise NotAList(Reason(NO_COLUMN[missing[0]]))
    rows, problems = _sorted_out(body, places)
    return ParsedList(
        clean(name)[:255], sha256(data).hexdigest(), len(body), rows, problems
    )


NO_COLUMN = {
    Field.CODE: word("The list has no column of codes: name one “ЄДРПОУ”."),
    Field.NAME: word("The list has no column of names: name one “Назва”."),
}


def _refuse(msgid: str, **params: object) -> NotAList:
    return NotAList(Reason(msgid, tuple(params.items())))


def _text(data: bytes) -> str:
    if not data.strip():
        raise _refuse(word("The file is empty."))
    if len(data) > MAX_BYTES:
        raise _refuse(
            word("The file is larger than {megabytes} MB: split the list."),
            megabytes=str(MAX_BYTES // 1024 // 1024),
        )
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise _refuse(word("This is a workbook: save its sheet as CSV and bring that."))
    return _printable(_decoded(data))


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1251"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _refuse(NOT_TEXT)


NOT_TEXT = word("This is not a list in text: save the sheet as CSV and bring that.")


def _printable(text: str) -> str:
    if any(char < " " and char not in "\t\r\n" for char in set(text)):
        raise _refuse(NOT_TEXT)
    return text.replace("\r\n", "\n").replace("\r", "\n")


Row = tuple[int, list[str]]


def _sheet(text: str) -> list[Row]:
    """Rows with their numbers as the sheet shows them, empty ones left out."""
    for number, line in enumerate(io.StringIO(text), start=1):
        if len(line) > MAX_LINE:
            raise _refuse(word("Line {row} is too long for a list."), row=str(number))
    try:
        return list(_records(text, _delimiter(text)))
    except csv.Error as broken:
        raise _refuse(word("The quotes in the file do not pair.")) from broken


def _delimiter(text: str) -> str:
    """What parts the first row into the most columns we know."""

    def known(sign: str) -> tuple[int, int]:
        cells = next(iter(_records(text, sign)), (0, []))[1]
        return (
            sum(any(meaning(cell, field) for field in Field) for cell in cells),
            len(cells),
        )

    return max(",;\t", key=known)


def _records(text: str, sign: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    for number, cells in enumerate(reader, start=1):
        if number > MAX_ROWS:
            raise _refuse(
                word("The list has more than {rows} rows: split it."),
                rows=str(MAX_ROWS),
            )
        if any(cell.strip() for cell in cells):
            yield number, cells


def _parted(sheet: list[Row]) -> tuple[list[str], list[Row]]:
    """The heading and the rows under it; a list may have no heading."""
    if not sheet:
        raise _refuse(word("The file is empty."))
    first = sheet[0][1]
    if looks_like_data(first):
        return [""] * len(first), sheet
    return first, sheet[1:]


def _sorted_out(
    body: list[Row], places: dict[Field, int]
) -> tuple[tuple[ListRow, ...], tuple[Problem, ...]]:
    rows: list[ListRow] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for number, cells in body:
        row, found = _read_row(number, cells, places)
        if row is not None and row.code in seen:
            again = Reason(TWICE, (("row", str(seen[row.code])),))
            row, found = None, [Problem(number, "code", ERROR, again)]
        problems += found
        if row is not None:
            seen[row.code] = number
            rows.append(row)
    return tuple(rows), tuple(problems)


def _read_row(
    number: int, cells: list[str], places: dict[Field, int]
) -> tuple[ListRow | None, list[Problem]]:
    value = {
        field: clean(cells[place]) if place < len(cells) else ""
        for field, place in places.items()
    }
    check = check_code(value.pop(Field.CODE))
    problems = [
        Problem(number, field, ERROR, reason)
        for field, text in value.items()
        if (reason := _wrong(field, text))
    ]
    if check.error:
        problems.insert(0, Problem(number, Field.CODE, ERROR, check.error))
    if problems:
        return None, problems
    if check.warning:
        problems.append(Problem(number, Field.CODE, WARNING, check.warning))
    row = ListRow(
        row=number,
        code=check.code,
        code_kind=check.kind,
        odd=check.warning is not None,
        **{field.value: text for field, text in value.items()},
    )
    return row, problems


def _wrong(field: Field, text: str) -> Reason | None:
    if field is Field.NAME and not text:
        return NO_NAME
    if len(text) > ROOM[field]:
        return Reason(TOO_LONG, (("room", str(ROOM[field])),))
    return None
