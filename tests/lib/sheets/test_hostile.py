"""Files made to harm are refused with their cause, within the memory and the time."""

from __future__ import annotations

import io
import json
import random
import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from suprovid.lib import bounded
from suprovid.lib.sheets import (
    Cause,
    Cell,
    NotASheet,
    from_answer,
    limits,
    read_bytes,
)
from suprovid.lib.sheets.__main__ import answer

from .books import (
    ONE_CELL,
    SPACE,
    by_hand,
    old_workbook,
    packed,
    parts,
    sheet_xml,
    workbook,
)

MOST_MEMORY, MOST_SECONDS = 256, 10

# What bounded does, and the child tells how much memory it had at its fattest: the
# figure of the system would count the parent's own in.
WEIGHED = """
import runpy, sys
from suprovid.lib.bounded import confine
confine()
sys.argv = ["suprovid.lib.sheets"]
try:
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
finally:
    sys.stderr.write("\\n" + open("/proc/self/status").read())
"""


def weighed(data: bytes) -> tuple[Any, int]:
    """What the child answers (None if it ended badly) and its megabytes."""
    began = time.monotonic()
    command = [sys.executable, "-I", "-c", WEIGHED]
    done = subprocess.run(command, input=data, capture_output=True, check=False, env={})
    assert time.monotonic() - began < MOST_SECONDS
    status = done.stderr.decode().splitlines()
    fattest = [int(line.split()[1]) for line in status if line.startswith("VmHWM")]
    told = None if done.returncode else json.loads(done.stdout)
    return told, max(fattest, default=0) // 1024


def refusal(data: bytes) -> NotASheet:
    with pytest.raises(NotASheet) as told:
        from_answer(weighed_and_light(data))
    return told.value


def weighed_and_light(data: bytes) -> Any:
    told, megabytes = weighed(data)
    assert megabytes <= MOST_MEMORY
    if told and "refused" in told:
        assert json.loads(answer(data, "")) == told  # the same without a child
    return told


def zipped(name: str, text: bytes | str = "x", mode: int = 0o644) -> bytes:
    """A workbook with one file more."""
    kept = io.BytesIO(packed(parts(sheet_xml(ONE_CELL))))
    with zipfile.ZipFile(kept, "a", zipfile.ZIP_DEFLATED) as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        info.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(info, text)
    return kept.getvalue()


def overlapping() -> bytes:
    """All names lead to one packed file (CVE-2024-0450)."""
    data = bytearray(packed(parts(sheet_xml(ONE_CELL))))
    places, at = [], data.find(b"PK\x01\x02")
    while at >= 0:
        places.append(at)
        at = data.find(b"PK\x01\x02", at + 4)
    # The second file's packed size reaches over the third.
    (size,) = struct.unpack("<I", data[places[1] + 20 : places[1] + 24])
    data[places[1] + 20 : places[1] + 24] = struct.pack("<I", size + 300)
    return bytes(data)


def lying() -> bytes:
    """A part that says it is ten bytes long and is not."""
    data = bytearray(packed({**parts(sheet_xml(ONE_CELL)), "xl/z.xml": "<a/>" * 9999}))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(data)


def encrypted() -> bytes:
    data = bytearray(packed(parts(sheet_xml(ONE_CELL))))
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def with_part(name: str, text: str | bytes) -> bytes:
    return packed({**parts(sheet_xml(ONE_CELL)), name: text})


XXE = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
SHARED = f'{XXE}<sst xmlns="{SPACE}"><si><t>&x;</t></si></sst>'
WHOLE = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
NOISE = random.Random(7).randbytes


def cell(place: str) -> str:
    row = "".join(c for c in place if c.isdigit())
    return f'<row r="{row}"><c r="{place}"><v>1</v></c></row>'


