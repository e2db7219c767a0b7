"""The planner from the command line; the kind of a file is found by its content.

python -m suprovid.lib.planning solve FILE --seconds 60 --seed 1 --cores 2 --json
python -m suprovid.lib.planning check FILE PLAN     the independent checker on an answer
python -m suprovid.lib.planning draw FILE FOLDER    a department's month and one day
python -m suprovid.lib.planning compile             the kernels, once, at install

It ends with 1 when a file cannot be read or a plan is refused, the cause in a sentence.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from suprovid.lib.planning.public import checking
from suprovid.lib.planning.public.judging import judge
from suprovid.lib.planning.public.plans import read_answer
from suprovid.lib.planning.public.reading import Unreadable, read

SECONDS = 60.0


class Refused(Exception):
    """Told to the person as it is; the command ends with 1."""


def main(arguments: list[str] | None = None) -> int:
    asked = parser().parse_args(arguments)
    if vars(asked).get("seconds") is None and vars(asked).get("iterations") is None:
        asked.seconds = SECONDS
    try:
        ended: int = asked.command(asked)
    except (Refused, Unreadable) as refused:
        return _refuse(f"{asked.file}: {refused}")
    except OSError as wrong:
        return _refuse(f"{wrong.filename}: {wrong.strerror}.")
    except MemoryError:
        return _refuse(f"{asked.file}: this is more than the memory here can hold.")
    return ended


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(
        prog="python -m suprovid.lib.planning",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = found.add_subparsers(required=True, metavar="COMMAND")
    solving = _command(commands, "solve", solve, "plan a file")
    _budget(solving)
    solving.add_argument("--json", action="store_true", help="for machines")
    checker = _command(commands, "check", check, "judge the answer of solve --json")
    checker.add_argument("file", type=Path)
    checker.add_argument("plan", type=Path)
    drawing = _command(commands, "draw", draw, "plan a department, draw it as SVG")
    _budget(drawing)
    drawing.add_argument("folder", type=Path, help="month.svg and day.svg go there")
    drawing.add_argument("--day", type=_whole, default=0, help="of the picture, from 0")
    _command(commands, "compile", compile_kernels, "compile the kernels")
    return found


def _budget(found: argparse.ArgumentParser) -> None:
    found.add_argument("file", type=Path)
    found.add_argument("--seconds", type=_positive, help=f"usually {SECONDS:g}")
    found.add_argument("--iterations", type=_whole, help="a budget that repeats")
    found.add_argument("--seed", type=_whole, default=1)
    found.add_argument("--cores", type=_at_least_one, default=1)


def _command(
    commands: Any, name: str, run: Callable[[argparse.Namespace], int], told: str
) -> argparse.ArgumentParser:
    found: argparse.ArgumentParser = commands.add_parser(name, help=told)
    found.set_defaults(command=run, file=name)
    return found


def solve(asked: argparse.Namespace) -> int:
    data = asked.file.read_bytes()
    answer = _department(asked, data) if _is_json(data) else _public(asked, data)
    if asked.json:
        _say(json.dumps(answer, allow_nan=False))
    else:
        _say(*_for_people(answer))
    return 0


def _public(asked: argparse.Namespace, data: bytes) -> dict[str, Any]:
    instance = read(data)
    for one in instance.refused:
        sys.stderr.write(f"{asked.file}: {one}\n")
    _get_ready()
    from suprovid.lib.planning.public import solving

    answer = solving.solve(
        instance,
        seconds=asked.seconds,
        iterations=asked.iterations,
        seed=asked.seed,
        cores=asked.cores,
    )
    return solving.as_json(instance, answer)


def _department(asked: argparse.Namespace, data: bytes) -> dict[str, Any]:
    from suprovid.lib.planning import department

    document = _document(data)
    _get_ready()
    try:
        answer: dict[str, Any] = department.solve_department(
            document,
            seconds=asked.seconds,
            iterations=asked.iterations,
            seed=asked.seed,
            cores=asked.cores,
        )
    except ValueError as wrong:
        raise Refused(str(wrong)) from wrong
    return answer


def check(asked: argparse.Namespace) -> int:
    data, answer = asked.file.read_bytes(), asked.plan.read_bytes()
    if _is_json(data):
        broken, told = _judged(_document(data), _document(answer))
    else:
        plan = read_answer(answer.decode(errors="replace"))
        broken = tuple(map(str, checking.violations(read(data), plan)))
        told = f"cost {plan.cost:.2f}, {len(plan.unplaced)} unplaced"
    _say(*broken or (f"No rule is broken: {told}.",))
    return 1 if broken else 0


def draw(asked: argparse.Namespace) -> int:
    from suprovid.lib.planning import department, drawing, plan

    try:
        problem = department.read_department(_document(asked.file.read_bytes()))
    except ValueError as wrong:
        raise Refused(str(wrong)) from wrong
    if asked.day >= len(problem.days):
        raise Refused(f"day {asked.day} is not among its {len(problem.days)} days.")
    # With a number of iterations nothing depends on the clock.
    seconds = asked.seconds if asked.iterations is None else None
    budget = plan.Budget(seconds, asked.iterations)
    month = plan.make_plan(problem, budget=budget, seed=asked.seed, cores=asked.cores)
    asked.folder.mkdir(parents=True, exist_ok=True)
    (asked.folder / "month.svg").write_text(drawing.month_svg(problem, month))
    day = drawing.day_svg(problem, month, asked.day)
    (asked.folder / "day.svg").write_text(day)
    return 0


def _judged(
    document: dict[str, Any], answer: dict[str, Any]
) -> tuple[tuple[str, ...], str]:
    try:
        judged = judge(document, answer)
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise Unreadable(1, "this is no department with its answer.") from wrong
    told = f"travel {judged.travel:.1f} minutes, {judged.unplaced} unplaced"
    return judged.violations, f"{told}, {judged.outside_band} days outside 4-8 visits"


def compile_kernels(asked: argparse.Namespace) -> int:
    _get_ready()
    return 0


def _get_ready() -> None:
    """Brings numba and the kernels in: a second, or a minute where none are kept.

    Before any clock: where they were never compiled a plan would have no time left.
    Not before the file is read, for one that cannot be is told at once.
    """
    from suprovid.lib.planning import engine

    engine.compile_kernels()


def _is_json(data: bytes) -> bool:
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def _document(data: bytes) -> dict[str, Any]:
    try:
        document = json.loads(data)
    except json.JSONDecodeError as wrong:
        raise Unreadable(wrong.lineno, f"this is no JSON: {wrong.msg}.") from wrong
    except (UnicodeDecodeError, RecursionError) as wrong:
        raise Unreadable(1, "this is no JSON that can be read.") from wrong
    if not isinstance(document, dict):
        raise Unreadable(1, "a department is a JSON object.")
    return document


def _for_people(answer: dict[str, Any]) -> Iterable[str]:
    """Figures first, then what is unplaced; lists only by their length."""
    for name, value in answer.items():
        yield f"{name}: {len(value) if isinstance(value, list | dict) else value}"
    for one in answer["unplaced"]:
        yield f"unplaced: {one}"


def _say(*lines: str) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")


def _refuse(words: str) -> int:
    sys.stderr.write(f"{words}\n")
    return 1


def _positive(word: str) -> float:
    value = float(word)
    if not 0 < value < math.inf:
        raise argparse.ArgumentTypeError("give a number of seconds above 0")
    return value


def _whole(word: str) -> int:
    value = int(word)
    if not 0 <= value < 2**31:
        raise argparse.ArgumentTypeError("give a whole number of 0 or more")
    return value


def _at_least_one(word: str) -> int:
    return max(1, _whole(word))


if __name__ == "__main__":
    sys.exit(main())
