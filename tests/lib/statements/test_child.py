"""What the child tells its parent, and the ends of allowances, in this process."""

from __future__ import annotations

import importlib
import io
import zipfile
from dataclasses import replace

import pytest

from suprovid.lib.statements import (
    Cause,
    NotAStatement,
    camt053,
    from_answer,
    read_bytes,
    unzip,
    xml,
)
from tests.lib.as_child import as_child
from tests.lib.statements.build import (
    ENTREPRENEUR,
    FIRST,
    USUAL,
    Account,
    file,
    usual,
    zipped,
)
from tests.lib.statements.oracle import refusal

MODULE = "suprovid.lib.statements"


def test_the_child_tells_what_the_reader_read(monkeypatch: pytest.MonkeyPatch) -> None:
    data = file(Account(USUAL), Account((FIRST, ENTREPRENEUR), identity="STMT-2"))
    told = as_child(monkeypatch, MODULE, data)
    assert from_answer(told) == read_bytes(data)


def test_the_child_tells_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    told = as_child(monkeypatch, MODULE, b"%PDF-1.7")
    with pytest.raises(NotAStatement) as refused:
        from_answer(told)
    assert refused.value.cause is Cause.OTHER_FORMAT


def test_more_statements_than_allowed_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(camt053, "MOST_STATEMENTS", 1)
    two = file(Account((FIRST,)), Account((ENTREPRENEUR,), identity="STMT-2"))
    assert refusal(two).cause is Cause.TOO_MANY_STATEMENTS


def test_a_tag_without_end_is_refused() -> None:
    long = replace(FIRST, more=f"<Id {'x' * (xml.LONGEST_TAG + 10)}/>")
    assert refusal(usual(long)).cause is Cause.LONG_TEXT


def test_payments_of_a_batch_without_references_are_told_by_their_place() -> None:
    parts = tuple(replace(FIRST, amount="1.00", reference="") for _ in range(2))
    batch = replace(FIRST, amount="2.00", reference="", batch=parts)
    lines = read_bytes(usual(batch))[0].lines
    assert len(lines) == 2
    assert not any(line.firm for line in lines)


@pytest.mark.parametrize("day", ["02.11.2026", "20261102", "вчора"])
def test_a_day_in_another_shape_is_refused(day: str) -> None:
    whole = b"<DtTm>2026-11-02T09:15:30+02:00</DtTm>"
    data = usual(FIRST)
    assert whole in data
    fault = refusal(data.replace(whole, f"<Dt>{day}</Dt>".encode()))
    assert (fault.cause, fault.params["told"]) == (Cause.BAD_DATE, day)


def test_what_is_unpacked_is_counted_whatever_was_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = zipped([("1.xml", usual(FIRST)), ("2.xml", usual(ENTREPRENEUR))])
    allowance = unzip.Allowance()
    allowance.take(10)
    with pytest.raises(NotAStatement) as refused:
        allowance.take(unzip.LARGEST_SUM)
    assert refused.value.cause is Cause.ZIP_TOO_LARGE
    monkeypatch.setattr(unzip, "LARGEST_FILE", 100)
    assert refusal(data).cause is Cause.ZIP_TOO_LARGE


def test_a_file_of_a_zip_is_counted_while_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(unzip, "LARGEST_FILE", 100)
    with zipfile.ZipFile(io.BytesIO(zipped([("1.xml", usual(FIRST))]))) as archive:
        (entry,) = archive.infolist()
        with pytest.raises(NotAStatement) as refused:
            list(unzip._pieces(archive, entry, unzip.Allowance()))
    assert refused.value.cause is Cause.ZIP_TOO_LARGE


def test_a_reader_that_is_only_looked_at_reads_nothing() -> None:
    assert callable(importlib.import_module(f"{MODULE}.__main__").main)
