"""The console: exit codes, one JSON document, and what to do next."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from suprovid.clients.models import Client as ServedClient
from suprovid.config import doctor, home, worker
from suprovid.config.cli import main
from suprovid.journal.actions import beat, order_fresh, seal
from suprovid.journal.models import Fact, Parked, PersonalValues, Seal
from suprovid.obligations.actions import found_company
from suprovid.obligations.models import Company
from suprovid.people.models import Person

FIRST = [
    "init",
    *("--company", "ТОВ «Правовий вимір»", "--username", "klymchuk"),
    *("--email", "klymchuk@suprovid.example"),
    *("--family-name", "Климчук", "--given-name", "Ярослав"),
]
Said = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever this machine speaks."""
    monkeypatch.setenv("SUPROVID_LANG", "en")


@pytest.mark.django_db
def test_init_enters_the_company_and_prints_a_link_that_opens_once(
    capsys: Said, client: Client
) -> None:
    assert main(FIRST) == 0
    link = next(word for word in capsys.readouterr().out.split() if "://" in word)
    path = link.removeprefix("http://127.0.0.1:8000")
    assert client.get(path).status_code == 200
    assert Company.objects.get().name == "ТОВ «Правовий вимір»"
    assert not Person.objects.get().has_usable_password()


@pytest.mark.django_db
def test_init_refuses_where_people_are(capsys: Said) -> None:
    main(FIRST)
    capsys.readouterr()
    assert main(FIRST) == 1
    assert "set up already" in capsys.readouterr().err
    assert Person.objects.count() == 1


@pytest.mark.django_db
def test_init_that_fails_half_way_leaves_nothing() -> None:
    found_company(actor=home.console(), name="Інша")
    assert main(FIRST) == 1
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_the_demo_is_refused_in_a_base_with_people() -> None:
    main(FIRST)
    assert main(["demo"]) == 1


@pytest.mark.parametrize(
    "wrong",
    [[], ["nonsense"], ["serve", "--port", "x"], ["serve", "--port", "0"], ["import"]],
)
def test_wrong_use_is_code_2(wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(wrong)
    assert ended.value.code == 2


# ---------------------------------------------------------------- its language


SPOKEN = {
    "SUPROVID_LANG": "uk",
    "LANGUAGE": "",
    "LC_ALL": "",
    "LC_MESSAGES": "",
    "LANG": "C.UTF-8",
}


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """A console in such an environment; what it says."""

    def ask(*arguments: str, **environment: str) -> str:
        for name, value in (SPOKEN | environment).items():
            monkeypatch.setenv(name, value)
        out = io.StringIO()
        with (
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(out),
            contextlib.suppress(SystemExit),
        ):
            main(arguments)
        return out.getvalue()

    return ask


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--help"], "Робота відділу"),
        (["init", "--help"], "Назва компанії"),
        (["nonsense"], "помилка"),
        (["serve", "--port", "0"], "1–65535"),
        (["verify", "--seal", "abc"], "12"),
        (["init"], "--company"),
        (["verify"], "Журнал цілий"),
        (["doctor"], "обробник"),
        (["import", "clients", "/nowhere.csv"], "/nowhere.csv"),
    ],
)
def test_the_console_speaks_ukrainian(
    console: Callable[..., str], arguments: list[str], said: str
) -> None:
    assert said in console(*arguments)
    assert said in console(*arguments, SUPROVID_LANG="", LANG="uk_UA.UTF-8")


@pytest.mark.django_db
def test_a_broken_journal_is_told_in_ukrainian(console: Callable[..., str]) -> None:
    main(FIRST)
    order_fresh()
    PersonalValues.objects.all().delete()
    told = console("verify")
    assert "ЖУРНАЛ НЕ ЦІЛИЙ" in told
    assert "вилучено, факт" in told
    assert not re.search(r"\b(fact|place|removed|Its)\b", told)


@pytest.mark.parametrize("said", ["C.UTF-8", "en_GB.UTF-8", "de_DE", ""])
def test_other_consoles_are_told_in_english(
    console: Callable[..., str], said: str
) -> None:
    assert "The department’s work" in console("--help", SUPROVID_LANG="", LANG=said)


# ---------------------------------------------------------------- lists


def document(capsys: Said) -> Any:
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def organisations(tmp_path: Path, db: None) -> Path:
    file = tmp_path / "list.csv"
    file.write_text(
        "code,name\n14360570,АТ «Приклад»\n00000001,ТОВ «Хиба»\n", encoding="utf-8"
    )
    return file


