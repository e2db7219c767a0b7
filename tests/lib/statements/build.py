"""Statements as banks write them, made of movements; nothing here reads camt.053."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from xml.sax.saxutils import escape

WINTER = timezone(timedelta(hours=2))
OURS = "UA093999990000026001000000017"
ALPHA = "UA753888880000026007000000011"
IVAN = "UA963777770000026002000000025"
BANK = "UA963999990000037390000000001"


@dataclass(frozen=True)
class Movement:
    """What a bank knows of a movement; `amount` below zero is money out."""

    amount: str
    at: datetime
    reference: str = ""
    document: str = ""
    name: str = ""
    code: str = ""
    iban: str = ""
    bank: str = ""
    pieces: tuple[str, ...] = ()
    value_on: date | None = None
    status: str = "BOOK"
    reversal: bool = False
    currency: str = "UAH"
    actual: tuple[str, str] = ("", "")
    batch: tuple[Movement, ...] = ()
    """Its parts, when it is an entry of many."""
    more: str = ""
    """Further XML at the end of the entry."""


@dataclass(frozen=True)
class Account:
    """A statement: its head and its movements."""

    movements: tuple[Movement, ...] = ()
    opening: str | None = "10000.00"
    closing: str | None = None
    """None: what opening and booked movements make."""
    number: str = OURS
    currency: str = "UAH"
    identity: str = "STMT-1"
    sequence: str = "1"
    begins: date | None = date(2026, 11, 1)
    ends: date | None = date(2026, 11, 9)
    balances: str | None = None
    """XML in place of the two balances."""


def at(day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, second, tzinfo=WINTER)


FIRST = Movement(
    "7200.00", at(2, 9, 15, 30), "REF1", "101", "ТОВ «АЛЬФА ТЕСТ»", "99000011", ALPHA,
    "388888", ("Оплата зг. рах. № СФ-000123 від 30.10.2026",),
)  # fmt: skip
ENTREPRENEUR = Movement(
    "1500.00", at(2, 10, 2), "REF2", "55", "ФОП ТЕСТОВИЙ ІВАН", "9999911112", IVAN,
    "377777", ("Сплата за листопад 2026 р., без ПДВ",),
)  # fmt: skip
DOUBLE = replace(FIRST, amount="3600.00", at=at(3, 11, 40, 10), document="102")
FEE = Movement(
    "-100.11", at(4, 18), "REF5", "777", "АТ ТЕСТБАНК", "99000028", BANK, "399999",
    ("Комісія банку за РКО",),
)  # fmt: skip
USUAL = (
    FIRST,
    ENTREPRENEUR,
    replace(DOUBLE, reference="REF3"),
    replace(DOUBLE, reference="REF4"),
    FEE,
    replace(ENTREPRENEUR, amount="0.01", at=at(5, 8, 59, 59), reference="REF6"),
    replace(FIRST, amount="-3600.00", at=at(6, 12, 30), reference="REF7"),
    replace(FIRST, amount="1234567.89", at=at(9, 23, 59, 59), reference="REF8"),
)
"""An invoice, a person, a lawful double, a fee, a kopeck, a refund, a fortune."""


# --------------------------------------------------------------------------- messages


def message(
    *accounts: Account, version: int = 2, encoding: str = "UTF-8", kind: str = "053"
) -> str:
    body = "".join(_statement(account, version) for account in accounts)
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>\n'
        f'<Document xmlns="{namespace(version, kind)}"><BkToCstmrStmt>'
        "<GrpHdr><MsgId>M-1</MsgId><CreDtTm>2026-11-10T06:00:00+02:00</CreDtTm></GrpHdr>"
        f"{body}</BkToCstmrStmt></Document>"
    )


def namespace(version: int, kind: str = "053") -> str:
    return f"urn:iso:std:iso:20022:tech:xsd:camt.{kind}.001.{version:02}"


def file(*accounts: Account, version: int = 2) -> bytes:
    return message(*accounts, version=version).encode()


def usual(*movements: Movement, version: int = 2) -> bytes:
    """A file of one statement that is right."""
    return file(Account(movements), version=version)


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return packed.getvalue()


def tag(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>" if text else ""


def _statement(account: Account, version: int) -> str:
    entries = "".join(_entry(one, version) for one in account.movements)
    return (
        f"<Stmt>{tag('Id', account.identity)}"
        f"{tag('ElctrncSeqNb', account.sequence)}"
        f"<CreDtTm>2026-11-10T06:00:00+02:00</CreDtTm>{_period(account)}"
        f"<Acct><Id>{_number(account.number)}</Id>{tag('Ccy', account.currency)}</Acct>"
        f"{_balances(account)}{entries}</Stmt>"
    )


def _period(account: Account) -> str:
    if not (account.begins and account.ends):
        return ""
    return (
        f"<FrToDt><FrDtTm>{account.begins}T00:00:00+02:00</FrDtTm>"
        f"<ToDtTm>{account.ends}T23:59:59+02:00</ToDtTm></FrToDt>"
    )


def _number(number: str) -> str:
    scheme = "IBAN" if number[:2].isalpha() else "Othr"
    return f"<IBAN>{number}</IBAN>" if scheme == "IBAN" else (
        f"<Othr><Id>{escape(number)}</Id></Othr>" if number else ""
    )  # fmt: skip


def _balances(account: Account) -> str:
    if account.balances is not None:
        return account.balances
    if account.opening is None:
        return ""
    closing = account.closing or str(closing_of(account))
    return balance("OPBD", account.opening, account.begins, account.currency) + balance(
        "CLBD", closing, account.ends, account.currency
    )


def closing_of(account: Account) -> Decimal:
    booked = (one for one in account.movements if one.status == "BOOK")
    return sum((Decimal(one.amount) for one in booked), Decimal(account.opening or "0"))


def balance(kind: str, value: str, on: date | None, currency: str = "UAH") -> str:
    day = f"<Dt><Dt>{on}</Dt></Dt>" if on else ""
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>"
        f"{_amount(value, currency)}{day}</Bal>"
    )


def _amount(value: str, currency: str) -> str:
    """Sum and side; a value like "--5" writes a sum below zero."""
    side = "DBIT" if value.startswith("-") else "CRDT"
    return (
        f'<Amt Ccy="{currency}">{escape(value.removeprefix("-"))}</Amt>'
        f"<CdtDbtInd>{side}</CdtDbtInd>"
    )


def _entry(one: Movement, version: int) -> str:
    status = f"<Cd>{one.status}</Cd>" if version >= 8 else one.status
    parts = one.batch or (one,)
    details = "".join(_transaction(part, one, version) for part in parts)
    value = f"<ValDt><Dt>{one.value_on}</Dt></ValDt>" if one.value_on else ""
    reversal = "<RvslInd>true</RvslInd>" if one.reversal else ""
    return (
        f"<Ntry>{_amount(one.amount, one.currency)}{reversal}<Sts>{status}</Sts>"
        f"<BookgDt><DtTm>{one.at.isoformat()}</DtTm></BookgDt>{value}"
        f"{tag('AcctSvcrRef', one.reference)}<BkTxCd/>"
        f"<NtryDtls>{details}</NtryDtls>{one.more}</Ntry>"
    )


def _transaction(part: Movement, entry: Movement, version: int) -> str:
    """Version 02 tells the sum of a part in AmtDtls, later ones with its side."""
    sums = _amount(part.amount, part.currency) if part.amount else ""
    if version == 2 and sums:
        sums = f"<AmtDtls><TxAmt>{sums.split('<Cdt')[0]}</TxAmt></AmtDtls>"
    own = part.reference if part is not entry else ""
    refs = tag("AcctSvcrRef", own) + tag("EndToEndId", part.document)
    texts = "".join(tag("Ustrd", piece) for piece in part.pieces)
    return (
        f"<TxDtls><Refs>{refs}</Refs>{sums}{_sides(part, entry, version)}"
        f"<RmtInf>{texts}</RmtInf></TxDtls>"
    )


def _sides(part: Movement, entry: Movement, version: int) -> str:
    out = (part.amount or entry.amount).startswith("-") != entry.reversal
    side = "Cdtr" if out else "Dbtr"
    who = _person(side, part.name, part.code, version)
    actual = _person(f"Ultmt{side}", *part.actual, version)
    account = f"<Id>{_number(part.iban)}</Id>" if part.iban else ""
    agent = f"<ClrSysMmbId>{tag('MmbId', part.bank)}</ClrSysMmbId>" if part.bank else ""
    return (
        f"<RltdPties>{who}{f'<{side}Acct>{account}</{side}Acct>' if account else ''}"
        f"{actual}</RltdPties><RltdAgts><{side}Agt><FinInstnId>{agent}"
        f"</FinInstnId></{side}Agt></RltdAgts>"
    )


def _person(side: str, name: str, code: str, version: int) -> str:
    if not (name or code):
        return ""
    kind = "PrvtId" if len(code) == 10 else "OrgId"
    scheme = f"<{kind}><Othr><Id>{code}</Id></Othr></{kind}>" if code else ""
    told = tag("Nm", name) + (f"<Id>{scheme}</Id>" if scheme else "")
    return f"<{side}>{f'<Pty>{told}</Pty>' if version >= 8 else told}</{side}>"
