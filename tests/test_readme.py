"""What README promises is so: its example runs, its commands and pictures are there."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer

from suprovid.config import cli
from suprovid.money.models import Payment
from suprovid.people import actions as people
from tests.cast import Cast, acting
from tests.path import new_case

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


def example() -> str:
    found = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert found is not None
    return found[1]


def test_every_target_named_is_in_the_makefile() -> None:
    named = set(re.findall(r"\bmake ([a-z-]+)", README))
    assert {"run", "test"} <= named
    assert named <= set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))


@pytest.mark.parametrize(
    "command", sorted(set(re.findall(r"bin/suprovid ([a-z]+)", README)))
)
def test_every_command_named_is_known(command: str) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main([command, "--help"])
    assert left.value.code == 0


@pytest.mark.parametrize("name", sorted(set(re.findall(r"\]\(([^)#:]+)\)", README))))
def test_every_file_named_is_there(name: str) -> None:
    assert (ROOT / name).exists()


def test_the_example_enters_one_payment(
    live_server: LiveServer, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_case(cast)
    token = people.create_token(
        actor=acting(cast.halyna, datetime.now(UTC)),
        name="Облік",
        may_write=True,
        days=30,
    )
    monkeypatch.setenv("SUPROVID", live_server.url)
    monkeypatch.setenv("TOKEN", token.secret)
    exec(compile(example(), "README.md", "exec"), {})
    assert Payment.objects.count() == 1
