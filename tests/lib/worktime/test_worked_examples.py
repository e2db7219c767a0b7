import doctest
from pathlib import Path

import pytest

from suprovid.lib import worktime

from .worked import EXAMPLES, Example, said

PAGE = Path(__file__).parents[3] / "docs" / "worktime.md"


def sentence(example: Example) -> str:
    return example.said


@pytest.mark.parametrize("example", EXAMPLES, ids=sentence)
def test_the_example_is_due_as_worked_out_by_hand(example: Example) -> None:
    assert said(example.answer().at) == example.due


def test_the_page_prints_exactly_these_examples() -> None:
    lines = PAGE.read_text("utf-8").splitlines()
    table = [line for line in lines if line.startswith("| ") and "20" in line]
    assert table == [example.row() for example in EXAMPLES]


def test_the_page_answers_what_the_library_answers() -> None:
    result = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert result.attempted > 5
    assert result.failed == 0


def test_the_library_says_of_itself_what_is_true() -> None:
    result = doctest.testmod(worktime)
    assert result.attempted > 5
    assert result.failed == 0
