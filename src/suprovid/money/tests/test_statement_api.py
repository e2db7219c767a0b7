"""Programs bring in statements and lay their lines through the doors of people."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from suprovid.money.models import (
    Account,
    Allocation,
    Invoice,
    StatementFile,
    StatementLine,
)
from suprovid.money.tests.bank import OURS, account, bring, line, statement
from suprovid.money.tests.books import Books
from suprovid.people.models import Person

pytestmark = pytest.mark.django_db
ROOT = "/api/v1"
_keys = count(1)


def call(
    person: Person, path: str, body: Any = None, *, key: str = "", **headers: str
) -> tuple[int, Any]:
    sent = None if body is None else json.dumps(body)
    return _call(person, "post", path, key, headers, sent, "application/json")


def put(person: Person, path: str, body: Any, **headers: str) -> tuple[int, Any]:
    sent = json.dumps(body)
    return _call(person, "put", path, "", headers, sent, "application/json")


def send(person: Person, data: bytes, *, key: str = "", **more: str) -> tuple[int, Any]:
    client = Client()
    client.force_login(person)
    answer = client.post(
        f"{ROOT}/statement-files",
        {"file": SimpleUploadedFile("виписка.xml", data), **more},
        headers={"Idempotency-Key": key or f"key-of-a-file-{next(_keys):04}"},
    )
    return answer.status_code, answer.json()


def _call(
    person: Person,
    method: str,
    path: str,
    key: str,
    headers: dict[str, str],
    sent: str | None,
    kind: str,
) -> tuple[int, Any]:
    client = Client()
    client.force_login(person)
    answer = getattr(client, method)(
        f"{ROOT}{path}",
        sent or "{}",
        content_type=kind,
        headers={
            "Idempotency-Key": key or f"key-of-a-line-{next(_keys):04}",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        },
    )
    return answer.status_code, answer.json()


def read(person: Person, path: str) -> tuple[int, Any]:
    client = Client()
    client.force_login(person)
    answer = client.get(f"{ROOT}{path}")
    return answer.status_code, answer.json()


def camt(iban: str = OURS, closing: str = "17200.00", sum: str = "7200.00") -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<Stmt><Id>1</Id><Acct><Id><IBAN>{iban}</IBAN></Id><Ccy>UAH</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="UAH">10000.00</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-04-10</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="UAH">{closing}</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-04-10</Dt></Dt></Bal>
<Ntry><Amt Ccy="UAH">{sum}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><DtTm>2026-04-10T09:15:30+03:00</DtTm></BookgDt><AcctSvcrRef>R1</AcctSvcrRef>
<NtryDtls><TxDtls><RmtInf><Ustrd>аванс</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
</Stmt></BkToCstmrStmt></Document>""".encode()


# ------------------------------------------------------------- accounts


def test_a_program_adds_renames_closes_and_opens_an_account(books: Books) -> None:
    halyna = books.cast.halyna
    status, made = call(halyna, "/accounts", {"iban": OURS, "name": "Основний"})
    assert (status, made["iban"], made["posts_sure"]) == (201, OURS, True)
    one = f"/accounts/{made['id']}"

    changes = {"name": "Для клієнтів", "posts_sure": False}
    assert put(halyna, one, changes)[0] == 428
    assert put(halyna, one, changes, If_Match='"7"')[0] == 412
    status, changed = put(halyna, one, changes, If_Match='"1"')
    assert (status, changed["name"], changed["version"]) == (200, "Для клієнтів", 2)

    assert call(halyna, f"{one}/open")[0] == 409
    assert call(halyna, f"{one}/close")[1]["closed_at"]
    assert call(halyna, f"{one}/close")[0] == 409
    assert send(halyna, camt())[0] == 409
    assert call(halyna, f"{one}/open")[1]["closed_at"] is None
    assert [row["id"] for row in read(halyna, "/accounts")[1]["items"]] == [made["id"]]


def test_a_mistyped_or_known_account_is_told_at_its_field(books: Books) -> None:
    account()
    for iban in (OURS, OURS[:-1] + "8", "UA09", "рахунок"):
        status, told = call(books.cast.halyna, "/accounts", {"iban": iban})
        assert (status, list(told["errors"])) == (422, ["iban"]), iban
    assert Account.objects.count() == 1


# ------------------------------------------------------------- files


def test_a_file_is_brought_in_once_whatever_the_number_of_calls(books: Books) -> None:
    account()
    halyna, data = books.cast.halyna, camt()
    dry = send(halyna, data, dry_run="true")[1]
    assert (dry["new"], dry["file_id"], StatementFile.objects.count()) == (1, None, 0)

    first = send(halyna, data, key="one-and-the-same-file")
    assert (first[0], first[1]["new"], first[1]["closing"]) == (200, 1, "17200.00")
    assert send(halyna, data, key="one-and-the-same-file") == first
    again = send(halyna, data)[1]
    assert (again["new"], again["known"]) == (0, 1)
    assert StatementLine.objects.count() == 1
    assert len(read(halyna, "/statements")[1]["items"]) == 1

    undo = f"/statement-files/{first[1]['file_id']}/undo"
    assert call(halyna, undo, {"why": "не той файл"})[1]["undone_at"]
    assert call(halyna, undo, {"why": "не той файл"})[0] == 409
    assert not StatementLine.objects.exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (camt(iban="UA753888880000026007000000011"), "UA753888880000026007000000011"),
        (camt(closing="1.00"), "17"),
        (camt()[:400], ""),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "DOCTYPE"),
        (b"%PDF-1.7", ""),
        (b"", ""),
    ],
)
def test_a_file_that_is_refused_is_a_problem_with_one_sentence(
    books: Books, data: bytes, said: str
) -> None:
    account()
    status, told = send(books.cast.halyna, data)

    assert status in {409, 422}
    sentence = told["detail"]
    assert sentence
    assert said in sentence
    assert "Traceback" not in sentence
    assert "\n" not in sentence
    assert not StatementFile.objects.exists()


