"""What a person types, and how each file that cannot be planned is told."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from suprovid.lib.planning import __main__ as command
from suprovid.lib.planning.generate import generate
from suprovid.lib.planning.public.checking import violations
from suprovid.lib.planning.public.plans import read_answer
from tests.lib.planning.public.problems import ROWS, problem, text_with

WHOLE = "\n".join(ROWS).encode()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "problem"
    found.write_bytes(WHOLE)
    return found


def typed(*arguments: str | Path) -> int:
    return command.main([str(argument) for argument in arguments])


def solved(
    capsys: pytest.CaptureFixture[str], file: Path, *options: str
) -> dict[str, Any]:
    assert typed("solve", file, "--json", *options) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_a_public_problem_is_solved_and_its_answer_checked(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = solved(capsys, file, "--iterations", "100")
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(answer))

    assert answer["feasible"]
    assert violations(problem(), read_answer(plan.read_text())) == ()
    assert typed("check", file, plan) == 0
    assert "No rule is broken" in capsys.readouterr().out


def test_a_budget_of_seconds_is_taken_too(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert solved(capsys, file, "--seconds", "0.2", "--seed", "3", "--cores", "0")


def test_without_a_budget_it_takes_the_usual_one(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "SECONDS", 0.1)

    assert solved(capsys, file)["routes"]


def test_a_person_reads_figures_and_what_is_unplaced(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_bytes(text_with(5, "1 nan 4 1 5 2 1 3"))

    assert typed("solve", file, "--iterations", "50") == 0

    told = capsys.readouterr()
    assert "feasible: False\n" in told.out
    assert "unplaced: 1\n" in told.out
    assert f"{file}: Line 5: client 1 has 'nan'" in told.err


def test_a_plan_that_breaks_a_rule_is_refused(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text('{"cost": 0, "routes": [], "unplaced": []}')

    assert typed("check", file, plan) == 1
    assert "client forgotten: client 1 is nowhere" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Line 1: the file ends here"),
        (b"\x7fELF\x02\x01\x00", "Line 1: this is not text"),
        (text_with(1, "1 0 4 2"), "Line 1: there are 0 vehicles"),
        (text_with(2, "nan 9"), "Line 2: 'nan' stands where a number"),
        ("\n".join(ROWS[:6]).encode(), "Line 7: the file ends here"),
        (b"{", "Line 1: this is no JSON"),
        (b"[1]", "Line 1: a department is a JSON object"),
        (b"[" * 100_000, "Line 1: this is no JSON"),
        (b'{"days": "\xff"}', "Line 1: this is no JSON"),
        (b'{"days": 0}', "days: "),
    ],
)
def test_a_broken_file_ends_in_one_sentence(
    content: bytes, told: str, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_bytes(content)

    assert typed("solve", file, "--seconds", "1") == 1

    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"{file}: {told}")
    assert said.err.count("\n") == 1


def test_a_file_that_is_not_there_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed("solve", tmp_path / "nothing") == 1
    assert typed("check", tmp_path, tmp_path) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"{tmp_path / 'nothing'}: No such file or directory.",
        f"{tmp_path}: Is a directory.",
    ]


def test_a_problem_too_large_for_the_memory_is_told(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def starved(data: bytes) -> None:
        raise MemoryError

    monkeypatch.setattr(command, "read", starved)

    assert typed("solve", file) == 1
    assert "more than the memory here can hold" in capsys.readouterr().err


@pytest.mark.parametrize(
    "option",
    ["--seconds=0", "--seconds=nan", "--seconds=inf", "--seed=-1", "--iterations=x"],
)
def test_a_budget_that_makes_no_sense_is_refused(option: str, file: Path) -> None:
    with pytest.raises(SystemExit):
        typed("solve", file, option)


def test_a_department_is_planned_and_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, plan = tmp_path / "department.json", tmp_path / "plan.json"
    file.write_text(json.dumps(generate(seed=1, managers=1)))

    answer = solved(capsys, file, "--iterations", "20")
    plan.write_text(json.dumps(answer))

    assert answer["visits"]
    assert typed("check", file, plan) == 0
    assert "No rule is broken" in capsys.readouterr().out


def test_a_department_s_plan_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, plan = tmp_path / "department.json", tmp_path / "plan.json"
    file.write_text(json.dumps(generate(seed=1, managers=1)))

    plan.write_text('{"visits": [], "unplaced": [], "travel_minutes": 0}')
    assert typed("check", file, plan) == 1
    assert "c000: 0 visits of" in capsys.readouterr().out
    for wrong in ("[]", "{", '{"visits": 1, "unplaced": []}'):
        plan.write_text(wrong)
        assert typed("check", file, plan) == 1
        assert f"{file}: Line 1: " in capsys.readouterr().err


def test_a_month_and_a_day_are_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, folder = tmp_path / "department.json", tmp_path / "pictures"
    file.write_text(json.dumps(generate(seed=1, managers=1)))

    assert typed("draw", file, folder, "--iterations", "20", "--day", "3") == 0

    for picture in ("month.svg", "day.svg"):
        assert (folder / picture).read_text().startswith("<svg")
    assert typed("draw", file, folder, "--day", "20") == 1
    assert "day 20 is not among its 20 days" in capsys.readouterr().err
    file.write_text("{}")
    assert typed("draw", file, folder) == 1
    assert f"{file}: days: " in capsys.readouterr().err


def test_kernels_are_compiled_by_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["planning", "compile"])
    monkeypatch.delitem(sys.modules, "suprovid.lib.planning.__main__")

    with pytest.raises(SystemExit) as ended:
        runpy.run_module("suprovid.lib.planning", run_name="__main__")

    assert ended.value.code == 0


def test_the_command_is_there_for_machines(file: Path) -> None:
    module = (sys.executable, "-m", "suprovid.lib.planning")
    done = subprocess.run(
        [*module, "solve", str(file), "--iterations", "50", "--json"],
        check=True,
        capture_output=True,
        text=True,
    )

    assert json.loads(done.stdout)["feasible"]
    assert done.stderr == ""


def test_nothing_that_the_planner_needs_takes_over_the_logging() -> None:
    """absl closes, sooner or later, a stream that others put in place of stderr."""
    code = (
        "import sys; import suprovid.lib.planning.__main__; "
        "import suprovid.lib.planning.territory; sys.exit('absl' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
