"""What is wrong with a statement is told by its cause, and where it is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from suprovid.lib.statements import Cause, camt053, read_bytes, reading, xml
from tests.lib.statements.build import (
    ENTREPRENEUR,
    FIRST,
    OURS,
    USUAL,
    Account,
    Movement,
    at,
    balance,
    file,
    message,
    usual,
    zipped,
)
from tests.lib.statements.oracle import refusal


def second(movement: Movement) -> bytes:
    """A statement whose second line is that one; balances are not told."""
    return file(Account((FIRST, movement), opening=None))


@pytest.mark.parametrize(
    ("amount", "cause"),
    [
        ("NaN", Cause.BAD_SUM),
        ("Infinity", Cause.BAD_SUM),
        ("7.2E+999999", Cause.BAD_SUM),
        ("", Cause.BAD_SUM),
        ("7 200.00", Cause.BAD_SUM),
        ("7200,00", Cause.BAD_SUM),
        ("0x10", Cause.BAD_SUM),
        ("٧٢٠٠", Cause.BAD_SUM),
        ("1_000", Cause.BAD_SUM),
        ("1.000000", Cause.BAD_SUM),
        ("--7200.00", Cause.NEGATIVE_SUM),
        ("7200.00100", Cause.FRACTION),
        ("1000000000000.01", Cause.SUM_TOO_LARGE),
        ("9" * 31, Cause.SUM_TOO_LARGE),
        ("9" * 50_000, Cause.SUM_TOO_LARGE),
    ],
)
def test_a_sum_that_is_none_is_refused_with_its_line(amount: str, cause: Cause) -> None:
    refused = refusal(second(replace(FIRST, amount=amount)))
    assert refused.cause == cause
    assert refused.params["line"] == "2"
    assert refused.params["account"] == OURS
    assert len(refused.params["told"]) <= 60


def test_a_part_of_a_batch_must_be_a_sum_too() -> None:
    parts = (replace(FIRST, amount="NaN"), replace(FIRST, amount="1.00"))
    for batch in (parts, parts[:1]):
        refused = refusal(second(replace(FIRST, batch=batch)))
        assert refused.cause == Cause.BAD_SUM


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ('Ccy="UAH">7200', 'Ccy="USD">7200', Cause.LINE_CURRENCY),
        ('Ccy="UAH">7200', ">7200", Cause.LINE_CURRENCY),
        ("<CdtDbtInd>CRDT</CdtDbtInd><Sts>", "<Sts>", Cause.NO_SIGN),
        ("CRDT</CdtDbtInd><Sts>", "Дт</CdtDbtInd><Sts>", Cause.NO_SIGN),
        ("BOOK", "DONE", Cause.BAD_STATUS),
        ("<Sts>BOOK</Sts>", "", Cause.BAD_STATUS),
        ("2026-11-02T09:15:30+02:00", "02.11.2026", Cause.BAD_DATE),
        ("2026-11-02T09:15:30+02:00", "2026-02-30T09:15:30", Cause.BAD_DATE),
        ("2026-11-02T09:15:30+02:00", "2026-11-02T25:00:00", Cause.BAD_DATE),
        ("2026-11-02T09:15:30+02:00", "2026-11-02T09:15:30+99:00", Cause.BAD_DATE),
        ("2026-11-02T09:15:30+02:00", "1989-12-31T09:15:30", Cause.BAD_DATE),
        ("2026-11-02T09:15:30+02:00", "2100-01-01T00:00:00", Cause.BAD_DATE),
        ("2026-11-02T09:15:30+02:00", "0001-01-01T00:00:00+14:00", Cause.BAD_DATE),
        ("<DtTm>2026-11-02T09:15:30+02:00</DtTm>", "", Cause.BAD_DATE),
        ("2026-11-02T09", "2026-11-12T09", Cause.OUT_OF_PERIOD),
        ("2026-11-02T09", "2026-10-30T09", Cause.OUT_OF_PERIOD),
    ],
)
@pytest.mark.parametrize("version", [2, 8])
def test_a_faulty_line_is_refused_with_its_number(
    old: str, new: str, cause: Cause, version: int
) -> None:
    text = message(Account((FIRST,)), version=version)
    if version == 8:
        old, new = (told.replace("<Sts>BOOK", "<Sts><Cd>BOOK") for told in (old, new))
        old = old.replace("BOOK</Sts>", "BOOK</Cd></Sts>")
    assert old in text
    refused = refusal(text.replace(old, new).encode())
    assert (refused.cause, refused.params["line"]) == (cause, "1")
    assert refused.params["account"] == OURS


def test_a_line_a_day_beside_its_period_is_taken() -> None:
    beside = (replace(FIRST, at=at(10, 23)), replace(FIRST, at=at(1)))
    assert len(read_bytes(usual(*beside))[0].lines) == 2


def test_a_closing_that_does_not_follow_is_refused_with_both_figures() -> None:
    refused = refusal(file(Account(USUAL, closing="1256768.79")))
    assert refused.cause == Cause.WRONG_SUM
    assert refused.params == {
        "account": OURS,
        "expected": "1256767.79",
        "told": "1256768.79",
    }


@pytest.mark.parametrize(
    ("account", "cause"),
    [
        (Account((FIRST,), number=""), Cause.NO_ACCOUNT),
        (Account((), currency="", opening=None), Cause.NO_CURRENCY),
        (Account((), currency="гривня"), Cause.NO_CURRENCY),
        (Account((FIRST,), closing="1.005"), Cause.BAD_BALANCE),
        (Account((FIRST,), closing="NaN"), Cause.BAD_BALANCE),
    ],
)
def test_a_faulty_head_is_refused(account: Account, cause: Cause) -> None:
    assert refusal(file(account)).cause == cause


def test_a_balance_in_other_money_is_refused() -> None:
    balances = balance("CLBD", "7201.00", date(2026, 11, 1), currency="SEK")
    refused = refusal(file(Account((FIRST,), balances=balances)))
    assert refused.cause == Cause.BALANCE_CURRENCY
    assert (refused.params["told"], refused.params["currency"]) == ("SEK", "UAH")


def test_a_period_that_is_no_date_is_refused() -> None:
    text = message(Account((FIRST,))).replace("<FrDtTm>2026", "<FrDtTm>26")
    assert refusal(text.encode()).cause == Cause.BAD_PERIOD


# ------------------------------------------------------------ the whole message


def test_a_message_without_a_statement_is_refused() -> None:
    assert refusal(file()).cause == Cause.NO_STATEMENT


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (message(Account(), kind="052"), "camt.052.001.02"),
        (message(Account(), kind="054", version=8), "camt.054.001.08"),
        (message(Account(), version=1), "camt.053.001.01"),
        (message(Account()).replace("camt.053.001.02", "pain.001.001.09"), "pain"),
    ],
)
def test_another_message_is_called_by_its_name(text: str, told: str) -> None:
    refused = refusal(text.encode())
    assert refused.cause == Cause.OTHER_MESSAGE
    assert refused.params["message"].startswith(told)


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("<ROWDATA><ROW/></ROWDATA>", "ROWDATA"),
        ("<html><body>Увійдіть</body></html>", "html"),
        (message(Account()).replace("Document", "Envelope"), "{urn"),
        (message(Account()).replace("urn:iso", "urn:osi"), "{urn:osi"),
    ],
)
def test_xml_of_another_kind_is_told_by_its_root(text: str, root: str) -> None:
    refused = refusal(text.encode())
    assert refused.cause == Cause.WRONG_ROOT
    assert refused.params["root"].startswith(root)


def test_a_file_cut_anywhere_is_refused() -> None:
    data = usual(FIRST)
    cuts = {refusal(data[:cut]).cause for cut in range(1, len(data) - 1)}
    assert cuts <= {Cause.TRUNCATED, Cause.ENCODING}
    assert refusal(data[:300]).cause == Cause.TRUNCATED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</Ntry>", "</Entry>"),
        ("<Sts>", "<Sts >&nbsp;"),
        ("<Sts>", "<Sts>\x01"),
        ("</Document>", "</Document><Document/>"),
        ('Ccy="UAH"', "Ccy=UAH"),
    ],
)
def test_broken_xml_is_refused_with_its_place(old: str, new: str) -> None:
    refused = refusal(message(Account((FIRST,))).replace(old, new).encode())
    assert refused.cause == Cause.BROKEN_XML
    assert refused.params["row"] == "2"


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (message(Account((FIRST,))).encode("cp1251"), Cause.ENCODING),
        (message(Account((FIRST,)), encoding="EBCDIC-1").encode(), Cause.ENCODING),
        (message(Account((FIRST,)), encoding="utf-7").encode(), Cause.ENCODING),
        ("Виписка за листопад".encode(), Cause.NOT_XML),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 64, Cause.NOT_XML),
    ],
)
def test_letters_that_cannot_be_read_are_refused(data: bytes, cause: Cause) -> None:
    assert refusal(data).cause == cause


# ------------------------------------------------------------ allowances


def test_a_file_beyond_the_allowance_is_refused() -> None:
    assert refusal(b"<" + b" " * reading.LARGEST).cause == Cause.TOO_LARGE


def test_more_lines_than_allowed_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_LINES", 3)
    three = [FIRST, ENTREPRENEUR, FIRST]
    assert len(read_bytes(usual(*three))[0].lines) == 3
    assert refusal(usual(*three, FIRST)).cause == Cause.TOO_MANY_LINES
    split = zipped([("1.xml", usual(*three)), ("2.xml", usual(FIRST))])
    assert refusal(split).cause == Cause.TOO_MANY_LINES


def test_a_text_beyond_the_allowance_is_refused() -> None:
    long = replace(FIRST, name="н" * (xml.LONGEST_TEXT + 1))
    assert refusal(usual(long)).cause == Cause.LONG_TEXT
    assert refusal(usual(long)).params["field"] == "Nm"


def test_depth_and_parts_beyond_the_allowance_are_refused() -> None:
    deep = "<X>" * xml.DEEPEST + "</X>" * xml.DEEPEST
    assert refusal(usual(replace(FIRST, more=deep))).cause == Cause.TOO_DEEP
    wide = "<X/>" * (xml.MOST_PARTS + 1)
    assert refusal(usual(replace(FIRST, more=wide))).cause == Cause.TOO_MANY_PARTS


def test_a_batch_may_have_more_payments_than_an_entry_parts() -> None:
    parts = (replace(FIRST, amount="1.00", reference=""),) * (xml.MOST_PARTS + 1)
    batch = replace(FIRST, amount=f"{len(parts)}.00", batch=parts)
    assert len(read_bytes(usual(batch, version=8))[0].lines) == len(parts)


def test_the_figures_are_those_of_the_rules() -> None:
    assert (camt053.MOST_LINES, xml.DEEPEST, xml.LONGEST_TEXT) == (200_000, 32, 100_000)
