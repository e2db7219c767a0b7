from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from .small import small

GOOD = small([(1, 0), (2, 0)], [[(0,), (1,)], [(0, 1)]])
NAN, INF = np.nan, np.inf


def spoiled(name: str, place: Any, value: float) -> dict[str, Any]:
    values = getattr(GOOD, name).copy()
    values[place] = value
    return {name: values}


@pytest.mark.parametrize(
    ("name", "place", "value", "told"),
    [
        ("cost", (2, 0), NAN, r"cost\[2, 0\] is not a number"),
        ("time", (0, 1), INF, r"time\[0, 1\] is beyond reach"),
        ("time", (0, 1), -1.0, r"time\[0, 1\] is negative"),
        ("extra", (0, 0), -INF, r"extra\[0, 0\] is beyond reach"),
        ("late", (0, 1, 0), NAN, r"late\[0, 1, 0\] is not a number"),
        ("lunch_from", 1, 60.0, r"lunch_until\[1\] is not a number of minutes"),
        ("pattern_days", (0, 0), 2, r"pattern_days\[0, 0\] points to nothing"),
        ("pattern_days", (2, 1), 0, r"pattern_days\[2\] has a day twice"),
        ("route_to", 0, 3, r"route_to\[0\] points to nothing"),
        ("pattern_of", 1, 0, r"pattern_of\[0\] has no pattern"),
        ("pattern_of", 2, 2, "pattern_of: does not run from 0"),
    ],
)
def test_nonsense_is_refused_with_its_place(
    name: str, place: Any, value: float, told: str
) -> None:
    with pytest.raises(ValueError, match=told):
        replace(GOOD, **spoiled(name, place, value))


def test_a_table_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match=r"close: has shape \(3,\), expected \(2,\)"):
        replace(GOOD, close=np.zeros(3))
    with pytest.raises(ValueError, match="early: has 2 dimensions, expected 3"):
        replace(GOOD, early=np.zeros((2, 2)))


def test_every_client_is_a_node() -> None:
    with pytest.raises(ValueError, match="fewer nodes than there are clients"):
        replace(GOOD, cost=np.zeros((1, 1)), time=np.zeros((1, 1)))


def test_patterns_are_read_back_as_days() -> None:
    assert [GOOD.days_of(pattern) for pattern in GOOD.patterns(0)] == [(0,), (1,)]
    assert [GOOD.days_of(pattern) for pattern in GOOD.patterns(1)] == [(0, 1)]
