"""Text with a delimiter: CSV, TSV and their like."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from suprovid.lib.sheets import delimiters, limits
from suprovid.lib.sheets.causes import Cause, NotASheet
from suprovid.lib.sheets.shape import Cell, Reading, Row

_SEP = re.compile(r"sep=([^\w\"\r\n])(\r\n|\r|\n|\Z)", re.IGNORECASE)
_PLAIN_CONTROLS = set("\t\n\r\v\f\x1a\x1f")
_SAMPLE = 4096
_ODD_SHARE = 0.02


def read(text: str, encoding: str) -> Reading:
    """Every record with something in it, numbered as Excel would number its rows.

    Raises:
        NotASheet: no text, or one that cannot be divided honestly.
    """
    text = text.removesuffix("\x1a")  # how DOS ended a text
    if _is_no_text(text[:_SAMPLE]):
        raise NotASheet(Cause.NOT_A_SHEET)
    if told := _SEP.match(text):
        text, divides = text[told.end() :], told[1]
    else:
        divides = delimiters.delimiter(text)
    reading = Reading("csv", iter(()), encoding=encoding, delimiter=divides)
    reading.rows = _some(_rows(_records(text, divides or delimiters.NONE)))
    return reading


def _is_no_text(sample: str) -> bool:
    odd = sum(c < " " and c not in _PLAIN_CONTROLS for c in sample)
    return "\0" in sample or odd > _ODD_SHARE * len(sample)


def _some(rows: Iterator[Row]) -> Iterator[Row]:
    none = True
    for row in rows:
        none = False
        yield row
    if none:
        raise NotASheet(Cause.EMPTY)


def _rows(records: Iterator[list[str]]) -> Iterator[Row]:
    filled = 0
    for number, record in enumerate(records, start=1):
        cells: list[Cell] = [field or None for field in record]
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            filled += 1
            _check(number, filled, cells)
            yield Row(number, tuple(cells))


def _check(number: int, filled: int, cells: list[Cell]) -> None:
    if filled > limits.ROWS:
        raise NotASheet(Cause.TOO_MANY_ROWS, {"rows": limits.ROWS})
    if filled * len(cells) > limits.CELLS:
        rows = limits.CELLS // len(cells)
        raise NotASheet(Cause.TOO_MANY_ROWS, {"rows": rows})
    if len(cells) > limits.COLUMNS:
        raise NotASheet(Cause.TOO_WIDE, {"row": number, "columns": limits.COLUMNS})
    if any(isinstance(cell, str) and len(cell) > limits.CELL_TEXT for cell in cells):
        figures = {"row": number, "characters": limits.CELL_TEXT}
        raise NotASheet(Cause.LONG_TEXT, {**figures})


# ------------------------------------------------------------------------- its quotes


def _records(text: str, divides: str) -> Iterator[list[str]]:
    """Divided by the rules of quotes, if the text keeps them from end to end.

    A program that knows no quotes writes `"Ромашка" ТОВ;12`: when every record then
    has as many fields as the others, its quotes are letters of the names.
    """
    wrong = _first_wrong(text, divides)
    if not wrong:
        return csv.reader(_lines(text), delimiter=divides, strict=True)
    plain = csv.reader(_lines(text), delimiter=divides, quoting=csv.QUOTE_NONE)
    if divides == delimiters.NONE or len({len(r) for r in plain if r}) != 1:
        raise NotASheet(Cause.QUOTES, {"row": wrong})
    plain = csv.reader(_lines(text), delimiter=divides, quoting=csv.QUOTE_NONE)
    return ([_bare(field) for field in record] for record in plain)


def _first_wrong(text: str, divides: str) -> int:
    """The record whose quotes do not match, from 1; 0 if all do."""
    number = 0
    try:
        for number, _ in enumerate(  # noqa: B007 - counts the records before the wrong
            csv.reader(_lines(text), delimiter=divides, strict=True), start=1
        ):
            pass
    except csv.Error:
        return number + 1
    return 0


def _bare(field: str) -> str:
    """`"ТОВ "Ромашка""` without its outer quotes; `"Б" і "В"` as it stands."""
    inner = field[1:-1]
    if len(field) < 2 or field[0] != '"' or field[-1] != '"':
        return field
    before, quote, _ = inner.partition('"')
    if (
        quote
        and before
        and not before[-1].isspace()
        and not inner.startswith('"', len(before) + 1)
    ):
        return field
    return inner.replace('""', '"') if '""' in inner[:-1] else inner


def _lines(text: str) -> Iterator[str]:
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        if len(line) > limits.LINE:
            figures = {"row": number, "characters": limits.LINE}
            raise NotASheet(Cause.LONG_LINE, {**figures})
        yield line
