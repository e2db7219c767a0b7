"""A generator of random numbers that is the kernel's own: the same on every machine."""

import numpy as np

from .compiled import compiled
from .state import State


@compiled
def chance(state: State) -> float:
    """From 0 to 1, 1 excluded (xorshift64: shifts cannot overflow)."""
    word = state.random[0]
    word ^= word << np.uint64(13)
    word ^= word >> np.uint64(7)
    word ^= word << np.uint64(17)
    state.random[0] = word
    return float(word >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@compiled
def pick(state: State, count: int) -> int:
    """From 0 to count - 1."""
    return int(chance(state) * count)
