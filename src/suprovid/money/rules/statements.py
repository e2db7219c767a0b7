"""Statements of the bank: what is taken, what is told, which line is which (B6)."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from suprovid.lib.decision import Decision, Reason, allow, deny
from suprovid.lib.statements import Line, Statement
from suprovid.lib.words import word
from suprovid.money.rules.sums import kopecks

KYIV = ZoneInfo("Europe/Kyiv")
HRYVNIA = "UAH"
CEILING = Decimal("999999999999.99")
"""The largest sum that the base keeps."""


class LineState(StrEnum):
    """How a line stands; `open` is money in that nobody has laid or set aside."""

    OPEN = "open"
    LAID = "laid"
    ASIDE = "aside"
    OUT = "out"


class Group(StrEnum):
    """The parts of a statement's page; open lines with candidates are to check.

    `certain`: those that leave no doubt, of an account where a person lays them. The
    words are not those of states: labels are looked up by them.
    """

    LAID = "done"
    SURE = "certain"
    CHECK = "check"
    UNMATCHED = "unmatched"
    ASIDE = "nobodys"
    OUT = "spent"


class Aside(StrEnum):
    """Why money in is not a client's."""

    FEE = "fee"
    REFUND = "refund"
    INTEREST = "interest"
    OWN = "own"
    OTHER = "other"


@dataclass(frozen=True)
class Trouble:
    """What is told about a statement that is taken all the same.

    `statement` is its place in the file, from 1; `line` the line's place in it.
    """

    reason: Reason
    statement: int = 1
    line: int | None = None
    kind: str = "warning"


def _told(msgid: str, **params: object) -> Reason:
    return Reason(msgid, tuple(params.items()))


def day_of(at: datetime) -> date:
    """The day in Kyiv."""
    return at.astimezone(KYIV).date()


# ------------------------------------------------------------- may it be taken?


def may_take(statement: Statement, *, now: datetime) -> Decision:
    """Whether a statement may be taken: hryvnias, sums that fit, no days to come."""
    iban = statement.account
    currencies = {statement.currency, *(line.currency for line in statement.lines)}
    foreign = sorted(currencies - {HRYVNIA})
    if foreign:
        return deny(
            "The statement of account {iban} is in {currency}; "
            "only hryvnias (UAH) are taken.",
            iban=iban,
            currency=foreign[0],
        )
    for line in statement.lines:
        fit = _may_take_line(line, now=now)
        if not fit:
            return fit
    return _balanced(statement)


def _may_take_line(line: Line, *, now: datetime) -> Decision:
    amount = line.amount
    if not amount.is_finite() or abs(amount) > CEILING or amount != kopecks(amount):
        return deny("The sum of line {line} cannot be right.", line=line.number)
    if line.booked_at > now:
        return deny(
            "Line {line} is booked on {day}, and that day is yet to come.",
            line=line.number,
            day=day_of(line.booked_at),
        )
    return allow()


def _balanced(statement: Statement) -> Decision:
    opening, closing = statement.opening, statement.closing
    if opening is None or closing is None:
        return allow()
    reached = opening + sum((line.amount for line in statement.lines), Decimal(0))
    if reached == closing:
        return allow()
    return deny(
        "The statement of account {iban} does not add up: the opening balance and its "
        "lines make {sum}, the closing balance is {left}. Download it again.",
        iban=statement.account,
        sum=reached,
        left=closing,
    )


def not_ours(iban: str) -> Reason:
    return _told(
        word("The account {iban} is not among ours: add it first."),
        iban=iban,
    )


def closed(iban: str, on: date) -> Reason:
    return _told(
        word("The account {iban} was closed on {day}: open it again first."),
        iban=iban,
        day=on,
    )


# ------------------------------------------------------------- what is told


@dataclass(frozen=True)
class Earlier:
    """The end of a statement that is here already."""

    begins: date | None
    ends: date
    closing: Decimal | None


def troubles(
    statement: Statement, earlier: Iterable[Earlier], place: int
) -> Iterator[Trouble]:
    """What a person should hear of: gaps, balances not told, money taken back."""
    if statement.opening is None or statement.closing is None:
        text = word("The statement tells no balances, so its sum was not checked.")
        yield Trouble(_told(text), place)
    for reason in _gaps(statement, list(earlier)):
        yield Trouble(reason, place)
    if statement.pending:
        text = word("Entries that the bank has not booked yet are left out: {number}.")
        yield Trouble(_told(text, number=statement.pending), place)
    for line in statement.lines:
        if line.reversal:
            text = word("The bank takes back an entry of {sum}: look at what it was.")
            yield Trouble(_told(text, sum=abs(line.amount)), place, line.number)


def _gaps(statement: Statement, known: Sequence[Earlier]) -> Iterator[Reason]:
    """Against the nearest statement that ended before this one begins."""
    begins = statement.begins
    if begins is None or any(_covers(one, begins) for one in known):
        return
    before = [one for one in known if one.ends < begins]
    if not before:
        return
    last = max(before, key=lambda one: (one.ends, one.closing or Decimal(0)))
    if (begins - last.ends).days > 1:
        yield _told(
            word("No statement covers the days from {first} to {last}."),
            first=last.ends + timedelta(days=1),
            last=begins - timedelta(days=1),
        )
    ends = {one.closing for one in before if one.ends == last.ends} - {None}
    if ends and statement.opening is not None and statement.opening not in ends:
        yield _told(
            word(
                "The opening balance {sum} is not the closing balance {left} "
                "of {day}: something is missing between them."
            ),
            sum=statement.opening,
            left=last.closing,
            day=last.ends,
        )


def _covers(one: Earlier, day: date) -> bool:
    return one.begins is not None and one.begins < day <= one.ends


# ------------------------------------------------------------- what may be done


def aside_by_rule(
    party_iban: str, own: Container[str], *, reversal: bool
) -> Aside | None:
    """Why money in is no client's, by what its line says."""
    if party_iban and party_iban in own:
        return Aside.OWN
    return Aside.REFUND if reversal else None


def line_state(*, amount: Decimal, aside: str, laid: Decimal) -> LineState:
    """Money of which a part lies is laid: the rest of it is free."""
    if amount <= 0:
        return LineState.OUT
    if aside:
        return LineState.ASIDE
    return LineState.LAID if laid else LineState.OPEN


def may_set_aside(*, state: LineState) -> Decision:
    match state:
        case LineState.OUT:
            return deny("Money out is no client’s anyway.")
        case LineState.ASIDE:
            return deny("This line has been set aside already.")
        case LineState.LAID:
            return deny("Take the money off its invoices first.")
    return allow()


def may_take_back(*, state: LineState) -> Decision:
    if state is LineState.ASIDE:
        return allow()
    return deny("Only a line that was set aside is taken back.")


def may_unlay(*, state: LineState, why: str) -> Decision:
    if state is not LineState.LAID:
        return deny("This line lies on no invoice.")
    return allow() if why.strip() else deny("Say why it is undone.")


def may_undo_file(*, undone: bool, laid: int, why: str) -> Decision:
    """Whether a file may be taken back: while no person laid money of it."""
    if undone:
        return deny("This file has been taken back already.")
    if laid:
        return deny(
            "Money of this file lies on invoices (payments: {number}): "
            "take it off first.",
            number=laid,
        )
    return allow() if why.strip() else deny("Say why it is undone.")
