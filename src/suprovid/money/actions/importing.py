"""Statements of the bank brought in: read first, then one short transaction (7.5).

Whoever brings money in takes the turn, so that a line typed and a file brought at the
same moment see each other. All of a file or nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from suprovid.documents.actions import keep_file
from suprovid.journal.actions import record
from suprovid.journal.rules import Actor
from suprovid.lib.collecting import nothing_to_collect
from suprovid.lib.decision import Refused, require
from suprovid.lib.statements import Statement as Told
from suprovid.money.actions.entering import Entering
from suprovid.money.actions.shared import handling, take_turn
from suprovid.money.actions.sure import Outcome, lay_by_rule
from suprovid.money.models import Account, Statement, StatementFile
from suprovid.money.queries.earlier import earlier_statements
from suprovid.money.rules import (
    Trouble,
    closed,
    day_of,
    may_take,
    not_ours,
    packed,
    read_statements,
    troubles,
)
from suprovid.people.queries import viewer as rights_of

NAME_ROOM = 255


@dataclass(frozen=True)
class StatementReport:
    """What one statement is, and what came (or would come) of it."""

    account: str
    identity: str
    opening: Decimal | None
    closing: Decimal | None
    lines: int
    new: int
    known: int
    matched: int
    proposed: int
    problems: tuple[Trouble, ...]


@dataclass(frozen=True)
class FileReport:
    """The same of a whole file; `file_id` is none after a dry run.

    `brought_before`: the very same file is here already.
    """

    name: str
    sha256: str
    statements: tuple[StatementReport, ...]
    dry_run: bool
    brought_before: bool = False
    file_id: int | None = None

    @property
    def problems(self) -> tuple[Trouble, ...]:
        return tuple(one for told in self.statements for one in told.problems)

    @property
    def lines(self) -> int:
        return sum(one.lines for one in self.statements)

    @property
    def new(self) -> int:
        return sum(one.new for one in self.statements)

    @property
    def known(self) -> int:
        return sum(one.known for one in self.statements)

    @property
    def matched(self) -> int:
        return sum(one.matched for one in self.statements)

    @property
    def proposed(self) -> int:
        return sum(one.proposed for one in self.statements)


def import_statement(
    *, actor: Actor, data: bytes, name: str, dry_run: bool = False
) -> FileReport:
    """Bring a file of the bank in.

    Args:
        dry_run: tell what would come of it and write nothing.

    Raises:
        Forbidden; Refused: what is wrong, in one sentence; nothing is written.
    """
    handling(rights_of(actor))
    parsed = read_statements(data)
    return bring_statements(
        actor=actor, parsed=parsed, data=data, name=name, dry_run=dry_run
    )


@nothing_to_collect()
@transaction.atomic
def bring_statements(
    *,
    actor: Actor,
    parsed: Sequence[Told],
    data: bytes,
    name: str,
    dry_run: bool = False,
) -> FileReport:
    """Bring in statements that were read from a file outside the transaction.

    Raises:
        Forbidden; Refused: what is wrong, in one sentence; nothing is written.
    """
    for_whom = handling(rights_of(actor))
    accounts = _ours(parsed)
    for told in parsed:
        require(may_take(told, now=actor.now))
    take_turn()
    sha256 = hashlib.sha256(data).hexdigest()
    before = StatementFile.objects.filter(sha256=sha256, undone_at=None).first()
    if before is not None:
        statements = [_report(told) for told in parsed]
        file_id: int | None = before.pk
    else:
        file = _file(actor, data, sha256, name, dry_run=dry_run)
        statements = _Bringing(actor, for_whom, accounts).bring(parsed, file)
        file_id = None if dry_run else file.pk
    if dry_run:
        transaction.set_rollback(True)
    return FileReport(
        name=name,
        sha256=sha256,
        statements=tuple(statements),
        dry_run=dry_run,
        brought_before=before is not None,
        file_id=file_id,
    )


def _file(
    actor: Actor, data: bytes, sha256: str, name: str, *, dry_run: bool
) -> StatementFile:
    """A dry run lays no bytes on the disk, and its rows are taken back."""
    if not dry_run:
        keep_file(actor=actor, data=data)
    return StatementFile.objects.create(
        content_id=sha256,
        name=name[:NAME_ROOM],
        sha256=sha256,
        lines=0,
        new=0,
        known=0,
        brought_by=actor.name,
        brought_at=actor.now,
    )


def _ours(parsed: Iterable[Told]) -> dict[str, Account]:
    ibans = {told.account for told in parsed}
    known = {one.iban: one for one in Account.objects.filter(iban__in=ibans)}
    for told in parsed:
        account = known.get(told.account)
        if account is None:
            raise Refused(not_ours(told.account))
        if account.closed_at is not None:
            raise Refused(closed(account.iban, day_of(account.closed_at)))
    return known


class _Bringing:
    """One file on its way in."""

    def __init__(
        self, actor: Actor, for_whom: int | None, accounts: dict[str, Account]
    ) -> None:
        self.actor, self.for_whom, self.accounts = actor, for_whom, accounts
        self.entering = Entering(actor, for_whom)
        self.made: dict[int, Statement] = {}
        self.troubles: dict[int, tuple[Trouble, ...]] = {}

    def bring(
        self, parsed: Sequence[Told], file: StatementFile
    ) -> list[StatementReport]:
        for place in _by_time(parsed):
            told = parsed[place]
            account = self.accounts[told.account]
            earlier = earlier_statements(account.pk)
            self.troubles[place] = tuple(troubles(told, earlier, place + 1))
            self.made[place] = self.entering.enter(file, account, told)
        outcome = lay_by_rule(self.actor, self.for_whom, self.entering.fresh)
        self._note(file, outcome)
        return [self._report(place, told, outcome) for place, told in enumerate(parsed)]

    def _report(self, place: int, told: Told, outcome: Outcome) -> StatementReport:
        row = self.made[place]
        return _report(
            told,
            new=row.new,
            matched=outcome.laid[row.pk],
            proposed=outcome.proposed[row.pk],
            problems=self.troubles[place],
        )

    def _note(self, file: StatementFile, outcome: Outcome) -> None:
        rows = list(dict.fromkeys(self.made.values()))
        file.lines = sum(row.lines for row in rows)
        file.new = sum(row.new for row in rows)
        file.known = file.lines - file.new
        file.matched = sum(outcome.laid.values())
        file.proposed = sum(outcome.proposed.values())
        told = (one for place in sorted(self.troubles) for one in self.troubles[place])
        file.problems = [packed(one) for one in told]
        file.save()
        for row in rows:
            record(
                kind="money.statement.imported",
                actor=self.actor,
                for_whom=self.for_whom,
                subject=row,
                details={
                    "iban": row.account.iban,
                    "lines": row.lines,
                    "new": row.new,
                    "laid": outcome.laid[row.pk],
                },
            )


def _by_time(parsed: Sequence[Told]) -> list[int]:
    """Earlier statements first, so that each finds the end of the one before."""
    return sorted(range(len(parsed)), key=lambda n: (parsed[n].begins or date.min, n))


def _report(
    told: Told,
    *,
    new: int = 0,
    matched: int = 0,
    proposed: int = 0,
    problems: tuple[Trouble, ...] = (),
) -> StatementReport:
    return StatementReport(
        account=told.account,
        identity=told.identity,
        opening=told.opening,
        closing=told.closing,
        lines=len(told.lines),
        new=new,
        known=len(told.lines) - new,
        matched=matched,
        proposed=proposed,
        problems=problems,
    )
