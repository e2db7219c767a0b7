"""A zip of a bank is opened; a trick is called by its name."""

from __future__ import annotations

import io
import stat
import struct
import zipfile

import pytest

from suprovid.lib.statements import Cause, read_bytes, unzip
from tests.lib.statements.build import FIRST, USUAL, Account, file, usual, zipped
from tests.lib.statements.oracle import refusal

GOOD = usual(FIRST)
BLANKS = b" " * (5 * unzip.MEGABYTE)


def zip_of(*entries: tuple[zipfile.ZipInfo | str, bytes], packing: int = 8) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", packing) as archive:
        for entry, data in entries:
            archive.writestr(entry, data)
    return packed.getvalue()


def link(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


def raw_name(name: str) -> zipfile.ZipInfo:
    """A name as it is: the constructor would mend it."""
    entry = zipfile.ZipInfo("x")
    entry.filename = name
    return entry


def changed(data: bytes, field: int, value: int, form: str = "<H") -> bytes:
    """The zip with a field of its first central entry written over."""
    place = data.index(b"PK\x01\x02") + field
    return (
        data[:place] + struct.pack(form, value) + data[place + struct.calcsize(form) :]
    )


FLAGS, METHOD, CRC, PACKED, UNPACKED, OFFSET = 8, 10, 16, 20, 24, 42


@pytest.mark.parametrize(
    "name",
    ["../a.xml", "a/../../b.txt", "/etc/a.xml", "a\\b.xml", "C:a.xml", "a.xml\0.txt"],
)
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    refused = refusal(zip_of(("good.xml", GOOD), (raw_name(name), b"x")))
    assert refused.cause == Cause.ZIP_NAME


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (zip_of(("good.xml", GOOD), (link("l.xml"), b"/etc/passwd")), Cause.ZIP_LINK),
        (zip_of(("note.txt", b"x")), Cause.ZIP_WITHOUT_XML),
        (zip_of(), Cause.ZIP_WITHOUT_XML),
        (zip_of(("in.zip", zip_of(("a.xml", GOOD)))), Cause.ZIP_NESTED),
        (zip_of(("in.xml", zip_of(("a.xml", GOOD)))), Cause.ZIP_NESTED),
        (zip_of(("a.xml", GOOD), ("b.7z", b"x")), Cause.ZIP_NESTED),
        (zip_of(*((f"{n}.txt", b"") for n in range(101))), Cause.ZIP_ENTRIES),
        (zip_of(*((f"{n}.xml", GOOD) for n in range(21))), Cause.ZIP_ENTRIES),
        (zip_of(("a.xml", BLANKS)), Cause.ZIP_RATIO),
        (zip_of(("a.xml", GOOD), ("A.xml", GOOD)), Cause.ZIP_OVERLAP),
        (zip_of(("a.xml", GOOD), packing=zipfile.ZIP_BZIP2), Cause.ZIP_METHOD),
        (changed(zip_of(("a.xml", GOOD)), FLAGS, 1), Cause.ZIP_ENCRYPTED),
        (changed(zip_of(("a.xml", GOOD)), METHOD, 99), Cause.ZIP_METHOD),
        (changed(zip_of(("a.xml", GOOD)), CRC, 7, "<I"), Cause.ZIP_BROKEN),
        (changed(zip_of(("a.xml", GOOD)), OFFSET, 9, "<I"), Cause.ZIP_BROKEN),
        (changed(zip_of(("a.xml", GOOD)), PACKED, 2**31, "<I"), Cause.ZIP_BROKEN),
        (changed(zip_of(("a.xml", GOOD)), UNPACKED, 2**31, "<I"), Cause.ZIP_TOO_LARGE),
        (zip_of(("a.xml", GOOD))[:-30], Cause.ZIP_BROKEN),
        (zip_of(("[Content_Types].xml", b"<Types/>")), Cause.OTHER_FORMAT),
        (b"PK\x03\x04", Cause.ZIP_BROKEN),
    ],
)
def test_a_trick_of_a_zip_is_called_by_its_name(data: bytes, cause: Cause) -> None:
    assert refusal(data).cause == cause


def test_entries_that_share_their_bytes_are_refused() -> None:
    """As in CVE-2024-0450: one deflated body stands behind many names."""
    data = zip_of(("a.xml", GOOD), ("b.xml", GOOD))
    body, central = data[: data.index(b"PK\x01\x02")], data[data.index(b"PK\x01\x02") :]
    second = central.index(b"PK\x01\x02", 4) + OFFSET
    shared = central[:second] + struct.pack("<I", 0) + central[second + 4 :]
    assert refusal(body + shared).cause == Cause.ZIP_OVERLAP


def test_a_size_that_lies_does_not_help() -> None:
    """The sizes told are small: what is really unpacked is counted."""
    data = changed(zip_of(("a.xml", BLANKS)), UNPACKED, 100, "<I")
    assert refusal(data).cause in {Cause.ZIP_RATIO, Cause.ZIP_BROKEN}


def test_the_sum_of_all_files_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unzip, "LARGEST_SUM", 3 * len(GOOD) - 1)
    three = [(f"{n}.xml", GOOD) for n in range(3)]
    assert len(read_bytes(zipped(three[:2]))) == 2
    assert refusal(zipped(three)).cause == Cause.ZIP_TOO_LARGE


def test_a_long_statement_of_equal_lines_is_packed_honestly() -> None:
    many = Account(USUAL * 500)
    data = zipped([("a.xml", file(many))])
    assert len(file(many)) > unzip.HIGHEST_RATIO * len(data)
    assert len(read_bytes(data)[0].lines) == 4000


def test_a_refusal_names_the_file_in_the_zip() -> None:
    refused = refusal(zipped([("1.xml", GOOD), ("2.xml", GOOD[:500])]))
    assert (refused.cause, refused.params["file"]) == (Cause.TRUNCATED, "2.xml")