HOSTILE: dict[str, tuple[Callable[[], bytes], Cause]] = {
    "a bomb": (lambda: with_part("xl/x.xml", " " * 60_000_000), Cause.BOMB),
    "a bomb in the sheet": (
        lambda: packed(parts(sheet_xml(ONE_CELL + " " * 60_000_000))),
        Cause.BOMB,
    ),
    "many small bombs": (
        lambda: packed(
            {
                **parts(sheet_xml("")),
                **{f"xl/{n}.xml": " " * 999_999 for n in range(99)},
            }
        ),
        Cause.BOMB,
    ),
    "one tag of two megabytes": (
        lambda: by_hand(f'<row x="{NOISE(1_000_000).hex()}"/>'),
        Cause.BOMB,
    ),
    "files upon each other": (overlapping, Cause.BOMB),
    "an archive inside": (
        lambda: zipped("xl/media/a.bin", workbook([["a"]])),
        Cause.NESTED,
    ),
    "an archive by its name": (lambda: zipped("xl/embeddings/a.ZIP"), Cause.NESTED),
    "a way out": (lambda: zipped("../../out.xml"), Cause.ODD_NAMES),
    "a way out of Windows": (lambda: zipped("xl\\..\\..\\out.xml"), Cause.ODD_NAMES),
    "an absolute name": (lambda: zipped("/etc/passwd"), Cause.ODD_NAMES),
    "a disk": (lambda: zipped("C:/out.xml"), Cause.ODD_NAMES),
    "a long name": (lambda: zipped("a" * 300), Cause.ODD_NAMES),
    "a name twice": (lambda: zipped("XL/workbook.xml"), Cause.ODD_NAMES),
    "a link": (lambda: zipped("xl/a.xml", "/etc/passwd", 0o120777), Cause.ODD_NAMES),
    "many files": (
        lambda: packed({f"{n}.xml": "" for n in range(5000)}),
        Cause.TOO_MANY_FILES,
    ),
    "a merge of the whole sheet": (lambda: by_hand(ONE_CELL, WHOLE), Cause.TOO_SPREAD),
    "a gap of a million rows": (
        lambda: by_hand(ONE_CELL + cell("A1048576")),
        Cause.TOO_SPREAD,
    ),
    "a gap of rows and columns": (
        lambda: by_hand(ONE_CELL + cell("GR40000")),
        Cause.TOO_SPREAD,
    ),
    "the last column": (lambda: by_hand(cell("XFD1")), Cause.TOO_WIDE),
    "an entity in the sheet": (
        lambda: packed(parts(sheet_xml(ONE_CELL, before=XXE))),
        Cause.DOCTYPE,
    ),
    "an entity in the texts": (lambda: by_hand(ONE_CELL, shared=SHARED), Cause.DOCTYPE),
    "a laugh in the styles": (
        lambda: by_hand(ONE_CELL, styles=f"{LAUGHS}<styleSheet/>"),
        Cause.DOCTYPE,
    ),
    "a DOCTYPE in UTF-16": (
        lambda: packed(parts(sheet_xml(ONE_CELL, before=XXE).encode("utf-16"))),
        Cause.DOCTYPE,
    ),
    "a DOCTYPE in UTF-16 that says so": (
        lambda: packed(
            parts(
                f'<?xml version="1.0" encoding="UTF-16"?>{XXE}<worksheet/>'.encode(
                    "utf-16"
                )
            )
        ),
        Cause.DOCTYPE,
    ),
    "a DOCTYPE in the list of sheets": (
        lambda: with_part("xl/workbook.xml", "<!DOCTYPE d><workbook/>"),
        Cause.DOCTYPE,
    ),
    "depth": (lambda: by_hand("<a>" * 1000 + "</a>" * 1000), Cause.TOO_DEEP),
    "great depth": (
        lambda: by_hand("".join(f"<a{n}>" for n in range(999_999))),
        Cause.TOO_DEEP,
    ),
    "another encoding": (
        lambda: packed(parts(sheet_xml(ONE_CELL).encode("utf-16"))),
        Cause.BROKEN,
    ),
    "a lie of its size": (lying, Cause.BROKEN),
    "half of a workbook": (lambda: workbook([["a"] * 50] * 50)[:4000], Cause.BROKEN),
    "a locked file inside": (encrypted, Cause.PASSWORD),
    "a locked workbook": (
        lambda: (
            bytes.fromhex("D0CF11E0A1B11AE1")
            + bytes(4000)
            + "EncryptedPackage".encode("utf-16-le")
        ),
        Cause.PASSWORD,
    ),
    "a locked XLS": (lambda: old_workbook([["a"]], locked=True), Cause.PASSWORD),
    "half of an XLS": (lambda: old_workbook([["a"] * 20] * 99)[:9000], Cause.BROKEN),
    "a line of three megabytes": (lambda: b"a;" * 1_500_000, Cause.LONG_LINE),
    "a quote that is not closed": (
        lambda: b'a;b\n1;"2\n' + b"3;4\n5;6;7\n" * 20_000,
        Cause.QUOTES,
    ),
    "a PDF": (lambda: b"%PDF-1.4\n%%EOF\n", Cause.IS_PDF),
    "noise": (lambda: NOISE(5_000_000), Cause.NOT_A_SHEET),
    "a file that is too large": (lambda: b"a;b\n" * 3_000_000, Cause.TOO_LARGE),
    "too many rows": (lambda: b"a;b\n" * 100_000, Cause.TOO_MANY_ROWS),
    "empty rows without end": (lambda: b"\n" * 10_000_000, Cause.EMPTY),
}


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Linux tells memory")
@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_with_its_cause(what: str) -> None:
    made, cause = HOSTILE[what]
    assert refusal(made()).cause == cause


