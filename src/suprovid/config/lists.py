"""`suprovid import clients`: a list from a file, and what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from suprovid.clients import actions as clients
from suprovid.clients.actions import ImportReport
from suprovid.clients.api import report_out
from suprovid.clients.rules import Problem
from suprovid.config.cli import Failure
from suprovid.config.home import console
from suprovid.lib.words import word
from suprovid.web.doing import persistently
from suprovid.web.say import say

SHOWN = 50
KINDS = (word("error"), word("warning"))
NUMBERS = ("file_name", "rows", "good", "created", "known", "errors", "warnings")


def bring_clients(file: str, *, dry_run: bool, confirm: bool) -> ImportReport:
    try:
        data = Path(file).read_bytes()
    except OSError as error:
        raise Failure(f"{file}: {error.strerror}.") from error
    return persistently(
        lambda: clients.import_clients(
            actor=console(),
            data=data,
            name=Path(file).name,
            confirm_warnings=confirm,
            dry_run=dry_run,
        )
    )


def as_dict(report: ImportReport) -> dict[str, Any]:
    """For machines: the same as the API answers, no more keys and no fewer."""
    return report_out(report)


def in_words(report: ImportReport) -> str:
    entered = (
        _("Would be entered: {created}, known already: {known}.")
        if report.dry_run
        else _("Entered: {created}, known already: {known}.")
    )
    lines = (
        "{file_name}: " + _("rows: {rows}, good: {good}."),
        entered,
        _("Rows with errors: {errors}, warnings: {warnings}."),
    )
    numbers = {name: getattr(report, name) for name in NUMBERS}
    told = [line.format(**numbers) for line in lines]
    told += [_in_words(problem) for problem in report.problems[:SHOWN]]
    if (more := len(report.problems) - SHOWN) > 0:
        told.append("  … " + _("and more: {more}; all with --json.").format(more=more))
    return "\n".join(told)


def _in_words(problem: Problem) -> str:
    return "  " + _("row {row}, {kind}, {field}: {reason}").format(
        row=problem.row,
        kind=_(problem.kind),
        field=_(problem.column),
        reason=say(problem.reason),
    )
