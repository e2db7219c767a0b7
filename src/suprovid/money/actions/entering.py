"""Lines of statements become rows, once each; money in becomes payments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from suprovid.journal.actions import Happening, record_many
from suprovid.journal.rules import Actor
from suprovid.lib.statements import Line
from suprovid.lib.statements import Statement as Told
from suprovid.money.actions.shared import of_payment
from suprovid.money.models import (
    Account,
    Entry,
    Payment,
    Statement,
    StatementFile,
    StatementLine,
)
from suprovid.money.queries.earlier import kept_lines, typed_payments
from suprovid.money.rules import (
    Placed,
    Typed,
    aside_by_rule,
    day_of,
    fingerprint,
    identity,
    likeness,
    payment_key,
    place,
    typed_of,
)
from suprovid.web.rows import add_rows, add_values

BATCH = 500
CODE_ROOM, IBAN_ROOM, DOCUMENT_ROOM, REFERENCE_ROOM = 12, 34, 35, 80
NAME_ROOM, PURPOSE_ROOM = 140, 420
IDENTITY_ROOM, SEQUENCE_ROOM = 80, 40


class Entering:
    """All statements of one file; `fresh` are the new lines with money in."""

    def __init__(self, actor: Actor, for_whom: int | None) -> None:
        self.actor, self.for_whom = actor, for_whom
        self.own = frozenset(Account.objects.values_list("iban", flat=True))
        self.fresh: list[StatementLine] = []
        self.made: dict[tuple[int, str], Statement] = {}

    def enter(self, file: StatementFile, account: Account, told: Told) -> Statement:
        """The row of a statement with its lines; told twice in a file, it is one."""
        said = [identity(account.iban, line) for line in told.lines]
        mark = fingerprint(told, (one.said for one in said))
        known = self.made.get((account.pk, mark))
        if known is not None:
            return known
        row = _statement(file, account, told, mark)
        self.made[account.pk, mark] = row
        if told.lines:
            moments = [line.booked_at for line in told.lines]
            kept = kept_lines(account.pk, min(moments), max(moments))
            self._lines(row, told.lines, place(said, kept))
        return row

    def _lines(
        self, row: Statement, told: Sequence[Line], places: Sequence[Placed]
    ) -> None:
        pairs = list(zip(told, places, strict=True))
        _give_references(row.account.iban, pairs)
        new = [_line(row, line, where) for line, where in pairs if where.kept is None]
        self._enter_money([line for line in new if line.amount > 0])
        add_rows(new)
        ids = {line.key: line.pk for line in new}
        entries = [
            (row.pk, where.kept.id if where.kept else ids[where.key], line.number)
            for line, where in pairs
        ]
        add_values(Entry, ["statement_id", "line_id", "number"], entries)
        row.new, row.known = len(new), len(told) - len(new)
        row.save(update_fields=["new", "known"])

    # ------------------------------------------------------------- money in

    def _enter_money(self, lines: list[StatementLine]) -> None:
        """Point at money typed before, enter the rest, set aside what is nobody's."""
        for line in lines:
            why = aside_by_rule(line.party_iban, self.own, reversal=line.reversal)
            line.set_aside = why or ""
        clients = [line for line in lines if not line.set_aside]
        if clients:
            self._recognise(clients)
            self._enter([line for line in clients if line.payment is None])
            self.fresh += clients

    def _recognise(self, lines: list[StatementLine]) -> None:
        moments = [line.booked_at for line in lines]
        found = _pairs(lines, typed_payments(min(moments), max(moments)))
        for line, payment in found:
            line.payment = payment
        record_many(
            kind="money.line.recognised",
            actor=self.actor,
            happenings=[of_payment(p, for_whom=self.for_whom) for _line, p in found],
        )

    def _enter(self, lines: list[StatementLine]) -> None:
        payments = [payment_of(self.actor, line) for line in lines]
        add_rows(payments)
        for line, payment in zip(lines, payments, strict=True):
            line.payment = payment
        told: list[Happening] = [
            of_payment(payment, for_whom=self.for_whom) for payment in payments
        ]
        record_many(kind="money.payment.entered", actor=self.actor, happenings=told)


