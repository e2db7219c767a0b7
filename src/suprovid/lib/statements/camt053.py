"""camt.053 from 001.02 up: the statements of one message (DOMAIN B6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple
from xml.etree.ElementTree import Element

from suprovid.lib.statements.causes import Cause, NotAStatement
from suprovid.lib.statements.entries import Status, date_of, lines_of, signed, status
from suprovid.lib.statements.lines import Line, Statement
from suprovid.lib.statements.nodes import NOTHING, Sum, node_at, sum_at, text_at
from suprovid.lib.statements.text import REFERENCE, clean, told
from suprovid.lib.statements.transactions import Transaction, account_number
from suprovid.lib.statements.values import amount, day, moment
from suprovid.lib.statements.xml import read

MOST_LINES = 200_000
MOST_STATEMENTS = 5_000
"""A year of a dozen accounts, day by day."""
TOLERANCE = timedelta(days=1)
"""How far from its period a line may be booked: periods end at either midnight."""


def read_message(texts: Iterable[str], room: int = MOST_LINES) -> list[Statement]:
    """The statements of one message with at most `room` lines.

    Raises:
        NotAStatement: NO_STATEMENT, or what is wrong with a statement.
    """
    message = Message(room)
    read(texts, message)
    if not message.statements:
        raise NotAStatement(Cause.NO_STATEMENT)
    return message.statements


class Balance(NamedTuple):
    """A balance as told."""

    kind: str
    value: Decimal
    currency: str
    on: date | None


class Message:
    """Gathers statements while the message is read."""

    def __init__(self, room: int) -> None:
        self.statements: list[Statement] = []
        self._room = room

    def begin(self) -> None:
        if len(self.statements) >= MOST_STATEMENTS:
            limit = {"limit": str(MOST_STATEMENTS)}
            raise NotAStatement(Cause.TOO_MANY_STATEMENTS, limit)
        self._texts: dict[str, str] = {}
        self._account = NOTHING
        self._number = ""
        self._period = NOTHING
        self._balances: list[Balance] = []
        self._lines: list[Line] = []
        self._pending = self._empty = 0

    def take(self, name: str, node: Element, transactions: list[Transaction]) -> None:
        match name:
            case "Ntry":
                self._take_entry(node, transactions)
            case "Bal":
                self._take_balance(node)
            case "Acct" if self._account is NOTHING:
                self._account = node
                self._number = account_number(node_at(node, "Id"))
            case "FrToDt" if self._period is NOTHING:
                self._period = node
            case "Id" | "ElctrncSeqNb" | "LglSeqNb":
                self._texts.setdefault(name, text_at(node))

    def _take_entry(self, node: Element, transactions: list[Transaction]) -> None:
        number = len(self._lines) + 1
        try:
            match status(node):
                case Status.BOOKED:
                    self._add(lines_of(node, transactions, number, self._number))
                case Status.PENDING | Status.FUTURE:
                    self._pending += 1
        except NotAStatement as wrong:
            raise wrong.within(line=str(number), account=self._name()) from wrong

    def _add(self, lines: list[Line]) -> None:
        moving = [line for line in lines if line.amount]
        self._empty += len(lines) - len(moving)
        if len(moving) < len(lines):
            first = len(self._lines) + 1
            moving = [replace(x, number=n) for n, x in enumerate(moving, first)]
        self._lines += moving
        self._room -= len(lines)
        if self._room < 0:
            raise NotAStatement(Cause.TOO_MANY_LINES, {"limit": str(MOST_LINES)})

    def _take_balance(self, node: Element) -> None:
        kind = text_at(node, "Tp", "CdOrPrtry", "Cd").strip()
        if kind not in OPENING + CLOSING:
            return
        told_sum = sum_at(node, "Amt") or Sum()
        try:
            value = signed(amount(told_sum.text), text_at(node, "CdtDbtInd").strip())
            at = date_of(node_at(node, "Dt"))
        except NotAStatement as wrong:
            raise NotAStatement(
                Cause.BAD_BALANCE,
                {"balance": kind, "account": self._name(), **wrong.params},
            ) from wrong
        on = at.date() if at else None
        self._balances.append(Balance(kind, value, told_sum.currency.strip(), on))

    def _name(self) -> str:
        return self._number or "?"

    # ----------------------------------------------------------- its whole

    def end(self) -> None:
        identity = clean(self._texts.get("Id", ""), REFERENCE)
        if not self._number:
            raise NotAStatement(Cause.NO_ACCOUNT, {"statement": identity or "?"})
        opening, closing = _opening(self._balances), _closing(self._balances)
        currency = self._currency(opening, closing)
        begins, ends = self._checked_period(opening, closing)
        sequence = self._texts.get("ElctrncSeqNb") or self._texts.get("LglSeqNb", "")
        statement = Statement(
            account=self._number,
            currency=currency,
            identity=identity,
            sequence=clean(sequence, REFERENCE),
            begins=begins,
            ends=ends,
            opening=opening.value if opening else None,
            closing=closing.value if closing else None,
            lines=_with_firmness(self._lines),
            pending=self._pending,
            empty=self._empty,
        )
        _balanced(statement)
        self.statements.append(statement)

    def _currency(self, opening: Balance | None, closing: Balance | None) -> str:
        balances = [balance for balance in (opening, closing) if balance]
        currency = (
            text_at(self._account, "Ccy").strip()
            or next((balance.currency for balance in balances), "")
            or next((line.currency for line in self._lines), "")
        )
        if not (currency.isascii() and currency.isalpha() and len(currency) == 3):
            raise NotAStatement(Cause.NO_CURRENCY, {"account": self._name()})
        for balance in balances:
            self._same_currency(currency, balance)
        for line in self._lines:
            if line.currency != currency:
                raise NotAStatement(Cause.LINE_CURRENCY, self._foreign(line, currency))
        return currency

    def _same_currency(self, currency: str, balance: Balance) -> None:
        if balance.currency != currency:
            raise NotAStatement(
                Cause.BALANCE_CURRENCY,
                {
                    "balance": balance.kind,
                    "told": told(balance.currency),
                    "account": self._name(),
                    "currency": currency,
                },
            )

    def _foreign(self, line: Line, currency: str) -> dict[str, str]:
        return {
            "line": str(line.number),
            "told": told(line.currency),
            "account": self._name(),
            "currency": currency,
        }

    def _checked_period(
        self, opening: Balance | None, closing: Balance | None
    ) -> tuple[date | None, date | None]:
        """The period told, or the days of the balances.

        A period that these days contradict is not of this statement, as in samples that
        were copied: nothing is held against it.
        """
        by_balances = (opening and opening.on, closing and closing.on)
        begins, ends = self._told_period()
        days = [on for on in by_balances if on]
        if begins and ends and all(_within(on, begins, ends) for on in days):
            self._all_within(begins, ends)
            return begins, ends
        return by_balances

    def _told_period(self) -> tuple[date | None, date | None]:
        try:
            begins, ends = (_edge(self._period, edge) for edge in ("Fr", "To"))
        except NotAStatement as wrong:
            raise NotAStatement(
                Cause.BAD_PERIOD, {"account": self._name(), **wrong.params}
            ) from wrong
        return begins, ends

    def _all_within(self, begins: date, ends: date) -> None:
        for line in self._lines:
            on = line.booked_at.date()
            if not _within(on, begins, ends):
                raise NotAStatement(
                    Cause.OUT_OF_PERIOD,
                    {
                        "line": str(line.number),
                        "account": self._name(),
                        "told": on.isoformat(),
                        "begins": begins.isoformat(),
                        "ends": ends.isoformat(),
                    },
                )


# ------------------------------------------------------------------ small questions

OPENING = ("OPBD", "PRCD", "ITBD")
CLOSING = ("CLBD", "ITBD")


def _opening(balances: list[Balance]) -> Balance | None:
    """The first day's; a later page of a statement opens with an interim balance."""
    for kind in ("OPBD", "PRCD"):
        if found := _of_kind(balances, kind):
            return min(found, key=lambda balance: balance.on or date.max)
    interim = _of_kind(balances, "ITBD")
    # Alone it would be the end of a first page as well as the beginning of a last one.
    told = len(interim) > 1 or bool(_of_kind(balances, "CLBD"))
    return interim[0] if interim and told else None


