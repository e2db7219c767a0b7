"""What is made to hurt is refused by name, takes little, and calls nobody."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from suprovid.lib import bounded
from suprovid.lib.statements import (
    Cause,
    NotAStatement,
    from_answer,
    read_bytes,
)
from tests.lib.statements.build import (
    FIRST,
    USUAL,
    Account,
    file,
    message,
    usual,
    zipped,
)
from tests.lib.statements.oracle import lines_of, refusal

ROOM = 256
SECONDS = 10


def with_doctype(doctype: str, text: str = "&x;") -> str:
    """A statement with a DOCTYPE before its root and a text that uses it."""
    whole = message(Account((replace(FIRST, name="NAME"),)))
    return whole.replace("<Document", f"{doctype}<Document", 1).replace("NAME", text)


LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ха">'
    for n in range(10)
)
DOCTYPES = {
    "alone": "<!DOCTYPE Document>",
    "file": '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
    "parameter": '<!DOCTYPE d [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p">%p;]>',
    "laughs": f"<!DOCTYPE d [{LAUGHS}]>",
    "quadratic": f'<!DOCTYPE d [<!ENTITY x "{"A" * 50_000}">]>',
    "remote": '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/d.dtd">',
    "public": '<!DOCTYPE d PUBLIC "-//X//Y" "http://127.0.0.1:9/d.dtd">',
    "far": f"<!--{'-x' * 200_000}--><!DOCTYPE d>",
}


@pytest.mark.parametrize("doctype", DOCTYPES.values(), ids=DOCTYPES)
def test_a_doctype_is_refused(doctype: str) -> None:
    assert refusal(with_doctype(doctype, "&l9;").encode()).cause == Cause.DOCTYPE


@pytest.mark.parametrize(
    "codec",
    [
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "utf-32-le",
        "utf-32-be",
    ],
)
def test_a_doctype_is_refused_in_any_letters(codec: str) -> None:
    text = with_doctype(DOCTYPES["file"])
    undeclared = text.replace(' encoding="UTF-8"', "")
    assert refusal(text.encode(codec)).cause == Cause.DOCTYPE
    assert refusal(undeclared.encode(codec)).cause == Cause.DOCTYPE


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-u", "cp866", "iso-8859-5"])
def test_a_doctype_is_refused_in_old_letters(encoding: str) -> None:
    text = with_doctype(DOCTYPES["file"]).replace("UTF-8", encoding)
    data = text.encode(encoding, errors="replace")
    assert refusal(data).cause == Cause.DOCTYPE


def test_a_doctype_is_seen_across_the_pieces_of_a_file() -> None:
    for shift in range(12):
        filling = "x" * (256 * 1024 - 50 - shift)
        text = with_doctype(f"<!--{filling}-->{DOCTYPES['alone']}")
        assert refusal(text.encode()).cause == Cause.DOCTYPE


def test_an_xinclude_is_passed_over() -> None:
    include = (
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" '
        'href="file:///etc/hostname"/>'
    )
    [statement] = read_bytes(usual(replace(FIRST, more=include)))
    assert statement.lines == lines_of(Account((FIRST,)))


def test_elements_of_another_namespace_are_no_part_of_the_statement() -> None:
    other = (
        '<o:Amt xmlns:o="urn:other" Ccy="USD">1</o:Amt><RvslInd xmlns="">true</RvslInd>'
    )
    text = usual(FIRST).decode().replace("<Ntry>", f"<Ntry>{other}")
    [statement] = read_bytes(text.encode())
    assert statement.lines == lines_of(Account((FIRST,)))


def test_a_prefix_is_as_good_as_none() -> None:
    text = usual(*USUAL).decode().replace("</", "\0").replace("<", "<c:")
    text = text.replace("\0", "</c:").replace("<c:?xml", "<?xml")
    text = text.replace("xmlns=", "xmlns:c=")
    [statement] = read_bytes(text.encode())
    assert statement.lines == lines_of(Account(USUAL))


@pytest.mark.parametrize(
    "text",
    ["{{7*7}}", "=HYPERLINK(1)", "<img src=x onerror=1>", "%s{x}${y}", "{% if %}"],
)
def test_a_trap_for_others_is_a_plain_text_here(text: str) -> None:
    [statement] = read_bytes(usual(replace(FIRST, name=text, pieces=(text,))))
    assert statement.lines[0].party_name == text
    account = Account((replace(FIRST, amount=text),), opening=None)
    assert refusal(file(account)).params["told"] == text


# --------------------------------------------------------------------- time and memory


def heavy_files() -> Iterator[tuple[str, bytes, Cause | None]]:
    deep = "<Id>" * 50_000 + "</Id>" * 50_000
    names = "".join(f'<X a{n}="">' for n in range(2000)) + "</X>" * 2000
    attributes = " ".join(f'a{n}=""' for n in range(900_000))
    start = usual(FIRST).decode().split("<Ntry>")[0]
    yield "laughs", with_doctype(DOCTYPES["laughs"], "&l9;").encode(), Cause.DOCTYPE
    yield "quadratic", with_doctype(DOCTYPES["quadratic"], "&x;" * 50_000).encode(), (
        Cause.DOCTYPE
    )  # fmt: skip
    yield "deep", usual(replace(FIRST, more=deep)), Cause.TOO_DEEP
    yield "deep at once", ("<a>" * 50_000).encode(), Cause.WRONG_ROOT
    yield "deep names", usual(replace(FIRST, more=names)), Cause.TOO_DEEP
    yield "one text", usual(replace(FIRST, name="н" * 4_000_000)), Cause.LONG_TEXT
    yield "one tag", f"{start}<Ntry {'x' * 15_000_000}".encode(), Cause.LONG_TEXT
    yield "comment", f"{start}<!--{'x' * 15_000_000}".encode(), Cause.TRUNCATED
    yield "attributes", f"{start}<Ntry {attributes}/>".encode(), Cause.LONG_TEXT
    yield "flat", usual(replace(FIRST, more="<Id/>" * 3_000_000)), Cause.TOO_MANY_PARTS
    yield "nested", usual(replace(FIRST, more="<Id><Id/></Id>" * 1_000_000)), (
        Cause.TOO_MANY_PARTS
    )  # fmt: skip
    whole = message(Account((), opening=None))
    before, one, after = whole.partition(whole[whole.index("<Stmt>") : -27])
    yield "statements", (before + one * 40_000 + after).encode(), (
        Cause.TOO_MANY_STATEMENTS
    )  # fmt: skip
    bomb = zipped([("a.xml", b"<" + b" " * 60_000_000)])
    yield "bomb", bomb, Cause.ZIP_TOO_LARGE
    yield "bombs", zipped([(f"{n}.xml", b" " * 5_000_000) for n in range(9)]), (
        Cause.ZIP_RATIO
    )  # fmt: skip
    yield "long line", b"x" * 3_000_000, Cause.NOT_XML
    yield "many lines", file(Account(USUAL * 1250), version=8), None


HEAVY = {name: (data, cause) for name, data, cause in heavy_files()}
MEASURE = """
import json, resource, runpy, sys
from pathlib import Path
from suprovid.lib import bounded
bounded.confine()
try:
    runpy.run_module("suprovid.lib.statements", run_name="__main__", alter_sys=True)
