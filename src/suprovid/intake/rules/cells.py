"""Cells and matchings as JSON keeps them, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from suprovid.intake.rules.columns import Matching
from suprovid.intake.rules.fields import Cell, Field

DAY, MOMENT = "day", "moment"
Rows = Sequence[tuple[int, Sequence[Cell]]]


def rows_to_json(rows: Iterable[tuple[int, Sequence[Cell]]]) -> list[list[Any]]:
    return [[number, [_put(cell) for cell in cells]] for number, cells in rows]


def rows_of_json(kept: Iterable[Sequence[Any]]) -> Rows:
    return [(number, tuple(_take(cell) for cell in cells)) for number, cells in kept]


def _put(cell: Cell) -> Any:
    if isinstance(cell, datetime):
        return {MOMENT: cell.isoformat()}
    return {DAY: cell.isoformat()} if isinstance(cell, date) else cell


def _take(kept: Any) -> Cell:
    match kept:
        case {"moment": text}:
            return datetime.fromisoformat(text)
        case {"day": text}:
            return date.fromisoformat(text)
        case None | str() | bool() | int() | float():
            return kept
    raise ValueError(f"{kept!r} is no cell.")


def matching_to_json(matching: Matching) -> dict[str, Any]:
    return {
        "heading_rows": list(matching.heading_rows),
        "columns": {field.value: place for field, place in matching.columns.items()},
        "headings": list(matching.headings),
    }


def matching_of_json(kept: Mapping[str, Any]) -> Matching:
    return Matching(
        heading_rows=tuple(kept["heading_rows"]),
        columns={Field(name): place for name, place in kept["columns"].items()},
        headings=tuple(kept["headings"]),
    )
