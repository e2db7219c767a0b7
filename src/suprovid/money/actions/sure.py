"""Lines that leave no doubt are laid by rule as they come (decision 0009)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from suprovid.journal.actions import record_many
from suprovid.journal.rules import Actor
from suprovid.money.actions.shared import said_of
from suprovid.money.models import Allocation, Invoice, StatementLine
from suprovid.money.queries.laid import laid_payments, laid_sums
from suprovid.money.queries.matching import books_for, money_in
from suprovid.money.rules import Books, Candidate, Match, Sureness, match, why_sure
from suprovid.web.rows import add_rows

BATCH = 500


@dataclass
class Outcome:
    """Of each statement: lines laid, and lines that have candidates."""

    laid: Counter[int] = field(default_factory=Counter)
    proposed: Counter[int] = field(default_factory=Counter)


@dataclass(frozen=True)
class Chosen:
    """A sure candidate of a line, and why it is sure."""

    line: StatementLine
    candidate: Candidate
    why: str


def lay_by_rule(
    actor: Actor, for_whom: int | None, lines: Sequence[StatementLine]
) -> Outcome:
    """Lay the sure ones of accounts that allow it; count what waits for a person."""
    outcome = Outcome()
    if not lines:
        return outcome
    rows = StatementLine.objects.filter(
        statement__in={one.statement_id for one in lines}
    )
    books, touched = books_for(rows), laid_payments(rows)
    open_lines = [line for line in lines if line.payment_id not in touched]
    chosen, waiting = _choose(open_lines, books)
    laid = _lay(actor, for_whom, chosen)
    outcome.laid.update(one.line.statement_id for one in laid)
    outcome.proposed.update(line.statement_id for line in waiting)
    late = {one.line.pk for one in chosen} - {one.line.pk for one in laid}
    outcome.proposed.update(
        one.line.statement_id for one in chosen if one.line.pk in late
    )
    return outcome


def _choose(
    lines: Iterable[StatementLine], books: Books
) -> tuple[list[Chosen], list[StatementLine]]:
    """The sure ones, and those that have candidates when the sure ones are laid."""
    chosen: list[Chosen] = []
    others: list[tuple[StatementLine, Match]] = []
    for line in sorted(lines, key=lambda one: (one.booked_at, one.pk)):
        told = money_in(line)
        found = match(told, books)
        if found.sureness is Sureness.SURE and line.account.posts_sure:
            best = found.candidates[0]
            chosen.append(Chosen(line, best, why_sure(told, books, best)))
            books.lay(best.parts)
        elif found.candidates:
            others.append((line, found))
    spent = {pk for one in chosen for pk, _amount in one.candidate.parts}
    waiting = [line for line, found in others if _still(line, found, spent, books)]
    return chosen, waiting


def _still(line: StatementLine, found: Match, spent: set[int], books: Books) -> bool:
    """Whether a line has a candidate now that other lines are laid."""
    meant = {pk for one in found.candidates for pk, _amount in one.parts}
    if not meant & spent:
        return True
    return bool(match(money_in(line), books).candidates)


def _lay(actor: Actor, for_whom: int | None, chosen: Sequence[Chosen]) -> list[Chosen]:
    """Under locks; an invoice that somebody has just paid waits for a person."""
    invoices = _locked({pk for one in chosen for pk, _amount in one.candidate.parts})
    owed = {pk: row.total for pk, row in invoices.items()}
    for pk, laid in laid_sums(invoices).items():
        owed[pk] -= laid
    done, rows = [], []
    for one in chosen:
        (invoice_id, amount), *_none = one.candidate.parts
        if owed.get(invoice_id) == amount:
            owed[invoice_id] = Decimal(0)
            done.append(one)
            rows.append(_allocation(actor, one.line, invoice_id, amount))
    add_rows(rows)
    _tell(actor, for_whom, done, rows, invoices)
    return done


class _Locked(NamedTuple):
    """An invoice that stays as it is until the transaction ends."""

    id: int
    total: Decimal
    number: str


def _locked(ids: set[int]) -> dict[int, _Locked]:
    ordered = sorted(ids)
    rows = (
        Invoice.objects.select_for_update()
        .order_by("pk")
        .filter(cancelled_at=None)
        .values_list("pk", "total", "number")
    )
    return {
        row[0]: _Locked(*row)
        for start in range(0, len(ordered), BATCH)
        for row in rows.filter(pk__in=ordered[start : start + BATCH])
    }


def _allocation(
    actor: Actor, line: StatementLine, invoice_id: int, amount: Decimal
) -> Allocation:
    return Allocation(
        payment_id=line.payment_id or 0,
        invoice_id=invoice_id,
        amount=amount,
        made_by_id=actor.person_id,
        made_at=actor.now,
    )


def _tell(
    actor: Actor,
    for_whom: int | None,
    done: Sequence[Chosen],
    rows: Sequence[Allocation],
    invoices: Mapping[int, _Locked],
) -> None:
    told = [
        said_of(
            row,
            number=invoices[row.invoice_id].number,
            client_id=one.candidate.client_id,
            for_whom=for_whom,
            at=one.line.booked_at,
            because=one.why,
        )
        for one, row in zip(done, rows, strict=True)
    ]
    record_many(kind="money.allocation.made_by_rule", actor=actor, happenings=told)
