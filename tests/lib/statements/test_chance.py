"""Chance builds statements, and spoils them: a result or a refusal, nothing else."""

from __future__ import annotations

import random
import string
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suprovid.lib.statements import NotAStatement, read_bytes
from tests.lib.statements.build import (
    ENTREPRENEUR,
    FEE,
    FIRST,
    USUAL,
    Account,
    Movement,
    file,
    message,
    usual,
    zipped,
)
from tests.lib.statements.oracle import lines_of

# ------------------------------------------------------------ there and back

LETTERS = (
    string.ascii_letters + string.digits + 'абвгґдеєжзиіїйклмнопрстуАІЇ№«»’"&<>;=-'
)
DAY = date(2026, 11, 1)
texts = st.text(LETTERS, max_size=100).map(lambda text: " ".join(text.split()))
references = st.text(string.ascii_uppercase + string.digits, max_size=35).filter(
    lambda text: text not in ("NOTPROVIDED", "NONREF")
)
codes = st.one_of(
    st.just(""), *(st.text(string.digits, min_size=n, max_size=n) for n in (8, 10))
)
numbers = st.text(string.digits, min_size=5, max_size=27)
ibans = st.one_of(st.just(""), numbers.map("UA".__add__), numbers)
sums = st.integers(1, 10**13).map(lambda kopecks: str(Decimal(kopecks).scaleb(-2)))
signed_sums = st.tuples(st.sampled_from(["", "-"]), sums).map("".join)
moments = st.integers(0, 9 * 86_400 - 1).map(
    lambda second: datetime(2026, 10, 31, 22, tzinfo=UTC) + timedelta(seconds=second)
)


@st.composite
def movements(draw: st.DrawFn) -> Movement:
    return Movement(
        amount=draw(signed_sums),
        at=draw(moments),
        reference=draw(references),
        document=draw(references),
        name=draw(texts),
        code=draw(codes),
        iban=draw(ibans),
        bank=draw(st.sampled_from(["", "388888", "KREDBEBB"])),
        pieces=tuple(draw(st.lists(texts, max_size=2))),
        value_on=draw(st.one_of(st.none(), st.dates(DAY, date(2026, 12, 1)))),
        status=draw(st.sampled_from(["BOOK", "BOOK", "BOOK", "PDNG", "INFO"])),
        actual=draw(st.tuples(texts, codes)),
    )


@st.composite
def entries(draw: st.DrawFn) -> Movement:
    """A movement, or a batch of some on the same side."""
    one = draw(movements())
    if not draw(st.booleans()):
        return one
    side = one.amount[: one.amount.startswith("-")]
    batch = tuple(
        replace(part, amount=side + part.amount.lstrip("-"), reference="")
        for part in draw(st.lists(movements(), min_size=2, max_size=3))
    )
    total = sum(Decimal(part.amount) for part in batch)
    return replace(one, amount=str(total), batch=batch, reference=one.reference or "B")


@given(
    chosen=st.lists(entries(), max_size=4),
    opening=st.one_of(st.none(), signed_sums),
    version=st.sampled_from([2, 8]),
)
def test_any_movements_come_back_as_they_were(
    chosen: list[Movement], opening: str | None, version: int
) -> None:
    account = Account(tuple(chosen), opening=opening)
    [statement] = read_bytes(file(account, version=version))
    assert statement.lines == lines_of(account)
    assert statement.pending == sum(one.status == "PDNG" for one in chosen)
    assert statement.opening == (Decimal(opening) if opening else None)


# ------------------------------------------------------------ spoiling

BATCH = replace(FIRST, amount="150.50", batch=(
    replace(FIRST, amount="100.00"), replace(ENTREPRENEUR, amount="50.50"),
))  # fmt: skip
SMALL = Account((FIRST, replace(FEE, reversal=True), BATCH))
SAMPLES = (
    usual(*USUAL),
    usual(*USUAL, version=8),
    file(SMALL, SMALL, version=8),
    message(SMALL, encoding="windows-1251").encode("cp1251"),
    message(SMALL, encoding="UTF-16").encode("utf-16"),
    zipped(
        [("a.xml", usual(FIRST)), ("b.xml", file(SMALL, version=8)), ("c.txt", b"")]
    ),
)
PIECES = (
    b"", b"\0", b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!--", b"<!DOCTYPE d>", b"-",
    b"9" * 40, b"NaN", b"1E9", b"\xff\xfe", b"\xef\xbb\xbf", b"PK\x03\x04",
    b"PK\x01\x02", b"<Ntry>", b"</Ntry>", b"<Amt>", b"<Id><Id>",
    b"<TxDtls/>", b"<Sts/>", b"<Dt/>",
    b"&#x202E;", b"&#0;", b"xmlns=''", b"9999-12-31", b"0000-00-00", b"T24:00:00",
    b"\xd0", b"\x98",
)  # fmt: skip


def spoilt(data: bytes, chance: random.Random) -> bytes:
    """Some bytes, pieces or spans of it changed, taken, doubled or swapped."""
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        start = chance.randrange(len(data) + 1)
        end = min(len(data), start + chance.choice((0, 1, 1, 4, 60)))
        span = chance.choice(
            (bytes([chance.randrange(256)]), chance.choice(PIECES), data[start:end] * 2)
        )
        data = data[:start] + span + data[end:]
    return data[: chance.choice((len(data),) * 9 + (chance.randrange(len(data) + 1),))]


def survives(data: bytes) -> None:
    try:
        statements = read_bytes(data)
    except NotAStatement as refused:
        str(refused)  # which needs all its parameters
        return
    for statement in statements:
        assert all(line.amount.is_finite() for line in statement.lines)
        total = sum(line.amount for line in statement.lines)
        if statement.opening is not None and statement.closing is not None:
            assert statement.opening + total == statement.closing


@given(st.sampled_from(SAMPLES), st.randoms(use_true_random=False))
@settings(max_examples=500)
def test_a_spoilt_file_is_read_or_refused(data: bytes, chance: random.Random) -> None:
    survives(spoilt(data, chance))


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    survives(data)
    survives(b"<" + data)
    survives(b"PK\x03\x04" + data)


@pytest.mark.long
def test_a_hundred_thousand_spoilt_files_are_read_or_refused() -> None:
    for seed in range(100_000):
        chance = random.Random(seed)
        survives(spoilt(chance.choice(SAMPLES), chance))
