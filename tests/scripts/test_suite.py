"""A suite says what failed and is silent about what did not."""

from __future__ import annotations

import os
import sys

import pytest

from scripts.suite import Stage, closing_line


def python(program: str, *, quiet: bool = True) -> Stage:
    return Stage("stage", (sys.executable, "-c", program), quiet=quiet)


def test_a_quiet_stage_is_heard_only_when_it_fails(
    capfd: pytest.CaptureFixture[str],
) -> None:
    environment = dict(os.environ)
    assert python("print('fine')").run(environment)
    assert capfd.readouterr().out == ""
    assert not python("print('wrong'); exit(3)").run(environment)
    assert "wrong" in capfd.readouterr().out


def test_the_closing_line_names_every_stage_that_failed() -> None:
    assert closing_line("check", [], 3.2) == "make check: passed in 3 s"
    assert closing_line("check", ["types", "words"], 3.2).endswith("types, words")


def test_a_stage_cannot_wait_for_an_answer_of_a_person() -> None:
    assert not python("input('your name?')").run(dict(os.environ))
