"""Files that nobody should send: one sentence at the console, nothing is kept (D2)."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from suprovid.config.cli import main
from suprovid.documents.models import Content
from suprovid.money.models import Account, Payment, StatementFile, StatementLine
from suprovid.money.tests.bank import OURS, account
from suprovid.money.tests.test_statement_api import camt
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def zipped(*files: tuple[str, bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return kept.getvalue()


ENTITY = "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"
FILES: dict[str, Callable[[], bytes]] = {
    "outside": ENTITY.encode,
    "outside-utf-16": lambda: ENTITY.encode("utf-16"),
    "deep": lambda: b"<a>" * 100_000,
    "cut": lambda: camt()[:-200],
    "wrong-closing": lambda: camt(closing="17200.01"),
    "not-finite": lambda: camt(sum="NaN"),
    "endless-sum": lambda: camt(sum="9" * 5_000),
    "foreign": lambda: camt(iban="UA753888880000026007000000011"),
    "bomb": lambda: zipped(("a.xml", b"<a>" + b" " * 90_000_000 + b"</a>")),
    "nested": lambda: zipped(("a.zip", zipped(("a.xml", camt())))),
    "slip": lambda: zipped(("../../a.xml", camt())),
    "paper": lambda: b"%PDF-1.7\n",
    "empty": bytes,
}


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_in_one_sentence(
    cast: Cast,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
) -> None:
    account()
    file = tmp_path / f"{name}.xml"
    file.write_bytes(FILES[name]())

    assert main(["import", "statement", str(file), "--json"]) == 1
    told = capsys.readouterr()
    sentence = json.loads(told.out)["error"]
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "Traceback" not in told.err
    for kept in (StatementFile, StatementLine, Payment, Content):
        assert not kept.objects.exists()
    assert Account.objects.get().iban == OURS
