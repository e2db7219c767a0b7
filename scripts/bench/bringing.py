"""What comes in from files: clients with contracts, the statements of a bank."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import partial
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.test import Client as Browser
from stdnum.ua import edrpou

from scripts.bench import bases
from scripts.bench.figures import Figure, milliseconds
from suprovid.clients.models import Client
from suprovid.contracts.models import Contract, Kit, Line
from suprovid.demo.cast import hire
from suprovid.intake import actions
from suprovid.intake.queries import opened
from suprovid.journal.rules import Actor, Channel
from suprovid.money import actions as money
from suprovid.money.models import Invoice
from suprovid.web.exporting import workbook

BATCH, SINGLY, BOUND, LONG = 500, 100, 25, 1_000
OURS = "UA093999990000026001000000017"
SECONDS, TIMES = 10, 12
LINE = ("Комплект", "Періодичність", "Ціна на місяць, грн")


def clients(quick: bool) -> Iterator[Figure]:  # noqa: FBT001 - as every part is called
    """1,000 and 10,000 clients with contracts through the real path.

    Bound: 25 times a raw bulk insert of the same rows; told beside single API creates.
    """
    for count in (10, 50) if quick else (1_000, 10_000):
        base = bases.created(f"lists{count}")
        with base.within():
            yield from _clients(count, datetime.now(UTC))
        base.drop()


def _clients(count: int, now: datetime) -> Iterator[Figure]:
    data = a_list(count, first=0)
    bringing = milliseconds(partial(bring, data, now))
    raw = milliseconds(partial(insert_raw, count, now))
    yield Figure(
        "import",
        bases.vendor(),
        f"{count:,} clients with contracts from XLSX, beside a raw bulk insert",
        large=round(bringing, 1),
        small=round(raw, 1),
        bound=BOUND if count >= LONG else None,  # a child takes its start-up anyway
    )
    singly = min(count, SINGLY)
    one = milliseconds(partial(create_singly, singly, now)) / singly
    yield Figure(
        "import",
        bases.vendor(),
        f"one row of {count:,} by the import, beside API creates ({singly} measured)",
        large=round(bringing / count, 3),
        small=round(one, 3),
    )


def a_list(count: int, first: int) -> bytes:
    """A sheet as a department keeps it, with some of what Excel spoils in it."""
    heading = [("Договір №", "Дата договору", "Клієнт", "Місто", "Код ЄДРПОУ", *LINE)]
    day = date(2026, 2, 3)
    rows = [
        (
            f"{number}/26",
            day if number % 3 else "3 лютого 2026 р.",
            f"КП «Підприємство {number}»",
            "м.Київ" if number % 5 else "Одеса",
            int(code(number)) if number % 2 else code(number),
            "Базовий",
            "щомісяця",
            1250 if number % 4 else "1 250,00 грн",
        )
        for number in range(first, first + count)
    ]
    return workbook("Клієнти", heading, rows)


def code(number: int) -> str:
    stem = f"{1_000_000 + number:07}"
    return stem + str(edrpou.calc_check_digit(stem))


def bring(data: bytes, now: datetime) -> None:
    """What `suprovid import clients` does: the child, the rules, the transaction."""
    by = Actor(None, Channel.CONSOLE, now)
    report = actions.import_list(
        actor=by, data=data, name="клієнти.xlsx", opened=opened(data)
    )
    if report.problems or not report.brought.created:
        raise SystemExit(f"The list was not brought in: {report.problems[:3]}")


def insert_raw(count: int, now: datetime) -> None:
    """The same clients, contracts and lines, and nothing else: no words, no facts."""
    kit = Kit.objects.get(name="Базовий")
    with transaction.atomic():
        clients = Client.objects.bulk_create(
            [_client(number, now) for number in range(count)], batch_size=BATCH
        )
        contracts = Contract.objects.bulk_create(
            [_contract(one, now) for one in clients], batch_size=BATCH
        )
        Line.objects.bulk_create(
            [_line(contract, kit) for contract in contracts], batch_size=BATCH
        )


def _client(number: int, now: datetime) -> Client:
    name = f"КП «Сире {number}»"
    return Client(
        name=name,
        code=f"7{number:08}",
        code_kind="other",
        sort_key=name,
        created_at=now,
    )


def _contract(client: Client, now: datetime) -> Contract:
    number = f"с{client.code}/26"
    day = now.date()
    return Contract(
        client=client,
        number=number,
        number_key=number,
        signed_on=day,
        valid_from=day,
        created_at=now,
    )


def _line(contract: Contract, kit: Kit) -> Line:
    return Line(
        contract=contract,
        kit=kit,
        variant="local",
        seats=1,
        periodicity="monthly",
        delivery="visit",
        monthly_price=1250,
        valid_from=contract.valid_from,
    )


def create_singly(count: int, now: datetime) -> None:
    """A client, its contract and its line by three calls of the API each."""
    head = hire(now).iryna
    browser = Browser(headers={"host": "localhost"})
    browser.force_login(head, backend=settings.AUTHENTICATION_BACKENDS[-1])
    kit_id = Kit.objects.get(name="Базовий").pk
    for number in range(500_000, 500_000 + count):
        client_id = _posted(
            browser, "clients", name=f"КП «Одне {number}»", code=code(number)
        )
        contract_id = _posted(
            browser,
            "contracts",
            client_id=client_id,
            number=f"{number}/26",
            signed_on="2026-02-03",
            valid_from="2026-02-03",
        )
        _posted(
            browser,
            f"contracts/{contract_id}/lines",
            kit_id=kit_id,
            variant="local",
            seats=1,
            periodicity="monthly",
            delivery="visit",
            monthly_price="1250.00",
            valid_from="2026-02-03",
        )


def _posted(browser: Browser, where: str, **body: object) -> int:
    key = {"Idempotency-Key": str(uuid4())}
    answer = browser.post(
        f"/api/v1/{where}", body, content_type="application/json", headers=key
    )
    if answer.status_code != 201:
        raise SystemExit(f"{where}: {answer.status_code} {answer.content.decode()}")
    return int(answer.json()["id"])


# ---------------------------------------------------------------- statements


def statements(quick: bool) -> Iterator[Figure]:  # noqa: FBT001 - as every part is called
    """A statement of 10,000 lines read, checked and matched, against one of 1,000.

    Bounds: 10 s by itself, 12 times the smaller one.
    """
    fewer, more = (10, 100) if quick else (1_000, 10_000)
    small, large = _statement(fewer), _statement(more)
    what = f"a statement of {more:,} lines read, checked and matched"
    took = round(large, 1)
    yield Figure(
        "statement", bases.vendor(), what, took, bound=SECONDS * 1000, of="large"
    )
    yield Figure(
        "statement",
        bases.vendor(),
        f"{what}, beside {fewer:,}",
        large=took,
        small=round(small, 1),
        bound=TIMES if fewer >= LONG else None,
    )


def _statement(count: int) -> float:
    """Milliseconds; two of three lines of a base of as many debts leave no doubt."""
    base = bases.created(f"statement{count}")
    now = datetime.now(UTC)
    by = Actor(None, Channel.CONSOLE, now)
    with base.within():
        money.add_account(actor=by, iban=OURS)
        _owe(count, now)
        taken = milliseconds(partial(_bring_statement, a_statement(count, now), by))
    base.drop()
    return taken


def _owe(count: int, now: datetime) -> None:
    owing = [_client(number, now) for number in range(count)]
    for number, one in enumerate(owing):
        one.code = payer(number)
    with transaction.atomic():
        clients = Client.objects.bulk_create(owing, batch_size=BATCH)
        contracts = Contract.objects.bulk_create(
            [_contract(one, now) for one in clients], batch_size=BATCH
        )
        owed = [_invoice(place, one) for place, one in enumerate(contracts)]
        Invoice.objects.bulk_create(owed, batch_size=BATCH)


def payer(place: int) -> str:
    """As long as a code of the register: banks tell no others as such."""
    return f"7{place:07}"


def _invoice(place: int, contract: Contract) -> Invoice:
    return Invoice(
        contract=contract,
        number=f"СФ-{place:06}",
        issued_on=contract.signed_on,
        total=1000 + place,
        vat=100,
    )


def a_statement(count: int, now: datetime) -> bytes:
    """Of three lines two name their invoices, one tells only who pays."""
    lines = "".join(_entry(place, now) for place in range(count))
    closing = sum(1000 + place for place in range(count))
    balances = _balance("OPBD", 0) + _balance("CLBD", closing)
    account = f"<Acct><Id><IBAN>{OURS}</IBAN></Id><Ccy>UAH</Ccy></Acct>"
    kind = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"
    head = f'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="{kind}">'
    told = f"<Stmt><Id>1</Id>{account}{balances}{lines}</Stmt>"
    return f"{head}<BkToCstmrStmt>{told}</BkToCstmrStmt></Document>".encode()


def _balance(kind: str, total: int) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="UAH">{total}.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
        "<Dt><Dt>2026-02-03</Dt></Dt></Bal>"
    )


def _entry(place: int, now: datetime) -> str:
    number, paper = payer(place), f"зг. рах. № СФ-{place:06} від 03.02.2026"
    purpose = f"Оплата за послуги {paper if place % 3 else ''}, у т.ч. ПДВ 20%"
    return (
        f'<Ntry><Amt Ccy="UAH">{1000 + place}.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
        f"<Sts><Cd>BOOK</Cd></Sts><BookgDt><DtTm>{now.isoformat()}</DtTm></BookgDt>"
        f"<AcctSvcrRef>R{place}</AcctSvcrRef><NtryDtls><TxDtls><RltdPties><Dbtr><Pty>"
        f"<Nm>КП «Сире {number}»</Nm><Id><OrgId><Othr><Id>{number}</Id></Othr></OrgId>"
        f"</Id></Pty></Dbtr></RltdPties><RmtInf><Ustrd>{purpose}</Ustrd></RmtInf>"
        "</TxDtls></NtryDtls></Ntry>"
    )


def _bring_statement(data: bytes, by: Actor) -> None:
    """What `suprovid import statement` does: the child, the rules, the transaction."""
    report = money.import_statement(actor=by, data=data, name="виписка.xml")
    if not report.matched or report.matched + report.proposed < report.lines:
        raise SystemExit(f"The statement was not matched: {report.statements}")
