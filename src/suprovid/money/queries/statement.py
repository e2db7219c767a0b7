"""One statement of the bank, line by line: figures equal the rows behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from suprovid.lib.decision import Missing
from suprovid.money.models import Allocation, Entry, Statement, StatementLine
from suprovid.money.queries.files import lines_only_in
from suprovid.money.queries.laid import laid_by_people, laid_payments
from suprovid.money.queries.matching import books_for, money_in
from suprovid.money.queries.shapes import (
    CandidateRow,
    GroupRows,
    LineRow,
    PartRow,
    Said,
    StatementHead,
    StatementPage,
)
from suprovid.money.queries.statements import names_of, visible_statements
from suprovid.money.rules import (
    Aside,
    Group,
    LineState,
    Match,
    Sureness,
    line_state,
    match,
    may_handle_money,
    may_set_aside,
    may_take_back,
    may_undo_file,
    may_unlay,
    unpacked,
)
from suprovid.people.rules import Viewer
from suprovid.web.parts import Page

PAGE = 100


def statement_page(
    viewer: Viewer, statement_id: int, *, show: Group | None = None, number: int = 1
) -> StatementPage:
    """One statement: its lines in groups, candidates with their signs.

    Args:
        show: one group only; a page has at most 100 lines.

    Raises:
        Missing: not there, or not theirs to see.
    """
    rows = visible_statements(viewer).select_related("file", "account")
    row = rows.filter(pk=statement_id).first()
    if row is None:
        raise Missing(f"There is no statement {statement_id}.")
    return _Looked(viewer, row).page(show, number)


class _Looked:
    """A statement with all its lines; only those of the page are told in full."""

    def __init__(self, viewer: Viewer, row: Statement) -> None:
        self.viewer, self.row = viewer, row
        self.entries = list(
            Entry.objects.filter(statement=row)
            .select_related("line__statement__file")
            .order_by("number", "pk")
        )
        lines = StatementLine.objects.filter(entries__statement=row)
        self.touched = laid_payments(lines)
        self.books = books_for(lines)
        self.handling = may_handle_money(viewer)
        self.matches = {
            entry.line_id: match(money_in(entry.line), self.books)
            for entry in self.entries
            if self._state(entry.line) is LineState.OPEN
        }

    def _state(self, line: StatementLine) -> LineState:
        laid = Decimal(line.payment_id in self.touched)
        return line_state(amount=line.amount, aside=line.set_aside, laid=laid)

    def _group(self, line: StatementLine) -> Group:
        state = self._state(line)
        if state is LineState.OPEN:
            return OPEN[self.matches[line.pk].sureness]
        return OF_STATE[state]

    def page(self, show: Group | None, number: int) -> StatementPage:
        of_group: dict[Group, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            of_group[self._group(entry.line)].append(entry)
        order = [
            one for group in ORDER for one in of_group[group] if show in (None, group)
        ]
        first = (number - 1) * PAGE
        shown = order[first : first + PAGE]
        self.laid = _laid(shown)
        rows = {one.line_id: self._line(one) for one in shown}
        groups = tuple(self._rows(group, of_group[group], rows) for group in ORDER)
        others = Statement.objects.filter(file=self.row.file_id).order_by("pk")
        file = self.row.file
        laid = laid_by_people(lines_only_in(file), file.brought_at)
        undone = file.undone_at is not None
        undoing = may_undo_file(undone=undone, laid=len(laid), why="-")
        return StatementPage(
            head=self._head(),
            others=tuple((one.pk, str(one)) for one in others),
            groups=groups,
            show=show,
            page=Page(number=number, has_next=len(order) > first + PAGE),
            problems=tuple(map(unpacked, file.problems)),
            handling=self.handling,
            undoing=undoing if self.handling else self.handling,
        )

    def _rows(
        self, group: Group, entries: list[Entry], rows: Mapping[int, LineRow]
    ) -> GroupRows:
        return GroupRows(
            group=group,
            count=len(entries),
            sum=sum((one.line.amount for one in entries), Decimal(0)),
            lines=tuple(rows[one.line_id] for one in entries if one.line_id in rows),
        )

    def _head(self) -> StatementHead:
        row, file = self.row, self.row.file
        amounts = [one.line.amount for one in self.entries]
        return StatementHead(
            id=row.pk,
            file_id=file.pk,
            file_name=file.name,
            account_id=row.account_id,
            iban=row.account.iban,
            account=row.account.name,
            identity=row.identity,
            begins=row.begins,
            ends=row.ends,
            opening=row.opening,
            closing=row.closing,
            sum_in=sum((one for one in amounts if one > 0), Decimal(0)),
            sum_out=sum((one for one in amounts if one < 0), Decimal(0)),
            lines=len(amounts),
            new=row.new,
            known=row.known,
            brought_by=names_of([file.brought_by]).get(file.brought_by, ""),
            brought_at=file.brought_at,
        )

    def _line(self, entry: Entry) -> LineRow:
        line, state = entry.line, self._state(entry.line)
        found = self.matches.get(line.pk, Match())
        laid = self.laid.get(line.payment_id or 0, ())
        may = self.handling
        return LineRow(
            id=line.pk,
            number=entry.number,
            booked_at=line.booked_at,
            value_on=line.value_on,
            amount=line.amount,
            document=line.document,
            payer=line.party_name,
            payer_code=line.party_code,
            payer_iban=line.party_iban,
            actual_payer=line.actual_name,
            purpose=_marked(line.purpose, found),
            state=state,
            group=self._group(line),
            sureness=found.sureness,
            candidates=self._candidates(line, found),
            laid=laid,
            by_rule=any(one.by_rule for one in laid),
            aside=Aside(line.set_aside) if line.set_aside else None,
            new=line.statement_id == self.row.pk,
            payment_id=line.payment_id,
            unlaying=may_unlay(state=state, why="-") if may else may,
            setting_aside=may_set_aside(state=state) if may else may,
            taking_back=may_take_back(state=state) if may else may,
        )

    def _candidates(
        self, line: StatementLine, found: Match
    ) -> tuple[CandidateRow, ...]:
        return tuple(
            CandidateRow(
                client_id=one.client_id,
                client=one.client,
                parts=tuple(
                    PartRow(
                        pk, self.books.invoices[pk].number, amount, self.books.owed[pk]
                    )
                    for pk, amount in one.parts
                ),
                signs=one.signs,
                sure=one.sure,
                left=line.amount - one.laid,
            )
            for one in found.candidates
        )

    def _part(self, invoice_id: int, amount: Decimal) -> PartRow:
        number = self.books.invoices[invoice_id].number
        return PartRow(invoice_id, number, amount, self.books.owed[invoice_id])


OPEN = {
    Sureness.SURE: Group.SURE,
    Sureness.LIKELY: Group.CHECK,
    Sureness.NONE: Group.UNMATCHED,
}
OF_STATE = {
    LineState.LAID: Group.LAID,
    LineState.ASIDE: Group.ASIDE,
    LineState.OUT: Group.OUT,
}
ORDER = (Group.CHECK, Group.UNMATCHED, Group.SURE, Group.LAID, Group.ASIDE, Group.OUT)


def _laid(entries: Iterable[Entry]) -> dict[int, tuple[PartRow, ...]]:
    """What lies of these lines' payments, and on what."""
    brought = {
        one.line.payment_id: one.line.statement.file.brought_at
        for one in entries
        if one.line.payment_id
    }
    payments = list(brought)
    rows = Allocation.objects.filter(payment__in=payments, undone_at=None)
    found: dict[int, list[PartRow]] = defaultdict(list)
    for row in rows.select_related("invoice").order_by("pk"):
        part = PartRow(
            row.invoice_id,
            row.invoice.number,
            row.amount,
            owed=Decimal(0),
            allocation_id=row.pk,
            by_rule=row.made_at == brought[row.payment_id],
        )
        found[row.payment_id].append(part)
    return {payment: tuple(parts) for payment, parts in found.items()}


def _marked(purpose: str, found: Match) -> tuple[Said, ...]:
    """The purpose in pieces, the recognised ones marked."""
    pieces, done = [], 0
    for start, end in found.marks:
        if start < done:
            continue
        pieces += [Said(purpose[done:start], marked=False)] if start > done else []
        pieces.append(Said(purpose[start:end], marked=True))
        done = end
    pieces += [Said(purpose[done:], marked=False)] if done < len(purpose) else []
    return tuple(pieces)
