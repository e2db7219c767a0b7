"""A sheet as rows of cells, and how it travels from the child as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any, NamedTuple

from suprovid.lib.sheets.causes import Cause, NotASheet

Cell = str | int | float | bool | date | datetime | None


class Row(NamedTuple):
    """`number` is the row's as a person sees it; cells end with the last filled one."""

    number: int
    cells: tuple[Cell, ...]


class Merge(NamedTuple):
    """Cells that look like one. Rows are numbered as rows are, columns from 0."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class Sheet:
    """Filled rows of one sheet; a text has no name, and no other sheets."""

    kind: str
    name: str
    names: tuple[str, ...]
    encoding: str
    delimiter: str
    rows: tuple[Row, ...]
    merges: tuple[Merge, ...] = ()


@dataclass
class Reading:
    """A sheet while it is being read: `merges` are all there when `rows` have ended."""

    kind: str
    rows: Iterator[Row]
    name: str = ""
    names: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    merges: list[Merge] = field(default_factory=list)

    def whole(self) -> Sheet:
        rows = tuple(self.rows)
        return Sheet(
            kind=self.kind,
            name=self.name,
            names=self.names,
            encoding=self.encoding,
            delimiter=self.delimiter,
            rows=rows,
            merges=tuple(self.merges),
        )


def encoded(reading: Reading, limit: int) -> bytes:
    """The answer of the child: a JSON document, at most `limit` bytes.

    Rows become bytes by the hundred: as Python's own objects they would not fit.
    """
    pieces, size = [], 0
    while some := list(islice(reading.rows, 100)):
        pieces.append(_JSON.encode(some).encode()[1:-1])
        size += len(pieces[-1]) + 1
        if size > limit:
            megabytes = limit // (1024 * 1024)
            raise NotASheet(Cause.TOO_MUCH, {"megabytes": megabytes})
    head = {
        name: getattr(reading, name)
        for name in ("kind", "name", "names", "encoding", "delimiter", "merges")
    }
    opening = _JSON.encode(head).encode()[:-1]
    return opening + b',"rows":[' + b",".join(pieces) + b"]}"


def refused(refusal: NotASheet) -> bytes:
    told = {"cause": refusal.cause, "params": refusal.params}
    return _JSON.encode({"refused": told}).encode()


def from_answer(document: Any) -> Sheet:
    """The sheet that the child has read.

    Raises:
        NotASheet: the child has refused the file.
    """
    if "refused" in document:
        told = document["refused"]
        raise NotASheet(Cause(told["cause"]), told["params"])
    rows = document.pop("rows")
    rows.reverse()  # taken from the end, so that each is freed as soon as it is read
    return Sheet(
        kind=document["kind"],
        name=document["name"],
        names=tuple(document["names"]),
        encoding=document["encoding"],
        delimiter=document["delimiter"],
        rows=tuple(_row(*rows.pop()) for _ in range(len(rows))),
        merges=tuple(Merge(*merge) for merge in document["merges"]),
    )


def _row(number: int, cells: list[Any]) -> Row:
    return Row(
        number,
        tuple(_moment(cell) if isinstance(cell, dict) else cell for cell in cells),
    )


def _moment(told: dict[str, str]) -> date | datetime:
    if "date" in told:
        return date.fromisoformat(told["date"])
    return datetime.fromisoformat(told["datetime"])


def _told(moment: object) -> dict[str, str]:
    if isinstance(moment, datetime):
        return {"datetime": moment.isoformat()}
    if isinstance(moment, date):
        return {"date": moment.isoformat()}
    raise TypeError(f"{moment!r} is no cell")


_JSON = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_told
)