# ------------------------------------------------------------- lines


def test_lines_are_laid_taken_off_set_aside_and_taken_back(books: Books) -> None:
    account()
    halyna, invoice = books.cast.halyna, books.invoice(Decimal(7200))
    bring(statement(line("7200.00", "аванс")))
    one = f"/statement-lines/{StatementLine.objects.get().pk}"
    lay = {"parts": [{"invoice_id": invoice.pk, "amount": "7200.00"}]}

    first = call(halyna, f"{one}/lay", lay, key="one-and-the-same-line")
    assert (first[0], first[1][0]["amount"]) == (200, "7200.00")
    assert call(halyna, f"{one}/lay", lay, key="one-and-the-same-line") == first
    assert call(halyna, f"{one}/lay", lay)[0] == 409
    assert call(halyna, f"{one}/set-aside", {"aside": "fee"})[0] == 409
    assert _ids(halyna, "laid") == _ids(halyna, None)

    assert call(halyna, f"{one}/unlay", {"why": "не той"})[0] == 200
    assert call(halyna, f"{one}/unlay", {"why": "не той"})[0] == 409
    assert call(halyna, f"{one}/set-aside", {"aside": "щось"})[0] == 422
    told = call(halyna, f"{one}/set-aside", {"aside": "fee"})[1]
    assert (told["set_aside"], told["payment_id"]) == ("fee", None)
    assert _ids(halyna, "open") == []
    assert call(halyna, f"{one}/take-back")[1]["payment_id"]
    assert _ids(halyna, "open") == _ids(halyna, None)
    assert Allocation.objects.filter(undone_at=None).count() == 0


def _ids(person: Person, state: str | None) -> list[int]:
    asked = f"?state={state}" if state else ""
    _status, told = read(person, f"/statement-lines{asked}")
    return [one["id"] for one in told["items"]]


def test_several_lines_are_laid_all_or_none(books: Books) -> None:
    account()
    invoices = [books.invoice(Decimal(n)) for n in (5, 6)]
    bring(statement(line("5.00", "перша"), line("6.00", "друга")))
    rows = list(StatementLine.objects.order_by("pk"))
    lines = [_laying(row, invoice) for row, invoice in zip(rows, invoices, strict=True)]
    wrong = [lines[0], {**lines[1], "parts": [{"invoice_id": 0, "amount": "6.00"}]}]

    assert call(books.cast.halyna, "/statement-lines/lay", {"lines": wrong})[0] == 404
    assert not Allocation.objects.exists()
    done = call(books.cast.halyna, "/statement-lines/lay", {"lines": lines})
    assert (done[0], len(done[1])) == (200, 2)


def _laying(row: StatementLine, invoice: Invoice) -> dict[str, Any]:
    part = {"invoice_id": invoice.pk, "amount": str(row.amount)}
    return {"line_id": row.pk, "parts": [part]}


# ------------------------------------------------------------- others


@pytest.mark.parametrize("who", ["taras", "maryna", "pavlo"])
def test_whoever_handles_no_money_sees_and_moves_none(books: Books, who: str) -> None:
    ours = account()
    bring(statement(line("5.00", "аванс")))
    person, row = books.cast.everybody()[who], StatementLine.objects.get()
    one = f"/statement-lines/{row.pk}"
    lay = {"parts": [{"invoice_id": books.invoice().pk, "amount": "5.00"}]}

    seen = {"accounts", "statement-files", "statements", "statement-lines"}
    lists = [read(person, f"/{name}") for name in seen]
    assert [told.get("items", []) for _status, told in lists] == [[], [], [], []]
    assert read(person, f"/accounts/{ours.pk}")[0] == 404
    refused = [
        send(person, camt())[0],
        call(person, "/accounts", {"iban": OURS})[0],
        call(person, f"/accounts/{ours.pk}/close")[0],
        call(person, f"{one}/lay", lay)[0],
        call(person, f"{one}/unlay", {"why": "-"})[0],
        call(person, f"{one}/set-aside", {"aside": "fee"})[0],
        call(person, f"{one}/take-back")[0],
        call(person, f"/statement-files/{row.statement.file_id}/undo", {"why": "-"})[0],
    ]
    assert set(refused) <= {403, 404}
    assert (StatementFile.objects.count(), Allocation.objects.count()) == (1, 0)


def test_what_is_not_there_is_missing(books: Books) -> None:
    halyna = books.cast.halyna
    lay = {"parts": [{"invoice_id": 1, "amount": "5.00"}]}
    for path, body in (
        ("/accounts/9999/close", None),
        ("/statement-lines/9999/lay", lay),
        ("/statement-lines/9999/take-back", None),
        ("/statement-files/9999/undo", {"why": "не той"}),
    ):
        assert call(halyna, path, body)[0] == 404, path
