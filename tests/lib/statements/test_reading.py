"""A statement says the same in every version, in one file or many."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from suprovid.lib import bounded
from suprovid.lib.statements import Line, Statement, from_answer, read_bytes
from tests.lib.statements.build import (
    ALPHA,
    ENTREPRENEUR,
    FEE,
    FIRST,
    IVAN,
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
from tests.lib.statements.oracle import lines_of

VERSIONS = [2, 3, 4, 6, 8, 12]


def only(data: bytes) -> Statement:
    [statement] = read_bytes(data)
    return statement


def line(*movements: Movement, version: int = 2) -> Line:
    return only(usual(*movements, version=version)).lines[0]


@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_tells_the_same_lines(version: int) -> None:
    statement = only(usual(*USUAL, version=version))
    assert statement.lines == lines_of(Account(USUAL))
    assert statement == only(usual(*USUAL))


def test_the_statement_tells_account_period_and_balances() -> None:
    statement = only(usual(*USUAL))
    assert (statement.account, statement.currency) == (OURS, "UAH")
    assert (statement.identity, statement.sequence) == ("STMT-1", "1")
    assert (statement.begins, statement.ends) == (date(2026, 11, 1), date(2026, 11, 9))
    assert statement.opening == Decimal("10000.00")
    assert statement.closing == Decimal("1256767.79")


def test_the_lawful_double_is_there_twice() -> None:
    third, fourth = only(usual(*USUAL)).lines[2:4]
    assert replace(third, number=4, reference="REF4") == fourth


def test_the_child_process_answers_what_the_reader_reads() -> None:
    data = file(Account(USUAL), Account((replace(FEE, status="PDNG"),)), version=8)
    assert from_answer(bounded.run("suprovid.lib.statements", data)) == read_bytes(data)


def test_several_statements_of_one_message_stay_apart() -> None:
    second = Account((ENTREPRENEUR,), number=IVAN, identity="STMT-2")
    first, other = read_bytes(file(Account(USUAL), second, version=8))
    assert first.lines == lines_of(Account(USUAL))
    assert (other.account, other.lines) == (IVAN, lines_of(second))


def test_a_zip_is_its_files_in_the_order_of_names() -> None:
    second = file(Account((ENTREPRENEUR,), identity="STMT-2"), version=8)
    data = zipped(
        [("b.XML", second), ("a/a.xml", usual(*USUAL)), ("a/a.xml.p7s", b"PK"),
         ("note.txt", b"<x>"), ("a/", b""), ("__MACOSX/._b.xml", b"\0\5")]
    )  # fmt: skip
    assert [one.identity for one in read_bytes(data)] == ["STMT-1", "STMT-2"]


# ----------------------------------------------------------------- letters and texts


@pytest.mark.parametrize(
    ("declared", "codec"),
    [
        ("windows-1251", "cp1251"),
        ("UTF-8", "utf-8"),
        ("UTF-8", "utf-8-sig"),
        ("utf-16", "utf-8"),
        ("UTF-16", "utf-16"),
        ("UTF-16", "utf-16-le"),
        ("UTF-16", "utf-16-be"),
        ("UTF-32", "utf-32"),
        ("UTF-32", "utf-32-be"),
    ],
)
def test_letters_come_through_whatever_they_are_written_in(
    declared: str, codec: str
) -> None:
    text = message(Account(USUAL), encoding=declared)
    assert only(text.encode(codec)).lines == lines_of(Account(USUAL))


def test_a_name_loses_the_marks_that_hide_and_turn() -> None:
    tricked = replace(
        FIRST, name="ТОВ\u202e «А\u200bЛЬ\u2066ФА»\ufeff\n \u00a0ТЕСТ\u00ad"
    )
    assert line(tricked).party_name == "ТОВ «АЛЬФА» ТЕСТ"


def test_letters_of_two_marks_become_one() -> None:
    assert line(replace(FIRST, name="Йосипі\u0308вна")).party_name == "Йосипївна"


def test_long_texts_keep_what_the_payment_system_carries() -> None:
    long = replace(FIRST, name="н" * 141, document="1" * 36, pieces=("п" * 421,))
    read = line(long)
    lengths = (len(read.party_name), len(read.document), len(read.purpose))
    assert lengths == (140, 35, 420)


def test_a_purpose_cut_at_140_is_joined_where_it_was_cut() -> None:
    pieces = ("а" * 138 + " №", "СФ-000123 від", "30.10.2026")
    joined = line(replace(FIRST, pieces=pieces)).purpose
    assert joined == "а" * 138 + " №СФ-000123 від 30.10.2026"


BY_REFERENCE = "<Strd><CdtrRefInf><Ref>СФ-9</Ref></CdtrRefInf></Strd>"
BY_DOCUMENT = "<Strd><RfrdDocInf><Nb>СФ-9</Nb></RfrdDocInf></Strd>"


@pytest.mark.parametrize(
    ("told", "purpose"),
    [
        (f"<RmtInf>{BY_REFERENCE}</RmtInf>", "СФ-9"),
        (f"<RmtInf><Ustrd>Оплата</Ustrd>{BY_DOCUMENT}</RmtInf>", "Оплата СФ-9"),
        (f"<RmtInf><Ustrd>Рах. СФ-9</Ustrd>{BY_REFERENCE}</RmtInf>", "Рах. СФ-9"),
        ("<AddtlTxInf>Комісія</AddtlTxInf>", "Комісія"),
        ("", "Разом за день"),
    ],
)
def test_a_purpose_is_found_where_the_bank_put_it(told: str, purpose: str) -> None:
    entry = replace(FIRST, pieces=(), more="<AddtlNtryInf>Разом за день</AddtlNtryInf>")
    text = message(Account((entry,))).replace("<RmtInf></RmtInf>", told)
    assert only(text.encode()).lines[0].purpose == purpose


# ----------------------------------------------------------------------------- parties


@pytest.mark.parametrize(
    ("codes", "code"),
    [
        (["99000011"], "99000011"),
        (["9999911112"], "9999911112"),
        (["771234567"], "771234567"),
        (["123456789"], ""),
        (["7-17", "99000011"], "99000011"),
        (["٩٩٠٠٠٠١١"], ""),
    ],
)
def test_the_code_of_a_payer_is_known_by_its_length(
    codes: list[str], code: str
) -> None:
    others = "".join(f"<Othr><Id>{text}</Id></Othr>" for text in codes)
    text = message(Account((FIRST,)), version=8)
    text = text.replace("<Othr><Id>99000011</Id></Othr>", others)
    assert only(text.encode()).lines[0].party_code == code


@pytest.mark.parametrize("version", VERSIONS)
def test_the_actual_payer_stands_beside_and_lends_its_code(version: int) -> None:
    by_post = replace(FIRST, name="УКРПОШТА", code="", actual=("АЛЬФА", "99000011"))
    read = line(by_post, version=version)
    assert (read.party_name, read.party_code) == ("УКРПОШТА", "99000011")
    assert (read.actual_name, read.actual_code) == ("АЛЬФА", "99000011")


def test_a_bank_that_pays_itself_is_a_party_too() -> None:
    text = message(Account((FIRST,)), version=8)
    start, end = text.index("<Pty>"), text.index("</Pty>") + len("</Pty>")
    agent = "<Agt><FinInstnId><Nm>АТ БАНК</Nm></FinInstnId></Agt>"
    statement = only((text[:start] + agent + text[end:]).encode())
    assert statement.lines[0].party_name == "АТ БАНК"


@pytest.mark.parametrize("version", [2, 8])
def test_a_reversal_is_told_and_keeps_the_side_of_the_money(version: int) -> None:
    back = replace(FEE, amount="100.11", reversal=True)
    read = line(back, version=version)
    assert (read.amount, read.reversal) == (Decimal("100.11"), True)
    assert read.party_name == "АТ ТЕСТБАНК"


def test_our_own_account_is_never_the_other_side() -> None:
    text = message(Account((replace(FIRST, iban=OURS),)))
    other = f"<CdtrAcct><Id><IBAN>{ALPHA}</IBAN></Id></CdtrAcct></RltdPties>"
    text = text.replace("</RltdPties>", other)
    assert only(text.encode()).lines[0].party_iban == ALPHA


def test_an_account_without_iban_is_read_by_its_number() -> None:
    assert line(replace(FIRST, iban="26007000000011")).party_iban == "26007000000011"
    assert only(file(Account((FIRST,), number="26001"))).account == "26001"


# -------------------------------------------------------------------------- references


def test_the_reference_is_the_banks_then_the_entrys() -> None:
    text = message(Account((FIRST,)))
    assert line(FIRST).firm
    text = text.replace("<AcctSvcrRef>REF1</AcctSvcrRef>", "<NtryRef>7</NtryRef>")
    read = only(text.encode()).lines[0]
    assert (read.reference, read.firm) == ("7", False)


def test_a_reference_met_twice_is_not_firm() -> None:
    statement = only(usual(FIRST, replace(FEE, reference="REF1"), ENTREPRENEUR))
    assert [read.firm for read in statement.lines] == [False, False, True]


def test_not_provided_is_nothing() -> None:
    assert line(replace(FIRST, document="NOTPROVIDED")).document == "REF1"


# ----------------------------------------------------------------------- sums and dates


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("7200.00000", "7200.00"),
        ("7200.1", "7200.10"),
        ("7200", "7200.00"),
        ("0000.01", "0.01"),
        (" 5.00\n", "5.00"),
        ("1000000000000", "1000000000000.00"),
    ],
)
def test_a_sum_has_two_decimals_however_it_is_written(text: str, amount: str) -> None:
    plain = file(Account((replace(FIRST, amount=text),), opening=None))
    read = only(plain).lines[0]
    assert str(read.amount) == amount


def test_an_entry_of_nothing_is_counted_apart() -> None:
    statement = only(usual(FIRST, replace(FEE, amount="0.00"), ENTREPRENEUR))
    assert statement.empty == 1
    assert [read.number for read in statement.lines] == [1, 2]


@pytest.mark.parametrize(
    ("told", "moment"),
    [
        (
            "<DtTm>2026-11-02T09:15:30Z</DtTm>",
            datetime(2026, 11, 2, 9, 15, 30, tzinfo=UTC),
        ),
        ("<DtTm>2026-11-02T09:15:30</DtTm>", at(2, 9, 15, 30)),
        ("<DtTm>2026-11-02T08:15:30.000000000+01:00</DtTm>", at(2, 9, 15, 30)),
        ("<Dt>2026-11-02</Dt>", at(2)),
        ("<Dt>2026-11-02+02:00</Dt>", at(2)),
    ],
)
def test_a_moment_is_of_kyiv_unless_it_tells_its_zone(
    told: str, moment: datetime
) -> None:
    text = message(Account((FIRST,))).replace(
        f"<DtTm>{FIRST.at.isoformat()}</DtTm>", told
    )
    read = only(text.encode()).lines[0]
    assert read.booked_at == moment
    assert read.booked_at.date() == date(2026, 11, 2)


def test_the_repeated_hour_of_october_stays_in_order() -> None:
    autumn = Account((), begins=None, ends=None)
    early = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    late = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    movements = tuple(replace(FIRST, at=moment) for moment in (early, late))
    first, second = only(file(replace(autumn, movements=movements))).lines
    assert first.booked_at < second.booked_at
    assert first.booked_at.hour == second.booked_at.hour == 3


def test_the_day_of_value_stands_in_for_the_day_of_booking() -> None:
    text = message(Account((replace(FIRST, value_on=date(2026, 11, 3)),)))
    text = text.replace(f"<BookgDt><DtTm>{FIRST.at.isoformat()}</DtTm></BookgDt>", "")
    read = only(text.encode()).lines[0]
    assert (read.booked_at, read.value_on) == (at(3), date(2026, 11, 3))


# --------------------------------------------------------------------- what is not ours


@pytest.mark.parametrize("version", [2, 8])
def test_what_is_not_booked_is_counted_and_not_posted(version: int) -> None:
    pending = replace(ENTREPRENEUR, status="PDNG")
    statement = only(
        usual(FIRST, pending, replace(FEE, status="INFO"), version=version)
    )
    assert statement.lines == lines_of(Account((FIRST,)))
    assert statement.pending == 1


# ----------------------------------------------------------------------------- batches

PARTS = (
    replace(FIRST, amount="100.00", reference="", document="1"),
    replace(ENTREPRENEUR, amount="50.50", reference="", document="2"),
)
BATCH = replace(FIRST, amount="150.50", batch=PARTS)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_batch_is_a_line_for_each_payment(version: int) -> None:
    statement = only(usual(FEE, BATCH, ENTREPRENEUR, version=version))
    assert statement.lines == lines_of(Account((FEE, BATCH, ENTREPRENEUR)))
    assert [one.reference for one in statement.lines[1:3]] == ["REF1/1", "REF1/2"]


def test_payments_of_a_batch_keep_their_own_references() -> None:
    own = tuple(replace(part, reference=f"OWN{part.document}") for part in PARTS)
    statement = only(usual(replace(BATCH, batch=own), version=8))
    assert [one.reference for one in statement.lines] == ["OWN1", "OWN2"]
    same = tuple(replace(part, reference="OWN") for part in PARTS)
    statement = only(usual(replace(BATCH, batch=same), version=8))
    assert [one.reference for one in statement.lines] == ["OWN/1", "OWN/2"]


@pytest.mark.parametrize("second", ["", "50.49"])
def test_a_batch_that_does_not_add_up_is_one_line_of_what_is_common(
    second: str,
) -> None:
    parts = (PARTS[0], replace(PARTS[0], amount=second, document="2"))
    read = line(replace(BATCH, batch=parts), version=8)
    assert (read.amount, read.party_code) == (Decimal("150.50"), "99000011")
    assert (read.document, read.purpose) == ("REF1", " ".join(FIRST.pieces))


def test_a_batch_may_hold_both_sides() -> None:
    parts = (PARTS[0], replace(FEE, amount="-20.00", reference=""))
    statement = only(usual(replace(BATCH, amount="80.00", batch=parts), version=8))
    assert [str(one.amount) for one in statement.lines] == ["100.00", "-20.00"]
    assert statement.lines[1].party_name == "АТ ТЕСТБАНК"


# ---------------------------------------------------------------------------- balances


@pytest.mark.parametrize(
    ("told", "opening", "closing"),
    [
        (["PRCD 1.00", "CLBD 7201.00"], "1.00", "7201.00"),
        (["OPBD -7200.00", "PRCD 5.00", "CLBD 0.00"], "-7200.00", "0.00"),
        (["ITBD 1.00", "CLBD 7201.00"], "1.00", "7201.00"),
        (["OPBD 1.00", "ITBD 7201.00"], "1.00", "7201.00"),
        (["ITBD 1.00", "ITBD 7201.00"], "1.00", "7201.00"),
        (["ITBD 1.00"], "None", "None"),
        (["CLBD 7201.00", "CLAV 9.00"], "None", "7201.00"),
        ([], "None", "None"),
    ],
)
def test_balances_are_known_by_their_kind(
    told: list[str], opening: str, closing: str
) -> None:
    balances = "".join(balance(one[:4], one[5:], date(2026, 11, 1)) for one in told)
    statement = only(file(Account((FIRST,), balances=balances)))
    assert (str(statement.opening), str(statement.closing)) == (opening, closing)


def test_a_period_that_the_balances_contradict_is_not_held_against_the_lines() -> None:
    balances = balance("OPBD", "0.00", date(2026, 11, 2))
    copied = Account((FIRST,), begins=date(2007, 1, 1), ends=date(2007, 1, 2))
    statement = only(file(replace(copied, balances=balances)))
    assert (statement.begins, statement.ends) == (date(2026, 11, 2), None)
