"""Statements as a JSON document and back: how a child process tells its parent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from suprovid.lib.statements.causes import Cause, NotAStatement
from suprovid.lib.statements.lines import Line, Statement

_LINE = tuple(field.name for field in fields(Line))
_STATEMENT = tuple(field.name for field in fields(Statement) if field.name != "lines")


def answer(statements: tuple[Statement, ...]) -> Iterator[str]:
    """The document in pieces: all of it at once would double the memory."""
    yield '{"statements":['
    for place, statement in enumerate(statements):
        head = {name: getattr(statement, name) for name in _STATEMENT}
        yield "," if place else ""
        yield _json(head)[:-1] + ',"lines":['
        for number, line in enumerate(statement.lines):
            yield "," if number else ""
            yield _json([getattr(line, name) for name in _LINE])
        yield "]}"
    yield "]}"


def refusal(refused: NotAStatement) -> str:
    told = {"cause": refused.cause.value, "params": refused.params}
    return _json({"refused": told})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain, separators=(",", ":"))


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def from_answer(document: Any) -> tuple[Statement, ...]:
    """What a child process told.

    Raises:
        NotAStatement: if that is a refusal.
    """
    if refused := document.get("refused"):
        raise NotAStatement(Cause(refused["cause"]), refused["params"])
    return tuple(_statement(told) for told in document["statements"])


def _statement(told: dict[str, Any]) -> Statement:
    lines = tuple(_line(dict(zip(_LINE, line, strict=True))) for line in told["lines"])
    dates = {name: _date(told[name]) for name in ("begins", "ends")}
    sums = {name: _sum(told[name]) for name in ("opening", "closing")}
    return Statement(**told | dates | sums | {"lines": lines})


def _line(told: dict[str, Any]) -> Line:
    read = {
        "booked_at": datetime.fromisoformat(told["booked_at"]),
        "value_on": _date(told["value_on"]),
        "amount": Decimal(told["amount"]),
    }
    return Line(**told | read)


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _sum(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None