finally:
    used = resource.getrusage(resource.RUSAGE_SELF)
    told = Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]
    print(json.dumps([int(told), used.ru_utime + used.ru_stime]), file=sys.stderr)
"""


@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_file_takes_little_time_and_memory(name: str) -> None:
    data, cause = HEAVY[name]
    done = subprocess.run(
        [sys.executable, "-I", "-c", MEASURE],
        input=data,
        capture_output=True,
        check=False,
        env={},  # as the parent gives it: nothing that would trace and write
    )
    memory, seconds = json.loads(done.stderr.splitlines()[-1])
    assert memory <= ROOM * 1024, "kilobytes resident"
    assert seconds <= SECONDS
    document = json.loads(done.stdout)
    assert document.get("refused", {}).get("cause") == cause


def test_the_parent_hears_the_cause() -> None:
    for name in ("deep", "bomb"):
        data, cause = HEAVY[name]
        with pytest.raises(NotAStatement) as refused:
            from_answer(bounded.run("suprovid.lib.statements", data))
        assert refused.value.cause == cause
        assert str(refused.value) == str(refusal(data))


# ----------------------------------------------------------------------------- network


class Listener:
    """A door on loopback that counts who knocks."""

    def __init__(self) -> None:
        self.calls = 0
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._wait, daemon=True).start()

    def _wait(self) -> None:
        while True:
            try:
                self._door.accept()[0].close()
            except OSError:
                return
            self.calls += 1

    def close(self) -> None:
        self._door.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.close()


def test_nobody_is_called(listener: Listener) -> None:
    address = f"http://127.0.0.1:{listener.port}/x"
    doctypes = [
        f'<!DOCTYPE d [<!ENTITY x SYSTEM "{address}">]>',
        f'<!DOCTYPE d [<!ENTITY % p SYSTEM "{address}">%p;]>',
        f'<!DOCTYPE d SYSTEM "{address}">',
    ]
    for doctype in doctypes:
        data = with_doctype(doctype).encode()
        with pytest.raises(NotAStatement):
            from_answer(bounded.run("suprovid.lib.statements", data))
    socket.create_connection(("127.0.0.1", listener.port)).close()
    for _ in range(100):
        if listener.calls:
            break
        time.sleep(0.01)
    assert listener.calls == 1, "our own knock alone"
