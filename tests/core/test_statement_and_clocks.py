"""From a bank's file to missed terms: a statement of last week, brought in today.

ТОВ «АЛЬФА ТЕСТ», contract 15/26, invoice СФ-000123; the bank booked its money on
2 November, the file comes on the 10th (PROCESS 3.4, 3.5, 7.5).
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from suprovid.clients.models import Client
from suprovid.config import statements, worker
from suprovid.config.cli import main
from suprovid.journal.models import Fact
from suprovid.money import actions as money
from suprovid.money.models import Invoice, Payment, StatementLine
from suprovid.obligations.models import Message, Obligation
from tests.cast import Cast, acting
from tests.owing import found_company
from tests.path import Case, new_case

pytestmark = pytest.mark.django_db
OURS = "UA093999990000026001000000017"
BOOKED = datetime(2026, 11, 2, 7, 15, 30, tzinfo=UTC)
BROUGHT = datetime(2026, 11, 10, 8, 0, tzinfo=UTC)
CLOCKS = ("handover.first_contact", "handover.installation")
FILE = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>1</MsgId><CreDtTm>2026-11-10T06:00:00+02:00</CreDtTm></GrpHdr>
<Stmt><Id>1</Id><CreDtTm>2026-11-10T06:00:00+02:00</CreDtTm>
<FrToDt><FrDtTm>2026-11-01T00:00:00+02:00</FrDtTm>
<ToDtTm>2026-11-09T23:59:59+02:00</ToDtTm></FrToDt>
<Acct><Id><IBAN>UA093999990000026001000000017</IBAN></Id><Ccy>UAH</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="UAH">10000.00</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-01</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="UAH">17200.00</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-09</Dt></Dt></Bal>
<Ntry><Amt Ccy="UAH">7200.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<Sts><Cd>BOOK</Cd></Sts><BookgDt><DtTm>2026-11-02T09:15:30+02:00</DtTm></BookgDt>
<AcctSvcrRef>REF1</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>101</EndToEndId>
</Refs><RltdPties><Dbtr><Pty><Nm>ТОВ &quot;АЛЬФА ТЕСТ&quot;</Nm><Id><OrgId><Othr>
<Id>99000011</Id></Othr></OrgId></Id></Pty></Dbtr><DbtrAcct><Id>
<IBAN>UA753888880000026007000000011</IBAN></Id></DbtrAcct></RltdPties>
<RmtInf><Ustrd>Оплата зг. рах. № СФ-000123, дог. № 15/26</Ustrd></RmtInf>
</TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>""".encode()


@pytest.fixture
def case(cast: Cast) -> Case:
    """Handed over and confirmed at the end of October, not paid."""
    found_company()
    made = new_case(cast, datetime(2026, 10, 30, 8, 0, tzinfo=UTC), number="15/26")
    Client.objects.filter(pk=made.client.pk).update(code="99000011")
    Invoice.objects.filter(pk=made.invoice.pk).update(
        number="СФ-000123", total=Decimal(7200), vat=Decimal(1200)
    )
    made.send()
    made.confirm()
    money.add_account(actor=acting(None, made.now), iban=OURS)
    return made


def test_terms_missed_before_the_file_came_fire_once(case: Case) -> None:
    report = money.import_statement(
        actor=acting(None, BROUGHT), data=FILE, name="виписка.xml"
    )
    assert (report.new, report.matched) == (1, 1)
    for minutes in range(3):
        worker.turn(BROUGHT + timedelta(minutes=minutes))

    terms = Obligation.objects.filter(kind__in=CLOCKS)
    assert {term.opened_at for term in terms} == {BOOKED}
    assert [term.missed_at == term.due_at for term in terms] == [True, True]
    for term in terms:
        told = Message.objects.filter(obligation=term, fact__kind="obligations.missed")
        people = list(told.values_list("person", flat=True))
        assert len(people) == len(set(people)) > 0
    missed = Fact.objects.filter(kind="obligations.missed", details__kind__in=CLOCKS)
    assert missed.count() == 2


def test_the_console_tells_machines_what_came_of_a_file(
    case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "виписка.xml"
    file.write_bytes(FILE)
    for dry, new in ((True, 1), (False, 1), (False, 0)):
        report = statements.bring_statement(str(file), dry_run=dry)
        told = statements.as_dict(report)
        assert list(told) == [
            *("account", "opening", "closing", "lines", "new", "known", "matched"),
            *("proposed", "problems", "statements"),
        ]
        assert (told["account"], told["opening"]) == (OURS, "10000.00")
        assert (told["new"], told["known"], told["matched"]) == (new, 1 - new, new)
        assert Payment.objects.exists() == (not dry)
        assert str(file.name) in statements.in_words(report)
    assert StatementLine.objects.count() == 1


def test_what_is_refused_at_the_console_is_one_sentence_and_code_1(
    db: None,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SUPROVID_LANG", "en")
    file = tmp_path / "a.xml"
    file.write_bytes(FILE)
    assert main(["import", "statement", str(file), "--json"]) == 1
    assert OURS in json.loads(capsys.readouterr().out)["error"]
    assert main(["account", "add", OURS[:-1] + "8"]) == 1
    assert "This IBAN is mistyped." in capsys.readouterr().err
    assert main(["account", "add", OURS, "--name", "Основний"]) == 0
    assert main(["account", "add", OURS]) == 0
    assert "among ours already" in capsys.readouterr().out
    file.write_bytes(b"\x00\x01")
    assert main(["import", "statement", str(file)]) == 1
    assert "camt.053" in capsys.readouterr().err
