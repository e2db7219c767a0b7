"""Troubles as JSON and back: sums and days stay what they are, for any language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from suprovid.lib.decision import Reason
from suprovid.money.rules.statements import Trouble


def packed(trouble: Trouble) -> list[Any]:
    params = [[name, *_packed(value)] for name, value in trouble.reason.params]
    reason = [trouble.reason.msgid, params]
    return [trouble.statement, trouble.line, trouble.kind, *reason]


def _packed(value: Any) -> tuple[str, Any]:
    match value:
        case Decimal():
            return "sum", str(value)
        case date():
            return "day", value.isoformat()
        case int():
            return "number", value
        case _:
            return "text", str(value)


def unpacked(kept: list[Any]) -> Trouble:
    statement, line, kind, msgid, params = kept
    read = tuple((name, _unpacked(what, value)) for name, what, value in params)
    return Trouble(Reason(msgid, read), statement, line, kind)


def _unpacked(what: str, value: Any) -> Any:
    match what:
        case "sum":
            return Decimal(value)
        case "day":
            return date.fromisoformat(value)
        case _:
            return value