def test_a_list_is_looked_at_without_being_written(
    organisations: Path, capsys: Said
) -> None:
    code = main(["import", "clients", str(organisations), "--dry-run", "--json"])
    report = document(capsys)
    assert (report["rows"], report["created"]) == (2, 1)  # what would be
    assert [problem["row"] for problem in report["problems"]] == [3]
    assert not ServedClient.objects.exists()
    assert code == 0


def test_a_list_is_brought_in_twice_and_entered_once(
    organisations: Path, capsys: Said
) -> None:
    for created in (1, 0):
        main(["import", "clients", str(organisations), "--json"])
        assert document(capsys)["created"] == created
    assert ServedClient.objects.count() == 1
    assert Fact.objects.filter(kind="intake.list.brought", actor="console").exists()


@pytest.mark.django_db
def test_a_file_that_is_not_there_is_refused_as_json_too(capsys: Said) -> None:
    assert main(["import", "clients", "/nowhere.csv", "--json"]) == 1
    assert "No such file" in document(capsys)["error"]


# ---------------------------------------------------------------- verify and doctor


@pytest.mark.django_db
def test_verify_tells_a_whole_journal_from_a_broken_one(capsys: Said) -> None:
    main(FIRST)
    order_fresh()
    seal(datetime.now(UTC) + timedelta(hours=1))
    mailed = Seal.objects.get().hash
    capsys.readouterr()
    assert main(["verify", "--json", "--seal", mailed]) == 0
    assert document(capsys)["whole"] is True
    assert main(["verify", "--seal", "0" * 64]) == 1
    assert "NOT WHOLE" in capsys.readouterr().out
    PersonalValues.objects.all().delete()
    assert main(["verify", "--json"]) == 1
    assert document(capsys)["broken"][0]["what"] == "removed"


@pytest.mark.django_db
def test_facts_put_aside_are_handed_over_again(
    capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    main(FIRST)
    fact = Fact.objects.first()
    assert fact is not None
    Parked.objects.create(
        follower="ill", fact=fact, error="E", parked_at=datetime.now(UTC)
    )
    taken: list[Fact] = []
    monkeypatch.setitem(worker.FOLLOWERS, "ill", lambda fact: 1 / 0)
    assert main(["settle"]) == 1
    assert "ZeroDivisionError" in capsys.readouterr().out
    monkeypatch.setitem(worker.FOLLOWERS, "ill", taken.append)
    assert [main(["settle"]), main(["settle"])] == [0, 0]
    assert taken == [fact]


def findings() -> dict[str, str]:
    return {finding.what: finding.state for finding in doctor.examine()}


@pytest.mark.django_db
def test_the_doctor_misses_the_worker_and_then_hears_it(capsys: Said) -> None:
    assert findings()["worker"] == "bad"
    assert main(["doctor", "--json"]) == 1
    assert all(finding["state"] for finding in document(capsys))
    beat("worker", datetime.now(UTC))
    assert "bad" not in findings().values()
    assert main(["doctor"]) == 0


@pytest.mark.django_db
def test_the_doctor_sees_a_clock_that_runs_behind() -> None:
    beat("worker", datetime.now(UTC) + timedelta(hours=1))
    assert findings()["time goes on"] == "bad"


# ---------------------------------------------------------------- processes


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def healthy(port: int) -> bool:
    try:
        url = f"http://127.0.0.1:{port}/health/"
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def started(tmp_path: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "SUPROVID_HOME": str(tmp_path / "home"),
        "DJANGO_SETTINGS_MODULE": "suprovid.config.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'base.sqlite3'}",
        "PYTHONPATH": "src",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "suprovid.config", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_everything_comes_up_from_nothing_and_goes_down_when_asked(
    tmp_path: Path, free_port: int
) -> None:
    running = started(tmp_path, "run", "--no-demo", "--port", str(free_port))
    try:
        limit = time.monotonic() + 90
        while not healthy(free_port):
            assert running.poll() is None, running.communicate()[0]
            assert time.monotonic() < limit
            time.sleep(0.3)
        time.sleep(1)
        running.send_signal(signal.SIGTERM)
        said, _ = running.communicate(timeout=30)
    finally:
        running.kill()
    assert running.returncode == 0, said
    assert f"http://127.0.0.1:{free_port}" in said
    assert not healthy(free_port)


def test_a_taken_port_is_told_before_anything_starts(
    tmp_path: Path, free_port: int
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", free_port))
        other.listen()
        running = started(tmp_path, "run", "--no-demo", "--port", str(free_port))
        said, _ = running.communicate(timeout=60)
    assert running.returncode == 1
    assert "--port" in said