def payment_of(actor: Actor, line: StatementLine) -> Payment:
    """The payment that a line with money in is, not saved yet."""
    return Payment(
        booked_at=line.booked_at,
        amount=line.amount,
        payer_name=line.party_name,
        payer_code=line.party_code,
        payer_iban=line.party_iban,
        document=line.document,
        purpose=line.purpose,
        line_key=payment_key(line.account.iban, line.key),
        entered_by_id=actor.person_id,
        entered_at=actor.now,
    )


def _pairs(
    lines: Iterable[StatementLine], payments: Iterable[Payment]
) -> list[tuple[StatementLine, Payment]]:
    """The likest first; each line and each payment once."""
    typed: dict[tuple[Decimal, object], list[Payment]] = defaultdict(list)
    for payment in payments:
        typed[payment.amount, day_of(payment.booked_at)].append(payment)
    alike = [
        (-score, payment.pk, line.key, line, payment)
        for line in lines
        for payment in typed.get((line.amount, day_of(line.booked_at)), ())
        if (score := likeness(_typed(line), typed_of(payment)))
    ]
    found: list[tuple[StatementLine, Payment]] = []
    taken: set[object] = set()
    for _score, pk, key, line, payment in sorted(alike, key=lambda one: one[:3]):
        if not {pk, key} & taken:
            taken |= {pk, key}
            found.append((line, payment))
    return found


def _typed(line: StatementLine) -> Typed:
    return Typed(
        line.booked_at, line.amount, line.document, line.party_code, line.party_iban
    )


def _give_references(iban: str, pairs: Iterable[tuple[Line, Placed]]) -> None:
    """Lines kept without a reference of which the bank tells one now."""
    new_keys = {
        where.kept.id: (line.reference, where.key)
        for line, where in pairs
        if where.kept is not None and where.key != where.kept.key
    }
    if not new_keys:
        return
    rows = StatementLine.objects.filter(pk__in=new_keys).select_related("payment")
    lines = list(rows)
    payments = []
    for line in lines:
        if line.payment and line.payment.line_key == payment_key(iban, line.key):
            line.payment.line_key = payment_key(iban, new_keys[line.pk][1])
            payments.append(line.payment)
        line.reference, line.key = new_keys[line.pk]
        line.ordinal = 0
    StatementLine.objects.bulk_update(
        lines, ["reference", "key", "ordinal"], batch_size=BATCH
    )
    Payment.objects.bulk_update(payments, ["line_key"], batch_size=BATCH)


def _statement(
    file: StatementFile, account: Account, told: Told, mark: str
) -> Statement:
    return Statement.objects.create(
        file=file,
        account=account,
        fingerprint=mark,
        identity=told.identity[:IDENTITY_ROOM],
        sequence=told.sequence[:SEQUENCE_ROOM],
        begins=told.begins,
        ends=told.ends,
        opening=told.opening,
        closing=told.closing,
        lines=len(told.lines),
        new=0,
        known=0,
    )


def _line(row: Statement, line: Line, where: Placed) -> StatementLine:
    return StatementLine(
        account=row.account,
        key=where.key,
        said=where.said,
        ordinal=where.ordinal,
        statement=row,
        booked_at=line.booked_at,
        value_on=line.value_on,
        amount=line.amount,
        reference=line.reference[:REFERENCE_ROOM],
        document=line.document[:DOCUMENT_ROOM],
        party_name=line.party_name[:NAME_ROOM],
        party_code=_code(line.party_code),
        party_iban=line.party_iban[:IBAN_ROOM],
        party_bank=line.party_bank[:NAME_ROOM],
        purpose=line.purpose[:PURPOSE_ROOM],
        actual_name=line.actual_name[:NAME_ROOM],
        actual_code=_code(line.actual_code),
        reversal=line.reversal,
    )


def _code(told: str) -> str:
    """A code that does not fit is no code of the register: better none than cut."""
    return told if len(told) <= CODE_ROOM else ""
