"""The compiled kernel reads from a table of addresses what stands in the arrays."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

from suprovid.lib.planning.kernel.bound import hold, problem_of, state_of
from suprovid.lib.planning.kernel.state import Problem, State, fresh, prepare
from suprovid.lib.planning.kernel.tiny import TINY

reading: Any = numba.njit(_nrt=False)  # type: ignore[call-overload]


@reading
def last_of_each(problem, state):  # type: ignore[no-untyped-def]
    known, tried = problem_of(problem), state_of(state)
    return (
        known.cost[-1, -1],
        known.early[-1, -1, -1],
        known.route_day[-1],
        known.has_lunch[-1],
        tried.head[-1, -1, -1],
        tried.known_version[-1, -1],
        tried.random[-1],
        tried.stops.shape[0],
        tried.stops.shape[1],
    )


@reading
def write(state):  # type: ignore[no-untyped-def]
    tried = state_of(state)
    tried.tail[1, 1, 2] = 42.0
    tried.sums[:] = 7.0


def numbered(parts: Any) -> Any:
    """Each place of each array with a number of its own."""
    return parts._replace(
        **{
            name: np.arange(1, part.size + 1).astype(part.dtype).reshape(part.shape)
            for name, part in parts._asdict().items()
        }
    )


def test_every_shape_and_kind_of_array_is_read_at_its_place() -> None:
    known: Problem = numbered(prepare(TINY, np.ones(1)))
    tried: State = numbered(fresh(TINY, 0))
    assert last_of_each(hold(known), hold(tried)) == (
        known.cost.size,
        known.early.size,
        known.route_day.size,
        True,
        tried.head.size,
        tried.known_version.size,
        tried.random.size,
        *tried.stops.shape,
    )


def test_what_the_kernel_writes_is_seen_in_the_arrays() -> None:
    tried = fresh(TINY, 0)
    write(hold(tried))
    assert tried.tail[1, 1, 2] == 42.0
    assert tried.sums.tolist() == [7.0] * 4
