"""`suprovid account add` and `suprovid import statement`, and what came of them."""

from __future__ import annotations

import argparse
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from suprovid.config.cli import DONE, Failure, tell, tell_json
from suprovid.config.home import console
from suprovid.money import actions as money
from suprovid.money import queries
from suprovid.money.actions import FileReport, StatementReport
from suprovid.money.api.statements import report_out
from suprovid.money.rules import LARGEST_FILE, Trouble
from suprovid.web import say
from suprovid.web.doing import persistently

SHOWN = 50


def import_statement(options: argparse.Namespace) -> int:
    report = bring_statement(options.file, dry_run=options.dry_run)
    if options.json:
        tell_json(as_dict(report))
    else:
        tell(in_words(report))
    return DONE


def add_account(options: argparse.Namespace) -> int:
    iban, said = name_account(options.iban, options.name)
    if options.json:
        tell_json({"account": iban})
    else:
        tell(said)
    return DONE


def name_account(iban: str, name: str) -> tuple[str, str]:
    """The account as it is kept, and what to say; a known one is no failure."""
    if known := queries.known_account(iban):
        said = _("The account {iban} is among ours already.")
        return known, said.format(iban=known)
    made = persistently(
        lambda: money.add_account(actor=console(), iban=iban, name=name)
    )
    return made.iban, _("The account {iban} is added.").format(iban=made.iban)


def bring_statement(file: str, *, dry_run: bool) -> FileReport:
    """Read a file, in a transaction only from where it is read."""
    try:
        with Path(file).open("rb") as opened:
            data = opened.read(LARGEST_FILE + 1)
    except OSError as error:
        raise Failure(f"{file}: {error.strerror}.") from error
    return persistently(
        lambda: money.import_statement(
            actor=console(), data=data, name=Path(file).name, dry_run=dry_run
        )
    )


def as_dict(report: FileReport) -> dict[str, Any]:
    """For machines: the same as the API answers."""
    return report_out(report)


def in_words(report: FileReport) -> str:
    told = [report.name]
    for one in report.statements:
        told += _statement(one, dry_run=report.dry_run)
    if report.brought_before:
        told.append(_("This very file was brought in before: nothing is added."))
    told += [_in_words(one) for one in report.problems[:SHOWN]]
    if (more := len(report.problems) - SHOWN) > 0:
        told.append("  … " + _("and more: {more}; all with --json.").format(more=more))
    return "\n".join(told)


def _statement(one: StatementReport, *, dry_run: bool) -> list[str]:
    balances = _("{account}: opening balance {opening}, closing balance {closing}.")
    counts = (
        _("Lines: {lines}; would be new: {new}, known already: {known}.")
        if dry_run
        else _("Lines: {lines}; new: {new}, known already: {known}.")
    )
    matched = (
        _("Would be laid at once: {matched}; to be confirmed: {proposed}.")
        if dry_run
        else _("Laid at once: {matched}; to be confirmed: {proposed}.")
    )
    numbers = {
        "account": one.account,
        "opening": _sum(one.opening),
        "closing": _sum(one.closing),
        "lines": one.lines,
        "new": one.new,
        "known": one.known,
        "matched": one.matched,
        "proposed": one.proposed,
    }
    return [
        line.format(**numbers) for line in (balances, "  " + counts, "  " + matched)
    ]


def _sum(value: Decimal | None) -> str:
    return "—" if value is None else say.money(value)


def _in_words(problem: Trouble) -> str:
    where = ""
    if problem.line is not None:
        where = _("line {line}: ").format(line=problem.line)
    return f"  ! {where}{say.say(problem.reason)}"