def one_text_many_times() -> bytes:
    shared = f'<sst xmlns="{SPACE}"><si><t>{"ї" * 30_000}</t></si></sst>'
    row = "".join(f'<c r="{c}{{0}}" t="s"><v>0</v></c>' for c in "ABCDEFGH")
    rows = (f'<row r="{n}">{row.format(n)}</row>' for n in range(1, 4000))
    return by_hand("".join(rows), shared=shared)


def far_cell_of_2003() -> bytes:
    rows: list[list[str | float]] = [[] for _ in range(65_534)]
    return old_workbook([["a"], *rows, [*[1.0] * 255]])


@pytest.mark.parametrize("made", [one_text_many_times, far_cell_of_2003])
def test_what_grows_only_when_it_is_read_meets_the_end_of_memory(
    made: Callable[[], bytes],
) -> None:
    with pytest.raises((bounded.Exceeded, NotASheet)) as told:
        from_answer(bounded.run("suprovid.lib.sheets", made()))
    if isinstance(told.value, bounded.Exceeded):
        assert told.value.cause == bounded.Cause.MEMORY


def test_a_part_that_hides_its_far_cell_meets_the_end_of_memory() -> None:
    hidden = '<row r="1048576"><c r="&#88;FD1048576"><v>1</v></c></row>'
    with pytest.raises((bounded.Exceeded, NotASheet)):
        from_answer(bounded.run("suprovid.lib.sheets", by_hand(ONE_CELL + hidden)))


@pytest.mark.parametrize(
    "size", [2_000, pytest.param(limits.ROWS, marks=pytest.mark.long)]
)
def test_the_largest_honest_workbook_is_read_within_the_memory(size: int) -> None:
    rows: list[list[Cell]] = [
        [f"ТОВ {n}", n, n / 3, "Київ", f"{n:08}", n] * 2 for n in range(size)
    ]
    told = weighed_and_light(workbook(rows))
    assert len(from_answer(told).rows) == size


def test_a_flipped_byte_of_a_workbook_is_damage() -> None:
    data = bytearray(workbook([["a", "b"], ["c", 4]]))
    data[data.find(b"xl/worksheets/sheet1.xml") + 60] ^= 0xFF
    with pytest.raises(NotASheet) as told:
        read_bytes(bytes(data))
    assert told.value.cause == Cause.BROKEN