def _closing(balances: list[Balance]) -> Balance | None:
    if found := _of_kind(balances, "CLBD"):
        return max(reversed(found), key=lambda balance: balance.on or date.min)
    interim = _of_kind(balances, "ITBD")
    begun = _of_kind(balances, "OPBD") or _of_kind(balances, "PRCD")
    return interim[-1] if interim and (begun or len(interim) > 1) else None


def _of_kind(balances: list[Balance], kind: str) -> list[Balance]:
    return [balance for balance in balances if balance.kind == kind]


def _edge(period: Element, edge: str) -> date | None:
    if text := text_at(period, f"{edge}DtTm"):
        return moment(text).date()
    text = text_at(period, f"{edge}Dt")
    return day(text) if text else None


def _within(on: date, begins: date, ends: date) -> bool:
    return begins - TOLERANCE <= on <= ends + TOLERANCE


def _with_firmness(lines: list[Line]) -> tuple[Line, ...]:
    """A reference met twice is not one: some banks give a payment's to its fee too."""
    met = Counter(line.reference for line in lines)
    return tuple(
        replace(line, firm=False) if line.firm and met[line.reference] > 1 else line
        for line in lines
    )


def _balanced(statement: Statement) -> None:
    """Opening and lines make the closing, when both are told.

    Raises:
        NotAStatement: WRONG_SUM with both figures.
    """
    if statement.opening is None or statement.closing is None:
        return
    expected = statement.opening + sum(line.amount for line in statement.lines)
    if expected != statement.closing:
        raise NotAStatement(
            Cause.WRONG_SUM,
            {
                "account": statement.account,
                "expected": f"{expected:.2f}",
                "told": f"{statement.closing:.2f}",
            },
        )
