"""A file of the bank taken back, so that it may come again."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Min, OuterRef, QuerySet, Subquery

from suprovid.journal.actions import Happening, record, record_many
from suprovid.journal.rules import Actor
from suprovid.lib.decision import Missing, require
from suprovid.money.actions.shared import (
    handling,
    lock,
    of_allocation,
    strike,
    take_turn,
)
from suprovid.money.models import (
    Allocation,
    Entry,
    Invoice,
    Payment,
    Statement,
    StatementFile,
    StatementLine,
)
from suprovid.money.queries.files import lines_only_in
from suprovid.money.queries.laid import allocations_of, laid_by_people
from suprovid.money.rules import may_undo_file, payment_key
from suprovid.people.queries import viewer as rights_of

BATCH = 500


@transaction.atomic
def undo_statement_file(*, actor: Actor, file_id: int, why: str) -> StatementFile:
    """Take a file back while nobody has laid any of its money on an invoice.

    What was laid by rule as it came is taken off with it. Lines that another file tells
    too stay; payments typed by hand before stay as well.

    Raises:
        Forbidden, Missing, Refused.
    """
    for_whom = handling(rights_of(actor))
    take_turn()
    file = StatementFile.objects.select_for_update().filter(pk=file_id).first()
    if file is None:
        raise Missing(f"There is no file {file_id}.")
    statements = list(file.statements.select_related("account"))
    gone = lines_only_in(file)
    _lock(gone)
    laid = len(laid_by_people(gone, file.brought_at))
    undone = file.undone_at is not None
    require(may_undo_file(undone=undone, laid=laid, why=why))
    _take_off(actor, for_whom, gone, why.strip())
    _remove(actor, for_whom, gone, why.strip())
    _give_to_others(statements)
    Entry.objects.filter(statement__in=statements).delete()
    _tell(actor, for_whom, statements, why.strip())
    Statement.objects.filter(pk__in=[one.pk for one in statements]).delete()
    file.undone_at, file.undone_by = actor.now, actor.name
    file.undone_why = why.strip()
    file.save(update_fields=["undone_at", "undone_by", "undone_why"])
    return file


def _lock(gone: QuerySet[StatementLine]) -> None:
    """Nobody lays this money, or anything on its invoices, meanwhile."""
    lock(gone)
    lock(Payment.objects.filter(pk__in=gone.values("payment")))
    lock(Invoice.objects.filter(pk__in=allocations_of(gone).values("invoice")))


def _take_off(
    actor: Actor, for_whom: int | None, gone: QuerySet[StatementLine], why: str
) -> None:
    """What was laid by rule is no longer laid; the rows stay and say why."""
    laid = list(allocations_of(gone).select_related("invoice__contract"))
    for one in laid:
        one.undone_at, one.undone_why = actor.now, why
        one.undone_by_id = actor.person_id
    changed = ["undone_at", "undone_by", "undone_why"]
    Allocation.objects.bulk_update(laid, changed, batch_size=BATCH)
    record_many(
        kind="money.allocation.undone",
        actor=actor,
        happenings=[of_allocation(one, for_whom=for_whom, why=why) for one in laid],
    )


def _remove(
    actor: Actor, for_whom: int | None, gone: QuerySet[StatementLine], why: str
) -> None:
    lines = list(gone.select_related("account", "payment"))
    payments = [
        line.payment
        for line in lines
        if line.payment
        and line.payment.line_key == payment_key(line.account.iban, line.key)
    ]
    for payment in payments:
        strike(payment, actor.now)
    Payment.objects.bulk_update(payments, ["voided_at", "line_key"], batch_size=BATCH)
    record_many(
        kind="money.payment.voided",
        actor=actor,
        happenings=[
            Happening(
                subject=payment,
                for_whom=for_whom,
                details={"document": payment.document},
                personal={"why": why},
            )
            for payment in payments
        ],
    )
    for start in range(0, len(lines), BATCH):
        ids = [line.pk for line in lines[start : start + BATCH]]
        StatementLine.objects.filter(pk__in=ids).delete()


def _give_to_others(statements: list[Statement]) -> None:
    """Of the statements left, the first that tells a line has brought it."""
    first = (
        Entry.objects.filter(line=OuterRef("pk"))
        .exclude(statement__in=statements)
        .order_by()
        .values("line")
        .annotate(first=Min("statement"))
        .values("first")
    )
    StatementLine.objects.filter(statement__in=statements).update(
        statement=Subquery(first)
    )


def _tell(
    actor: Actor, for_whom: int | None, statements: list[Statement], why: str
) -> None:
    for row in statements:
        record(
            kind="money.statement.undone",
            actor=actor,
            for_whom=for_whom,
            subject=row,
            details={"iban": row.account.iban, "lines": row.lines},
            personal={"why": why},
        )
