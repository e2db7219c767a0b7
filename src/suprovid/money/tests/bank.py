"""Statements of an account of ours, made up line by line, with balances that fit."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from suprovid.journal.rules import Actor
from suprovid.lib.statements import Line, Statement
from suprovid.money import actions
from suprovid.money.actions import FileReport
from suprovid.money.models import Account
from suprovid.money.rules import day_of
from suprovid.people.models import Person
from tests.cast import acting

OURS = "UA093999990000026001000000017"
THEIRS = "UA753888880000026007000000011"
CODE = "99000011"
# Monday, 2 November 2026, 9:15 in Kyiv.
BOOKED = datetime(2026, 11, 2, 7, 15, tzinfo=UTC)
LATER = datetime(2026, 11, 10, 8, 0, tzinfo=UTC)


def line(amount: str, purpose: str = "", **more: Any) -> Line:
    told: dict[str, Any] = {
        "number": 1,
        "booked_at": BOOKED,
        "value_on": None,
        "currency": "UAH",
        "document": "101",
        "party_name": "ТОВ «АЛЬФА ТЕСТ»",
        "party_code": CODE,
        "party_iban": THEIRS,
    }
    return Line(amount=Decimal(amount), purpose=purpose, **told | more)


def statement(
    *lines: Line, opening: str = "10000.00", iban: str = OURS, **more: Any
) -> Statement:
    """Numbered anew; of the days of its lines unless told otherwise."""
    begun = Decimal(opening)
    days = [day_of(one.booked_at) for one in lines] or [date(2026, 11, 2)]
    told: dict[str, Any] = {
        "account": iban,
        "currency": "UAH",
        "identity": "",
        "sequence": "",
        "begins": min(days),
        "ends": max(days),
        "opening": begun,
        "closing": begun + sum((one.amount for one in lines), Decimal(0)),
        "lines": tuple(replace(one, number=n) for n, one in enumerate(lines, 1)),
    }
    return Statement(**told | more)


def account(by: Person | None = None, iban: str = OURS) -> Account:
    return actions.add_account(actor=acting(by, LATER), iban=iban)


def bring(
    *told: Statement, by: Person | None = None, now: datetime = LATER, **more: Any
) -> FileReport:
    """As if they had been read from one file."""
    return bring_as(acting(by, now), told, **more)


def bring_as(actor: Actor, told: Sequence[Statement], **more: Any) -> FileReport:
    data = json.dumps([asdict(one) for one in told], default=str).encode()
    return actions.bring_statements(
        actor=actor, parsed=told, data=data, name="виписка.xml", **more
    )


def after(days: int) -> datetime:
    return BOOKED + timedelta(days=days)
