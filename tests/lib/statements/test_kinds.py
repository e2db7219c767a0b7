"""What is no statement is called by its name."""

from __future__ import annotations

import pytest

from suprovid.lib.statements import MESSAGES, Cause, NotAStatement, read_bytes


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "XLS"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"\x1f\x8b\x08", "GZIP"),
        (b"1CClientBankExchange\r\n", "1CClientBankExchange"),
        (b"\xef\xbb\xbf1CClientBankExchange\r\n", "1CClientBankExchange"),
        (b":20:STMT\r\n:25:UA09\r\n", "MT940"),
        (b"\r\n{1:F01BANKUAUK}", "MT940"),
        (b"ABC\r\n:61:2611021102C7200,00", "MT940"),
        (b'[{"id": "1"}]', "JSON"),
        ("Дата;Сума\r\n02.11.2026;7200,00".encode("cp1251"), "CSV"),
    ],
)
def test_another_format_is_called_by_its_name(data: bytes, kind: str) -> None:
    with pytest.raises(NotAStatement) as refused:
        read_bytes(data)
    assert refused.value.cause == Cause.OTHER_FORMAT
    assert refused.value.params == {"format": kind}


@pytest.mark.parametrize("data", [b"", b" \r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\0"])
def test_an_empty_file_is_called_empty(data: bytes) -> None:
    with pytest.raises(NotAStatement) as refused:
        read_bytes(data)
    assert refused.value.cause == Cause.EMPTY


def test_every_cause_has_its_sentence() -> None:
    assert set(MESSAGES) == set(Cause)
    assert len(set(MESSAGES.values())) == len(Cause)
