"""`suprovid import clients`: a list from a file, and what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from suprovid.config.cli import Failure
from suprovid.config.home import console
from suprovid.intake.actions import ListReport, import_list
from suprovid.intake.api.lists import report_out
from suprovid.intake.queries import opened
from suprovid.intake.rules import FIELD_WORDS, Mend, Problem
from suprovid.lib.sheets import limits
from suprovid.lib.words import word
from suprovid.web.doing import persistently
from suprovid.web.say import say

SHOWN = 50
KINDS = (word("error"), word("warning"))


def bring_clients(
    file: str, *, sheet: str, mapping: str, confirm: bool, dry_run: bool
) -> ListReport:
    data = read_file(file)
    read = opened(data, sheet)
    return persistently(
        lambda: import_list(
            actor=console(),
            data=data,
            name=Path(file).name,
            opened=read,
            matching_name=mapping,
            confirm_warnings=confirm,
            dry_run=dry_run,
        )
    )


def read_file(file: str) -> bytes:
    """The bytes of a file named at the console.

    Raises:
        Failure: it cannot be read, or is larger than any file that is taken.
    """
    try:
        with Path(file).open("rb") as opened_file:
            data = opened_file.read(limits.FILE + 1)
    except OSError as error:
        raise Failure(f"{file}: {error.strerror}.") from error
    if len(data) > limits.FILE:
        raise Failure(_("{file}: the file is larger than 10 MB.").format(file=file))
    return data


def as_dict(report: ListReport) -> dict[str, Any]:
    """For machines: the same as the API answers, no more keys and no fewer."""
    return report_out(report)


def in_words(report: ListReport) -> str:
    brought = report.brought
    entered = (
        _("Would be entered: clients {created}, contracts {contracts}.")
        if report.dry_run
        else _("Entered: clients {created}, contracts {contracts}.")
    )
    lines = (
        f"{report.file_name}: "
        + _("rows: {rows}, good: {good}.").format(
            rows=report.sheet.count, good=report.good
        ),
        entered.format(created=brought.created, contracts=brought.contracts),
        _("Changed: {changed}, known already: {known}, mended: {mended}.").format(
            changed=brought.changed,
            known=brought.known,
            mended=len(report.sheet.mends),
        ),
        *_some([_problem(one) for one in report.problems]),
        *_some([_mend(one) for one in report.sheet.mends] if report.dry_run else []),
    )
    return "\n".join(lines)


def _some(told: list[str]) -> list[str]:
    more = len(told) - SHOWN
    if more <= 0:
        return told
    last = "  … " + _("and more: {more}; all with --json.").format(more=more)
    return [*told[:SHOWN], last]


def _problem(problem: Problem) -> str:
    return "  " + _("row {row}, {kind}, {field}: {reason}").format(
        row=problem.row,
        kind=_(problem.kind.value),
        field=_(FIELD_WORDS[problem.field]),
        reason=say(problem.reason),
    )


def _mend(mend: Mend) -> str:
    return "  " + _("row {row}, {field}: “{was}” → “{now}” ({why})").format(
        row=mend.row,
        field=_(FIELD_WORDS[mend.field]),
        was=mend.was,
        now=mend.now,
        why=say(mend.why),
    )
