"""Accounts and statements of the bank for programs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from suprovid.money import actions
from suprovid.money.rules import Trouble
from suprovid.web.say import say


def report_out(report: actions.FileReport) -> dict[str, Any]:
    """The report as programs and the console read it, in words.

    On top the account and the opening balance of the first statement, the closing one
    of the last, and sums of the counts.
    """
    told = report.statements
    return {
        "account": told[0].account if told else "",
        "opening": _sum(told[0].opening) if told else None,
        "closing": _sum(told[-1].closing) if told else None,
        **_counts(report),
        "problems": [_problem(one, len(told)) for one in report.problems],
        "statements": [_statement(one) for one in told],
    }


def _statement(one: actions.StatementReport) -> dict[str, Any]:
    return {
        "account": one.account,
        "opening": _sum(one.opening),
        "closing": _sum(one.closing),
        **_counts(one),
        "problems": [_problem(trouble, 1) for trouble in one.problems],
    }


def _counts(one: actions.FileReport | actions.StatementReport) -> dict[str, int]:
    names = ("lines", "new", "known", "matched", "proposed")
    return {name: getattr(one, name) for name in names}


def _problem(trouble: Trouble, statements: int) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if statements > 1:
        told["statement"] = trouble.statement
    if trouble.line is not None:
        told["line"] = trouble.line
    return told | {"kind": trouble.kind, "message": say(trouble.reason)}


def _sum(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"
