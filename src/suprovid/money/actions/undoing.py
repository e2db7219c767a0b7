"""A file of the bank taken back, so that it may come again."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Min, OuterRef, QuerySet, Subquery

from suprovid.journal.actions import Happening, record, record_many
from suprovid.journal.rules import Actor
from suprovid.lib.decision import Missing, require
from suprovid.money.actions.shared import handling, strike, take_turn
from suprovid.money.models import (
    Entry,
    Payment,
    Statement,
    StatementFile,
    StatementLine,
)
from suprovid.money.queries.laid import laid_payments
from suprovid.money.rules import may_undo_file, payment_key
from suprovid.people.queries import viewer as rights_of

BATCH = 500


@transaction.atomic
def undo_statement_file(*, actor: Actor, file_id: int, why: str) -> StatementFile:
    """Take a file back while none of its money lies on an invoice.

    Lines that another file tells too stay; payments typed by hand before stay as well.

    Raises:
        Forbidden, Missing, Refused.
    """
    for_whom = handling(rights_of(actor))
    take_turn()
    file = StatementFile.objects.select_for_update().filter(pk=file_id).first()
    if file is None:
        raise Missing(f"There is no file {file_id}.")
    statements = list(file.statements.select_related("account"))
    entries = Entry.objects.filter(statement__in=statements)
    elsewhere = Entry.objects.exclude(statement__in=statements).values("line")
    told = StatementLine.objects.filter(pk__in=entries.values("line"))
    gone = told.exclude(pk__in=elsewhere)
    laid = len(laid_payments(gone))
    undone = file.undone_at is not None
    require(may_undo_file(undone=undone, laid=laid, why=why))
    _remove(actor, for_whom, gone, why.strip())
    _give_to_others(statements)
    entries.delete()
    _tell(actor, for_whom, statements, why.strip())
    Statement.objects.filter(pk__in=[one.pk for one in statements]).delete()
    file.undone_at, file.undone_by = actor.now, actor.name
    file.undone_why = why.strip()
    file.save(update_fields=["undone_at", "undone_by", "undone_why"])
    return file


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
