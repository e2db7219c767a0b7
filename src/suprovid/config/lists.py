"""`suprovid import clients`: a list from a file, and what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from suprovid.clients import actions as clients
from suprovid.clients.actions import ImportReport
from suprovid.clients.api import report_out
from suprovid.config.cli import Failure
from suprovid.config.home import console
from suprovid.web.doing import persistently
from suprovid.web.say import say

SHOWN = 50


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
    would = "Would be " if report.dry_run else ""
    lines = [
        f"{report.file_name}: rows {report.rows}, good {report.good}.",
        f"{would}entered {report.created}, known already {report.known}.",
        f"Rows with errors {report.errors}, warnings {report.warnings}.",
    ]
    lines += [
        f"  row {problem.row}, {problem.kind}, {problem.field}: {say(problem.reason)}"
        for problem in report.problems[:SHOWN]
    ]
    if len(report.problems) > SHOWN:
        lines.append(f"  … and {len(report.problems) - SHOWN} more; all with --json.")
    return "\n".join(lines)
