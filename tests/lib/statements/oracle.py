"""What lines a reader must find in the movements that a file was built of."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from suprovid.lib.statements import Line, NotAStatement, read_bytes
from tests.lib.statements.build import Account, Movement


def lines_of(account: Account) -> tuple[Line, ...]:
    booked = [one for one in account.movements if one.status == "BOOK"]
    lines = [line for one in booked for line in _lines(one)]
    met = Counter(line.reference for line in lines)
    firm = {reference for reference, times in met.items() if reference and times == 1}
    return tuple(
        replace(line, number=number, firm=line.reference in firm)
        for number, line in enumerate(lines, start=1)
    )


def _lines(entry: Movement) -> list[Line]:
    parts = entry.batch or (entry,)
    return [
        _line(entry, part, f"/{place}" if entry.batch else "")
        for place, part in enumerate(parts, start=1)
    ]


def _line(entry: Movement, part: Movement, place: str) -> Line:
    reference = part.reference if part.reference not in ("", entry.reference) else (
        entry.reference and entry.reference + place
    )  # fmt: skip
    return Line(
        number=0,
        booked_at=entry.at,
        value_on=entry.value_on,
        amount=Decimal(part.amount),
        currency=part.currency,
        reference=reference,
        document=part.document or reference,
        party_name=part.name or part.actual[0],
        party_code=part.code or part.actual[1],
        party_iban=part.iban,
        party_bank=part.bank,
        purpose=" ".join(filter(None, part.pieces)),
        reversal=entry.reversal,
        actual_name=part.actual[0],
        actual_code=part.actual[1],
    )


def refusal(data: bytes) -> NotAStatement:
    """Why the file is not taken."""
    with pytest.raises(NotAStatement) as refused:
        read_bytes(data)
    assert str(refused.value), "the sentence finds all its parameters"
    return refused.value
