"""What a file of the public format says, and how one that says nothing is refused."""

from __future__ import annotations

import math
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.bench_planning.families import Family, as_text, generated
from suprovid.lib.planning.public.reading import Unreadable, read
from tests.lib.planning.public.problems import ROWS, WINDOWED, problem, text_with


def test_days_of_a_pattern_are_bits_counted_from_the_left() -> None:
    instance = problem("1 1 1 4", *["9 9"] * 4, "0 0 0 0 0 0 0", "1 0 0 1 1 2 2 5 10")

    assert instance.clients[0].patterns == ((2, 4), (1, 3))


def test_a_longest_duration_of_0_is_no_limit() -> None:
    assert problem(*WINDOWED).longest == (math.inf,)
    assert problem().longest == (30, 40)


def test_windows_are_read_where_there_are_any() -> None:
    first = problem(*WINDOWED).clients[0]

    assert (first.early, first.late) == (5, 30)
    assert problem().clients[0].late == math.inf
    assert problem(*WINDOWED).depot.closes == 100


def test_a_client_of_frequency_0_is_not_to_be_visited() -> None:
    instance = read(text_with(6, "2 0 5 2 4 0 0"))

    assert [client.number for client in instance.clients] == [1, 3, 4]
    assert not instance.refused


def test_a_file_that_calls_itself_multi_depot_and_is_not_is_read() -> None:
    assert read(text_with(1, "2 2 4 2")) == problem()


def test_empty_lines_and_a_byte_of_end_of_file_are_passed_over() -> None:
    assert read("\r\n\n".join((*ROWS, "\x1a")).encode()).clients


@pytest.mark.parametrize(
    ("line", "row", "why"),
    [
        (5, "1 nan 4 1 5 2 1 3", "'nan' where a number"),
        (5, "1 3 4 -1 5 2 1 3", "below 0"),
        (5, "1 3 4 1 5 2 1 8", "more than 2 days"),
        (5, "1 3 4 1 5 2 1 1", "visited 2 times, but its pattern 1 has 1 days"),
        (5, "1 3 4 1 5 2 0", "no pattern"),
        (5, "1 3 4 1 5 2 1 3 20 10", "closes (10) before it opens (20)"),
    ],
)
def test_a_client_that_makes_no_sense_is_refused_alone(
    line: int, row: str, why: str
) -> None:
    instance = read(text_with(line, row))

    assert [client.number for client in instance.clients] == [2, 3, 4]
    assert why in str(instance.refused[0])
    assert str(instance.refused[0]).startswith(f"Line {line}: client 1 ")


@pytest.mark.parametrize(
    ("line", "row", "why"),
    [
        (1, "1 0 4 2", "0 vehicles"),
        (1, "1 2 4 0", "0 days"),
        (1, "1 2 4 367", "367 days"),
        (1, "1 2 99999 2", "more than fit in memory"),
        (1, "1 2 4", "type vehicles clients days"),
        (1, "7 2 4 2", "type vehicles clients days"),
        (1, "8 2 4 2 2", "several depots"),
        (1, "1 2 many 2", "'many' stands where a whole number"),
        (2, "30", "capacity of day 1"),
        (2, "30 -1", "below 0"),
        (3, "nan 12", "'nan' stands where a number"),
        (4, "9 0 0 0 0 0 0", "expected the depot"),
        (4, "0 0 0 0 0 0 0 9 1", "the depot closes before it opens"),
        (6, "1 0 5 2 4 1 2 1 2", "number 1 is taken"),
        (6, "2 0 5 2 4 1", "6 numbers are too few or too many"),
        (6, "2 0 5 2 4 1 2 1", "8 numbers are too few or too many"),
        (6, "2 0 1_0 2 4 1 2 1 2", "'1_0' stands where a number"),
        (7, "3 5 0 1 4 1 2 1 \x00", "not text"),
        (8, "", "after 3 of the 4 clients"),
        (8, f"{ROWS[-1]}\n5 1 1 1 1 1 1 1", "more rows than the 4 clients"),
    ],
)
def test_a_broken_file_is_told_with_its_line(line: int, row: str, why: str) -> None:
    with pytest.raises(Unreadable, match=r"^Line ") as refused:
        read(text_with(line, row))

    assert why in str(refused.value)
    assert refused.value.line in (line, line + 1)


def test_several_depots_are_told_from_the_type_whose_name_is_misused() -> None:
    with pytest.raises(Unreadable, match=r"^Line 1: several depots"):
        read(text_with(4, "1 0 0 0 0 0 0", ("2 2 4 2", *ROWS[1:])))


@pytest.mark.parametrize("lines", range(8))
def test_a_file_cut_short_says_where_it_ends(lines: int) -> None:
    with pytest.raises(Unreadable, match=f"Line {lines + 1}: the file ends here"):
        read("\n".join(ROWS[:lines]).encode())


@given(st.binary(max_size=200))
def test_rubbish_is_refused_and_never_breaks_the_reader(rubbish: bytes) -> None:
    with pytest.raises(Unreadable):
        read(rubbish)


@given(st.integers(0, len("\n".join(ROWS)) - 1), st.binary(min_size=1, max_size=3))
def test_a_damaged_file_is_read_or_refused(place: int, damage: bytes) -> None:
    whole = "\n".join(ROWS).encode()
    with suppress(Unreadable):
        read(whole[:place] + damage + whole[place + len(damage) :])


@pytest.mark.parametrize("windows", [False, True])
def test_a_generated_problem_is_read_as_it_was_made(windows: bool) -> None:
    made = generated(Family(20, 4, 2, 1.1, windows=windows), seed=5)

    again = read(as_text(made).encode())

    assert as_text(again) == as_text(made)
    assert not again.refused
