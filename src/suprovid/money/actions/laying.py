"""Lines of the bank laid on invoices by a person, taken off, set aside (7.5)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction

from suprovid.journal.actions import record, record_many
from suprovid.journal.rules import Actor
from suprovid.lib.decision import Missing, Reason, Refused, require
from suprovid.lib.words import word
from suprovid.money.actions.entering import payment_of
from suprovid.money.actions.payments import undo
from suprovid.money.actions.shared import (
    handling,
    laid_sum,
    lay_on,
    lock,
    of_payment,
    strike,
)
from suprovid.money.models import Allocation, Invoice, Payment, StatementLine
from suprovid.money.rules import (
    Aside,
    LineState,
    Part,
    line_state,
    may_set_aside,
    may_take_back,
    may_unlay,
)
from suprovid.people.queries import viewer as rights_of

NO_INVOICE = word("Say on which invoice the money is laid.")
NO_MONEY = word("This line is not a client’s money.")


@transaction.atomic
def lay_line(*, actor: Actor, line_id: int, parts: Sequence[Part]) -> list[Allocation]:
    """Lay a line on invoices, whole or in parts; what is left stays free money.

    Args:
        parts: ids of invoices with sums above zero.

    Raises:
        Forbidden, Missing, Refused.
    """
    return confirm_many(actor=actor, chosen=[(line_id, parts)])


@transaction.atomic
def confirm_many(
    *, actor: Actor, chosen: Sequence[tuple[int, Sequence[Part]]]
) -> list[Allocation]:
    """Lay several lines at once: all of them or none.

    Raises:
        Forbidden, Missing, Refused.
    """
    for_whom = handling(rights_of(actor))
    payments = _payments([line_id for line_id, _parts in chosen])
    wanted = [(payments[line_id], part) for line_id, parts in chosen for part in parts]
    if not wanted:
        raise Refused(Reason(NO_INVOICE))
    lock(
        Invoice.objects.filter(
            pk__in={invoice_id for _payment, (invoice_id, _amount) in wanted}
        )
    )
    return [
        lay_on(actor, for_whom, payment, invoice_id=invoice_id, amount=amount)
        for payment, (invoice_id, amount) in wanted
    ]


def _payments(line_ids: Sequence[int]) -> dict[int, Payment]:
    """Locked; lines first, then their payments, each in the order of ids."""
    lines = _locked(line_ids)
    ids = {line.payment_id: pk for pk, line in lines.items() if line.payment_id}
    if len(ids) < len(lines):
        raise Refused(Reason(NO_MONEY))
    rows = Payment.objects.select_for_update().filter(pk__in=list(ids)).order_by("pk")
    return {ids[row.pk]: row for row in rows}


def _locked(line_ids: Sequence[int]) -> dict[int, StatementLine]:
    rows = (
        StatementLine.objects.select_for_update(of=("self",))
        .select_related("account")
        .filter(pk__in=line_ids)
        .order_by("pk")
    )
    found = {row.pk: row for row in rows}
    for pk in line_ids:
        if pk not in found:
            raise Missing(f"There is no line {pk}.")
    return found


@transaction.atomic
def unlay_line(*, actor: Actor, line_id: int, why: str) -> StatementLine:
    """Take all of a line off its invoices; it waits again.

    Raises:
        Forbidden, Missing, Refused.
    """
    return unlay_many(actor=actor, line_ids=[line_id], why=why)[0]


@transaction.atomic
def unlay_many(
    *, actor: Actor, line_ids: Sequence[int], why: str
) -> list[StatementLine]:
    """Take several lines off their invoices: all of them or none.

    Raises:
        Forbidden, Missing, Refused.
    """
    for_whom = handling(rights_of(actor))
    lines = list(_locked(line_ids).values())
    for line in lines:
        require(may_unlay(state=_state(line), why=why))
        rows = Allocation.objects.filter(payment=line.payment_id, undone_at=None)
        for pk in rows.order_by("invoice", "pk").values_list("pk", flat=True):
            undo(actor, for_whom, pk, why)
    return lines


def _state(line: StatementLine) -> LineState:
    laid = Decimal(0)
    if line.payment_id is not None:
        Payment.objects.select_for_update().get(pk=line.payment_id)
        laid = laid_sum(on={"payment_id": line.payment_id})
    return line_state(amount=line.amount, aside=line.set_aside, laid=laid)


@transaction.atomic
def set_aside(*, actor: Actor, line_id: int, aside: Aside) -> StatementLine:
    """Say that a line is not a client's money: its payment is struck out.

    Raises:
        Forbidden, Missing, Refused.
    """
    for_whom = handling(rights_of(actor))
    line = _locked([line_id])[line_id]
    require(may_set_aside(state=_state(line)))
    payment = Payment.objects.get(pk=line.payment_id or 0)
    strike(payment, actor.now)
    payment.save(update_fields=["voided_at", "line_key"])
    line.payment, line.set_aside = None, aside.value
    line.save(update_fields=["payment", "set_aside"])
    _tell(actor, for_whom, "money.line.set_aside", line)
    return line


@transaction.atomic
def take_back(*, actor: Actor, line_id: int) -> StatementLine:
    """A line that was set aside is a client's money after all.

    Raises:
        Forbidden, Missing, Refused.
    """
    for_whom = handling(rights_of(actor))
    line = _locked([line_id])[line_id]
    require(may_take_back(state=_state(line)))
    _tell(actor, for_whom, "money.line.taken_back", line)
    payment = payment_of(actor, line)
    payment.save()
    line.payment, line.set_aside = payment, ""
    line.save(update_fields=["payment", "set_aside"])
    told = [of_payment(payment, for_whom=for_whom)]
    record_many(kind="money.payment.entered", actor=actor, happenings=told)
    return line


def _tell(actor: Actor, for_whom: int | None, kind: str, line: StatementLine) -> None:
    record(
        kind=kind,
        actor=actor,
        for_whom=for_whom,
        subject=line,
        details={"amount": str(line.amount), "aside": line.set_aside},
    )
