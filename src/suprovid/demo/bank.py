"""What the bank tells in the demo: accounts of ours, a statement of the last day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from xml.sax.saxutils import escape

from stdnum import iban

from suprovid.contracts.models import Contract
from suprovid.demo.case import Department
from suprovid.demo.clients import CLIENTS, Known
from suprovid.demo.clock import Story
from suprovid.money import actions as money
from suprovid.money.models import Invoice

OPENING = Decimal("84310.40")
PAYERS = CLIENTS[-6:]
"""Served for long: their invoices of this month are paid on the last day."""


def account(number: int, bank: str = "399999") -> str:
    """An IBAN that checks, of a bank that does not exist."""
    bare = f"UA00{bank}{number:019}"
    return f"UA{iban.calc_check_digits(bare)}{bare[4:]}"


CURRENT, SAVINGS = account(26007000004517), account(26008000004524)


@dataclass(frozen=True)
class Movement:
    """One entry of the statement; below zero: money out."""

    at: datetime
    amount: Decimal
    purpose: str
    name: str
    code: str = ""
    iban: str = ""


def bank(d: Department) -> Story:
    """Invoices of the month, and how the accountant meets the money for them."""
    yield d.days.at(3, "11:20")
    for number, name in (
        (CURRENT, "Поточний рахунок"),
        (SAVINGS, "Депозитний рахунок"),
    ):
        money.add_account(actor=d.by("halyna"), iban=number, name=name)
    invoices = [_issue(d, known) for known in (*PAYERS, PAYERS[1])]
    yield d.days.at(0, "15:02")
    day = d.days.at(0, "09:26")
    money.import_statement(
        actor=d.by("halyna"),
        data=statement(tuple(_movements(day, invoices))),
        name=f"виписка {day:%d.%m.%Y}.xml",
    )


def _issue(d: Department, known: Known) -> Invoice:
    contract = Contract.objects.get(client__code=known.code)
    return money.issue_invoice(
        actor=d.by("halyna"),
        contract_id=contract.pk,
        issued_on=d.now.date(),
        total=Decimal(1080 + 420 * known.seats) * Decimal("1.2"),
        note="Обслуговування за місяць",
    )


def _movements(day: datetime, invoices: Sequence[Invoice]) -> Iterator[Movement]:
    """Two that leave no doubt, three to look at, three nobody's, one of our own."""
    sure, double, part, unnamed, also_sure, last, second = invoices
    for one, known in ((sure, PAYERS[0]), (also_sure, PAYERS[4])):
        yield _of(known, day, one.total, f"Оплата зг. рах. № {one.number}, у т. ч. ПДВ")
    both = f"за послуги зг. рах. {double.number}, {second.number}, без ПДВ"
    yield _of(PAYERS[1], day, double.total + second.total, both)
    some = f"часткова оплата рахунка {part.number}"
    yield _of(PAYERS[2], day, part.total - 500, some)
    yield _of(PAYERS[3], day, unnamed.total, "за інформаційні послуги")
    yield Movement(
        day,
        last.total / 2,
        "оплата за доступ до системи",
        "ФОП Гринько М. С.",
        iban=account(26002000000310, "388888"),
    )
    yield Movement(
        day, Decimal("356.00"), "нараховані відсотки на залишок", "АТ «Банк»"
    )
    yield Movement(
        day,
        Decimal("12000.00"),
        "переказ між власними рахунками",
        "Правовий вимір",
        iban=SAVINGS,
    )
    yield Movement(
        day, Decimal("-118.50"), "комісія за розрахункове обслуговування", "АТ «Банк»"
    )


def _of(known: Known, day: datetime, amount: Decimal, purpose: str) -> Movement:
    number = account(26000000000000 + int(known.code), "388888")
    return Movement(day, amount, purpose, known.name, known.code, number)


# ---------------------------------------------------------------- camt.053


def statement(movements: Sequence[Movement]) -> bytes:
    """One day of the current account, as a bank writes it."""
    day = movements[0].at.date()
    closing = OPENING + sum((one.amount for one in movements), Decimal(0))
    balances = _balance("OPBD", OPENING, day) + _balance("CLBD", closing, day)
    entries = "".join(_entry(n, one) for n, one in enumerate(movements, 1))
    told = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">'
        f"<BkToCstmrStmt><GrpHdr><MsgId>{day:%Y%m%d}</MsgId>"
        f"<CreDtTm>{day}T23:59:59</CreDtTm></GrpHdr><Stmt><Id>{day:%Y%m%d}</Id>"
        f"<CreDtTm>{day}T23:59:59</CreDtTm><FrToDt><FrDtTm>{day}T00:00:00</FrDtTm>"
        f"<ToDtTm>{day}T23:59:59</ToDtTm></FrToDt>"
        f"<Acct><Id><IBAN>{CURRENT}</IBAN></Id><Ccy>UAH</Ccy></Acct>"
        f"{balances}{entries}</Stmt></BkToCstmrStmt></Document>"
    )
    return told.encode()


def _balance(kind: str, value: Decimal, day: object) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>{_amount(value)}"
        f"<Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def _amount(value: Decimal) -> str:
    side = "DBIT" if value < 0 else "CRDT"
    return f'<Amt Ccy="UAH">{abs(value):.2f}</Amt><CdtDbtInd>{side}</CdtDbtInd>'


def _entry(number: int, one: Movement) -> str:
    party = "Cdtr" if one.amount < 0 else "Dbtr"
    code = (
        f"<Id><OrgId><Othr><Id>{one.code}</Id></Othr></OrgId></Id>" if one.code else ""
    )
    side = f"<{party}><Nm>{escape(one.name)}</Nm>{code}</{party}>"
    if one.iban:
        side += f"<{party}Acct><Id><IBAN>{one.iban}</IBAN></Id></{party}Acct>"
    return (
        f"<Ntry>{_amount(one.amount)}<Sts>BOOK</Sts>"
        f"<BookgDt><DtTm>{one.at.isoformat()}</DtTm></BookgDt>"
        f"<AcctSvcrRef>D{number:06}</AcctSvcrRef><NtryDtls><TxDtls>"
        f"<Refs><EndToEndId>{100 + number}</EndToEndId></Refs>"
        f"<RltdPties>{side}</RltdPties>"
        f"<RmtInf><Ustrd>{escape(one.purpose)}</Ustrd></RmtInf>"
        f"</TxDtls></NtryDtls></Ntry>"
    )
